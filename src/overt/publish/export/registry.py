"""All formats: a new one is a module with `write`, and a line here."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from overt.publish.export import csv, ftm, geojson, geopackage, geoparquet, jsonl, ofds, parquet, sqlite
from overt.publish.export.holdings import Holdings
from overt.publish.export.written import Written

Write = Callable[[Holdings, Path], Written]
"""Writes an edition to a path at which nothing is yet; what it returns says what it wrote, and what it left behind."""


class Format(NamedTuple):
    """A format that an edition can be written in."""

    name: str
    what: str
    """What it is and for whom, in a line."""
    ending: str
    """How its file's name ends; empty: it makes a folder, or a zip archive where the path ends in `.zip`."""
    write: Write

    @property
    def is_folder(self) -> bool:
        """Whether it is several files."""
        return not self.ending


FORMATS = {
    form.name: form
    for form in (
        Format("parquet", "all tables as they are, typed, with their manifest: for DuckDB, pandas, R, Spark", "", parquet.write),
        Format("csv", "all tables as CSV: for spreadsheets", "", csv.write),
        Format("jsonl", "a line of JSON for each record with its values: for scripts and search engines", ".jsonl", jsonl.write),
        Format("geojson", "projects, sites and cables as GeoJSON, a file a layer: for maps on the web", "", geojson.write),
        Format("geoparquet", "the same layers as GeoParquet 1.1: for large maps and analyses", "", geoparquet.write),
        Format("geopackage", "the same layers and all other records in one file: for QGIS", ".gpkg", geopackage.write),
        Format("sqlite", "all tables in one database: for SQL without a server", ".sqlite", sqlite.write),
        Format(
            "ftm", "FollowTheMoney entities, statements and their evidence: for OpenAleph and OpenSanctions’ tools", "", ftm.write
        ),
        Format("ofds", "cables in the Open Fibre Data Standard, as JSON and GeoJSON: for those who map networks", "", ofds.write),
    )
}
