"""A status made from dates: a step that may only happen after the edition is a plan, so it is no status."""

import pytest

from overt.site.project.dated_status import dated_status, status_with_date
from overt.site.site import Site


@pytest.mark.parametrize(
    ("date", "is_status"), [("../2020-10", True), ("2020-10", True), ("../9999-10", False), ("9999-10", False)]
)
def test_a_plan_is_no_status(site: Site, date: str, is_status: bool) -> None:
    assert (dated_status(site, None, {"operational": date}) is not None) == is_status
    assert dated_status(site, "denied", {"operational": date}) is None


@pytest.mark.parametrize(
    ("status", "as_of", "when"),
    [
        ("operational", "2020-10", "as of October 2020"),
        ("completed", "2020-10", "by October 2020"),
        ("operational", None, "as of 2019"),
        ("agreed", None, "undated"),
    ],
)
def test_a_named_status_has_a_date_or_is_called_undated(site: Site, status: str, as_of: str | None, when: str) -> None:
    row = status_with_date(site, status, {"operational": "2019"}, as_of)
    assert row and (row.status, row.when) == (status, when)
    planned = status_with_date(site, "operational", {"operational": "9999"}, None)
    assert planned and planned.when == "undated"
