"""The tables as they are, with the manifest that contains their hashes. Tables with editors' decisions are left out."""

import shutil
from pathlib import Path

import orjson

from overt.export.export_result_and_losses import ExportResult
from overt.export.public_release_reader import PublicRelease


def write(release: PublicRelease, target: Path) -> ExportResult:
    """Create the folder `target` with one Parquet file per table in `tables/`, and `manifest.json`."""
    (target / "tables").mkdir(parents=True)
    for path in release.tables.values():
        shutil.copyfile(path, target / "tables" / path.name)
    manifest = orjson.dumps(release.manifest, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
    (target / "manifest.json").write_bytes(manifest)
    return ExportResult(release.record_counts)
