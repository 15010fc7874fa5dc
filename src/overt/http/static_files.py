"""Serves style sheets, scripts, fonts and country shapes from the installed package."""

import hashlib
from importlib.resources import files
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from overt.http.accepted_encodings import accepted_encodings

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
"""Media type of each file ending. They are set here because some machines lack these types, and browsers refuse a script with
the wrong type.
"""


def static_folder() -> Path:
    """Return the folder of the static files."""
    return Path(str(files("overt") / "static"))


def static_version(folder: Path) -> str:
    """Return a digest of all static files. It is part of their addresses, so that browsers may cache them forever."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:10]


def _accepts_brotli(scope: Scope) -> bool:
    """Return whether a client accepts Brotli. Browsers accept it over HTTPS and from their own machine."""
    return "br" in accepted_encodings(Headers(scope=scope))


class SiteFiles(StaticFiles):
    """Serves static files with the right types. Browsers cache an address with `?v=` forever, any other for an hour."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file, or its Brotli version if there is one and the client accepts it, with cache headers."""
        kind = _TYPES.get(Path(path).suffix)
        packed = bool(kind) and _accepts_brotli(scope) and bool(self.lookup_path(f"{path}.br")[1])
        response = await super().get_response(f"{path}.br" if packed else path, scope)
        if packed and response.status_code == 200:
            response.headers["Content-Encoding"] = "br"
        response.headers.add_vary_header("Accept-Encoding")
        if kind and response.status_code == 200:
            response.headers["Content-Type"] = kind
        versioned = scope["query_string"].startswith(b"v=")
        if path == "embed.css":  # A sandboxed frame has no origin, so even files of its own site are cross-origin for it.
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if versioned else "public, max-age=3600"
        return response
