"""A page with a map, its data and its security policy, as the server would send it. All content is invented."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

STATIC = Path(str(files("overt"))) / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "worker-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
}
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{count} projects</title>
<link rel="icon" href="/static/favicon.svg"><link rel="stylesheet" href="/static/style.css">
<link rel="stylesheet" href="/static/built/map.css?v=1"><script type="module" src="/static/built/map.js?v=1"></script>
<main class="page"><div class="explorer"><section id="map" class="map" aria-label="Map"
 data-world="/static/built/world-steps.json"
 data-bounds="30,-10,45,8" data-columns="/api/columns" data-found="/api/found" data-countries="/api/countries"
 data-cable-suppliers="ovt-cccccccccccc"><figure class="static-map"><svg viewBox="0 0 2 1"></svg></figure></section>
<form id="filters" class="facets" action="/explorer"><ul class="facet-choices">{choices}</ul>
<input name="q" type="search"><a class="reset" href="/explorer">Clear</a></form>
<section id="results"><h2>{heading}</h2><table class="cards">
<thead><tr><th>Project</th><th>Country</th><th>Year</th><th>Status</th></tr>
</thead><tbody>{rows}</tbody></table></section></div></main>"""
NAMES = ["<img src=x onerror=alert(1)> Lake city", "Hill data centre"]
KINDS = ["smart-city", "data-centre"]
COLUMNS: dict[str, Any] = {
    "ids": "aaaaaaaaaaaabbbbbbbbbbbb",
    "names": NAMES,
    "lang": [0, 0],
    "top": [0, 1],
    "status": [0, 0],
    "year": [2017, 2017],
    "first": [2017, 2017],
    "last": [2017, 2017],
    "sources": [1, 2],
    "independent": [1, 2],
    "values": {
        "kind": KINDS,
        "said": KINDS,
        "layer": ["surveillance", "data-centres"],
        "company": [],
        "supplier": [],
        "supplier_country": [],
        "financier": [],
        "source": ["atlas"],
        "precision": ["exact", "admin1"],
        "country": ["KE"],
        "region": ["eastern-africa"],
        "status": ["operational"],
        "system": ["named-supplier"],
        "lang": ["en"],
        "top": ["surveillance", "data-centres"],
    },
    "parties": {"ids": [], "names": [], "langs": [], "suppliers": [[], []], "customers": [[], []]},
    "held": {
        "kind": [[0], [1]],
        "said": [[0], [1]],
        "layer": [[0], [1]],
        "company": [[], []],
        "supplier": [[], []],
        "supplier_country": [[], []],
        "financier": [[], []],
        "source": [[0], [0]],
        "precision": [[0], [1]],
        "country": [[0], [0]],
        "region": [[0], [0]],
        "system": [[0], []],
    },
    "places": {
        "project": [0, 1, 1],
        "x": [375000, 410000, -1770000],
        "y": [-10000, 20000, -170000],
        "precision": [0, 1, 0],
        "precisions": ["exact", "admin1"],
        "softness": [0, 3],
        "around": [0, 1.15, 0],
    },
    "routes": [],
    "unit": 10_000,
    "route_unit": 100,
}


CABLE_COLUMNS = COLUMNS | {
    "ids": COLUMNS["ids"] + "ffffffffffff",
    "names": [*NAMES, "Reef cable"],
    **{
        name: [*COLUMNS[name], value]
        for name, value in (("lang", 0), ("top", 2), ("status", 0), ("sources", 1), ("independent", 1))
    },
    **{name: [*COLUMNS[name], 2020] for name in ("year", "first", "last")},
    "values": COLUMNS["values"] | {"top": ["surveillance", "data-centres", "cables"]},
    "held": {name: [*lists, [0] if name == "country" else []] for name, lists in COLUMNS["held"].items()},
    "parties": {
        "ids": ["ovt-cccccccccccc", "ovt-dddddddddddd"],
        "names": ["Quartz Cables", "Reef Telecom"],
        "langs": ["en", "en"],
        "suppliers": [[], [], [0]],
        "customers": [[], [], []],
        "owners": {"2": [1]},
    },
    "places": COLUMNS["places"]
    | {
        "project": [0, 1, 1, 2],
        "x": [375000, 410000, -1770000, 310000],
        "y": [-10000, 20000, -170000, 50000],
        "precision": [0, 1, 0, 0],
        "around": [0, 1.15, 0, 0],
        "label": [0, 0, 0, 1],
        "labels": ["", "Reef harbour, Kenya"],
    },
    "routes": [[2, 1, [[3100, 500, 1300, 0]]]],
}
"""`COLUMNS` with a cable along the fifth parallel, from longitude 31 to 44."""


def _page(kinds: list[str]) -> str:
    """Return the page for projects of these kinds, or for both projects if no kinds are chosen."""
    matches = [number for number, kind in enumerate(KINDS) if not kinds or kind in kinds]
    labels = ["Smart city", "Data centre"]
    choices = "".join(
        f'<li><label><input type="checkbox" name="kind" value="{kind}"> <span>{label}</span> <span class="facet-count">1</span>'
        "</label></li>"
        for kind, label in zip(KINDS, labels, strict=True)
    )
    choices += (
        '<li><label><input type="checkbox" name="country" value="KE"> <span>Kenya</span></label></li>'
        '<li><label><input type="checkbox" name="status" value="operational"> <span>Operational</span></label></li>'
    )
    signs = ["●", "■"]
    rows = "".join(
        f"<tr><th>{signs[number]} {NAMES[number].replace('<', '&lt;')}{number + 1}</th>"
        "<td>Kenya</td><td>2017</td><td>Operational</td></tr>"
        for number in matches
    )
    heading = f"{len(matches)} project{'s' * (len(matches) != 1)}"
    return PAGE.format(count=len(matches), choices=choices, rows=rows, heading=heading)


class _Handler(BaseHTTPRequestHandler):
    columns: Mapping[str, Any] = COLUMNS

    def log_message(self, *_: object) -> None:
        """Log nothing."""

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
        if query.get("q") == ["break"]:
            return self._send(b"broken", "text/plain", 500)
        if path in ("/", "/explorer"):
            return self._send(_page(query.get("kind", [])).encode(), "text/html")
        if path == "/api/columns":
            return self._send(json.dumps(self.columns).encode(), "application/json")
        if path == "/api/countries":
            shading = {"title": "Index", "otherwise": "no value", "countries": {"KE": [4, "64"]}}
            return self._send(json.dumps({"shading": shading}).encode(), "application/json")
        return self._send(f"<h1>{path}</h1>".encode(), "text/html")


@contextmanager
def served(columns: Mapping[str, Any] = COLUMNS) -> Iterator[str]:
    """Serve the page with these projects; yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"columns": columns}))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
