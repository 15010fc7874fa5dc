"""Dates of a later loan or grant are not those of the project."""

import pytest

from overt.queries.rows.records import Claim
from overt.site.project.dates_of_later_financing import steps_of_later_phases


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
