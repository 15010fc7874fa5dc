"""Measurements with things taken away, replaced and put in other places: no crash, and nothing said without what it needs."""

import json
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from overt.measure.decoding import Broken, decode
from overt.measure.fingerprints import Fingerprints
from overt.measure.judging import Finding, Judge
from overt.measure.reading import Document, documents
from overt.measure.rules import Rules
from tests.measure.generated import mutated, scenarios
from tests.measure.simulated import cases, measurement
from tests.measure.test_fingerprints import SAMPLE
from tests.measure.web_scenarios import web_scenarios

NEEDS_NO_CONTROL = {"web-block-page", "web-block-page-local", "web-block-address", "web-bogon-encrypted"}
VERDICTS = {"blocked", "down", "ok", "insufficient", "unsupported", "broken"}


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(Rules.load(), Fingerprints.load(SAMPLE))


@pytest.fixture(scope="module")
def originals() -> list[dict[str, Any]]:
    return [made for made, _, _ in scenarios().values()] + [one.made for one in web_scenarios().values()]


@pytest.fixture(scope="module")
def real(data: Path) -> list[dict[str, Any]]:
    """OONI's own, but those that are no measurements and the 911 rows without findings."""
    found = []
    for document in documents([str(data / "ooni" / "qa"), str(data / "ooni" / "measurements")]):
        try:
            found.append(decode(document))
        except Broken:
            continue
    return [one for one in found if "test_keys" in one]


def said(judge: Judge, made: Any) -> Finding:
    return judge.judge(Document("made", "", json.dumps(made).encode("utf-8", "surrogatepass")))


def entries(keys: Any, *names: str) -> Iterator[dict[str, Any]]:
    for name in names:
        held = keys.get(name)
        yield from (one for one in (held if isinstance(held, list) else ()) if isinstance(one, dict))


def went_wrong(keys: dict[str, Any]) -> bool:
    """Whether anything is told to have failed, or an answer of any resolver or server is there to differ."""
    own = [
        keys,
        *entries({"t": list(keys["targets"].values()) if isinstance(keys.get("targets"), dict) else keys.get("targets")}, "t"),
    ]
    for held in own:
        for one in entries(held, "queries", "tls_handshakes", "quic_handshakes", "requests"):
            if isinstance(one.get("failure"), str) or one.get("answers") or one.get("response"):
                return True
        if any(
            isinstance((one.get("status") or {}).get("failure"), str)
            for one in entries(held, "tcp_connect")
            if isinstance(one.get("status"), dict | None)
        ):
            return True
        if held.get("summary"):
            return True
    return isinstance(keys.get("failure"), str)


def went_well_elsewhere(keys: dict[str, Any]) -> bool:
    """Whether a control found something well, or an encrypted resolver answered."""
    held = keys.get("control")
    if isinstance(held, dict) and keys.get("control_failure") is None:
        page, names = held.get("http_request"), held.get("dns")
        # The first helpers told the length of a page and no status; what is of a wrong type is as if it were not there.
        told = [page.get("status_code"), page.get("body_length")] if isinstance(page, dict) else []
        if told and page.get("failure", "") is None and any(isinstance(one, int) for one in told):
            return True
        if isinstance(names, dict) and (names.get("failure", "") is None or isinstance(names.get("failure"), str)):
            return True
        for layer in ("tcp_connect", "tls_handshake", "quic_handshake"):
            if isinstance(held.get(layer), dict) and any(
                isinstance(one, dict) and one.get("status") is True for one in held[layer].values()
            ):
                return True
    return any(one.get("engine") == "doh" and one.get("failure", "") is None for one in entries(keys, "queries"))


def came(keys: dict[str, Any]) -> bool:
    """Whether a page, a handshake or a connection is told to have come through."""
    for one in entries(keys, "requests"):
        if (
            one.get("failure", "") is None
            and isinstance(one.get("response"), dict)
            and isinstance(one["response"].get("code"), int)
        ):
            return True
    return any(one.get("failure", "") is None for one in entries(keys, "tls_handshakes"))


def check(judge: Judge, made: Any) -> str:
    found = said(judge, made)
    assert found.verdict in VERDICTS and found.reason
    json.dumps(found).encode()
    assert (found.mechanism is not None) == (found.verdict == "blocked")
    if found.verdict in ("blocked", "ok"):
        keys = made["test_keys"]
        web = found.test_name == "web_connectivity"
        if found.verdict == "blocked":
            assert went_wrong(keys), found
            assert not web or went_well_elsewhere(keys) or found.rule in NEEDS_NO_CONTROL, found
        elif web:
            assert came(keys), found
        elif found.test_name == "facebook_messenger":
            assert any(
                isinstance(one.get("status"), dict) and one["status"].get("success") is True
                for one in entries(keys, "tcp_connect")
            )
    return found.verdict


def run(judge: Judge, originals: list[dict[str, Any]], seeds: range) -> Counter[str]:
    return Counter(check(judge, mutated(originals[seed % len(originals)], seed)) for seed in seeds)


def test_three_hundred_mutations(judge: Judge, originals: list[dict[str, Any]]) -> None:
    assert len(run(judge, originals, range(300))) >= 4


@pytest.mark.slow
@pytest.mark.data
def test_ten_thousand_mutations_of_real_ones(judge: Judge, real: list[dict[str, Any]]) -> None:
    small = [one for one in real if len(json.dumps(one)) < 60_000]
    verdicts = run(judge, small, range(10_000))
    assert verdicts.total() == 10_000 and len(verdicts) >= 4
    tracemalloc.start()
    run(judge, small, range(10_000, 10_300))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 64 << 20


@pytest.mark.slow
def test_ten_thousand_mutations_of_every_fault_in_every_generation(judge: Judge, originals: list[dict[str, Any]]) -> None:
    made = originals + [measurement(case) for case in cases()]
    verdicts = run(judge, made, range(20_000, 30_000))
    assert verdicts.total() == 10_000 and len(verdicts) >= 4


def test_without_a_control_nothing_is_blocked(judge: Judge, originals: list[dict[str, Any]]) -> None:
    for original in originals:
        if original["test_name"] == "web_connectivity" and original["test_keys"]:
            made = deepcopy(original)
            made["test_keys"] |= {"control": None, "control_failure": "generic_timeout_error"}
            assert said(judge, made).verdict != "blocked" or said(judge, made).rule in NEEDS_NO_CONTROL


@pytest.mark.parametrize(
    "gone",
    [("requests", "tls_handshakes"), ("queries", "tcp_connect", "tls_handshakes", "requests", "targets", "quic_handshakes")],
)
def test_without_what_was_seen_nothing_is_ok(judge: Judge, originals: list[dict[str, Any]], gone: tuple[str, ...]) -> None:
    for original in originals:
        if isinstance(original["test_keys"], dict) and original["test_name"] not in ("facebook_messenger", "tor"):
            made = deepcopy(original)
            for name in gone:
                made["test_keys"].pop(name, None)
            found = said(judge, made)
            assert found.verdict != "ok"
            assert "queries" not in gone or found.verdict in ("insufficient", "unsupported", "down"), found


@pytest.mark.parametrize("value", [None, [], {}, 0, "text", True, [[1]], {"a": {"b": []}}])
def test_any_type_in_any_place(judge: Judge, originals: list[dict[str, Any]], value: Any) -> None:
    for original in originals[:12] + originals[-19:]:
        for name in original:
            check(judge, original | {name: value})
        for name in original["test_keys"] or ():
            check(judge, original | {"test_keys": original["test_keys"] | {name: value}})


def test_cut_anywhere(judge: Judge, originals: list[dict[str, Any]]) -> None:
    data = json.dumps(originals[0]).encode()
    for end in range(1, len(data), 97):
        assert judge.judge(Document("made", "", data[:end])).verdict == "broken"
