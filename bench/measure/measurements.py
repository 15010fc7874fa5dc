"""How many network measurements are judged in a second on one core, beside OONI's own published code on the same ones.

    python -m bench.measure.measurements [--peer [DIR]] [--seconds 5] [--quick] [--json]

Three sets, held in memory, each judged over and over for some seconds on one core, decoding included; processor seconds count:

- `qa`: OONI's 50 labelled measurements (11 kB each), with OONI's fingerprints and without; target 7,000 a second without.
- `large`: the real web_connectivity measurements among OONI's samples whose page is there, each page repeated up to 374 kB as a
  measurement of that size was seen to have; with fingerprints and without; target 450 a second without.
- `services`: the real measurements of Telegram, WhatsApp, Signal and Tor (33 to 59 kB); no target.

What comes out of a pass is told: observations, and verdicts. `overt measure` itself is run over a file of many `qa` measurements
packed with gzip, on one process and on all cores.

Peer: oonidata 0.2.3 (MIT), OONI's pipeline as far as it is on PyPI, installed into an environment of its own (`--peer`, which
asks the network; DIR keeps it). It makes observations and no verdicts, with the same fingerprints, and is spared its look-ups of
networks. Beside it stand the 1,393 (small) and 91 (374 kB) a second that were seen of OONI's newer pipeline elsewhere.

Without the real files (OVERT_DATA) it judges those that tests/measure/generated.py makes, and no target.
"""

import gzip
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from time import process_time
from typing import Any

from overt.measure.judging import Judge
from overt.measure.reading import Document, documents
from overt.measure.running import cores

from bench.harness import DATA, OVERT, Target, machine, parser, report, run_child
from bench.measure.oonidata import judge_by_peer, peer_python
from overt.measure.fingerprints import Fingerprints
from overt.measure.rules import Rules

LARGE = 374_000
SEEN = {"qa": 1_393, "large": 91}
"""Measurements a second of OONI's newer pipeline, which cannot be installed from PyPI."""
SERVICES = ("telegram", "whatsapp", "signal", "tor")


def sets(data: Path) -> dict[str, list[bytes]]:
    """The measurements of each set."""
    if not (data / "qa").is_dir():
        from tests.measure.generated import scenarios

        made = [one for one, _, _ in scenarios().values()]
        return {"qa": [json.dumps(one).encode() for one in made], "large": [large(one) for one in made if _page(one)][:5]}
    qa = [one.data for one in documents([str(data / "qa")])]
    real = [json.loads(one.data) for one in documents([str(data / "measurements")])]
    pages = [one for one in [*real, *map(json.loads, qa)] if _page(one)]
    return {
        "qa": qa,
        "large": [large(one) for one in pages],
        "services": [json.dumps(one).encode() for one in real if one.get("test_name") in SERVICES],
    }


def large(measurement: dict[str, Any]) -> bytes:
    """The measurement with the page of its newest request repeated until the whole has the size of the large ones."""
    if page := _page(measurement):
        response = measurement["test_keys"]["requests"][0]["response"]
        room = LARGE - len(json.dumps(measurement))
        response["body"] = page * max(1, room // max(1, len(json.dumps(page))) + 1)
    return json.dumps(measurement).encode()


def _page(measurement: dict[str, Any]) -> str:
    keys = measurement.get("test_keys") or {}
    requests = keys.get("requests") or []
    body = (requests[0].get("response") or {}).get("body") if requests else None
    return body if measurement.get("test_name") == "web_connectivity" and isinstance(body, str) and len(body) > 1_000 else ""


def judged(held: Sequence[bytes], judge: Judge, seconds: float) -> dict[str, Any]:
    """Judge them over and over; how many a processor second, and what comes out of one pass."""
    given = [Document(str(at), "", data) for at, data in enumerate(held)]
    found = [judge.judge(one) for one in given]
    count, begin = 0, process_time()
    while (used := process_time() - begin) < seconds:
        for one in given:
            judge.judge(one)
        count += len(given)
    return {
        "per_second": round(count / used),
        "megabytes_per_second": round(count / len(given) * sum(map(len, held)) / used / 1e6, 1),
        "observations": sum(one.observations for one in found),
        "verdicts": dict(sorted(Counter(one.verdict for one in found).items())),
    }


def command(held: Sequence[bytes], times: int) -> dict[str, Any]:
    """`overt measure --json` over a packed file, on one process and on all cores."""
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        path = Path(temporary) / "many.jsonl.gz"
        line = b"".join(json.dumps(json.loads(one)).encode() + b"\n" for one in held)
        with gzip.open(path, "wb", compresslevel=1) as out:
            for _ in range(times):
                out.write(line)
        told: dict[str, Any] = {"measurements": times * len(held), "packed_megabytes": round(path.stat().st_size / 1e6, 1)}
        outputs = set()
        for jobs in sorted({1, cores()}):
            ran = run_child([*OVERT, "measure", path, "--json", "--jobs", str(jobs)])
            outputs.add(ran.output)
            told[f"jobs_{jobs}"] = {
                "seconds": round(ran.seconds, 1),
                "cpu_seconds": round(ran.cpu_seconds, 1),
                "peak_gigabytes": round(ran.peak_gigabytes, 2),
            }
        return told | {"same_output": len(outputs) == 1}


def main(arguments: list[str] | None = None) -> int:
    """Run it and tell."""
    options = parser(__doc__)
    options.add_argument("--data", type=Path, default=DATA / "ooni", help="OONI's files")
    options.add_argument("--seconds", type=float, default=5.0, help="of the processor, for each set")
    options.add_argument("--peer", nargs="?", const=Path(), type=Path, metavar="DIR", help="install and run the peer")
    given = options.parse_args(arguments)
    seconds = 0.1 if given.quick else given.seconds
    result: dict[str, Any] = {"benchmark": "measurements", **machine(), "real": (given.data / "qa").is_dir()}
    lists = given.data / "fingerprints"
    plain, listed = Judge(Rules.load()), Judge(Rules.load(), Fingerprints.load(lists)) if lists.is_dir() else None
    held = sets(given.data)
    for name, measurements in held.items():
        told: dict[str, Any] = {
            "measurements": len(measurements),
            "kilobytes_each": round(sum(map(len, measurements)) / len(measurements) / 1e3),
            "without_fingerprints": judged(measurements, plain, seconds),
        }
        if listed is not None:
            told["with_fingerprints"] = judged(measurements, listed, seconds)
        if name in SEEN:
            told["ooni_seen_per_second"] = SEEN[name]
        result[name] = told
    if given.peer is not None:
        with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
            python = peer_python(given.peer if given.peer != Path() else Path(temporary))
            for name in ("qa", "large"):
                result[name]["oonidata"] = judge_by_peer(python, held[name], lists if lists.is_dir() else None, seconds)
    result["command"] = command(held["qa"], 2 if given.quick else 400)
    targets = [
        Target("qa measurements a second on one core", result["qa"]["without_fingerprints"]["per_second"], 7_000, "", True),
        Target("large measurements a second on one core", result["large"]["without_fingerprints"]["per_second"], 450, "", True),
    ]
    given.quick = given.quick or not result["real"]
    return report(result, targets, given)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as error:
        sys.exit(f"measurements: the peer: {(error.stderr or error.stdout or '').strip()[-300:]}")
