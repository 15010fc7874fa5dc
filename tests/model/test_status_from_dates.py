"""The status that a project's dates show, for badges, filters and questions alike."""

import pytest

from overt.model.values.status_from_dates import STATUS_BY_STEP, last_step, shown_status

DAY = "2026-11-29"


@pytest.mark.parametrize(
    ("status", "dates", "result"),
    [
        ("cancelled", {"agreed": "2019"}, "cancelled"),
        (None, {"agreed": "2019"}, "agreed"),
        ("unknown", {"agreed": "2019"}, "agreed"),
        (None, {"agreed": "2019", "started": "2020"}, "in-progress"),
        (None, {"agreed": "2019", "construction-start": "2020-05"}, "under-construction"),
        (None, {"agreed": "2019", "operational": "../2021"}, "operational"),
        ("unknown", {"agreed": "2019", "operational": "../2021"}, "unknown"),
        (None, {"agreed": "2019", "operational": "2027"}, "agreed"),
        (None, {"operational": "../2027"}, "unknown"),
        (None, {"operational": None}, "unknown"),
        (None, {}, "unknown"),
    ],
)
def test_dates_show_a_status_that_no_source_names(status: str | None, dates: dict[str, str | None], result: str) -> None:
    assert shown_status(status, dates, DAY) == result


def test_a_later_step_comes_first() -> None:
    assert [last_step(dict.fromkeys(list(STATUS_BY_STEP)[at:], "2019"), DAY) for at in range(5)] == [*STATUS_BY_STEP]
