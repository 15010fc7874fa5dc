"""The small atlas written in every format, and how many records of each type lie in the files, counted by what reads them."""

import csv
import gzip
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from pmtiles.reader import MmapSource, all_tiles

from overt.export.geo_layers import Shapes, layers
from overt.export.public_release import Holdings
from overt.export.registry import FORMATS
from overt.export.run import export
from overt.model.content import Catalogue

TABLES = {kind.table: name for name, kind in Catalogue().schema.types.items()}
"""The type of the records in each table."""


class Made(NamedTuple):
    """An export: where it is, and its report."""

    path: Path
    report: dict[str, Any]


class Whole(NamedTuple):
    """A layer with all its features at once."""

    name: str
    kind: str
    box: tuple[float, float, float, float] | None
    table: pa.Table
    shapes: Shapes


def whole_layers(holdings: Holdings) -> dict[str, Whole]:
    """The layers of an edition, by name."""
    found = {}
    for layer in layers(holdings):
        parts = list(layer.batches())
        table = pa.concat_tables([layer.schema.empty_table(), *(table for table, _ in parts)])
        shapes = np.concatenate([np.empty(0, dtype=object), *(shapes for _, shapes in parts)])
        assert (table.num_rows, sum(shape is not None for shape in shapes)) == (layer.count, layer.drawn)
        found[layer.name] = Whole(layer.name, layer.kind, layer.box, table, shapes)
    return found


def make_all(holdings: Holdings, folder: Path) -> dict[str, Made]:
    """Every format, by name."""
    made = {}
    for name, form in FORMATS.items():
        path = folder / f"atlas-{name}{form.ending}"
        made[name] = Made(path, export(holdings, form, path))
    return made


def _of_tables(counts: Mapping[str, int]) -> Counter[str]:
    return Counter({TABLES[table]: count for table, count in counts.items() if table in TABLES})


def _of_layers(counts: Mapping[str, int]) -> Counter[str]:
    return Counter(project=counts["projects"], place=sum(counts.values()) - counts["projects"])


def _parquet(path: Path) -> Counter[str]:
    return _of_tables({file.stem: pq.read_metadata(file).num_rows for file in (path / "tables").iterdir()})


def _csv(path: Path) -> Counter[str]:
    counts = {}
    for file in path.iterdir():
        with file.open(encoding="utf-8-sig", newline="") as data:
            counts[file.stem] = sum(1 for _ in csv.reader(data)) - 1
    return _of_tables(counts)


def _jsonl(path: Path) -> Counter[str]:
    return Counter(orjson.loads(line)["type"] for line in path.read_bytes().splitlines())


def _sqlite(path: Path) -> Counter[str]:
    with closing(sqlite3.connect(path)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return _of_tables({name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names})


def _geojson(path: Path) -> Counter[str]:
    return _of_layers({file.stem: len(orjson.loads(file.read_bytes())["features"]) for file in path.iterdir()})


def _geoparquet(path: Path) -> Counter[str]:
    return _of_layers({file.stem: pq.read_metadata(file).num_rows for file in path.iterdir()})


def _geopackage(path: Path) -> Counter[str]:
    with closing(sqlite3.connect(path)) as database:
        names = [name for (name,) in database.execute("SELECT table_name FROM gpkg_contents")]
        counts = {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
    layers = {name: counts.pop(name) for name in ("projects", "sites", "cables", "areas", "unlocated") if name in counts}
    return _of_layers(layers) + _of_tables(counts)


_FTM = {
    "Company": "organization",
    "Organization": "organization",
    "PublicBody": "organization",
    "Ownership": "relation",
    "Succession": "relation",
    "UnknownLink": "relation",
    "Project": "project",
    "ProjectParticipant": "role",
    "Debt": "commitment",
    "Risk": "listing",
    "Address": "place",
    "Document": "document",
    "Event": "agreement",
}


def _ftm(path: Path) -> Counter[str]:
    roles = Catalogue().vocabularies["roles"].terms
    counts = Counter[str]()
    for entity in map(orjson.loads, (path / "entities.ftm.json").read_bytes().splitlines()):
        kind = _FTM[entity["schema"]]
        is_money = kind == "role" and not {role.id for role in roles} & set(entity["properties"].get("role", ()))
        counts["commitment" if is_money else kind] += 1
    return counts


def _ofds(path: Path) -> Counter[str]:
    networks = orjson.loads((path / "network-package.json").read_bytes())["networks"]
    organisations = [one for network in networks for one in network.get("organisations", ())]
    routes = {span["id"].rpartition("-")[0] for network in networks for span in network.get("spans", ()) if "route" in span}
    return Counter(
        project=len(networks),
        place=len({node["id"] for network in networks for node in network.get("nodes", ())} | routes),
        organization=len({one["id"] for one in organisations}),
        role=sum(len(one["roleDetails"].split(", ")) for one in organisations),
    )


def _all(path: Path) -> Counter[str]:
    """What all formats agree on of the types that they have; each is asked by the report that lies in the folder."""
    counts: Counter[str] = Counter()
    for name, form in FORMATS.items():
        if name != "all":
            found = COUNTED[name](path / (f"overt{form.ending}" if form.ending else name))
            said = orjson.loads((path / "reports" / f"{name}.json").read_bytes())["records"]
            assert +found == {kind: held["written"] for kind, held in said.items() if held["written"]}, name
            counts |= found
    return counts


def _oc4ids(path: Path) -> Counter[str]:
    """A funder of the small atlas is told by a commitment, and by no role."""
    projects = orjson.loads(path.read_bytes())["projects"]
    parties = [party for project in projects for party in project.get("parties", ())]
    lines = [part for project in projects for part in project.get("budget", {}).get("budgetBreakdowns", ())]
    places = {place["id"] for project in projects for place in project.get("locations", ())}
    return Counter(
        project=len(projects),
        organization=len({party["id"] for party in parties}),
        role=sum(len([role for role in party["roles"] if role != "funder"]) for party in parties),
        commitment=sum(len(part["budgetBreakdown"]) for part in lines),
        place=len([place for place in places if not place.startswith("country-")]),
        document=len({document["id"] for project in projects for document in project.get("documents", ())}),
    )


def _pmtiles(path: Path) -> Counter[str]:
    found: set[object] = set()
    with path.open("rb") as file:
        for tile, content in all_tiles(MmapSource(file)):
            if tile[0] == 8:
                found |= set(re.findall(rb"ovt-[a-z2-7]{12}", gzip.decompress(content)))
    return Counter(project=len(found))


COUNTED: dict[str, Callable[[Path], Counter[str]]] = {
    "parquet": _parquet,
    "csv": _csv,
    "jsonl": _jsonl,
    "sqlite": _sqlite,
    "geojson": _geojson,
    "geoparquet": _geoparquet,
    "geopackage": _geopackage,
    "pmtiles": _pmtiles,
    "ftm": _ftm,
    "observations": lambda path: Counter(),
    "ofds": _ofds,
    "oc4ids": _oc4ids,
    "all": _all,
}
"""Of each format a function that counts the records of each type in it; a new format needs one."""
