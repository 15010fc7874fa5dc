"""Results shared by the processes of a test run, built by the first process that needs them."""

import fcntl
import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

Result = TypeVar("Result")


def build_once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], Result]) -> Result:
    """Return the result of `build`, which must be picklable. The first process of the run calls it, and the others wait.

    `build` gets an empty folder to which it may write.
    """
    base = factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    cached = folder / f"{name}.pickle"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not cached.is_file():
            shutil.rmtree(folder / name, ignore_errors=True)  # left by a failed build
            (folder / name).mkdir()
            cached.write_bytes(pickle.dumps(build(folder / name)))
    return pickle.loads(cached.read_bytes())
