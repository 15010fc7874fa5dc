"""The towns and provinces of one country, read from the packaged tables and indexed by the keys of their names."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from overt.gazetteer.lookup_results import Province, Town
from overt.gazetteer.place_name_keys import name_key, part_keys, province_key, shortened
from overt.model.errors import OvertError

SHA256 = {
    "towns.parquet": "7805eb2151e9465c8b393ab13b38a1bcad1ca07b557f07147f1b872f327ffbb2",
    "provinces.parquet": "46ea569edfd45f3e9a63965b2b716c5a39d95fd2f5e6dcf75365e82adbb62dfa",
}
"""SHA-256 of each packaged table. `tools/gazetteer.py` writes the tables.

Because these digests are in the code, new tables change the fingerprint of all claims, which are then made again.
"""
PARTS_OF_DEGREE = 10_000
"""Number of units in a degree. Coordinates are stored as integers in this unit, which is about 11 metres of latitude."""

_Index = dict[str, tuple[int, ...]]
"""Positions of towns in the list of towns, by the key of a name or of a part of one."""


class CountryTowns:
    """The towns and provinces of one country."""

    def __init__(self, towns: pa.Table, provinces: pa.Table) -> None:
        self.provinces: dict[str, Province] = {}
        """Provinces by their GeoNames code."""
        self._provinces_by_key: dict[str, set[str]] = defaultdict(set)
        self._province_codes: dict[str, str] = {}
        for row in provinces.to_pylist():
            province = Province(
                row["id"], row["name"], row["country"], row["admin1"],
                row["latitude"] / PARTS_OF_DEGREE, row["longitude"] / PARTS_OF_DEGREE, row["population"], row["radius"],
            )  # fmt: skip
            self.provinces[province.admin1] = province
            self._province_codes |= {code.casefold(): province.admin1 for code in (province.admin1, row["iso"]) if code}
            for name in (province.name, *row["alternatives"].split("|")):
                self._provinces_by_key[province_key(name)].add(province.admin1)
        self._towns: list[Town] = []
        self._main: _Index = {}
        self._every: _Index = {}
        self._parts: _Index = {}
        for number, row in enumerate(towns.to_pylist()):
            self._towns.append(self._town(row))
            main = name_key(row["name"])
            also = filter(None, row["alternatives"].split("|"))
            _add(self._main, number, {main, shortened(main)})
            _add(self._every, number, {form for key in (main, *also) for form in (key, shortened(key))})
            _add(self._parts, number, part_keys(main))

    def main_names(self, key: str) -> list[Town]:
        """Return the towns whose main name in GeoNames has this key."""
        return [self._towns[number] for number in self._main.get(key, ())]

    def names(self, key: str) -> list[Town]:
        """Return the towns that have a name with this key, main or alternative."""
        return [self._towns[number] for number in self._every.get(key, ())]

    def parts(self, key: str) -> list[Town]:
        """Return the towns with a double name, such as Cavaria con Premezzo, one part of which has this key."""
        return [self._towns[number] for number in self._parts.get(key, ())]

    def provinces_named(self, name: str) -> list[Province]:
        """Return the provinces with this name."""
        return [self.provinces[code] for code in sorted(self._provinces_by_key.get(province_key(name), ()))]

    def provinces_meant(self, hint: str) -> list[Province]:
        """Return the provinces with this name or, if there are none, with this code of GeoNames or ISO 3166-2, such as `TX`."""
        code = self._province_codes.get("".join(character for character in hint.casefold() if character.isalnum()))
        return self.provinces_named(hint) or ([self.provinces[code]] if code else [])

    def entry(self, number: int) -> Town | Province | None:
        """Return the town or province with this GeoNames id; None if there is none."""
        entries: tuple[Town | Province, ...] = (*self._towns, *self.provinces.values())
        return next((entry for entry in entries if entry.id == number), None)

    def _town(self, row: dict[str, Any]) -> Town:
        province = self.provinces.get(row["admin1"])
        return Town(
            row["id"], row["name"], row["country"], row["admin1"], province.name if province else "",
            row["latitude"] / PARTS_OF_DEGREE, row["longitude"] / PARTS_OF_DEGREE, row["population"],
        )  # fmt: skip


def _add(index: _Index, number: int, keys: Iterable[str]) -> None:
    for key in keys:
        index[key] = (*index.get(key, ()), number)


@lru_cache(maxsize=64)
def country_towns(country: str) -> CountryTowns:
    """Return the towns and provinces of a country, given by its ISO 3166-1 alpha-2 code. An unknown code has none.

    Raises OvertError if the packaged tables are damaged.
    """
    return CountryTowns(_country_rows("towns.parquet", country), _country_rows("provinces.parquet", country))


def _country_rows(name: str, country: str) -> pa.Table:
    file, groups = _table(name)
    return file.read_row_groups([groups[country]] if country in groups else [])


@cache
def _table(name: str) -> tuple[pq.ParquetFile, dict[str, int]]:
    """Return a packaged table, and the number of each country's row group. Raises OvertError for a damaged installation."""
    data = (files("overt") / "gazetteer" / name).read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256[name]:
        raise OvertError(f"overt/gazetteer/{name} is damaged; install Overt again")
    file = pq.ParquetFile(BytesIO(data))
    column = file.schema_arrow.get_field_index("country")
    groups: dict[str, int] = {}
    for number in range(file.metadata.num_row_groups):
        statistics = file.metadata.row_group(number).column(column).statistics
        groups[str(statistics.min if statistics else "")] = number
    return file, groups
