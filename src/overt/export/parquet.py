"""The tables of the edition as they are, with the manifest that has their hashes. What names editors alone is left behind."""

import shutil
from pathlib import Path

import orjson

from overt.export.public_release import Holdings
from overt.export.result import Written


def write(holdings: Holdings, target: Path) -> Written:
    """Make the folder `target` of one Parquet file a table, and `manifest.json`."""
    (target / "tables").mkdir(parents=True)
    for path in holdings.tables.values():
        shutil.copyfile(path, target / "tables" / path.name)
    said = orjson.dumps(holdings.manifest, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
    (target / "manifest.json").write_bytes(said)
    return Written(holdings.records)
