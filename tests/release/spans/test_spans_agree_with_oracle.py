"""Spans of generated histories agree with an oracle that tries every day."""

from datetime import date

import pytest

from overt.model.content_catalogue import Catalogue
from overt.model.values.span import in_place
from overt.release.spans.record_span import Statement, record_span
from overt.release.spans.span_rules import TypeRules, load_span_rules
from tests.release.spans.generated_histories_and_oracle import QUESTIONS, Worlds, generate, limits


@pytest.fixture(scope="module")
def rules(content: Catalogue) -> TypeRules:
    return load_span_rules(content).types["project"]


@pytest.mark.parametrize("start", [0, pytest.param(250, marks=pytest.mark.slow)])
def test_spans_agree_with_every_day(rules: TypeRules, start: int) -> None:
    wrong, contradictory = [], 0
    for seed in range(start, 250 if start == 0 else 5250):
        history = generate(seed)
        worlds = Worlds(history.statements)
        if worlds.impossible:  # according to the wrong second source, the project began after it ended
            contradictory += 1
            continue
        statements = [
            Statement(s.property, s.value, f"claim{n}", f"alpha:{n}", *limits(s.spoken), s.spoken, "document")
            for n, s in enumerate(history.statements)
        ]
        # The oracle reads statements with the same date as one record, so they get one record here.
        statements = [s._replace(record=f"alpha:{s.spoken}") for s in statements]
        span = record_span(statements, rules).span
        for question in QUESTIONS:
            first, last = limits(question)
            if (answer := in_place(span, first, last)) != (expected := worlds.answer(question)):
                wrong.append((seed, question, str(answer), expected, history, span))
    assert not wrong, (len(wrong), wrong[0])
    assert contradictory < 250


def test_a_plan_is_in_place_on_no_day(rules: TypeRules) -> None:
    planned = [
        Statement("operational", "2023", "a", "alpha:1", date(2022, 11, 10), date(2022, 11, 10), "2022-11-10", "source"),
        Statement("status", "announced", "b", "alpha:1", date(2022, 11, 10), date(2022, 11, 10), "2022-11-10", "source"),
    ]
    row = record_span(planned, rules)
    assert (row.not_begun, row.begin_plan, row.planned_by) == ("planned", ("2023", "2022-11-10"), date(2022, 11, 10))
    agreed = Statement("agreed", "2021-03", "c", "alpha:1", date(2022, 11, 10), date(2022, 11, 10), "2022-11-10", "source")
    assert record_span([*planned, agreed], rules).planned_by == date(2022, 11, 10), "a step shows no plan by its day"
    for year in range(1990, 2040):
        assert in_place(row.span, date(year, 1, 1), date(year, 12, 31)) == "not"
    later = Statement("status", "operational", "c", "beta:1", date(2024, 2, 1), date(2024, 2, 29), "2024-02", "document")
    assert in_place(record_span([*planned, later], rules).span, date(2024, 2, 1), date(2024, 2, 29)) == "certainly"
