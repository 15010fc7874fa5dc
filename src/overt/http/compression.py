"""Compresses responses: pages with gzip, and data with zstd if the client accepts it, otherwise with gzip."""

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette_compress import CompressMiddleware, add_compress_type

from overt.http.accepted_encodings import accepted_encodings
from overt.http.data_or_page_address import is_data

_COMPRESSED = (".parquet", ".woff2", ".png", ".pmtiles", ".sig", ".gz")
_TYPES = (
    "text/csv", "application/problem+json", "application/schema+json", "application/vnd.oai.openapi+json",
    "application/vnd.citationstyles.csl+json", "application/x-bibtex",
)  # fmt: skip
"""Media types that compress well, but that the middleware doesn't compress by default."""
for _type in _TYPES:
    add_compress_type(_type)


class CompressionMiddleware(GZipMiddleware):
    """ASGI middleware that compresses responses, except files that are already compressed, such as a release's tables.

    Pages use gzip, the form in which the page cache stores them. Data may use zstd, which needs less processor time.
    """

    def __init__(self, app: ASGIApp, minimum_size: int = 500, compresslevel: int = 9) -> None:
        super().__init__(app, minimum_size, compresslevel)
        self._data = CompressMiddleware(app, minimum_size=minimum_size, brotli=False, zstd_level=3, gzip_level=compresslevel)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Choose the compression by the address: none for compressed files, zstd or gzip for data, and gzip for pages.

        A client that accepts neither gets an uncompressed response.
        """
        if scope["type"] != "http" or scope["path"].endswith(_COMPRESSED):
            await self.app(scope, receive, send)
        elif is_data(scope["path"]):
            await self._data(_with_plain_header(scope), receive, send)
        else:
            await super().__call__(_with_plain_header(scope), receive, send)


def _with_plain_header(scope: Scope) -> Scope:
    """Return the request with one `Accept-Encoding` header, which only lists what the client accepts.

    The middlewares of starlette and starlette-compress don't read every header alike, such as `gzip;q=0`, `*` or two headers.
    """
    headers = [header for header in scope["headers"] if header[0] != b"accept-encoding"]
    accepted = ", ".join(sorted(accepted_encodings(Headers(scope=scope))))
    return {**scope, "headers": [*headers, (b"accept-encoding", accepted.encode())] if accepted else headers}
