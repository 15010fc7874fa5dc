"""What tests of several processes only read, made by the first of them that wants it."""

import fcntl
import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

Made = TypeVar("Made")


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Made]) -> Made:
    """What `make` returns, which may fill the folder that it is given. The processes of a run that want the same wait for it."""
    base = factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    kept = folder / f"{name}.pickle"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.is_file():
            shutil.rmtree(folder / name, ignore_errors=True)  # of one that failed
            (folder / name).mkdir()
            kept.write_bytes(pickle.dumps(make(folder / name)))
    return pickle.loads(kept.read_bytes())
