"""Outlines of countries (Natural Earth), as the front end has them."""

from typing import Any

import orjson

from overt.publish.http.static import static_folder


def outlines() -> dict[str, dict[str, Any]]:
    """GeoJSON by code; none where the front end has not been built."""
    path = static_folder() / "built" / "world.json"
    features = orjson.loads(path.read_bytes())["features"] if path.is_file() else []
    return {one["properties"]["code"]: one["geometry"] for one in features if one["properties"]["code"]}
