"""A figure embedded in another site."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def elsewhere(address: str) -> Iterator[str]:
    """Serve another site, and yield its address.

    Its page shows a figure in a frame and in a sandboxed frame, the figure's page in a frame, and the figure's image.
    """
    html = f"""<!doctype html><iframe id="plain" src="{address}/figure/test-projects/embed"></iframe>
    <iframe id="sandboxed" sandbox="" src="{address}/figure/test-projects/embed"></iframe>
    <iframe id="page" src="{address}/figure/test-projects"></iframe>
    <img src="{address}/figure/test-projects/embed.svg">"""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_figure_can_be_framed_and_a_page_cannot(browser: Browser, elsewhere: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(elsewhere)
    for name in ("plain", "sandboxed"):
        frame = page.frame_locator(f"#{name}")
        expect(frame.locator("h1")).to_have_text("Projects of the test")
        expect(frame.locator(".value")).to_have_css("font-weight", "600")
    expect(page.frame_locator("#page").locator("h1", has_text="Projects of the test")).to_have_count(0)
    assert page.evaluate("document.querySelector('img').naturalWidth") == 480
    assert context.cookies() == []
    context.close()
