"""Asking others' validators. They live in an environment of their own, `.venv-validators`, so that what they depend on touches
nothing of ours, and each runs in a process of its own that reaches no host but this one.

A check is a script in `checks/`, which that environment runs: it prints its findings as one JSON document. What a script needs
from the network (a schema, a JSON-LD context) lies in `schemas/`, with where it is from and under which licence.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PYTHON = ROOT / ".venv-validators" / "bin" / "python"
SCHEMAS = HERE / "schemas"
PATIENCE = 600
"""Seconds after which a validator that does not answer is held to hang."""


def check(name: str, *arguments: object, environment: Path = PYTHON) -> Any:
    """What the script `checks/<name>.py` finds: the JSON that it prints. Skips the test where there are no validators."""
    if not environment.is_file():
        pytest.skip(f"the validators are not installed ({environment.parents[1].name}: make test)")
    return findings(name, *arguments, environment=environment)


def findings(name: str, *arguments: object, environment: Path = PYTHON) -> Any:
    """The same where there is no test to skip. Raises AssertionError when the script fails."""
    script = HERE / "checks" / f"{name}.py"
    command = [environment, "-I", HERE / "offline.py", script, *arguments]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == 0, f"{name} fails: {done.stderr[-3000:]}"
    return json.loads(done.stdout)


def ogrinfo(*arguments: object) -> str:
    """What GDAL says of a file or an address. Skips the test where there is no GDAL. Raises AssertionError when it fails."""
    program = os.environ.get("OGRINFO") or shutil.which("ogrinfo")
    if not program:
        pytest.skip("no GDAL here (make test)")
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == 0, f"ogrinfo fails: {done.stderr[-3000:]}"
    return done.stdout
