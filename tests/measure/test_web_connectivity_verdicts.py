"""Verdicts on web_connectivity measurements by ten years of probes."""

import json
from typing import Any

import pytest

from overt.measure.block_page_fingerprints import Fingerprints
from overt.measure.measurement import parse_measurement
from overt.measure.measurement_file_reader import Document
from overt.measure.measurement_judge import WEB, Finding, Judge
from overt.measure.verdict_rules import Rules
from tests.measure.scenarios.basic_web_scenarios import web_verdict_scenarios
from tests.measure.scenarios.web_scenario_collection import web_scenarios
from tests.measure.test_block_page_fingerprints import SAMPLE

SCENARIOS = web_scenarios()
RULES = Rules.load()


@pytest.fixture(scope="module")
def judges() -> dict[bool, Judge]:
    """Return a judge without the lists of block pages, and one with them, keyed by `Scenario.block_page_lists`."""
    return {False: Judge(RULES), True: Judge(RULES, Fingerprints.load(SAMPLE))}


def judged(judge: Judge, measurement: dict[str, Any]) -> Finding:
    return judge.judge(Document("made.json", "", json.dumps(measurement).encode()))


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenario(judges: dict[bool, Judge], name: str) -> None:
    scenario = SCENARIOS[name]
    finding = judged(judges[scenario.block_page_lists], scenario.measurement)
    assert (finding.verdict, finding.mechanism) == (scenario.verdict, scenario.mechanism), (scenario.why, finding)
    assert scenario.rule in ("", finding.rule), (scenario.why, finding)


def test_facts_have_values_that_the_rules_declare(judges: dict[bool, Judge]) -> None:
    known = RULES.rule_file.facts[WEB]
    for scenario in SCENARIOS.values():
        if scenario.verdict != "unsupported" and isinstance(scenario.measurement["test_keys"], dict):
            facts, _ = judges[scenario.block_page_lists].facts(parse_measurement(scenario.measurement, b""))
            assert set(facts) == set(known)
            assert all(value in known[fact] for fact, value in facts.items())


def test_every_web_rule_is_reached(judges: dict[bool, Judge]) -> None:
    reached = {judged(judges[scenario.block_page_lists], scenario.measurement).rule for scenario in SCENARIOS.values()}
    reached |= {judged(judges[False], measurement).rule for measurement, _, _ in web_verdict_scenarios().values()}
    expected = {rule.id for rule in RULES.rule_file.rules if WEB in rule.tests}
    assert not expected - reached
