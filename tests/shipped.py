"""The edition that Overt ships, built once for all tests that only read it: a plugin (tests/conftest.py)."""

import fcntl
import os
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.flow.atlas import overt


class Shipped(NamedTuple):
    """An atlas as `overt demo` builds it."""

    root: Path
    said: str
    """What the command printed on standard error."""


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    """Built by the first process that wants it; the others wait, and take the same."""
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    root, told = folder / "shipped", folder / "shipped.txt"
    with (folder / "shipped.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.is_file():
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("overt.cli.demo.check_answers", lambda *_: None)  # the demo of the wheel asks its pages
                done = overt("demo", "--check", "--directory", root)
            assert done.code == 0, done
            told.write_text(done.err, encoding="utf-8")
    return Shipped(root, told.read_text(encoding="utf-8"))
