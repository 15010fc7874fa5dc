"""A country's paragraph on money: what was promised, by whom, for what, and the contract values beside it."""

from overt.queries.rows.countries import Financier, YearlyCommitments
from overt.site.country import money_texts
from overt.site.country.country_print_and_charts_context import money_by_unit
from overt.site.country.projects_with_details import ContractValue
from overt.site.site import Site
from tests.site.test_briefing import CAMERAS, DENIED, FILTER, SPYWARE, system
from tests.support.client import Client
from tests.support.page_text import marked, spaced


def test_money_says_what_was_promised_and_by_whom_most(site: Site) -> None:
    rows = [
        YearlyCommitments("USD@2021", 2012, 2, 2, 3e8, 0, 0),
        YearlyCommitments("USD@2021", 2019, 1, 0, 0, 0, 0),
        YearlyCommitments(None, 2019, 1, 0, 0, 0, 0),
    ]
    bank = Financier("USD@2021", "ovt-bank", "Bank", "en", None, 1, 1, 2e8, 2012, 2012)
    words = marked(money_texts.money(site, "KE", money_by_unit(rows), [bank], 1, money_texts.Purpose(0)))
    assert words == (
        "Financiers promised at least $300 m to projects here, none of it known to be for surveillance or censorship.[1]"
    ), "the details are on the page on money"
    from_bank = marked(
        money_texts.money(site, "KE", money_by_unit(rows), [bank._replace(amount=3e8)], 1, money_texts.Purpose(1e8))
    )
    chinese = marked(money_texts.money(site, "KE", money_by_unit(rows), [bank], 1, money_texts.Purpose(1e8, only_chinese=True)))
    assert "; the largest part of the total by Bank ($200 m). AidData, the only source here, has Chinese lenders and" in chinese
    assert from_bank == (
        "Financiers promised at least $100 m to projects with surveillance or censorship, of $300 m for all projects here "
        "(2012 to 2019, in constant prices of 2021)[1]; all by Bank."
    ), "first what is for systems"
    assert "none with an amount on record" in marked(
        money_texts.money(site, "KE", money_by_unit(rows[2:]), [], 1, money_texts.Purpose(0))
    )
    assert money_texts.money(site, "KE", [], [], 0, money_texts.Purpose(0)) is None


def test_contract_values_stand_apart_from_loans(site: Site) -> None:
    none = money_texts.Purpose(0)
    dollars = CAMERAS._replace(contract_values=[ContractValue("24000000", "USD"), ContractValue("28000000", "USD")])
    local = SPYWARE._replace(contract_values=[ContractValue("600000000", "KES")])
    denied = DENIED._replace(contract_values=[ContractValue("1", "USD")])
    assert marked(money_texts.money(site, "KE", [], [], 0, none, [local, denied, dollars, FILTER])) == (
        "Contract values on record: $24 m or $28 m[1] for Cameras and KES 600 m[1] for Spyware. "
        "For 1 more system, no contract value is on record. No loan or grant is on record."
    ), "never added up, and none of a denied system"
    tender = system("Tender", ["facial-recognition"], "announced")
    assert marked(money_texts.contract_values(site, [local, FILTER, tender])).endswith(
        "For 1 more system that isn’t only planned, no contract value is on record."
    ), "a plan isn't counted as a system without a value"
    assert "no contract value" not in marked(money_texts.contract_values(site, [local, tender]))
    value = marked(money_texts.contract_values(site, [local], {local.id: 2}))
    assert value == "Contract value on record: KES 600 m[2] for Spyware."
    for purpose, first in ((none, "Contract value"), (money_texts.Purpose(1e8), "Financiers promised")):
        rows = money_by_unit([YearlyCommitments("USD@2021", 2012, 1, 1, 3e8, 0, 0)])
        words = marked(money_texts.money(site, "KE", rows, [], 1, purpose, [local]))
        assert words.startswith(first), "money for other projects comes second"
        assert ("No source here says whether the promises pay for it" in words) == bool(purpose.to_systems)
    assert money_texts.contract_values(site, [denied]) == ""


def test_the_page_on_money_says_whose_lenders_its_only_source_has(shipped: Client) -> None:
    briefing = spaced(shipped.get("/country/MM").text)
    assert "none of it known to be for surveillance or censorship" in briefing and "AidData, the only source" not in briefing
    assert "AidData, the only source here, has Chinese lenders and donors only." in spaced(shipped.get("/country/MM/money").text)
