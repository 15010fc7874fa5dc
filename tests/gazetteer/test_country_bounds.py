"""The bounds by which importers check places include the towns of the gazetteer, even those on distant islands."""

from importlib.resources import as_file, files

import pyarrow.parquet as pq

from overt.gazetteer.towns_and_provinces import PARTS_OF_DEGREE
from overt.importing.places.country_bounds_check import MARGIN
from overt.model.content_catalogue import Catalogue

BASES_ABROAD = {"Akrotiri", "Dhekelia"}
"""Towns of the United Kingdom's bases in Cyprus, which GeoNames counts as British."""


def test_every_town_is_within_the_bounds_of_its_country() -> None:
    areas = Catalogue().areas.areas
    with as_file(files("overt") / "gazetteer" / "towns.parquet") as path:
        towns = pq.read_table(path, columns=["country", "name", "longitude", "latitude"]).to_pylist()
    outside = set()
    for town in towns:
        area = areas.get(town["country"])
        if area is None or area.bounds is None or town["name"] in BASES_ABROAD:
            continue
        west, south, east, north = area.bounds
        x, y = town["longitude"] / PARTS_OF_DEGREE, town["latitude"] / PARTS_OF_DEGREE
        if not (west - MARGIN / 4 <= x <= east + MARGIN / 4 and south - MARGIN / 4 <= y <= north + MARGIN / 4):
            outside.add((town["country"], town["name"]))
    assert len(towns) > 200_000
    assert outside == set()
