"""Sentences on the official lists that name an organisation, and on the official lists in the release."""

from dataclasses import replace

from overt.model.values.current_on_day import Phase
from overt.queries.rows.records import Fact, Record
from overt.site.organization.identity_and_official_lists import former_lists
from overt.site.organization.profile_texts import list_coverage, listed
from overt.site.site import Site
from tests.support.page_text import marked


def test_lists_say_how_many_the_release_has(site: Site) -> None:
    assert (
        marked(listed(site, 1, 0, [], ["DoD"], ["us-dod-1260h", "us-fcc-covered"]))
        == "It is on 1 official list that Overt has: DoD."
    )
    assert marked(list_coverage(site, ["us-dod-1260h", "us-fcc-covered"])) == (
        "Official lists that Overt has: US DoD list of Chinese military companies and US FCC covered list. Overt doesn’t "
        "have the US Entity List (search it) or the sanctions lists of the EU, the UK and the UN, so it can’t say whether "
        "they name it."
    )
    both = marked(listed(site, 2, 0, [], ["DoD", "FCC"], ["us-dod-1260h", "us-fcc-covered"]))
    assert both == "It is on both official lists that Overt has: DoD and FCC."
    in_part = marked(list_coverage(site, ["us-bis-entity-list", "us-dod-1260h"], ["us-bis-entity-list"]))
    assert in_part.startswith(
        "Official lists that Overt has: US DoD list of Chinese military companies. "
        "Overt has only some entries of: US Entity List. Overt doesn’t have the sanctions lists of the EU"
    )
    assert listed(site, 0, 0, [], [], ["us-dod-1260h"]) is None


def test_former_lists_have_names_and_dates(site: Site) -> None:
    def listing(name: str, start: str | None, end: str | None = None) -> Record:
        facts = {
            key: [Fact(name, key, text, None, None, True, False, "stated", 1, 1, 1, "c", "open_projects", None, None)]
            for key, text in (("list", name), ("start", start), ("end", end))
            if text
        }
        phase = Phase.ENDED if end else Phase.CURRENT
        return replace(Record(f"{name}-{start}", "listing", name, "en", None, 1, 1, 1, "open", facts), phase=phase)

    def sentence(*listings: Record) -> str:
        return marked(listed(site, 0, 0, former_lists(site, listings), [], []) or "")

    entity, fcc = listing("us-bis-entity-list", "2024-02", "2024-10-21"), listing("us-fcc-covered", None, "2025")
    assert sentence(entity) == "It was on the US Entity List (February 2024 to 21 October 2024)."
    assert sentence(entity, fcc) == (
        "It was on the US FCC covered list (until 2025) and the US Entity List (February 2024 to 21 October 2024)."
    )
    sanctions = listing("us-ofac-sdn", "2020", "2021")
    assert sentence(entity, fcc, sanctions) == "It was on 3 official lists that Overt has."
    assert sentence(listing("us-ofac-sdn", "2022"), sanctions) == "", "it is on it again"
    again = listing("us-ofac-sdn", "2023", "2024")
    assert sentence(again, sanctions) == "It was on the US Treasury sanctions list (2020 to 2021 and 2023 to 2024)."
