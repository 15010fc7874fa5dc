"""The small atlas written in every format, once a process."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from overt.publish.export.holdings import Holdings, open_holdings
from overt.publish.export.registry import FORMATS
from overt.publish.export.run import export
from overt.publish.prepare import find_release
from tests.publish.atlas import Atlas


class Made(NamedTuple):
    """An export: where it is, and its report."""

    path: Path
    report: dict[str, Any]


@pytest.fixture(scope="session")
def holdings(atlas: Atlas) -> Iterator[Holdings]:
    """What others may have of the atlas."""
    with open_holdings(atlas.workspace, find_release(atlas.workspace, atlas.release)) as found:
        yield found


@pytest.fixture(scope="session")
def exports(holdings: Holdings, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    """Every format, by name."""
    folder = tmp_path_factory.mktemp("exports")
    made = {}
    for name, form in FORMATS.items():
        path = folder / f"atlas-{name}{form.ending}"
        made[name] = Made(path, export(holdings, form, path))
    return made
