"""OONI's own code beside Overt's, for `bench/measure/measurements.py`: oonidata 0.2.3, in an environment of its own.

It is the last version on PyPI that makes observations of measurements. Their networks are looked up in a database that it would
download: here it is told that there are none, which spares it that work.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_PACKAGE = "oonidata==0.2.3"
_SCRIPT = """
import json, logging, shutil, sys, tempfile
from pathlib import Path
from time import process_time
import orjson
from oonidata.dataformat import load_measurement
from oonidata.fingerprintdb import FingerprintDB
from oonidata.observations import make_web_connectivity_observations

logging.disable()
source, lists, seconds = sys.argv[1:]

class NoNetworks:
    def lookup_asn(self, day, asn):
        return None
    def lookup_ip(self, day, address):
        return None

folder = Path(tempfile.mkdtemp())
try:
    if lists:
        shutil.copytree(lists, folder / "blocking-fingerprints")
    else:
        (folder / "blocking-fingerprints").mkdir()
        for name in ("fingerprints_dns.csv", "fingerprints_http.csv"):
            (folder / "blocking-fingerprints" / name).touch()
    known, networks = FingerprintDB(folder), NoNetworks()
finally:
    shutil.rmtree(folder)

def observed(data):
    held = orjson.loads(data)
    held["measurement_uid"] = "0"
    held.setdefault("annotations", {})
    return sum(map(len, make_web_connectivity_observations(load_measurement(held), known, networks)))

measurements, refused, observations = [], 0, 0
for line in open(source, "rb"):
    try:
        observations += observed(line)
        measurements.append(line)
    except Exception:
        refused += 1
count, begin = 0, process_time()
while (used := process_time() - begin) < float(seconds):
    for line in measurements:
        observed(line)
    count += len(measurements)
told = {"per_second": round(count / used), "observations": observations, "refused": refused, "fingerprints": bool(lists)}
print(json.dumps(told))
"""


def peer_python(folder: Path) -> Path:
    """The Python of an environment in which the peer is; made there if it is not yet."""
    python = folder / "bin" / "python"
    if not python.is_file():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, capture_output=True, text=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", _PACKAGE]
        subprocess.run(install, check=True, capture_output=True, text=True)
    return python


def judge_by_peer(python: Path, measurements: Sequence[bytes], lists: Path | None, seconds: float) -> dict[str, Any]:
    """How many measurements a processor second the peer makes observations of, and how many of one pass."""
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as held:
        for one in measurements:
            held.write(json.dumps(json.loads(one)).encode() + b"\n")
        held.flush()
        words = [str(python), "-c", _SCRIPT, held.name, str(lists or ""), str(seconds)]
        done = subprocess.run(words, check=True, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told
