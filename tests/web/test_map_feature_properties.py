"""The map of large atlases reads the properties of routes by the names that the API gives them."""

import re
from pathlib import Path

from overt.api.map_features_and_country_shading import MapProperties

SOURCE = Path(__file__).parents[2] / "web" / "src" / "map" / "map-features.ts"


def test_the_map_reads_properties_that_the_api_has() -> None:
    read = set(re.findall(r'properties\?\.\["(\w+)"\]', SOURCE.read_text(encoding="utf-8")))
    assert "supplier" in read, "it determines the colour of a cable"
    assert read <= MapProperties.model_fields.keys()
