"""The order of dates of different precision."""

from overt.model.values.date_comparison import latest_date


def test_the_latest_date_is_the_one_whose_first_day_is_last() -> None:
    assert latest_date(["2025~", "2025-11-04", None, "2024-12"]) == "2025-11-04", "signs of uncertainty don't make it later"
    assert latest_date(["2025-10-29/2025-11-03", "2025-10-30"]) == "2025-10-30"
    assert latest_date(["2025~", "2025"]) == "2025~"
    assert latest_date([None, ""]) is None
