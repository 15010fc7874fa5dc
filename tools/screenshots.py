"""Take the pictures of docs/images from the shipped edition: `python -m tools.screenshots`.

Builds the demo atlas in a temporary directory, serves it on loopback, and looks at it with Chromium.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).parents[1] / "docs" / "images"
SHOTS = {"home": "/", "figure": "/figure/surveillance-export-countries-2019"}
DESK = {"desk": "?who=An+editor"}
FLAGS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
]  # fmt: skip


def main() -> None:
    """Write each picture at 1,280 by 860 pixels."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        atlas = str(Path(temporary) / "atlas")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with serving("Overt is at ", "demo", "--port", "0", "--directory", atlas) as address:
            shoot(browser, address.rstrip("/"), SHOTS)
        with serving("The desk is at ", "serve", "--desk", "--port", "0", "--workspace", atlas) as address:
            shoot(browser, address, DESK)
        browser.close()


@contextmanager
def serving(said: str, *words: str) -> Iterator[str]:
    """Run a command that serves; yields the address that it prints after `said`."""
    server = subprocess.Popen([sys.executable, "-m", "overt", *words], stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        yield next(line.removeprefix(said).split()[0] for line in server.stderr if line.startswith(said))
    finally:
        server.terminate()
        server.wait()


def shoot(browser: Browser, address: str, shots: dict[str, str]) -> None:
    """Take pictures of paths below an address."""
    page = browser.new_page(viewport={"width": 1280, "height": 860})
    for name, path in shots.items():
        page.goto(address + path)
        page.wait_for_timeout(4000 if name == "home" else 500)
        page.screenshot(path=IMAGES / f"{name}.png")
    page.close()


if __name__ == "__main__":
    main()
