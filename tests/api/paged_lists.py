"""Lists of the API, read page by page."""

from typing import Any

from tests.support.client import Client


def walk(client: Client, path: str, limit: int, **parameters: str) -> list[dict[str, Any]]:
    """Return all items of a list, following the `Link` header from page to page."""
    items, address, params = [], path, {"limit": str(limit), **parameters}
    while True:
        response = client.get(address, params=params)
        assert response.status_code == 200, response.text
        page = response.json()
        assert page["items"] == [] or page["items"][0] not in items[:1], "the same page again"
        assert 0 < len(page["items"]) <= limit
        items += page["items"]
        if page["next"] is None:
            assert "link" not in response.headers
            return items
        assert f"cursor={page['next']}" in response.headers["link"]
        address, params = response.headers["link"].partition(">")[0].removeprefix("<http://127.0.0.1"), None
