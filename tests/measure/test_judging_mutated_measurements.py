"""Mutated measurements: nothing crashes, and no verdict lacks the evidence that it needs."""

import json
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from overt.measure.block_page_fingerprints import Fingerprints
from overt.measure.measurement_decoder import BrokenMeasurement, decode
from overt.measure.measurement_file_reader import Document, read_documents
from overt.measure.measurement_judge import Finding, Judge
from overt.measure.verdict_rules import Rules
from tests.measure.scenarios.basic_web_and_service_scenarios import scenarios
from tests.measure.scenarios.random_measurement_mutations import mutate
from tests.measure.scenarios.simulated_probes import cases, simulate
from tests.measure.scenarios.web_scenario_collection import web_scenarios
from tests.measure.test_block_page_fingerprints import SAMPLE

NEEDS_NO_CONTROL = {"web-block-page", "web-block-page-local", "web-block-address", "web-bogon-encrypted"}
VERDICTS = {"blocked", "down", "ok", "insufficient", "unsupported", "broken"}


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(Rules.load(), Fingerprints.load(SAMPLE))


@pytest.fixture(scope="module")
def originals() -> list[dict[str, Any]]:
    return [measurement for measurement, _, _ in scenarios().values()] + [
        scenario.measurement for scenario in web_scenarios().values()
    ]


@pytest.fixture(scope="module")
def real(data: Path) -> list[dict[str, Any]]:
    """Return OONI's own measurements, except broken ones and those without test keys."""
    measurements = []
    for document in read_documents([str(data / "ooni" / "qa"), str(data / "ooni" / "measurements")]):
        try:
            measurements.append(decode(document))
        except BrokenMeasurement:
            continue
    return [measurement for measurement in measurements if "test_keys" in measurement]


def judged(judge: Judge, measurement: Any) -> Finding:
    return judge.judge(Document("made", "", json.dumps(measurement).encode("utf-8", "surrogatepass")))


def entries(keys: Any, *names: str) -> Iterator[dict[str, Any]]:
    for name in names:
        values = keys.get(name)
        yield from (value for value in (values if isinstance(values, list) else ()) if isinstance(value, dict))


def has_failure_or_answer(keys: dict[str, Any]) -> bool:
    """Return whether anything failed, or any resolver or server answered (its answer may differ from the control's).

    The summary of a Tor target counts too.
    """
    targets = keys.get("targets")
    targets = list(targets.values()) if isinstance(targets, dict) else targets
    for layers in (keys, *entries({"targets": targets}, "targets")):
        for entry in entries(layers, "queries", "tls_handshakes", "quic_handshakes", "requests"):
            if isinstance(entry.get("failure"), str) or entry.get("answers") or entry.get("response"):
                return True
        if any(
            isinstance((entry.get("status") or {}).get("failure"), str)
            for entry in entries(layers, "tcp_connect")
            if isinstance(entry.get("status"), dict | None)
        ):
            return True
        if layers.get("summary"):
            return True
    return isinstance(keys.get("failure"), str)


def succeeded_elsewhere(keys: dict[str, Any]) -> bool:
    """Return whether a control reached anything or its resolver gave any result, or an encrypted resolver answered."""
    control = keys.get("control")
    if isinstance(control, dict) and keys.get("control_failure") is None:
        page, names = control.get("http_request"), control.get("dns")
        # The first helpers recorded the length of a page but no status code. A value of the wrong type counts as missing.
        if isinstance(page, dict) and page.get("failure", "") is None:
            values = [page.get("status_code"), page.get("body_length")]
            if any(isinstance(value, int) for value in values):
                return True
        if isinstance(names, dict) and (names.get("failure", "") is None or isinstance(names.get("failure"), str)):
            return True
        for layer in ("tcp_connect", "tls_handshake", "quic_handshake"):
            if isinstance(control.get(layer), dict) and any(
                isinstance(result, dict) and result.get("status") is True for result in control[layer].values()
            ):
                return True
    return any(query.get("engine") == "doh" and query.get("failure", "") is None for query in entries(keys, "queries"))


def succeeded(keys: dict[str, Any]) -> bool:
    """Return whether a page or a handshake succeeded. An entry without `failure` counts as a success."""
    for exchange in entries(keys, "requests"):
        if (
            exchange.get("failure") is None
            and isinstance(exchange.get("response"), dict)
            and isinstance(exchange["response"].get("code"), int)
        ):
            return True
    return any(handshake.get("failure") is None for handshake in entries(keys, "tls_handshakes"))


def check(judge: Judge, measurement: Any) -> str:
    finding = judged(judge, measurement)
    assert finding.verdict in VERDICTS and finding.reason
    json.dumps(finding).encode()
    assert (finding.mechanism is not None) == (finding.verdict == "blocked")
    if finding.verdict in ("blocked", "ok"):
        keys = measurement["test_keys"]
        web = finding.test_name == "web_connectivity"
        if finding.verdict == "blocked":
            assert has_failure_or_answer(keys), finding
            assert not web or succeeded_elsewhere(keys) or finding.rule in NEEDS_NO_CONTROL, finding
        elif web:
            assert succeeded(keys), finding
        elif finding.test_name == "facebook_messenger":
            assert any(
                isinstance(entry.get("status"), dict) and entry["status"].get("success") is True
                for entry in entries(keys, "tcp_connect")
            )
    return finding.verdict


def run(judge: Judge, originals: list[dict[str, Any]], seeds: range) -> Counter[str]:
    return Counter(check(judge, mutate(originals[seed % len(originals)], seed)) for seed in seeds)


def test_300_mutations(judge: Judge, originals: list[dict[str, Any]]) -> None:
    assert len(run(judge, originals, range(300))) >= 4


@pytest.mark.slow
@pytest.mark.data
def test_10_000_mutations_of_real_measurements(judge: Judge, real: list[dict[str, Any]]) -> None:
    small = [measurement for measurement in real if len(json.dumps(measurement)) < 60_000]
    verdicts = run(judge, small, range(10_000))
    assert verdicts.total() == 10_000 and len(verdicts) >= 4
    tracemalloc.start()
    run(judge, small, range(10_000, 10_300))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 64 << 20


@pytest.mark.slow
def test_10_000_mutations_of_simulated_probes(judge: Judge, originals: list[dict[str, Any]]) -> None:
    measurements = originals + [simulate(case) for case in cases()]
    verdicts = run(judge, measurements, range(20_000, 30_000))
    assert verdicts.total() == 10_000 and len(verdicts) >= 4


def test_without_a_control_nothing_is_blocked(judge: Judge, originals: list[dict[str, Any]]) -> None:
    for original in originals:
        if original["test_name"] == "web_connectivity" and original["test_keys"]:
            measurement = deepcopy(original)
            measurement["test_keys"] |= {"control": None, "control_failure": "generic_timeout_error"}
            assert judged(judge, measurement).verdict != "blocked" or judged(judge, measurement).rule in NEEDS_NO_CONTROL


@pytest.mark.parametrize(
    "removed",
    [("requests", "tls_handshakes"), ("queries", "tcp_connect", "tls_handshakes", "requests", "targets", "quic_handshakes")],
)
def test_without_observations_nothing_is_ok(judge: Judge, originals: list[dict[str, Any]], removed: tuple[str, ...]) -> None:
    for original in originals:
        if isinstance(original["test_keys"], dict) and original["test_name"] not in ("facebook_messenger", "tor"):
            measurement = deepcopy(original)
            for name in removed:
                measurement["test_keys"].pop(name, None)
            finding = judged(judge, measurement)
            assert finding.verdict != "ok"
            assert "queries" not in removed or finding.verdict in ("insufficient", "unsupported", "down"), finding


@pytest.mark.parametrize("value", [None, [], {}, 0, "text", True, [[1]], {"a": {"b": []}}])
def test_any_value_in_any_field(judge: Judge, originals: list[dict[str, Any]], value: Any) -> None:
    for original in originals[:12] + originals[-19:]:
        for name in original:
            check(judge, original | {name: value})
        for name in original["test_keys"] or ():
            check(judge, original | {"test_keys": original["test_keys"] | {name: value}})


def test_a_truncated_measurement_is_broken(judge: Judge, originals: list[dict[str, Any]]) -> None:
    data = json.dumps(originals[0]).encode()
    for end in range(1, len(data), 97):
        assert judge.judge(Document("made", "", data[:end])).verdict == "broken"
