"""Decode measurements with oonidata 0.3.0, OONI's own code, in its own environment.

The peer of `bench/measure/overt_and_oonidata_decoding.py`.
"""

import base64
import json
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PACKAGE = "oonidata==0.3.0"
_SCRIPT = """
import base64, json, logging, sys
from time import process_time
import orjson
from oonidata.dataclient import load_measurement

logging.disable()
source, seconds = sys.argv[1:]

def body(page):
    try:
        return page.body_str or "" if page else ""
    except ValueError:
        return "error"

def layers(keys):
    queries, connections, requests = ([*(getattr(keys, name, None) or ())] for name in ("queries", "tcp_connect", "requests"))
    handshakes = getattr(keys, "tls_handshakes", None) or ()
    answers = [[answer.ipv4 or answer.ipv6 for answer in query.answers or ()] for query in queries]
    urls = [exchange.request.url if exchange.request else "" for exchange in requests]
    pages = [exchange.response for exchange in requests]
    return {
        "dns": [[query.hostname, query.query_type] for query in queries],
        "dns_addresses": [sorted(filter(None, addresses)) for addresses in answers],
        "tcp": [[entry.ip, entry.port, entry.status.success] for entry in connections],
        "tls": [[entry.server_name or "", entry.address or "", entry.failure is None] for entry in handshakes],
        "http": [[url, page.code or 0 if page else 0] for url, page in zip(urls, pages)],
        "http_body": [body(page) for page in pages],
    }

def fields(loaded):
    annotations = loaded.annotations or {}
    value = loaded.input
    return {
        "test_name": loaded.test_name,
        "input": " ".join(value) if isinstance(value, list) else value or "",
        "country": loaded.probe_cc,
        "network": loaded.probe_asn,
        "day": loaded.measurement_start_time[:10],
        "software": f"{loaded.software_name} {loaded.software_version}",
        "platform": annotations.get("platform", ""),
        "resolver_network": loaded.resolver_asn or "",
        **layers(loaded.test_keys),
    }

def decode(data):
    return load_measurement(orjson.loads(data))

results, readable = [], []
for line in open(source, "rb"):
    data = base64.b64decode(line)
    try:
        loaded = decode(data)
    except Exception as error:
        results.append({"error": type(error).__name__})
        continue
    readable.append(data)
    results.append(fields(loaded))
rate = None
if readable:
    count, begin = 0, process_time()
    while (used := process_time() - begin) < float(seconds):
        for data in readable:
            decode(data)
        count += len(readable)
    rate = round(count / used) if count else None
print(json.dumps({"per_second": rate, "measurements": results}))
"""


def decode_with_peer(python: Path, documents: Sequence[bytes], seconds: float) -> dict[str, Any]:
    """Decode documents with the peer.

    Returns `per_second`, the number of documents decoded per processor second (None if `seconds` is 0 or no document can be
    read); and in `measurements`, for each document, the decoded fields, or `error` with the type of the exception.
    """
    with tempfile.NamedTemporaryFile(suffix=".base64") as file:
        file.writelines(base64.b64encode(document) + b"\n" for document in documents)
        file.flush()
        command = [str(python), "-c", _SCRIPT, file.name, str(seconds)]
        process = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, Any] = json.loads(process.stdout.splitlines()[-1])
    return result
