"""A status derived from dates: a step that may not have happened by the time of the edition is a plan, not a status."""

import pytest

from overt.queries.database import Reader
from overt.site.country.projects_with_details import status_dates
from overt.site.project.dated_status import agreed_later, dated_status, status_with_date
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
        ("operational", None, "undated"),
        ("agreed", None, "undated"),
    ],
)
def test_a_named_status_has_a_date_or_is_called_undated(site: Site, status: str, as_of: str | None, when: str) -> None:
    row = status_with_date(site, status, {"operational": "2019"}, as_of)
    assert row and (row.status, row.when) == (status, when)


def test_an_old_agreement_says_that_nothing_followed(site: Site) -> None:
    old, new = (dated_status(site, "unknown", {"agreed": date}) for date in ("2001-06-21", site.words.meta["manifest"]["date"]))
    assert old and old.when == "21 June 2001; no later step on record"
    assert new and "no later step" not in new.when
    used = dated_status(site, "unknown", {"agreed": "2001", "operational": "2002"})
    assert used and (used.label, used.when) == ("In use", "from 2002; since then unknown")


def test_an_operational_project_has_the_day_of_its_use_if_its_status_has_none(shipped_reader: Reader) -> None:
    used = shipped_reader.select(
        "SELECT p.id, f.value FROM projects AS p JOIN facts AS f ON f.id = p.id AND f.property = 'operational' AND f.shown "
        "WHERE p.status = 'operational'"
    )
    dates = status_dates(shipped_reader, [row["id"] for row in used])
    assert used and {identity for identity, date in dates.items() if date is None} == set()
    assert any(dates[row["id"]] == row["value"] for row in used), "some statuses have no dated source"


def test_a_part_can_be_agreed_after_the_use_began() -> None:
    assert agreed_later({"agreed": "2017", "operational": "2016-12-18"})
    assert not agreed_later({"agreed": "2016", "operational": "2016-12-18"}), "the year may be before the day"
    assert not agreed_later({"agreed": "2017"})
