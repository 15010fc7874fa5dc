"""Verdicts on generated measurements by scenario, and on OONI's labelled measurements by ooni_expected_verdicts.yml."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from overt.measure.block_page_fingerprints import Fingerprints
from overt.measure.measurement import parse_measurement
from overt.measure.measurement_file_reader import Document, read_documents
from overt.measure.measurement_judge import Finding, Judge
from overt.measure.verdict_rules import Rules
from tests.measure.scenarios.basic_web_and_service_scenarios import scenarios
from tests.measure.scenarios.detailed_service_scenarios import cases
from tests.measure.scenarios.measurement_parts import (
    FORGED,
    HOST,
    OTHER,
    PLAIN,
    SECURE,
    SITE,
    connect,
    control,
    exchange,
    handshake,
    query,
    web,
)

SCENARIOS = scenarios()
SERVICE_CASES = cases()
LABELLED = yaml.safe_load((Path(__file__).parent / "ooni_expected_verdicts.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(Rules.load())


def judged(judge: Judge, measurement: dict[str, Any]) -> Finding:
    return judge.judge(Document("made.json", "", json.dumps(measurement).encode()))


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenario(judge: Judge, name: str) -> None:
    measurement, verdict, mechanism = SCENARIOS[name]
    finding = judged(judge, measurement)
    assert (finding.verdict, finding.mechanism) == (verdict, mechanism), finding


def test_every_verdict_names_its_rule(judge: Judge) -> None:
    rules = {rule.id: rule for rule in judge.rules.rule_file.rules}
    for measurement, verdict, _ in SCENARIOS.values():
        finding = judged(judge, measurement)
        if verdict in ("blocked", "down", "ok"):
            assert finding.rule is not None and rules[finding.rule].verdict == verdict
            assert finding.confidence == rules[finding.rule].confidence
            assert finding.reason == rules[finding.rule].says
            assert finding.observations


def test_facts_have_values_that_the_rules_declare(judge: Judge) -> None:
    for measurement, verdict, _ in SCENARIOS.values():
        if verdict == "unsupported" or measurement["test_keys"] is None:
            continue
        facts, _ = judge.facts(parse_measurement(measurement, b""))
        known = judge.rules.rule_file.facts[measurement["test_name"]]
        for name, value in facts.items():
            if name in known:
                assert value in known[name], (measurement["test_name"], name)
        assert set(known) <= set(facts)


def test_a_finding_has_nothing_about_a_person(judge: Judge) -> None:
    measurement = web()
    measurement["probe_ip"], measurement["resolver_ip"], measurement["probe_city"] = "203.0.113.77", "203.0.113.78", "Alder"
    measurement["test_keys"]["client_resolver"] = "203.0.113.79"
    finding = repr(judged(judge, measurement))
    assert "203.0.113." not in finding and "Alder" not in finding


@pytest.mark.parametrize("time", ["2026-02-30 12:00:00", "2026-13-01 12:00:00", "0000-00-00 00:00:00"])
def test_an_impossible_day_is_left_out(judge: Judge, time: str) -> None:
    assert judged(judge, web() | {"measurement_start_time": time}).day is None


def test_a_redirect_to_another_site_gives_low_confidence(judge: Judge) -> None:
    assert judged(judge, SCENARIOS["sent-to-a-secure-block-page"][0]).confidence == "low"


def test_whatsapp_says_that_its_site_was_not_tried(judge: Judge) -> None:
    finding = judged(judge, SCENARIOS["whatsapp"][0])
    assert (finding.rule, finding.confidence) == ("whatsapp-ok-site-untried", "medium") and "wasn't tried" in finding.reason


def test_further_mechanisms_are_listed(judge: Judge) -> None:
    finding = judged(
        judge,
        web(PLAIN, queries=[query(HOST, ["45.11.12.13"])], requests=[exchange(PLAIN, "<title>No</title>")], title_match=False),
    )
    assert finding.verdict == "blocked" and finding.mechanism == "dns-forged-address"
    assert finding.also == ("http-diff",)


def _two_resolvers_led_to(address: str, **keys: Any) -> dict[str, Any]:
    """Return a measurement in which two resolvers return `address`, and an encrypted resolver returns the site's address."""
    user, clear, encrypted = {"tags": ["classic", "depth=0"]}, {"engine": "udp", "tags": []}, {"engine": "doh", "tags": []}
    queries = [query(HOST, [address]) | user, query(HOST, [address]) | clear, query(HOST, [SITE]) | encrypted]
    connections = [connect(address, 443, tags=["classic", "depth=0"]), connect(SITE, 443, tags=["depth=0"])]
    return web(version="0.5.28", queries=queries, tcp_connect=connections, **keys)


def _handshakes(at_user: str | None, at_site: str | None) -> list[dict[str, Any]]:
    return [
        handshake(HOST, FORGED, at_user, tags=["classic", "depth=0"]),
        handshake(HOST, SITE, at_site, tags=["depth=0", "fetch_body=false"]),
    ]


def test_a_relay_that_passes_the_page_on_is_named(judge: Judge) -> None:
    pages = [exchange(SECURE, tags=["classic", "depth=0"])]
    finding = judged(judge, _two_resolvers_led_to(FORGED, tls_handshakes=_handshakes(None, None), requests=pages))
    assert (finding.verdict, finding.mechanism, finding.also) == ("ok", None, ("dns-injection",)), finding
    pages = [exchange(SECURE, tags=["classic", "depth=0"])]
    same = [handshake(HOST, SITE, tags=["classic", "depth=0"])]
    assert judged(judge, _two_resolvers_led_to(SITE, tls_handshakes=same, requests=pages)).also == ()


def test_dns_is_named_beside_tls_and_tls_beside_dns(judge: Judge) -> None:
    pages = [exchange(SECURE, "", 0, "connection_reset", tags=["classic", "depth=0"])]
    tries = {f"{address}:443": {"status": True, "failure": None} for address in (SITE, FORGED)}
    both = control(tls_handshake=tries, tcp_connect=tries)
    cut = _handshakes("connection_reset", "connection_reset")
    finding = judged(judge, _two_resolvers_led_to(FORGED, tls_handshakes=cut, requests=pages, control=both))
    assert (finding.mechanism, finding.also) == ("tls-interference", ("dns-injection",)), finding
    forged = _handshakes("ssl_invalid_hostname", "connection_reset")
    finding = judged(judge, _two_resolvers_led_to(FORGED, tls_handshakes=forged, requests=pages))
    assert (finding.mechanism, finding.also) == ("dns-injection", ("tls-interference",)), finding
    forged = _handshakes("ssl_invalid_hostname", None)
    finding = judged(judge, _two_resolvers_led_to(FORGED, tls_handshakes=forged, requests=pages))
    assert (finding.mechanism, finding.also) == ("dns-injection", ()), finding


def test_tls_is_not_named_beside_dns_if_the_control_failed_at_the_same_address(judge: Judge) -> None:
    tries = {f"{SITE}:443": {"status": False, "failure": "connection_reset"}, f"{OTHER}:443": {"status": True, "failure": None}}
    elsewhere = control(tls_handshake=tries) | {"dns": {"failure": None, "addrs": [SITE, OTHER]}}
    pages = [exchange(SECURE, "", 0, "ssl_invalid_hostname", tags=["classic", "depth=0"])]
    forged = _handshakes("ssl_invalid_hostname", "connection_reset")
    finding = judged(judge, _two_resolvers_led_to(FORGED, tls_handshakes=forged, requests=pages, control=elsewhere))
    assert (finding.mechanism, finding.also) == ("dns-injection", ()), finding


def test_an_address_can_be_tested_without_a_name(judge: Judge) -> None:
    tested = f"http://{SITE}/"
    measurement = web(tested, queries=None, tcp_connect=[connect(SITE, 80, "generic_timeout_error")], requests=[])
    assert (finding := judged(judge, measurement)).mechanism == "timeout", finding


@pytest.mark.data
@pytest.mark.parametrize("name", LABELLED["qa"])
def test_measurement_labelled_by_ooni(judge: Judge, data: Path, name: str) -> None:
    expected = LABELLED["qa"][name]
    (document,) = read_documents([str(data / "ooni" / "qa" / f"{name}.json")])
    finding = judge.judge(document)
    assert (finding.verdict, finding.mechanism) == (expected["verdict"], expected.get("mechanism")), finding
    assert list(finding.also) == expected.get("also", []), finding


def _without_null_failures(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_null_failures(item) for key, item in value.items() if key != "failure" or item is not None}
    return [_without_null_failures(item) for item in value] if isinstance(value, list) else value


def _with_ciphers(value: Any) -> Any:
    """Return a measurement in which successful handshakes have a cipher, as in real ones."""
    if isinstance(value, list):
        return [_with_ciphers(item) for item in value]
    if not isinstance(value, dict):
        return value
    succeeded = "no_tls_verify" in value and value["failure"] is None
    return {key: _with_ciphers(item) for key, item in value.items()} | ({"cipher_suite": "TLS_AES_128"} if succeeded else {})


def _result(finding: Finding) -> tuple[str, str | None, str | None, tuple[str, ...]]:
    return finding.verdict, finding.mechanism, finding.rule, finding.also


def test_the_names_of_scenarios_differ() -> None:
    assert not set(SCENARIOS) & set(SERVICE_CASES)


@pytest.mark.parametrize("name", [*SCENARIOS, *SERVICE_CASES])
def test_a_missing_failure_key_is_not_a_failure(judge: Judge, name: str) -> None:
    measurement = SCENARIOS[name][0] if name in SCENARIOS else SERVICE_CASES[name].measurement
    thinned = _without_null_failures(_with_ciphers(measurement))
    assert _result(judged(judge, thinned)) == _result(judged(judge, measurement))


@pytest.mark.data
@pytest.mark.parametrize("folder", ["qa", "measurements"])
def test_real_measurements_keep_their_verdict_without_null_failures(judge: Judge, data: Path, folder: str) -> None:
    changed = 0
    for document in read_documents([str(data / "ooni" / folder)]):
        if document.problem or not document.data.lstrip().startswith(b"{"):
            continue
        measurement = json.loads(document.data)
        thinned = _without_null_failures(measurement)
        changed += thinned != measurement
        assert _result(judged(judge, thinned)) == _result(judge.judge(document)), document.file
    assert changed > 10


@pytest.mark.data
def test_real_telegram_without_urls(judge: Judge, data: Path) -> None:
    measurement = json.loads((data / "ooni" / "measurements" / "spec_ts-020-telegram_12.json").read_bytes())
    for entry in measurement["test_keys"]["requests"]:
        del entry["request"]["url"]
    assert _result(judged(judge, measurement)) == ("ok", None, "telegram-ok", ())


def test_no_answer_and_no_failure_show_nothing(judge: Judge) -> None:
    """An entry without a result or a failure is not evidence of a failure."""
    unknown = query(HOST, [])
    del unknown["failure"]
    finding = judged(judge, web(PLAIN, queries=[unknown], tcp_connect=None, requests=None, tls_handshakes=None))
    assert (finding.verdict, finding.rule) == ("insufficient", "web-undecided"), finding


@pytest.mark.data
def test_every_labelled_measurement_is_in_the_table(data: Path) -> None:
    assert {path.stem for path in (data / "ooni" / "qa").glob("*.json")} == set(LABELLED["qa"])


@pytest.mark.data
def test_labelled_measurements_keep_their_verdict_with_ooni_s_fingerprints(data: Path) -> None:
    judge = Judge(Rules.load(), Fingerprints.load(data / "ooni" / "fingerprints"))
    for document in read_documents([str(data / "ooni" / "qa")]):
        finding, expected = judge.judge(document), LABELLED["qa"][Path(document.file).stem]
        assert (finding.verdict, finding.mechanism) == (expected["verdict"], expected.get("mechanism")), finding


@pytest.mark.data
@pytest.mark.parametrize("with_fingerprints", [False, True], ids=["without fingerprints", "with fingerprints"])
def test_real_measurements(data: Path, with_fingerprints: bool) -> None:
    folder = data / "ooni" / "fingerprints" if with_fingerprints else None
    judge = Judge(Rules.load(), Fingerprints.load(folder))
    seen = set()
    for document in read_documents([str(data / "ooni" / "measurements")]):
        finding, expected = judge.judge(document), LABELLED["measurements"][Path(document.file).name]
        seen.add(Path(document.file).name)
        expected = expected.get("listed", expected) if with_fingerprints else expected
        assert (finding.verdict, finding.mechanism) == (expected["verdict"], expected.get("mechanism")), finding
        assert finding.reason
    assert seen == set(LABELLED["measurements"])
