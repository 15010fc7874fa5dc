"""What follows from measurements: made-up ones by their scenario, OONI's labelled ones by the committed table."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from overt.measure.fingerprints import Fingerprints
from overt.measure.judging import Finding, Judge
from overt.measure.reading import Document, documents
from overt.measure.rules import Rules
from tests.measure.generated import HOST, PLAIN, SITE, connect, exchange, query, scenarios, web

SCENARIOS = scenarios()
LABELLED = yaml.safe_load((Path(__file__).parent / "labelled.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(Rules.load())


def say(judge: Judge, made: dict[str, Any]) -> Finding:
    return judge.judge(Document("made.json", "", json.dumps(made).encode()))


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenarios(judge: Judge, name: str) -> None:
    made, verdict, mechanism = SCENARIOS[name]
    found = say(judge, made)
    assert (found.verdict, found.mechanism) == (verdict, mechanism), found


def test_every_verdict_names_its_rule(judge: Judge) -> None:
    rules = {rule.id: rule for rule in judge.rules.held.rules}
    for made, verdict, _ in SCENARIOS.values():
        found = say(judge, made)
        if verdict in ("blocked", "down", "ok"):
            assert found.rule is not None and rules[found.rule].verdict == verdict
            assert found.confidence == rules[found.rule].confidence
            assert found.reason == rules[found.rule].says
            assert found.observations


def test_all_facts_have_the_values_that_the_rules_know(judge: Judge) -> None:
    for made, verdict, _ in SCENARIOS.values():
        if verdict == "unsupported" or made["test_keys"] is None:
            continue
        from overt.measure.measurement import measurement

        facts, _ = judge.facts(measurement(made, b""))
        known = judge.rules.held.facts[made["test_name"]]
        for name, value in facts.items():
            if name in known:
                assert value in known[name], (made["test_name"], name)
        assert set(known) <= set(facts)


def test_no_person_is_named(judge: Judge) -> None:
    made = web()
    made["probe_ip"], made["resolver_ip"], made["probe_city"] = "203.0.113.77", "203.0.113.78", "Alder"
    made["test_keys"]["client_resolver"] = "203.0.113.79"
    told = repr(say(judge, made))
    assert "203.0.113." not in told and "Alder" not in told


@pytest.mark.parametrize("time", ["2026-02-30 12:00:00", "2026-13-01 12:00:00", "0000-00-00 00:00:00"])
def test_a_day_that_is_none_is_not_told(judge: Judge, time: str) -> None:
    assert say(judge, web() | {"measurement_start_time": time}).day is None


def test_a_site_that_sends_to_another_one_is_worth_little(judge: Judge) -> None:
    assert say(judge, SCENARIOS["sent-to-a-secure-block-page"][0]).confidence == "low"


def test_whatsapp_does_not_speak_of_a_site_that_was_not_tried(judge: Judge) -> None:
    found = say(judge, SCENARIOS["whatsapp"][0])
    assert (found.rule, found.confidence) == ("whatsapp-ok-site-untried", "medium") and "not tried" in found.reason


def test_more_than_one_mechanism(judge: Judge) -> None:
    found = say(
        judge,
        web(PLAIN, queries=[query(HOST, ["45.11.12.13"])], requests=[exchange(PLAIN, "<title>No</title>")], title_match=False),
    )
    assert found.verdict == "blocked" and found.mechanism == "dns-forged-address"
    assert found.also == ("http-diff",)


def test_an_address_that_is_tested_needs_no_name(judge: Judge) -> None:
    tested = f"http://{SITE}/"
    made = web(tested, queries=None, tcp_connect=[connect(SITE, 80, "generic_timeout_error")], requests=[])
    assert (found := say(judge, made)).mechanism == "timeout", found


@pytest.mark.data
@pytest.mark.parametrize("name", LABELLED["qa"])
def test_labelled_by_ooni(judge: Judge, data: Path, name: str) -> None:
    expected = LABELLED["qa"][name]
    (document,) = documents([str(data / "ooni" / "qa" / f"{name}.json")])
    found = judge.judge(document)
    assert (found.verdict, found.mechanism) == (expected["verdict"], expected.get("mechanism")), found


@pytest.mark.data
def test_no_labelled_one_is_left_out(data: Path) -> None:
    assert {path.stem for path in (data / "ooni" / "qa").glob("*.json")} == set(LABELLED["qa"])


@pytest.mark.data
def test_labelled_ones_stand_with_ooni_s_fingerprints_too(data: Path) -> None:
    judge = Judge(Rules.load(), Fingerprints.load(data / "ooni" / "fingerprints"))
    for document in documents([str(data / "ooni" / "qa")]):
        found, expected = judge.judge(document), LABELLED["qa"][Path(document.file).stem]
        assert (found.verdict, found.mechanism) == (expected["verdict"], expected.get("mechanism")), found


@pytest.mark.data
@pytest.mark.parametrize("listed", [False, True], ids=["alone", "with fingerprints"])
def test_real_measurements(data: Path, listed: bool) -> None:
    folder = data / "ooni" / "fingerprints" if listed else None
    judge = Judge(Rules.load(), Fingerprints.load(folder))
    seen = set()
    for document in documents([str(data / "ooni" / "measurements")]):
        found, expected = judge.judge(document), LABELLED["measurements"][Path(document.file).name]
        seen.add(Path(document.file).name)
        expected = expected.get("listed", expected) if listed else expected
        assert (found.verdict, found.mechanism) == (expected["verdict"], expected.get("mechanism")), found
        assert found.reason
    assert seen == set(LABELLED["measurements"])
