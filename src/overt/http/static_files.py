"""Style, script, fonts and shapes, straight from the installed package."""

import hashlib
from importlib.resources import files
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
"""Said here because the tables of some machines lack them, and a script of the wrong type does not run."""


def static_folder() -> Path:
    """Where the package keeps them."""
    return Path(str(files("overt") / "static"))


def static_version(folder: Path) -> str:
    """Changes whenever any file does; it stands in the addresses of files, which may so be kept for ever."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:10]


def _takes_brotli(scope: Scope) -> bool:
    """Whether a reader says that it can read Brotli; browsers do so over HTTPS and on their own machine."""
    said = Headers(scope=scope).get("accept-encoding", "")
    return any(part.strip() == "br" for part in said.split(","))


class SiteFiles(StaticFiles):
    """Files with the right types; an address with `?v=` is kept for ever, any other for an hour."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with how long it may be kept; the compressed one beside it for readers who take it."""
        kind = _TYPES.get(Path(path).suffix)
        packed = bool(kind) and _takes_brotli(scope) and bool(self.lookup_path(f"{path}.br")[1])
        response = await super().get_response(f"{path}.br" if packed else path, scope)
        if packed and response.status_code == 200:
            response.headers["Content-Encoding"] = "br"
        response.headers.add_vary_header("Accept-Encoding")
        if kind and response.status_code == 200:
            response.headers["Content-Type"] = kind
        versioned = scope["query_string"].startswith(b"v=")
        if path == "embed.css":  # a page in a sandboxed frame is of no origin, so even its own files are of another
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if versioned else "public, max-age=3600"
        return response
