"""Decode network measurements with Overt and with OONI's library oonidata: which documents each reads, the values, and the time.

    python -m bench.measure.overt_and_oonidata_decoding [--data DIR] [--peer DIR] [--seconds 3] [--quick] [--json]

Both decode the same documents into the common fields of a measurement and its entries for DNS, TCP, TLS and HTTP: the labelled
measurements (`qa`) and the real ones and the examples of the specification (`measurements`), some old or broken on purpose. For
each set, the result has how many documents each library reads, the reasons for refusals and, for documents that both read, how
many have an equal value in each field. `different` lists the documents that differ.

Rates are documents per processor second on one core, from bytes to entries, for documents that both read. oonidata has no
entries for some tests; `tests_with_entries` of the result counts the documents that both decode to entries. `ratio` is Overt's
rate divided by oonidata's. Target: Overt reads every document that oonidata reads.

The peer is oonidata 0.3.0, installed into its own environment (`--peer` keeps it in DIR; otherwise the network is used in every
run). `--quick` without `--peer` decodes with Overt only. Without the real data (OVERT_DATA) the measurements are those of
tests/measure/scenarios/basic_web_and_service_scenarios.py.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from time import process_time
from typing import Any

from bench.harness import DATA, Target, argument_parser, install, machine, report
from bench.measure.oonidata_decoding import PACKAGE, decode_with_peer
from overt.measure.measurement import Measurement, parse_measurement
from overt.measure.measurement_decoder import BrokenMeasurement, decode
from overt.measure.measurement_file_reader import Document, read_documents
from overt.measure.observations_by_protocol_layer import ProtocolLayers, parse_layers
from overt.measure.protocols.failures import OK

Fields = dict[str, Any]
"""Decoded values by field, or only `error`, with the reason why decoding failed."""
LAYERS = ("dns", "tcp", "tls", "http")


def documents(data: Path) -> dict[str, list[Document]]:
    """Return the documents of each set. If OONI's files aren't in `data`, the only set is that of the tests' scenarios."""
    if not (data / "qa").is_dir():
        from tests.measure.scenarios.basic_web_and_service_scenarios import scenarios

        measurements = [(name, json.dumps(measurement).encode()) for name, (measurement, _, _) in scenarios().items()]
        return {"scenarios": [Document(name, "", content) for name, content in measurements]}
    return {name: list(read_documents([str(data / name)])) for name in ("qa", "measurements")}


def read(document: Document) -> tuple[Measurement, ProtocolLayers]:
    """Decode a document into its common fields and entries. Raises BrokenMeasurement if it can't be decoded."""
    measurement = parse_measurement(decode(document), document.data)
    return measurement, parse_layers(measurement.keys or {})


def fields(document: Document) -> Fields:
    """Return the values that Overt decodes from a document, in the format of `oonidata_decoding`."""
    try:
        measurement, layers = read(document)
    except BrokenMeasurement as error:
        return {"error": str(error).partition(":")[0]}
    if measurement.keys is None:
        return {"error": "no test keys"}
    return {
        "test_name": measurement.test_name,
        "input": measurement.input,
        "country": measurement.country,
        "network": f"AS{measurement.asn}",
        "day": measurement.day,
        "software": measurement.software,
        "platform": measurement.platform,
        "resolver_network": f"AS{measurement.resolver_asn}" if measurement.resolver_asn else "",
        "dns": [[query.host, query.type] for query in layers.dns],
        "dns_addresses": [sorted(query.addresses) for query in layers.dns],
        "tcp": [[entry.address, entry.port, entry.failure == OK] for entry in layers.tcp],
        "tls": [[entry.name, entry.endpoint, entry.failure == OK] for entry in layers.tls],
        "http": [[entry.url, entry.code] for entry in layers.http],
        "http_body": [entry.body for entry in layers.http],
    }


def rate(readable: Sequence[Document], seconds: float) -> int:
    """Return how many documents Overt decodes per processor second. `readable`: documents that Overt can read."""
    count, begin = 0, process_time()
    while (used := process_time() - begin) < seconds:
        for document in readable:
            read(document)
        count += len(readable)
    return round(count / used)


def compare(names: Sequence[str], ours: Sequence[Fields], theirs: Sequence[Fields]) -> dict[str, Any]:
    """Count the documents that each library reads, and the equal values in documents that both read."""
    sides = list(zip(names, ours, theirs, strict=True))
    both = [row for row in sides if "error" not in row[1] and "error" not in row[2]]
    equal = Counter(field for _, our, their in both for field in our if our[field] == their[field])
    different = {
        field: [name for name, our, their in both if our[field] != their[field]] for field in (both[0][1] if both else ())
    }
    return {
        "read_by_both": len(both),
        "read_by_overt_only": sum("error" not in our and "error" in their for _, our, their in sides),
        "read_by_oonidata_only": sum("error" in our and "error" not in their for _, our, their in sides),
        "tests_with_entries": sum(any(our[layer] and their[layer] for layer in LAYERS) for _, our, their in both),
        "equal": {field: f"{equal[field]} of {len(both)}" for field in different},
        "different": {field: names for field, names in different.items() if names},
    }


def _refused(results: Sequence[Fields]) -> dict[str, int]:
    return dict(Counter(result["error"] for result in results if "error" in result).most_common())


def measure(chosen: Sequence[Document], python: Path | None, seconds: float) -> dict[str, Any]:
    """Decode the documents of a set with Overt and, unless `python` (the peer's) is None, with the peer."""
    ours = [fields(document) for document in chosen]
    result: dict[str, Any] = {"documents": len(chosen), "overt": {"refused": _refused(ours)}}
    if python is None:
        result["overt"]["per_second"] = rate([at for at, our in zip(chosen, ours, strict=True) if "error" not in our], seconds)
        return result
    theirs = decode_with_peer(python, [document.data for document in chosen], 0)["measurements"]
    both = [at for at, *sides in zip(chosen, ours, theirs, strict=True) if not any("error" in side for side in sides)]
    result["overt"]["per_second"] = rate(both, seconds) if both else None
    result["oonidata"] = {
        "refused": _refused(theirs),
        "per_second": decode_with_peer(python, [document.data for document in both], seconds)["per_second"],
    }
    if both:
        result["ratio"] = round(result["overt"]["per_second"] / result["oonidata"]["per_second"], 2)
    names = [f"{Path(document.file).name} {document.place}".strip() for document in chosen]
    return result | compare(names, ours, theirs)


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--data", type=Path, default=DATA / "ooni", help="the folder of OONI's files")
    parser.add_argument("--seconds", type=float, default=3.0, help="processor seconds for each set")
    parser.add_argument("--peer", type=Path, metavar="DIR", help="the folder of the peer's environment, made if it is missing")
    options = parser.parse_args(arguments)
    seconds = 0.1 if options.quick else options.seconds
    real = (options.data / "qa").is_dir()
    result: dict[str, Any] = {"benchmark": "overt_and_oonidata_decoding", **machine(), "real": real}
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        python = None if options.quick and not options.peer else install(PACKAGE, options.peer or Path(temporary))
        sets = {name: measure(chosen, python, seconds) for name, chosen in documents(options.data).items()}
    targets = [
        Target(f"{name}: read by oonidata only", measured["read_by_oonidata_only"], 1, "")
        for name, measured in sets.items()
        if python
    ]
    return report(result | sets, targets, options)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as error:
        sys.exit(f"overt_and_oonidata_decoding: the peer: {(error.stderr or error.stdout or '').strip()[-300:]}")
