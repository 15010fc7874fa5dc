"""All formats: a new one is a module with `write`, and a line here."""

from pathlib import Path

from overt.export import blocklist_quarters as observations
from overt.export import csv, everything, geojson, geopackage, geoparquet, jsonl, parquet, pmtiles, sqlite
from overt.export.format import Format
from overt.export.ftm import ftm
from overt.export.oc4ids import oc4ids
from overt.export.ofds import ofds
from overt.export.public_release import Holdings
from overt.export.result import Written
from overt.language.language import N_

_EACH = (
    Format("parquet", N_("all tables as they are, typed, with their manifest: for DuckDB, pandas, R, Spark"), "", parquet.write),
    Format("csv", N_("all tables as CSV: for spreadsheets"), "", csv.write),
    Format("jsonl", N_("a line of JSON for each record with its values: for scripts and search engines"), ".jsonl", jsonl.write),
    Format("geojson", N_("projects, sites and cables as GeoJSON, a file a layer: for maps on the web"), "", geojson.write),
    Format("geoparquet", N_("the same layers as GeoParquet 1.1: for large maps and analyses"), "", geoparquet.write),
    Format("geopackage", N_("the same layers and all other records in one file: for QGIS"), ".gpkg", geopackage.write),
    Format(
        "pmtiles", N_("the map as vector tiles in one file (PMTiles 3): for maps on any web server"), ".pmtiles", pmtiles.write
    ),
    Format("sqlite", N_("all tables in one database: for SQL without a server"), ".sqlite", sqlite.write),
    Format(
        "ftm", N_("FollowTheMoney entities, statements and their evidence: for OpenAleph and OpenSanctions’ tools"), "", ftm.write
    ),
    Format("ofds", N_("cables in the Open Fibre Data Standard, as JSON and GeoJSON: for those who map networks"), "", ofds.write),
    Format(
        "oc4ids", N_("infrastructure projects in OC4IDS 0.9: for those who follow public works"), ".oc4ids.json", oc4ids.write
    ),
    Format(
        "observations",
        N_("one table of all domains that lists of what is blocked name: days listed by list and quarter, as CSV"),
        ".observations.csv.gz",
        observations.write,
    ),
)


def _all(holdings: Holdings, target: Path) -> Written:
    return everything.write(holdings, target, _EACH)


_ALL = Format("all", N_("every format in one folder, described for catalogues, archives and citation"), "", _all)
FORMATS = {form.name: form for form in (*_EACH, _ALL)}
