"""Generated values: the same few in every quick run, many new ones in `make test-all`."""

import pytest
from hypothesis import settings


def pytest_configure(config: pytest.Config) -> None:
    settings.register_profile("quick", deadline=None, derandomize=True, database=None)
    settings.register_profile("long", deadline=None, max_examples=3000)
    settings.load_profile("long" if config.getoption("--slow") else "quick")
