"""Asking an application without a network: the answers as httpx has them."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
from fastapi import FastAPI

HOST = "http://127.0.0.1"


class Client:
    """One reader; redirects are not followed."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.ask("GET", path, **more)

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
                return await client.request(method, path, **more)

        with ThreadPoolExecutor(1) as thread:  # a thread of its own: a browser that a test drives may hold this one's loop
            return thread.submit(lambda: asyncio.run(send())).result()
