"""Outlines of countries (Natural Earth), as the front end has them."""

from typing import Any

import orjson

from overt.maps.world import WORLD


def outlines() -> dict[str, dict[str, Any]]:
    """GeoJSON by code; none where the front end has not been built."""
    features = orjson.loads(WORLD.read_bytes())["features"] if WORLD.is_file() else []
    return {one["properties"]["code"]: one["geometry"] for one in features if one["properties"]["code"]}
