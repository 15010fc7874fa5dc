"""What a number of systems counts: the rule and the years beside it, links from it, and labels of what is not counted."""

import re
from types import SimpleNamespace
from typing import Any

import pytest

from overt.queries import figures
from overt.queries.database import Reader
from overt.site.figure.supplier_countries_and_state_programmes import supplier_countries
from overt.site.figure.years_counted import years_counted
from overt.site.organization.cancelled_system_dates import Ending
from overt.site.organization.count_table import _either
from overt.site.site import Site
from tests.support.client import Client

RULE = "A system counts if a source says that it was agreed, built, used or found, even if it has ended."


def spaced(text: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", text).split())


@pytest.mark.parametrize(
    "page", ["/", "/explorer", "/figure/filtering-systems", "/figure/deployments-by-supplier", "/figure/commercial-spyware"]
)
def test_the_rule_is_where_the_number_is(shipped: Client, page: str) -> None:
    assert spaced(shipped.get(page).text).count(RULE) == 1


def test_no_page_calls_a_system_a_deployment(shipped: Client) -> None:
    for page in ("/", "/findings", "/figures", "/finding/what-they-deny"):
        text = re.sub("Registers? of deployments", "", spaced(re.sub("(?s)<(script|style).*?</", "<", shipped.get(page).text)))
        assert not re.findall("[^ ]* deployments? [^ ]*", text), page


def test_a_number_of_the_front_page_leads_to_as_many_systems(shipped: Client) -> None:
    front = shipped.get("/").text
    links = re.findall(r'href="(/explorer\?system=named-supplier[^"]*)">(\d+)</a>', front)
    assert len(links) > 12
    for address, number in dict(links[:12]).items():
        assert f"<h2>{number} systems with a named supplier</h2>" in shipped.get(address.replace("&amp;", "&")).text, address


def test_a_figure_says_its_years_and_the_systems_without_a_country(shipped_reader: Reader, site: Site) -> None:
    figure = figures.find(shipped_reader, "filtering-systems")
    assert figure
    assert re.match(
        r"The systems’ first dates on record are from 20\d\d to 20\d\d\.", years_counted(site, shipped_reader, figure)
    )
    unmarked = figure._replace(definition={**figure.definition, "counts_documented": False})
    assert years_counted(site, shipped_reader, unmarked) == ""
    seats = figure._replace(groups={"seat": {"CA": 3, "US": 2, "not known": 2}}, value="6")
    assert supplier_countries(site, seats).endswith("2 systems have a supplier whose country is not on record.")


@pytest.mark.parametrize(
    ("used", "label"),
    [
        ([None], "cancelled"),
        (["2010-09"], "cancelled after use began"),
        ([None, "2010-09"], "cancelled, some after use began"),
    ],
)
def test_what_was_in_use_is_not_only_cancelled(site: Site, used: list[str | None], label: str) -> None:
    systems = [SimpleNamespace(id=str(at), status="cancelled") for at in range(len(used))]
    endings = {str(at): Ending(day, None, None) for at, day in enumerate(used)}
    naming: Any = SimpleNamespace(groups=SimpleNamespace(given_up=systems), endings=endings)
    assert _either(site, naming, ["cancelled"]) == label
