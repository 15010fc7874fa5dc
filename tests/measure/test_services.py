"""Services: what follows from each scenario of the table, and what holds for all of their rules."""

import json

import pytest

from overt.measure.facts_services import SERVICES
from overt.measure.judging import Judge
from overt.measure.reading import Document
from overt.measure.rules import Rules
from tests.measure.service_cases import cases

CASES = cases()
RULES = Rules.load()


@pytest.mark.parametrize("name", CASES)
def test_scenarios_of_services(name: str) -> None:
    made, verdict, mechanism, confidence, why = CASES[name]
    found = Judge(RULES).judge(Document("made.json", "", json.dumps(made).encode()))
    assert (found.verdict, found.mechanism, found.confidence) == (verdict, mechanism, confidence), (why, found)


def test_without_a_control_blocking_is_never_certain() -> None:
    """A service that is down for everybody is another explanation, which `high` excludes."""
    for rule in RULES.held.rules:
        if rule.verdict == "blocked" and set(rule.tests) & set(SERVICES):
            assert rule.confidence != "high", rule.id
            if "likely" in rule.when.get("online", []):
                assert rule.confidence == "low", rule.id


def test_every_rule_of_services_is_reached() -> None:
    judge = Judge(RULES)
    reached = {judge.judge(Document("made.json", "", json.dumps(case.made).encode())).rule for case in CASES.values()}
    whole = {rule.id for rule in RULES.held.rules if set(rule.tests) & set(SERVICES)}
    assert whole - reached == {"whatsapp-ok-site-untried"}
