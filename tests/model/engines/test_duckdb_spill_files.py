"""DuckDB connections spill to temporary files, not to the current directory."""

import os
import tempfile
from pathlib import Path

import pytest

from overt.model.engines.duckdb_connection import connect


@pytest.mark.ci
def test_a_connection_spills_to_temporary_files_and_not_to_the_current_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with connect(memory="60MB", threads=1) as connection:
        connection.execute("CREATE TABLE numbers AS SELECT range AS number, hash(range) AS digest FROM range(20_000_000)")
        spilled = Path(tempfile.gettempdir()) / f".tmp-{os.getpid()}-overt-spill"
        assert list(spilled.iterdir())
    assert not spilled.exists()
    assert not list(tmp_path.iterdir())
