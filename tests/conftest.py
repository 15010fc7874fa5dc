"""What all tests share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from overt.model.content import Catalogue

pytest_plugins = ["tests.support.fixtures", "tests.support.reader", "tests.shipped"]
DATA = Path(os.environ.get("OVERT_DATA", Path(__file__).parents[2] / "shared" / "data"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite sources/*/golden.jsonl from the samples; read them after"
    )
    parser.addoption("--slow", action="store_true", help="run the long tests too (make test-all)")


def pytest_configure(config: pytest.Config) -> None:
    """Generated values: the same few in a quick run, many new ones in `make test-all`; how long one takes is the machine's."""
    patient = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
    settings.register_profile("quick", derandomize=True, database=None, **patient)
    settings.register_profile("long", max_examples=3000, **patient)
    settings.load_profile("long" if config.getoption("--slow") else "quick")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("slow") and not config.getoption("--slow"):
            item.add_marker(pytest.mark.skip(reason="long: runs in `make test-all`"))
        if item.get_closest_marker("data") and not DATA.is_dir():
            item.add_marker(pytest.mark.skip(reason="the real data is not there (OVERT_DATA)"))


@pytest.fixture(scope="session", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    """Nobody pulls the plug here: what these processes write is there for others at once. Commands of their own do wait."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda handle: None)
        patch.setattr(os, "sync", lambda: None, raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def _one_core(pytestconfig: pytest.Config) -> Iterator[None]:
    """Tables of some rows are made soonest on one core, of which a run has none to spare. What several change is asked for by
    tests that say so, and by the long ones.
    """
    with pytest.MonkeyPatch.context() as patch:
        if not pytestconfig.getoption("--slow"):
            patch.setenv("OVERT_THREADS", "1")
        yield


@pytest.fixture(scope="session")
def content() -> Catalogue:
    return Catalogue()


@pytest.fixture(scope="session")
def data() -> Path:
    return DATA
