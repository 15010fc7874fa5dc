"""The manifest: what a release holds and what it was made of, each file with its hash."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from overt import __version__
from overt.model.atomic_files import sha256_file
from overt.model.code_digest import code_digest
from overt.model.content import Catalogue
from overt.release.release_inputs import ReleaseInputs
from overt.resolve.libraries import library_versions

_DECIDING = ("model", "ledger", "importing", "measure", "resolve", "release")
"""The packages whose code decides a release's bytes."""


def make_manifest(inputs: ReleaseInputs, content: Catalogue, folder: Path, rows: dict[str, int]) -> dict[str, Any]:
    """The manifest of the tables in `folder`/tables; no clock, no machine, no order of arrival in it."""
    return {
        "format": 1,
        "title": inputs.title,
        "note": inputs.note,
        "date": release_date(inputs),
        "overt": __version__,
        "code": code_digest(*_DECIDING),
        "libraries": library_versions(),
        "content": content.digest("schema", "vocab", "models", "names", "measure", "sources", "figures"),
        "measure": measure_digest(content),
        "archive": {"captures": len(inputs.captures), "chain": inputs.archive_head},
        "ledger": inputs.ledger_head,
        "sources": {
            held.source: {
                "snapshot": held.snapshot,
                "retrieved": held.retrieved,
                "as_of": held.report["as_of"],
                "reuse": content.sources[held.source].reuse if held.source in content.sources else "open",
                "licence": content.sources[held.source].licence if held.source in content.sources else "",
            }
            for held in sorted(inputs.sources, key=lambda held: held.source)
        },
        "tables": tables_of(folder, rows),
    }


def measure_digest(content: Catalogue) -> str:
    """Which code and rules judge and count single measurements here."""
    return hashlib.sha256(f"{code_digest('measure')}{content.digest('measure')}".encode()).hexdigest()


def tables_of(folder: Path, rows: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """What a manifest says of the tables in `folder`/tables, of which `rows` has the names and how many rows each has."""
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
    """The latest day on which any input was retrieved or decided."""
    return max(
        [held.retrieved for held in inputs.sources] + ([inputs.ledger_date] if inputs.ledger_date else []), default="0001-01-01"
    )


def manifest_bytes(manifest: dict[str, Any]) -> bytes:
    """The manifest's file: sorted keys, indented, a newline at the end."""
    return orjson.dumps(manifest, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"


def release_id(manifest: dict[str, Any]) -> str:
    """Latest input date and 8 hex digits of the manifest's SHA-256."""
    return f"{manifest['date']}-{hashlib.sha256(manifest_bytes(manifest)).hexdigest()[:8]}"
