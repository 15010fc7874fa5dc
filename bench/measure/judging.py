"""Judge network measurements: how many per second on one core, compared with OONI's published code.

    python -m bench.measure.judging [--peer [DIR]] [--seconds 5] [--quick] [--json]

Three sets are held in memory and judged repeatedly for some seconds on one core. Rates are per processor second and include
decoding:

- `qa`: OONI's 50 labelled measurements (11 kB each), with OONI's fingerprints and without; target 7,000 a second without.
- `large`: OONI's web_connectivity measurements with a page of more than 1,000 characters, nearly all from `qa`; the page is
  repeated until the measurement has about 374 kB, a size seen in the field; with fingerprints and without; target 450 a second
  without.
- `services`: the real measurements of Telegram, WhatsApp, Signal and Tor (8 to 59 kB); no target.

The result has the observations and verdicts of one pass. `overt measure` itself is run on a gzip file of many `qa` measurements,
with one process and with all cores.

Peer: oonidata 0.2.3 (MIT), the part of OONI's pipeline that is on PyPI, installed into its own environment (`--peer` uses the
network; DIR keeps the environment). It makes observations with the same fingerprints, but no verdicts, and skips its network
look-ups. The result also has the rates measured elsewhere for OONI's newer pipeline: 1,393 small measurements and 91 of 374 kB
a second.

Without the real data (OVERT_DATA), the measurements are those of tests/measure/scenarios/basic_web_and_service_scenarios.py,
and no target is judged.
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

from bench.harness import DATA, OVERT, Target, argument_parser, install, machine, report, run_child
from bench.measure.oonidata_observation_making import PACKAGE, run_peer
from overt.measure.block_page_fingerprints import Fingerprints
from overt.measure.measurement_file_reader import Document, read_documents
from overt.measure.measurement_judge import Judge
from overt.measure.parallel_judging import cores
from overt.measure.verdict_rules import Rules

LARGE = 374_000
NEWER_PIPELINE = {"qa": 1_393, "large": 91}
"""Measurements per second reported for OONI's newer pipeline, which is not on PyPI."""
SERVICES = ("telegram", "whatsapp", "signal", "tor")


def sets(data: Path) -> dict[str, list[bytes]]:
    """Return the measurements of each set.

    If OONI's files aren't in `data`, the measurements are those of the tests' scenarios, and there is no set `services`.
    """
    if not (data / "qa").is_dir():
        from tests.measure.scenarios.basic_web_and_service_scenarios import scenarios

        qa = [measurement for measurement, _, _ in scenarios().values()]
        pages = [measurement for measurement in qa if _page(measurement)]
        return {"qa": [json.dumps(measurement).encode() for measurement in qa], "large": [large(page) for page in pages][:5]}
    documents = [document.data for document in read_documents([str(data / "qa")])]
    real = [json.loads(document.data) for document in read_documents([str(data / "measurements")])]
    pages = [measurement for measurement in [*real, *map(json.loads, documents)] if _page(measurement)]
    return {
        "qa": documents,
        "large": [large(page) for page in pages],
        "services": [json.dumps(measurement).encode() for measurement in real if measurement.get("test_name") in SERVICES],
    }


def large(measurement: dict[str, Any]) -> bytes:
    """Return a measurement as JSON, with the page of its first request repeated until it has about LARGE bytes.

    Only a web_connectivity measurement with a page of more than 1,000 characters is enlarged.
    """
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


def judge_repeatedly(measurements: Sequence[bytes], judge: Judge, seconds: float) -> dict[str, Any]:
    """Judge measurements repeatedly.

    Return the rate per processor second, and the numbers of observations and verdicts of one pass.
    """
    documents = [Document(str(at), "", data) for at, data in enumerate(measurements)]
    findings = [judge.judge(document) for document in documents]
    count, begin = 0, process_time()
    while (used := process_time() - begin) < seconds:
        for document in documents:
            judge.judge(document)
        count += len(documents)
    return {
        "per_second": round(count / used),
        "megabytes_per_second": round(count / len(documents) * sum(map(len, measurements)) / used / 1e6, 1),
        "observations": sum(finding.observations for finding in findings),
        "verdicts": dict(sorted(Counter(finding.verdict for finding in findings).items())),
    }


def run_command(measurements: Sequence[bytes], times: int) -> dict[str, Any]:
    """Run `overt measure --json` with one process and with all cores, on a gzip file with `times` copies of the measurements."""
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        path = Path(temporary) / "many.jsonl.gz"
        lines = b"".join(json.dumps(json.loads(measurement)).encode() + b"\n" for measurement in measurements)
        with gzip.open(path, "wb", compresslevel=1) as out:
            for _ in range(times):
                out.write(lines)
        result: dict[str, Any] = {
            "measurements": times * len(measurements),
            "packed_megabytes": round(path.stat().st_size / 1e6, 1),
        }
        outputs = set()
        for jobs in sorted({1, cores()}):
            child = run_child([*OVERT, "measure", path, "--json", "--jobs", str(jobs)])
            outputs.add(child.output)
            result[f"jobs_{jobs}"] = {
                "seconds": round(child.seconds, 1),
                "cpu_seconds": round(child.cpu_seconds, 1),
                "peak_gigabytes": round(child.peak_gigabytes, 2),
            }
        return result | {"same_output": len(outputs) == 1}


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--data", type=Path, default=DATA / "ooni", help="the folder of OONI's files")
    parser.add_argument("--seconds", type=float, default=5.0, help="processor seconds for each set")
    parser.add_argument(
        "--peer", nargs="?", const=Path(), type=Path, metavar="DIR", help="install and run the peer, in DIR if it is given"
    )
    options = parser.parse_args(arguments)
    seconds = 0.1 if options.quick else options.seconds
    result: dict[str, Any] = {"benchmark": "judging", **machine(), "real": (options.data / "qa").is_dir()}
    lists = options.data / "fingerprints"
    plain, listed = Judge(Rules.load()), Judge(Rules.load(), Fingerprints.load(lists)) if lists.is_dir() else None
    measurements_by_set = sets(options.data)
    for name, measurements in measurements_by_set.items():
        rates: dict[str, Any] = {
            "measurements": len(measurements),
            "kilobytes_each": round(sum(map(len, measurements)) / len(measurements) / 1e3),
            "without_fingerprints": judge_repeatedly(measurements, plain, seconds),
        }
        if listed is not None:
            rates["with_fingerprints"] = judge_repeatedly(measurements, listed, seconds)
        if name in NEWER_PIPELINE:
            rates["ooni_seen_per_second"] = NEWER_PIPELINE[name]
        result[name] = rates
    if options.peer is not None:
        with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
            python = install(PACKAGE, options.peer if options.peer != Path() else Path(temporary))
            for name in ("qa", "large"):
                result[name]["oonidata"] = run_peer(python, measurements_by_set[name], lists if lists.is_dir() else None, seconds)
    result["command"] = run_command(measurements_by_set["qa"], 2 if options.quick else 400)
    targets = [
        Target("qa measurements a second on one core", result["qa"]["without_fingerprints"]["per_second"], 7_000, "", True),
        Target("large measurements a second on one core", result["large"]["without_fingerprints"]["per_second"], 450, "", True),
    ]
    options.quick = options.quick or not result["real"]
    return report(result, targets, options)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as error:
        sys.exit(f"judging: the peer: {(error.stderr or error.stdout or '').strip()[-300:]}")
