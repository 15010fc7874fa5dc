"""What was done to a probe is what is said of its measurement, whichever version wrote it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from overt.measure.judging import Judge
from overt.measure.reading import Document
from overt.measure.rules import Rules
from tests.measure.simulated import cases, expected, measurement, shuffled, without_ipv6

Change = Callable[[dict[str, Any]], dict[str, Any]]
CHANGES: dict[str, Change] = {
    "as it is": lambda made: made,
    "no IPv6": lambda made: without_ipv6(made),
    "another order": lambda made: shuffled(made, 7),
    "no IPv6, another order": lambda made: shuffled(without_ipv6(made), 8),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_fault_at_every_step_in_every_generation(change: str) -> None:
    judge, wrong, count = Judge(Rules.load()), [], 0
    for case in cases():
        made = CHANGES[change](measurement(case))
        found = judge.judge(Document("made", "", json.dumps(made).encode()))
        count += 1
        if (found.verdict, found.mechanism) != expected(case):
            wrong.append(f"{case.name}: {expected(case)}, and {found.verdict} {found.mechanism} by {found.rule}")
    assert not wrong, "\n".join(wrong)
    assert count > 1_000
