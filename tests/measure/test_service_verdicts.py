"""Verdicts on services: each scenario in `detailed_service_scenarios`, and properties of all their rules."""

import json

import pytest

from overt.measure.facts.service_facts import SERVICES
from overt.measure.measurement_file_reader import Document
from overt.measure.measurement_judge import Judge
from overt.measure.verdict_rules import Rules
from tests.measure.scenarios.detailed_service_scenarios import cases

CASES = cases()
RULES = Rules.load()


@pytest.mark.parametrize("name", CASES)
def test_scenario(name: str) -> None:
    measurement, verdict, mechanism, confidence, why = CASES[name]
    finding = Judge(RULES).judge(Document("made.json", "", json.dumps(measurement).encode()))
    assert (finding.verdict, finding.mechanism, finding.confidence) == (verdict, mechanism, confidence), (why, finding)


def test_without_a_control_no_rule_for_blocking_has_high_confidence() -> None:
    """Without a control, the service may be down for everyone, which `high` confidence would rule out."""
    for rule in RULES.rule_file.rules:
        if rule.verdict == "blocked" and set(rule.tests) & set(SERVICES):
            assert rule.confidence != "high", rule.id
            if "likely" in rule.when.get("online", []):
                assert rule.confidence == "low", rule.id


def test_every_rule_of_services_is_reached() -> None:
    judge = Judge(RULES)
    reached = {judge.judge(Document("made.json", "", json.dumps(case.measurement).encode())).rule for case in CASES.values()}
    expected = {rule.id for rule in RULES.rule_file.rules if set(rule.tests) & set(SERVICES)}
    assert expected - reached == {"whatsapp-ok-site-untried"}
