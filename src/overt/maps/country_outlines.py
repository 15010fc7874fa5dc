"""Outlines of countries in degrees (Natural Earth), from the front end's build."""

from typing import Any

import orjson

from overt.maps.country_shapes import WORLD_FILE


def load_outlines() -> dict[str, dict[str, Any]]:
    """Return GeoJSON geometries by country code; empty if the front end has not been built."""
    features = orjson.loads(WORLD_FILE.read_bytes())["features"] if WORLD_FILE.is_file() else []
    return {feature["properties"]["code"]: feature["geometry"] for feature in features if feature["properties"]["code"]}
