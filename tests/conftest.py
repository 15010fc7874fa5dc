"""Configuration and fixtures for all tests."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from overt.model.content_catalogue import Catalogue

pytest_plugins = ["tests.support.small_atlas_fixtures", "tests.support.source_sample_atlas", "tests.support.shipped_edition"]
CI_FOLDERS = {"bench", "browser", "cli", "desk", "edition", "export", "feeds", "flow", "replica", "security", "server"}
"""Folders with tests of whole programs, which take longer than all other tests."""
DATA = Path(os.environ.get("OVERT_DATA", Path(__file__).parents[2] / "shared" / "data"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite sources/*/golden.jsonl from the samples; review the changes"
    )
    parser.addoption("--slow", action="store_true", help="also run the slow tests (make test-all)")


def pytest_configure(config: pytest.Config) -> None:
    """Set up Hypothesis without time limits: the same examples in every quick run, many more at random with `--slow`."""
    patient = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
    settings.register_profile("quick", derandomize=True, database=None, **patient)
    settings.register_profile("long", max_examples=3000, **patient)
    settings.load_profile("long" if config.getoption("--slow") else "quick")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Skip the modules of `CI_FOLDERS` in `make test`, because each worker would take seconds to import them."""
    return True if config.option.markexpr == "not ci" and _is_ci(collection_path) else None


def _is_ci(path: Path) -> bool:
    return not CI_FOLDERS.isdisjoint(path.relative_to(Path(__file__).parent).parts[:1])


@pytest.hookimpl(tryfirst=True)  # add markers before `-m` selects tests by them
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    cases = Counter[str]()
    for item in items:
        if _is_ci(item.path) or item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.ci)
        function = item.nodeid.partition("[")[0]
        cases[function] += 1
        slow = item.get_closest_marker("slow")
        if slow and cases[function] > slow.kwargs.get("after", 0) and not config.getoption("--slow"):
            item.add_marker(pytest.mark.skip(reason="slow: runs in `make test-all`"))
        if item.get_closest_marker("data") and not DATA.is_dir():
            item.add_marker(pytest.mark.skip(reason="the real data are missing (OVERT_DATA)"))


@pytest.fixture(scope="session", autouse=True)
def _no_disk_syncs() -> Iterator[None]:
    """Skip disk syncs, because tests need not survive a power cut. Commands in separate processes still sync."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda handle: None)
        patch.setattr(os, "sync", lambda: None, raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep Overt's per-user state out of the home directory of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _single_thread(pytestconfig: pytest.Config) -> Iterator[None]:
    """Use a single DuckDB thread, which is fastest for small tables.

    `make test-all`, and tests that set the number of threads, use several.
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
