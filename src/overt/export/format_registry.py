"""All export formats. To add a format, write a module with a function `write` and list it here."""

from pathlib import Path

from overt.export import (
    blocklist_quarters,
    csv_files,
    flat_projects_workbook,
    geojson,
    geopackage,
    geoparquet,
    jsonl_records,
    parquet_files,
    pmtiles,
)
from overt.export import folder_with_all_formats as bundle
from overt.export.export_format import ExportFormat
from overt.export.export_result_and_losses import ExportResult
from overt.export.ftm import entities_and_statements as ftm
from overt.export.oc4ids import project_package as oc4ids
from overt.export.ofds import network_package as ofds
from overt.export.public_release_reader import PublicRelease
from overt.export.sqlite import sqlite_database
from overt.language.language import N_

_SINGLE_FORMATS = (
    ExportFormat(
        "parquet",
        N_("all tables as they are, typed, with their manifest: for DuckDB, pandas, R, Spark"),
        "",
        parquet_files.write,
    ),
    ExportFormat("csv", N_("all tables as CSV: for spreadsheets"), "", csv_files.write),
    ExportFormat(
        "jsonl",
        N_("one line of JSON per record, with its values: for scripts and search engines"),
        ".jsonl",
        jsonl_records.write,
    ),
    ExportFormat(
        "geojson", N_("projects, sites and cables as GeoJSON, one file per layer: for maps on the web"), "", geojson.write
    ),
    ExportFormat("geoparquet", N_("the same layers as GeoParquet 1.1: for large maps and analyses"), "", geoparquet.write),
    ExportFormat("geopackage", N_("the same layers and all other records in one file: for QGIS"), ".gpkg", geopackage.write),
    ExportFormat(
        "pmtiles", N_("the map as vector tiles in one file (PMTiles 3): for maps on any web server"), ".pmtiles", pmtiles.write
    ),
    ExportFormat(
        "xlsx",
        N_("one row per project, with names instead of ids, as a workbook: for Excel and LibreOffice"),
        ".xlsx",
        flat_projects_workbook.write,
    ),
    ExportFormat("sqlite", N_("all tables in one database: for SQL without a server"), ".sqlite", sqlite_database.write),
    ExportFormat(
        "ftm", N_("FollowTheMoney entities, statements and their evidence: for OpenAleph and OpenSanctions’ tools"), "", ftm.write
    ),
    ExportFormat(
        "ofds", N_("cables in the Open Fibre Data Standard, as JSON and GeoJSON: for those who map networks"), "", ofds.write
    ),
    ExportFormat(
        "oc4ids", N_("infrastructure projects in OC4IDS 0.9: for those who follow public works"), ".oc4ids.json", oc4ids.write
    ),
    ExportFormat(
        "observations",
        N_("one table of all domains on lists of blocked domains: days listed, by list and quarter, as CSV"),
        ".observations.csv.gz",
        blocklist_quarters.write,
    ),
)


def _write_bundle(release: PublicRelease, target: Path) -> ExportResult:
    return bundle.write(release, target, _SINGLE_FORMATS)


_ALL = ExportFormat("all", N_("every format in one folder, described for catalogues, archives and citation"), "", _write_bundle)
FORMATS = {form.name: form for form in (*_SINGLE_FORMATS, _ALL)}
