"""What was done to a probe is what is said of its measurement, whichever version wrote it."""

import json

from overt.measure.judging import Judge
from overt.measure.reading import Document
from overt.measure.rules import Rules
from tests.measure.simulated import cases, expected, measurement


def test_every_fault_at_every_step_in_every_generation() -> None:
    judge, wrong, count = Judge(Rules.load()), [], 0
    for case in cases():
        found = judge.judge(Document("made", "", json.dumps(measurement(case)).encode()))
        count += 1
        if (found.verdict, found.mechanism) != expected(case):
            wrong.append(f"{case.name}: {expected(case)}, and {found.verdict} {found.mechanism} by {found.rule}")
    assert not wrong, "\n".join(wrong)
    assert count > 800
