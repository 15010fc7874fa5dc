"""Compression of what is not compressed yet."""

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Receive, Scope, Send

_ALREADY = (".parquet", ".woff2")


class Compressed(GZipMiddleware):
    """Starlette's, but for files that are compressed already: a release's tables can be large."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and scope["path"].endswith(_ALREADY):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)
