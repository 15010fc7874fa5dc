"""What follows from measurements of web_connectivity as probes of ten years write them."""

import json

import pytest

from overt.measure.judging import Judge
from overt.measure.measurement import measurement
from overt.measure.reading import Document
from overt.measure.rules import Rules
from tests.measure.web_scenarios import web_scenarios

SCENARIOS = web_scenarios()


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(Rules.load())


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenario(judge: Judge, name: str) -> None:
    held = SCENARIOS[name]
    found = judge.judge(Document("made.json", "", json.dumps(held.made).encode()))
    assert (found.verdict, found.mechanism) == (held.verdict, held.mechanism), (held.why, found)


def test_facts_have_the_values_that_the_rules_know(judge: Judge) -> None:
    known = judge.rules.held.facts["web_connectivity"]
    for held in SCENARIOS.values():
        if held.verdict != "unsupported" and isinstance(held.made["test_keys"], dict):
            facts, _ = judge.facts(measurement(held.made, b""))
            assert set(facts) == set(known)
            assert all(value in known[fact] for fact, value in facts.items())
