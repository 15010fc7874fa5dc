"""Run validators of other projects.

Python packages are installed in `.venv-validators`, so that their dependencies don't mix with ours. A check is a script in
`checks/` that prints its findings as a JSON document. It runs in a separate process without access to other hosts; files that
it would request come from `schemas/`, where their origin and licence are recorded, or from a package. GDAL and QGIS are the
machine's own.
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
"""The path of GDAL's program `ogrinfo`, or None."""
QGIS = os.environ.get("QGIS_PROCESS") or shutil.which("qgis_process")
"""The path of QGIS's command-line program, or None."""
TIMEOUT = 600
"""Maximum time in seconds for one validator."""


def check(name: str, *arguments: object, environment: Path = PYTHON, timeout: int = TIMEOUT) -> Any:
    """Call `run_check`, but skip the test if the validators are not installed."""
    if not environment.is_file():
        pytest.skip(f"the validators are not installed ({environment.parents[1].name}: make test)")
    return run_check(name, *arguments, environment=environment, timeout=timeout)


def run_check(name: str, *arguments: object, environment: Path = PYTHON, timeout: int = TIMEOUT) -> Any:
    """Return what the script `checks/<name>.py` prints, as JSON.

    Raises AssertionError if it fails, and TimeoutExpired if it takes longer than `timeout` seconds.
    """
    script = HERE / "checks" / f"{name}.py"
    command = [environment, "-I", HERE / "run_offline.py", script, *arguments]
    process = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, timeout=timeout)
    assert process.returncode == 0, f"{name} fails: {process.stderr[-3000:]}"
    return json.loads(process.stdout)


def ogrinfo(*arguments: object, warnings: list[str] | None = None) -> str:
    """Return GDAL's description of a file or an address; its warnings are added to `warnings`.

    Skips the test if GDAL is not installed. Raises AssertionError if it fails.
    """
    if not OGRINFO:
        pytest.skip("no GDAL here (make test)")
    process = subprocess.run([OGRINFO, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=TIMEOUT)
    assert process.returncode == 0, f"ogrinfo fails: {process.stderr[-3000:]}"
    if warnings is not None:
        warnings += [line for line in process.stderr.splitlines() if line.strip()]
    return process.stdout


def read_with_qgis(source: str, folder: Path) -> list[dict[str, Any]]:
    """Return the features of a layer as QGIS reads them, through GeoJSON in `folder`.

    A missing geometry becomes an empty one. `source`: the layer in QGIS's notation, such as `overt.gpkg|layername=projects`.
    Skips the test if QGIS is not installed. Raises AssertionError if it fails.
    """
    if not QGIS:
        pytest.skip("no QGIS here (Debian: apt-get install --no-install-recommends qgis)")
    output = folder / "read.geojson"
    home = folder / "home"  # an empty home, so that the user's settings don't apply
    home.mkdir(mode=0o700, exist_ok=True)
    settings = {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "QT_QPA_PLATFORM": "offscreen"}
    command = [QGIS, "run", "--json", "native:savefeatures", "--", f"INPUT={source}", f"OUTPUT={output}"]
    process = subprocess.run(
        command,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT,
        stdin=subprocess.DEVNULL,
    )
    assert process.returncode == 0 and output.is_file(), f"qgis_process fails: {process.stderr[-3000:]}{process.stdout[-3000:]}"
    features: list[dict[str, Any]] = json.loads(output.read_bytes())["features"]
    output.unlink()
    return features


@cache
def gdal_supports(form: str) -> bool:
    """Return whether the installed GDAL reads a format; Debian's doesn't read Parquet. Skips the test if there is no GDAL."""
    driver = {"GeoPackage": "GPKG", "GeoParquet": "Parquet"}.get(form, form)
    return any(line.split(" ")[2:3] == [driver] for line in ogrinfo("--formats").splitlines())
