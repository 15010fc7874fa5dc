"""The edition that Overt ships, built once for all tests that only read it. A plugin, see tests/conftest.py."""

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.atlas import overt
from tests.support.session_cache import build_once


class ShippedEdition(NamedTuple):
    """An atlas built by `overt demo`."""

    root: Path
    messages: str
    """Output of the command on standard error."""


@pytest.fixture(scope="session")
def shipped_edition(tmp_path_factory: pytest.TempPathFactory) -> ShippedEdition:
    def build(folder: Path) -> ShippedEdition:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("overt.cli.web_server.check_pages", lambda *_: None)  # tests/packaging checks the pages of the demo
            outcome = overt("demo", "--check", "--directory", folder / "atlas")
        assert outcome.code == 0, outcome
        return ShippedEdition(folder / "atlas", outcome.err)

    return build_once(tmp_path_factory, "shipped", build)
