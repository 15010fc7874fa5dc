"""Tables of a release as rows, and hashes of files."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb


def read_table(path: Path, columns: str = "*") -> list[dict[str, Any]]:
    """Read the rows of a Parquet file."""
    with duckdb.connect() as connection:
        cursor = connection.execute(f"SELECT {columns} FROM read_parquet('{path}')")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def query_release(folder: Path, query: str) -> list[dict[str, Any]]:
    """Run a query over the tables in a release's folder, and return the rows."""
    with duckdb.connect() as connection:
        for path in (folder / "tables").glob("*.parquet"):
            connection.execute(f"CREATE VIEW \"{path.stem}\" AS SELECT * FROM read_parquet('{path}')")
        cursor = connection.execute(query)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def file_hashes(root: Path, *, without: Iterable[str] = (".lock", ".lock-owner")) -> Mapping[str, str]:
    """Return the hash of every file below a directory, by relative path. `without`: names of files to leave out."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name not in without
    }
