"""The door to DuckDB."""

import os
import tempfile
from pathlib import Path

import pytest

from overt.model.engine import connect


def test_what_does_not_fit_goes_to_temporary_files_and_not_to_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with connect(memory="60MB", threads=1) as connection:
        connection.execute("CREATE TABLE held AS SELECT range AS number, hash(range) AS digest FROM range(20_000_000)")
        spilled = Path(tempfile.gettempdir()) / f"overt-spill-{os.getpid()}"
        assert list(spilled.iterdir())
    assert not spilled.exists()
    assert not list(tmp_path.iterdir())
