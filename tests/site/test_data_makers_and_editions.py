"""Figures and series name the makers and the edition of their data, and say if a reported total comes from the same makers."""

import re

import pytest

from overt.queries import figures, sources
from overt.queries.database import Reader
from overt.site.figure.reported_total_independence import BY_PUBLISHER, CITES_MAKER, data_makers, same_maker
from overt.site.front.headline_and_leading_numbers import _money
from overt.site.series import index_publishers
from overt.site.site import Site
from tests.support.client import Client
from tests.support.page_text import marked

INDEX = "surveillance-export-countries-2019"


@pytest.mark.parametrize(
    ("reported_by", "cited_for", "message"),
    [
        ("Carnegie Endowment for International Peace", None, BY_PUBLISHER),
        ("Global Policy", "Carnegie Endowment 2019", CITES_MAKER),
        ("Global Policy", "Feldstein", CITES_MAKER),
        ("Global Policy", "Freedom House 2019", None),
        ("Global Policy", None, None),
    ],
)
def test_makers_are_recognised(shipped_reader: Reader, reported_by: str, cited_for: str | None, message: str | None) -> None:
    figure = figures.find(shipped_reader, INDEX)
    assert figure is not None
    makers = data_makers(shipped_reader, figure)
    assert [row.source for row in makers] == ["aigs_2019"]
    assert same_maker(makers, {"reported_by": reported_by, "cited_for": cited_for}) == message


def test_figures_of_our_own_registers_have_no_single_maker(shipped_reader: Reader) -> None:
    figure = figures.find(shipped_reader, "countries-with-chinese-deployments")
    assert figure is not None and data_makers(shipped_reader, figure) == []


def test_a_figure_of_an_edition_begins_with_the_newer_one(shipped: Client) -> None:
    page = shipped.get(f"/figure/{INDEX}").text
    text = " ".join(marked(page).split())
    editions = re.search(
        r"Use the newer edition, of 2022: (\d+) countries \(without China and Hong Kong\) Carnegie’s 2019 index lists", text
    )
    assert editions, "before the headline"
    newer = marked(shipped.get(f"/figure/{INDEX.replace('2019', '2022')}").text)
    assert f"technology in {editions[1]} countries besides China and Hong Kong" in newer, "counted alike"
    assert page.index("figure-newer") < page.index("<h1>") < page.index("figure-makers") < page.index("figure-caveat")
    assert re.search(r"The older edition, of 2019, has \d+ countries \(without China and Hong Kong\)\.", newer)
    assert "as of 2019" not in text.partition("Counts")[0] and "According to the AI Global" not in text
    [abroad] = re.findall(r"lists Chinese surveillance technology in (\d+) countries besides China and Hong Kong", text)
    [number] = re.findall(r"With China and Hong Kong, it is (\d+)\.", text)
    assert int(number) == int(abroad) + 2
    for label in (f"Chinese technology listed: {abroad} countries", f"China and Hong Kong: not among the {abroad}"):
        assert label in text, "the key"
    assert (
        "These repeat the same data, so they don’t confirm it: Global Policy (2019), Carnegie Endowment for International Peace "
        f"(2019), the publisher itself: {number}."
    ) in " ".join(text.split())
    assert (
        "No independent count by others is on record." in text
        and "It rests on one source, AI Global Surveillance Index 2019." in text
    )
    assert "Cite this count for documented systems, and the index for what its authors assess." in text
    assert "Surveillance systems from Chinese suppliers are documented in" in text.partition("Overt’s own records")[2]


def test_a_series_names_the_edition_that_its_newest_year_comes_from(shipped: Client) -> None:
    text = marked(shipped.get("/series/vdem-electoral-democracy").text)
    assert "Electoral democracy (V-Dem), 2021" in text, "the title has the year"
    assert re.search(r"In 2021, \d+ of the \d+ countries in Overt’s data scored under 0.4 on a scale from 0 to 1", text)
    assert text.count("V-Dem publishes newer values, and may rate more countries.") == text.count("newer values") == 1
    body = text.partition("The data")[2].partition("All countries")[0]
    assert body.count("AI and Big Data Global Surveillance Index 2022") == 1, "who passes the values on is named once"
    assert re.search(r"Taken from: AI and Big Data Global Surveillance Index 2022, by .*, as of 9 March 2022\.", text)


def test_a_series_credits_its_maker_besides_the_index_that_has_its_values(shipped: Client) -> None:
    page = shipped.get("/series/vdem-electoral-democracy").text
    chart = marked(page.partition('id="chart-newest"')[2].partition("</figure>")[0])
    assert "Source: V-Dem (Varieties of Democracy, University of Gothenburg), AI and Big Data Global" in chart
    text = marked(page)
    assert "Overt chose this limit, not the publisher. Countries below it are in the lowest two fifths of the scale." in text
    [numbers] = re.findall(r"In \d{4}, (\d+) of the (\d+) countries in Overt’s data scored under 0.4 ", text)
    low, countries = map(int, numbers)
    assert 0 < low < countries


@pytest.mark.parametrize(
    ("publisher", "credited"), [("Freedom House", ["Index"]), ("Carnegie Endowment", ["Freedom House", "Index"])]
)
def test_a_maker_is_credited_once(
    site: Site, reader: Reader, monkeypatch: pytest.MonkeyPatch, publisher: str, credited: list[str]
) -> None:
    slug = next(iter(site.sources))
    source = sources.find(reader, slug)
    assert source
    monkeypatch.setattr(index_publishers.series, "sources", lambda *_: [slug])
    monkeypatch.setattr(index_publishers.sources, "find", lambda *_: source._replace(publisher=publisher))
    names = [name for name, _ in index_publishers.series_credits(site, reader, "freedom-on-the-net")]
    assert names == [site.title_of(slug) if name == "Index" else name for name in credited]


def test_the_sum_of_money_says_whom_its_source_leaves_out(site: Site, shipped: Client, shipped_reader: Reader) -> None:
    figure = figures.find(shipped_reader, "finance-total")
    assert figure is not None
    counted = [row for row in figures.rows(shipped_reader, figure, size=1_000_000) if row.counted]
    assert len(counted) > 100 and {row.groups["currency"] for row in counted} == {"USD@2021"}
    [number] = _money(site, shipped_reader)
    assert number.counted == "in Chinese loans and grants for whole projects of which only a part is surveillance or censorship"
    assert number.caveat.endswith("from AidData, which lists only Chinese lenders")
    assert number.counted not in shipped.get("/").text, "systems from abroad have its place"
