"""The edition that Overt ships, built once for all tests that only read it: a plugin (tests/conftest.py)."""

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.flow.atlas import overt
from tests.once import once


class Shipped(NamedTuple):
    """An atlas as `overt demo` builds it."""

    root: Path
    said: str
    """What the command printed on standard error."""


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    """Built by the first process that wants it; the others wait, and take the same."""

    def build(folder: Path) -> Shipped:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("overt.cli.demo.check_answers", lambda *_: None)  # the demo of the wheel asks its pages
            done = overt("demo", "--check", "--directory", folder / "atlas")
        assert done.code == 0, done
        return Shipped(folder / "atlas", done.err)

    return once(tmp_path_factory, "shipped", build)
