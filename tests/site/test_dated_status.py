"""A status made from dates: a step that may only happen after the edition is a plan, so it is no status."""

import pytest

from overt.site.project.dated_status import dated_status
from overt.site.site import Site


@pytest.mark.parametrize(
    ("date", "is_status"), [("../2020-10", True), ("2020-10", True), ("../9999-10", False), ("9999-10", False)]
)
def test_a_plan_is_no_status(site: Site, date: str, is_status: bool) -> None:
    assert (dated_status(site, None, {"operational": date}) is not None) == is_status
    assert dated_status(site, "denied", {"operational": date}) is None
