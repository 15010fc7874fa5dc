"""Verdicts on web_connectivity measurements by ten years of probes."""

import json

import pytest

from overt.measure.measurement import parse_measurement
from overt.measure.measurement_file_reader import Document
from overt.measure.measurement_judge import Judge
from overt.measure.verdict_rules import Rules
from tests.measure.scenarios.web_scenario_collection import web_scenarios

SCENARIOS = web_scenarios()


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(Rules.load())


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenario(judge: Judge, name: str) -> None:
    scenario = SCENARIOS[name]
    finding = judge.judge(Document("made.json", "", json.dumps(scenario.measurement).encode()))
    assert (finding.verdict, finding.mechanism) == (scenario.verdict, scenario.mechanism), (scenario.why, finding)


def test_facts_have_values_that_the_rules_declare(judge: Judge) -> None:
    known = judge.rules.rule_file.facts["web_connectivity"]
    for scenario in SCENARIOS.values():
        if scenario.verdict != "unsupported" and isinstance(scenario.measurement["test_keys"], dict):
            facts, _ = judge.facts(parse_measurement(scenario.measurement, b""))
            assert set(facts) == set(known)
            assert all(value in known[fact] for fact, value in facts.items())
