"""The edition that Overt ships, built once for all tests that only read it. A plugin, see tests/conftest.py."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from overt.cli.pipeline.current_index import open_reader
from overt.index.release_preparation import prepare
from overt.model.workspace import Workspace
from overt.queries.database import Reader
from overt.server.app import ServeSettings, create_app
from overt.server.sites_by_language import make_sites
from overt.site.site import Site
from tests.support.client import Client
from tests.support.command_runs import overt
from tests.support.shared_run_results import build_once


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


@pytest.fixture(scope="session")
def shipped(shipped_edition: ShippedEdition) -> Client:
    """A client of the shipped edition."""
    return Client(create_app(ServeSettings(Workspace.open(shipped_edition.root))))


@pytest.fixture(scope="session")
def shipped_site(shipped_edition: ShippedEdition) -> Site:
    """The English site of the shipped edition."""
    settings = ServeSettings(Workspace.open(shipped_edition.root))
    return make_sites(settings, prepare(settings))["en"]


@pytest.fixture(scope="session")
def shipped_reader(shipped_edition: ShippedEdition) -> Iterator[Reader]:
    """A reader of the shipped edition's index."""
    [release] = [path.parent.name for path in (shipped_edition.root / "releases").glob("*/tables")]
    reader = open_reader(Workspace.open(shipped_edition.root), release)
    yield reader
    reader.close()
