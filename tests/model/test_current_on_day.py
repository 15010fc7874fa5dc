"""Whether something is current on a day: certainly, possibly or not, including dates that are only known to the year."""

from datetime import date

import pytest

from overt.model.errors import ValueProblem
from overt.model.values.current_on_day import Phase, phase_on

DAY = date(2020, 6, 15)


@pytest.mark.parametrize(
    ("start", "end", "phase", "current"),
    [
        (None, None, Phase.CURRENT, True),
        ("2008-01", None, Phase.CURRENT, True),
        ("2008-01", "2020-03-09", Phase.ENDED, False),
        (None, "2020-06-15", Phase.ENDED, False),
        (None, "2020-06-16", Phase.CURRENT, True),
        (None, "2019?", Phase.ENDED, False),
        (None, "2020", Phase.POSSIBLY_ENDED, None),
        (None, "2020-06", Phase.POSSIBLY_ENDED, None),
        (None, "2019/..", Phase.POSSIBLY_ENDED, None),
        (None, "202X", Phase.POSSIBLY_ENDED, None),
        (None, "2021", Phase.CURRENT, True),
        ("2020-06-15", None, Phase.CURRENT, True),
        ("2020-06-16", None, Phase.PLANNED, False),
        ("2020", None, Phase.POSSIBLY_BEGUN, None),
        ("2020", "2020", Phase.POSSIBLY_ENDED, None),
        ("2021", "2022", Phase.PLANNED, False),
    ],
)
def test_the_phase_follows_from_the_bounds_of_both_dates(
    start: str | None, end: str | None, phase: Phase, current: bool | None
) -> None:
    assert phase_on(DAY, start, end) is phase
    assert phase.current is current


def test_a_text_that_is_no_date_is_refused() -> None:
    with pytest.raises(ValueProblem):
        phase_on(DAY, None, "some day")
