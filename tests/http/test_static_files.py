"""Static files: their types and compressed copies. No file outside their folder is served."""

import pytest

from overt.http.static_files import static_folder
from tests.support.client import Client


def test_files_have_the_type_that_browsers_want(client: Client) -> None:
    assert client.get("/static/style.css").headers["content-type"] == "text/css; charset=utf-8"
    assert client.get("/static/favicon.svg").headers["content-type"] == "image/svg+xml"
    for path in (
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/%2e%2e%2f%2e%2e%2fapp.py",
        "/static//etc/passwd",
        "/static/",
    ):
        assert client.get(path).status_code == 404, path


def test_files_are_sent_packed_to_readers_who_take_it(client: Client) -> None:
    if not (static_folder() / "built" / "map.js.br").is_file():
        pytest.skip("the front end has not been built (make setup)")
    packed = client.get("/static/built/world-steps.json", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["content-encoding"] == "br"
    assert packed.headers["content-type"] == "application/json"
    assert packed.headers["vary"] == "Accept-Encoding"
    plain = client.get("/static/built/world-steps.json", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
