"""A page with a map, its data and its policy, as the server gives them; all of it invented."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

STATIC = Path(str(files("overt"))) / "publish/site/static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
}
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{count} projects</title>
<link rel="icon" href="/static/favicon.svg"><link rel="stylesheet" href="/static/style.css">
<link rel="stylesheet" href="/static/built/map.css?v=1"><script type="module" src="/static/built/map.js?v=1"></script>
<main class="page"><section id="map" class="map" aria-label="Map" data-world="/static/built/world.json" data-bounds="30,-10,45,8"
 data-places="/api/places" data-routes="/api/routes" data-countries="/api/countries">
<figure class="static-map"><svg viewBox="0 0 2 1"></svg></figure></section>
<form id="filters" class="facets" action="/"><select name="kind"><option value="">All</option>
<option value="smart-city">Smart city (1)</option><option value="data-centre">Data centre (1)</option></select>
<input name="q" type="search"><a class="reset" href="/">Clear</a></form>
<section id="results"><h2>{count} projects</h2></section></main>"""


def _point(number: int, name: str, kind: str, layer: str, precision: str, at: tuple[float, float]) -> dict:
    properties = {
        "id": f"ovt-{number}",
        "name": name,
        "layer": layer,
        "kinds": [kind],
        "precision": precision,
        "country": "KE",
        "year": 2017,
        "status": None,
    }
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": at}, "properties": properties}


POINTS = [
    _point(1, "<img src=x onerror=alert(1)> Lake city", "smart-city", "surveillance", "exact", (37.5, -1.0)),
    _point(2, "Hill data centre", "data-centre", "data-centres", "admin1", (41.0, 2.0)),
]


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Quiet."""

    def _send(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), "Content-Security-Policy": POLICY}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        if path.startswith("/static/") and (STATIC / path[8:]).is_file():
            return self._send((STATIC / path[8:]).read_bytes(), TYPES[Path(path).suffix])
        found = [point for point in POINTS if query.get("kind", point["properties"]["kinds"]) == point["properties"]["kinds"]]
        if query.get("q") == ["break"]:
            return self._send(b"broken", "text/plain", 500)
        if path == "/":
            return self._send(PAGE.format(count=len(found)).encode(), "text/html")
        if path == "/api/countries":
            counts = [{"code": "KE", "projects": len(found), "located": len(found)}] if found else []
            return self._send(json.dumps({"release": "r", "unit": "projects", "countries": counts}).encode(), "application/json")
        if path in ("/api/places", "/api/routes"):
            features = found if path == "/api/places" else []
            return self._send(json.dumps({"type": "FeatureCollection", "features": features}).encode(), "application/geo+json")
        return self._send(f"<h1>{path}</h1>".encode(), "text/html")


@contextmanager
def served() -> Iterator[str]:
    """The page's address while it is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
