"""Generate web/tools/world/areas.json for the front end's build: codes, ISO numbers and English names of the areas on the map."""

import json

import pycountry

from overt.model.content_catalogue import Catalogue

_WITHOUT_NUMBER = ("X-CRIMEA", "X-NORTHERN-CYPRUS", "X-SOMALILAND", "XK")
"""Areas that the map draws although ISO 3166-1 lacks them. `web/tools/world/natural-earth-codes.ts` has their shapes."""


def map_areas(content: Catalogue) -> str:
    """Return the text of the JSON file: one area per line, sorted by code. Only areas of ISO 3166-1 have a number."""
    numbers = {country.alpha_2: country.numeric for country in pycountry.countries}
    areas = [
        {"number": numbers.get(code), "code": code, "name": content.areas.areas[code].label}
        for code in sorted([*numbers, *_WITHOUT_NUMBER])
    ]
    lines = [json.dumps({key: text for key, text in area.items() if text is not None}, ensure_ascii=False) for area in areas]
    return "[\n  " + ",\n  ".join(lines) + "\n]\n"
