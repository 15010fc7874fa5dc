"""Asking others' validators. They live in an environment of their own, `.venv-validators`, so that what they depend on touches
nothing of ours, and each runs in a process of its own that reaches no host but this one.

A check is a script in `checks/`, which that environment runs: it prints its findings as one JSON document. What a script needs
from the network (a schema, a JSON-LD context) lies in `schemas/`, with where it is from and under which licence.
"""

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PYTHON = ROOT / ".venv-validators" / "bin" / "python"
SCHEMAS = HERE / "schemas"
OGRINFO = os.environ.get("OGRINFO") or shutil.which("ogrinfo")
"""GDAL's program, None where there is none."""
QGIS = os.environ.get("QGIS_PROCESS") or shutil.which("qgis_process")
"""QGIS's program for work without a window, None where there is none."""
PATIENCE = 600
"""Seconds after which a validator that does not answer is held to hang."""


def check(name: str, *arguments: object, environment: Path = PYTHON, patience: int = PATIENCE) -> Any:
    """What the script `checks/<name>.py` finds: the JSON that it prints. Skips the test where there are no validators."""
    if not environment.is_file():
        pytest.skip(f"the validators are not installed ({environment.parents[1].name}: make test)")
    return findings(name, *arguments, environment=environment, patience=patience)


def findings(name: str, *arguments: object, environment: Path = PYTHON, patience: int = PATIENCE) -> Any:
    """The same where there is no test to skip. Raises AssertionError when the script fails."""
    script = HERE / "checks" / f"{name}.py"
    command = [environment, "-I", HERE / "offline.py", script, *arguments]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, timeout=patience)
    assert done.returncode == 0, f"{name} fails: {done.stderr[-3000:]}"
    return json.loads(done.stdout)


def ogrinfo(*arguments: object, warnings: list[str] | None = None) -> str:
    """What GDAL says of a file or an address; what it warns of is added to `warnings`. Skips the test where there is no GDAL.
    Raises AssertionError when it fails.
    """
    if not OGRINFO:
        pytest.skip("no GDAL here (make test)")
    done = subprocess.run([OGRINFO, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == 0, f"ogrinfo fails: {done.stderr[-3000:]}"
    if warnings is not None:
        warnings += [line for line in done.stderr.splitlines() if line.strip()]
    return done.stdout


def qgis_reads(source: str, folder: Path) -> list[dict[str, Any]]:
    """The features of a layer as QGIS reads them, through its own providers, and writes them as GeoJSON into `folder`; a geometry
    that is missing is an empty one then. `source`: as QGIS names layers. Skips the test where there is no QGIS. Raises
    AssertionError when it fails.
    """
    if not QGIS:
        pytest.skip("no QGIS here (Debian: apt-get install --no-install-recommends qgis)")
    made = folder / "read.geojson"
    home = folder / "home"  # nobody's settings
    home.mkdir(mode=0o700, exist_ok=True)
    away = {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "QT_QPA_PLATFORM": "offscreen"}
    command = [QGIS, "run", "--json", "native:savefeatures", "--", f"INPUT={source}", f"OUTPUT={made}"]
    done = subprocess.run(
        command,
        env={**os.environ, **away},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0 and made.is_file(), f"qgis_process fails: {done.stderr[-3000:]}{done.stdout[-3000:]}"
    found: list[dict[str, Any]] = json.loads(made.read_bytes())["features"]
    made.unlink()
    return found


@cache
def gdal_reads(form: str) -> bool:
    """Whether the GDAL that is here reads a format; Debian's reads no Parquet."""
    driver = {"GeoPackage": "GPKG", "GeoParquet": "Parquet"}.get(form, form)
    return any(line.split(" ")[2:3] == [driver] for line in ogrinfo("--formats").splitlines())
