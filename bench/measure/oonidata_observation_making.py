"""Run oonidata 0.2.3, OONI's own code, in its own environment: the peer of `bench/measure/judging.py`.

It is the last version on PyPI that makes observations of measurements. It would download a database of networks. Here its
look-ups of networks find nothing, so it has less work.
"""

import json
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PACKAGE = "oonidata==0.2.3"
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
    fingerprints, networks = FingerprintDB(folder), NoNetworks()
finally:
    shutil.rmtree(folder)

def observe(data):
    measurement = orjson.loads(data)
    measurement["measurement_uid"] = "0"
    measurement.setdefault("annotations", {})
    return sum(map(len, make_web_connectivity_observations(load_measurement(measurement), fingerprints, networks)))

measurements, refused, observations = [], 0, 0
for line in open(source, "rb"):
    try:
        observations += observe(line)
        measurements.append(line)
    except Exception:
        refused += 1
count, begin = 0, process_time()
while (used := process_time() - begin) < float(seconds):
    for line in measurements:
        observe(line)
    count += len(measurements)
result = {"per_second": round(count / used), "observations": observations, "refused": refused, "fingerprints": bool(lists)}
print(json.dumps(result))
"""


def run_peer(python: Path, measurements: Sequence[bytes], lists: Path | None, seconds: float) -> dict[str, Any]:
    """Run the peer. Return its rate per processor second, and the numbers of observations and refusals from one pass.

    `lists`: the folder of OONI's fingerprints, or None.
    """
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
        for measurement in measurements:
            file.write(json.dumps(json.loads(measurement)).encode() + b"\n")
        file.flush()
        command = [str(python), "-c", _SCRIPT, file.name, str(lists or ""), str(seconds)]
        process = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, Any] = json.loads(process.stdout.splitlines()[-1])
    return result
