"""Dates that belong to a later loan or grant, and months that stay months."""

import pytest

from overt.queries.rows.records import Claim
from overt.site.project.agreed_and_in_use_dates import as_precise_as_published
from overt.site.project.later_phase_dates import steps_of_later_phases


def claim(property_: str, value: str, record: str, standing: str = "current") -> Claim:
    values = {"property": property_, "value": value, "record": record, "standing": standing, "places": ()}
    return Claim(**dict.fromkeys(Claim._fields) | values)  # type: ignore[arg-type]


IN_USE = claim("operational", "../2012-12-26", "register:ecu")


@pytest.mark.parametrize(
    ("claims", "steps"),
    [
        ([IN_USE, claim("completed", "2016-11-18", "aid:2"), claim("started", "2016", "aid:1")], {"completed", "started"}),
        ([IN_USE, claim("completed", "2011", "aid:2")], set()),
        ([IN_USE, claim("completed", "2012", "aid:2")], set()),
        ([IN_USE, claim("completed", "2016", "aid:2"), claim("completed", "2012", "register:ecu")], set()),
        ([IN_USE, claim("completed", "2016", "report:3")], set()),
        ([claim("completed", "2016", "aid:2")], set()),
        ([claim("operational", "2012", "aid:2"), claim("completed", "2016", "aid:2")], set()),
        ([claim("operational", "2012", "register:ecu", "withdrawn"), claim("completed", "2016", "aid:2")], set()),
    ],
)
def test_steps_of_a_later_grant_are_not_those_of_the_project(claims: list[Claim], steps: set[str]) -> None:
    assert steps_of_later_phases(claims, {"register:ecu", "aid:1", "aid:2"}) == steps


@pytest.mark.parametrize(
    ("day", "published", "text"),
    [
        ("2019-04-01", ["2019-04", "2018-12-23"], "2019-04"),
        ("2019-04-01", ["2019-04~"], "2019-04"),
        ("2019-04-01", ["2019-04", "2019-04-01"], "2019-04-01"),
        ("2019-01-01", ["2019"], "2019"),
        ("2019-04-24", ["2019-04"], "2019-04-24"),
        ("", ["2019-04"], ""),
    ],
)
def test_a_month_does_not_become_its_first_day(day: str, published: list[str], text: str) -> None:
    assert as_precise_as_published(day, published) == text
