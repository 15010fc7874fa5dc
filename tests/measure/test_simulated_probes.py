"""Simulated probes get the expected verdict and mechanism, even without IPv6 and with their entries in another order."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from overt.measure.measurement_file_reader import Document
from overt.measure.measurement_judge import Judge
from overt.measure.verdict_rules import Rules
from tests.measure.scenarios.simulated_probes import cases, expected, shuffle, simulate, without_ipv6

Change = Callable[[dict[str, Any]], dict[str, Any]]
CHANGES: dict[str, Change] = {
    "as it is": lambda measurement: measurement,
    "no IPv6": without_ipv6,
    "another order": lambda measurement: shuffle(measurement, 7),
    "no IPv6, another order": lambda measurement: shuffle(without_ipv6(measurement), 8),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_fault_at_every_step_in_every_generation(change: str) -> None:
    judge, failures, count = Judge(Rules.load()), [], 0
    for case in cases():
        measurement = CHANGES[change](simulate(case))
        finding = judge.judge(Document("made", "", json.dumps(measurement).encode()))
        count += 1
        if (finding.verdict, finding.mechanism) != expected(case):
            failures.append(f"{case.name}: not {expected(case)} but {finding.verdict} {finding.mechanism} by {finding.rule}")
    assert not failures, "\n".join(failures)
    assert count > 1_000
