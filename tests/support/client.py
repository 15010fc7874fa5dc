"""A client that calls an application without a network."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
from starlette.types import ASGIApp

HOST = "http://127.0.0.1"


class Client:
    """Synchronous client for an ASGI app. It doesn't follow redirects, and an exception in the app becomes a 500 response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.request("GET", path, **more)

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
                return await client.request(method, path, **more)

        with ThreadPoolExecutor(1) as thread:  # in a thread, because a browser in a test may be using this thread's event loop
            return thread.submit(lambda: asyncio.run(send())).result()
