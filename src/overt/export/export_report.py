"""The report beside an export: what was written, from which sources, what was left out, and the files with their hashes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from overt.export.export_result_and_losses import ExportResult, Loss
from overt.export.public_release_reader import PublicRelease
from overt.model.files.file_digests import sha256_file
from overt.version import __version__

REPORT_ENDING = ".report.json"
_SOURCE_COLUMNS = (
    "source", "title", "publisher", "address", "licence", "licence_url", "attribution", "reuse", "retrieved", "as_of",
)  # fmt: skip


def report_path(target: Path) -> Path:
    """Return the path of an export's report, which lies beside `target`."""
    return target.with_name(f"{target.name}{REPORT_ENDING}")


def build_report(release: PublicRelease, format_name: str, target: Path, written: Path, result: ExportResult) -> dict[str, Any]:
    """Build the report of an export.

    `written`: where the file or folder is now; it may still have to be renamed to `target`. The report does not depend on the
    clock or the machine.
    """
    kinds = sorted(release.record_counts.keys() | result.records.keys())
    return {
        "format": format_name,
        "file": target.name,
        "release": release.id,
        **({"as_of": release.as_of} if release.as_of else {}),
        "title": release.edition.manifest["title"],
        "overt": __version__,
        "republish": list(release.edition.allowed or ()),
        "sources": [_source(row) for row in release.sources],
        "left_out": [dict(source) for source in release.edition.left_out],
        "records": {
            kind: {"in_edition": release.record_counts.get(kind, 0), "written": result.records.get(kind, 0)} for kind in kinds
        },
        "not_carried": [vars(loss) for loss in (*result.losses, *_editor_losses(release)) if loss.count],
        "notes": [*([release.as_of_sentence] if release.as_of else []), *result.notes],
        "files": list_files(written, target.name),
    }


def _source(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the report's entry for a source.

    The address of one of Overt's own registers can be a folder; the path of the register's page then takes its place.
    """
    source = {column: row[column] for column in _SOURCE_COLUMNS}
    is_folder = row["own"] and "://" not in row["address"]
    return source | ({"address": f"/source/{row['source']}"} if is_folder else {})


def list_files(path: Path, name: str) -> list[dict[str, Any]]:
    """Return path, size and SHA-256 of each file in a folder, sorted by path. For a single file, the path is `name`."""
    is_folder = path.is_dir()
    files = sorted(file for file in path.rglob("*") if file.is_file()) if is_folder else [path]
    return [
        {
            "path": file.relative_to(path).as_posix() if is_folder else name,
            "bytes": file.stat().st_size,
            "sha256": sha256_file(file),
        }
        for file in files
    ]


def _editor_losses(release: PublicRelease) -> tuple[Loss, ...]:
    """Return a loss for each of `EDITOR_TABLES` that has rows. No format includes them."""
    why = "it has the reasons that editors gave: it is for people at this machine"
    return tuple(Loss(f"rows of table {name}", count, why, "") for name, count in release.editor_row_counts.items() if count)
