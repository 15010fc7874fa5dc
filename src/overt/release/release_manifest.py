"""Manifests of releases (inputs, code versions, and every table with its hash), and the day and id of a release."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from overt.model import format_versions
from overt.model.code_digest import code_digest
from overt.model.content_catalogue import Catalogue
from overt.model.files.file_digests import sha256_file
from overt.model.library_versions import library_versions
from overt.release.release_inputs import ReleaseInputs
from overt.version import __version__

_DECIDING_PACKAGES = (
    "model",
    "language",
    "archive",
    "ledger",
    "estimation",
    "gazetteer",
    "importing",
    "measure",
    "resolve",
    "release",
)
"""Packages whose code determines a release's bytes."""


def make_manifest(inputs: ReleaseInputs, content: Catalogue, folder: Path, rows: dict[str, int]) -> dict[str, Any]:
    """Return the manifest of the tables in `folder`/tables. It depends only on the arguments and on installed code and libraries.

    `rows`: number of rows by table.
    """
    return {
        "format": format_versions.MANIFEST,
        "title": inputs.title,
        "note": inputs.note,
        "date": release_date(inputs),
        **made_by(content),
        "settings": {
            "sources": sorted(inputs.selected),
            "whole": sorted(inputs.complete_snapshots),
            "wrong_days": sorted(input_days(inputs) & {*inputs.wrong_days}),
        },
        "archive": {"captures": len(inputs.captures), "chain": inputs.archive_head},
        "ledger": inputs.ledger_head,
        "withheld": len(inputs.withholdings),
        "sources": {
            source.source: {
                "snapshot": source.snapshot,
                "retrieved": source.retrieved,
                "as_of": source.report["as_of"],
                "reuse": content.sources[source.source].reuse if source.source in content.sources else "open",
                "licence": content.sources[source.source].licence if source.source in content.sources else "",
            }
            for source in sorted(inputs.sources, key=lambda source: source.source)
        },
        "tables": table_entries(folder, rows),
    }


def made_by(content: Catalogue) -> dict[str, Any]:
    """Return the part of a manifest that describes the code, libraries and content used for a release."""
    return {
        "overt": __version__,
        "code": code_digest(*_DECIDING_PACKAGES),
        "libraries": library_versions(),
        "content": content.digest("schema", "vocab", "models", "names", "measure", "sources", "figures", "findings"),
        "measure": measure_digest(content),
    }


def measure_digest(content: Catalogue) -> str:
    """Return the digest of the code and rules for judging and counting measurements."""
    return hashlib.sha256(f"{code_digest('measure')}{content.digest('measure')}".encode()).hexdigest()


def table_entries(folder: Path, rows: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """Return a manifest's entries for the tables in `folder`/tables. `rows`: number of rows by table."""
    return {
        name: {
            "file": f"tables/{name}.parquet",
            "rows": count,
            "bytes": (folder / "tables" / f"{name}.parquet").stat().st_size,
            "sha256": sha256_file(folder / "tables" / f"{name}.parquet"),
        }
        for name, count in sorted(rows.items())
    }


def release_date(inputs: ReleaseInputs) -> str:
    """Return the latest of the `input_days`, ignoring wrong days; 0001-01-01 if none is left.

    This is the day of the release: part of its id, and the day for which records are current or not. It doesn't determine which
    of two releases is newer. That depends on the archive's order, and on the order in which releases were made.
    """
    return max(input_days(inputs) - {*inputs.wrong_days}, default="0001-01-01")


def input_days(inputs: ReleaseInputs) -> set[str]:
    """Return the days on which the snapshots were retrieved, and the day of the ledger's last entry."""
    return {*(source.retrieved for source in inputs.sources), inputs.ledger_date} - {""}


def manifest_bytes(manifest: dict[str, Any]) -> bytes:
    """Return the bytes of a manifest file: JSON with sorted keys, indented, with a newline at the end."""
    return orjson.dumps(manifest, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"


def release_id(manifest: dict[str, Any]) -> str:
    """Return a release's id: the day in its manifest and the first 8 hex digits of the manifest's SHA-256."""
    return f"{manifest['date']}-{hashlib.sha256(manifest_bytes(manifest)).hexdigest()[:8]}"
