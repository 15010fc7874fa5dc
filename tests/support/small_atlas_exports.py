"""Exports of the small atlas in every format, functions that count the records in them, and complete layers of an edition."""

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
import openpyxl
import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from pmtiles.reader import MmapSource, all_tiles

from overt.export.atomic_export import export
from overt.export.format_registry import FORMATS
from overt.export.geo_layers import Shapes, make_geo_layers
from overt.export.public_release_reader import PublicRelease
from overt.model.content_catalogue import Catalogue

TABLES = {record_type.table: name for name, record_type in Catalogue().schema.types.items()}
"""Record types by table."""


class ExportedFile(NamedTuple):
    """An exported file or folder and its report."""

    path: Path
    report: dict[str, Any]


class CompleteLayer(NamedTuple):
    """A layer with all its features."""

    name: str
    kind: str
    box: tuple[float, float, float, float] | None
    table: pa.Table
    shapes: Shapes


def read_layers(public_release: PublicRelease) -> dict[str, CompleteLayer]:
    """Read all layers of an edition, by name."""
    complete = {}
    for layer in make_geo_layers(public_release):
        parts = list(layer.batches())
        table = pa.concat_tables([layer.schema.empty_table(), *(table for table, _ in parts)])
        shapes = np.concatenate([np.empty(0, dtype=object), *(shapes for _, shapes in parts)])
        assert (table.num_rows, sum(shape is not None for shape in shapes)) == (layer.count, layer.drawn)
        complete[layer.name] = CompleteLayer(layer.name, layer.geometry_type, layer.box, table, shapes)
    return complete


def export_all(public_release: PublicRelease, folder: Path) -> dict[str, ExportedFile]:
    """Export in every format. Return the files by format name."""
    exported = {}
    for name, form in FORMATS.items():
        path = folder / f"atlas-{name}{form.ending}"
        exported[name] = ExportedFile(path, export(public_release, form, path))
    return exported


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
    "Membership": "participation",
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
    organisations = [organisation for network in networks for organisation in network.get("organisations", ())]
    routes = {span["id"].rpartition("-")[0] for network in networks for span in network.get("spans", ()) if "route" in span}
    return Counter(
        project=len(networks),
        place=len({node["id"] for network in networks for node in network.get("nodes", ())} | routes),
        organization=len({organisation["id"] for organisation in organisations}),
        role=sum(len(organisation["roleDetails"].split(", ")) for organisation in organisations),
    )


def _all(path: Path) -> Counter[str]:
    """Return the largest count of each type, after comparing every format with its report in the folder."""
    counts: Counter[str] = Counter()
    for name, form in FORMATS.items():
        if name != "all":
            counted = RECORD_COUNTERS[name](path / (f"overt{form.ending}" if form.ending else name))
            reported = orjson.loads((path / "reports" / f"{name}.json").read_bytes())["records"]
            assert +counted == {kind: count["written"] for kind, count in reported.items() if count["written"]}, name
            counts |= counted
    return counts


def _oc4ids(path: Path) -> Counter[str]:
    """Count records by type. In the small atlas, funders come from commitments and not from roles."""
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


def _xlsx(path: Path) -> Counter[str]:
    sheet = openpyxl.load_workbook(path, read_only=True)["projects"]
    return Counter(project=sum(1 for _ in sheet.iter_rows(min_row=2)))


def _pmtiles(path: Path) -> Counter[str]:
    ids: set[object] = set()
    with path.open("rb") as file:
        for tile, content in all_tiles(MmapSource(file)):
            if tile[0] == 8:
                ids |= set(re.findall(rb"ovt-[a-z2-7]{12}", gzip.decompress(content)))
    return Counter(project=len(ids))


RECORD_COUNTERS: dict[str, Callable[[Path], Counter[str]]] = {
    "parquet": _parquet,
    "csv": _csv,
    "jsonl": _jsonl,
    "sqlite": _sqlite,
    "xlsx": _xlsx,
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
"""Functions that count the records of each type in a file, by format. A new format needs one."""
