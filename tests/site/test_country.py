"""The page of a country: projects, suppliers, cables, timeline, indexes, dependence, gaps, sources and the print version."""

import csv
import io
import re
import sqlite3

import pytest

from overt.model.record_ids import canonical_id
from overt.queries import countries
from overt.queries import country_dependence as read_dependence
from overt.queries.country_dependence import CableCut
from overt.queries.database import Arrays, Reader
from overt.queries.rows.countries import Cable, CableParty
from overt.site.country.cables_by_supplier import dependence
from overt.site.country.dependence_section import by_year
from overt.site.site import Site
from overt.site.timelines_of_several_projects import project_spans
from tests.support.client import Client

HUAWEI = canonical_id("secret_map:huawei")
BANK = canonical_id("open_register:bank")
NAIROBI = canonical_id("secret_map:nairobi")
BACKBONE = canonical_id("open_projects:backbone")
CABLE = canonical_id("open_projects:cable")


def section(html: str, name: str) -> str:
    """Return the part of a page from the heading with the id `name` to the next heading."""
    match = re.search(rf'<h2 id="{name}">.*?(?=<h2|</main>)', html, re.DOTALL)
    assert match, name
    return match[0]


def test_layers_say_who_built_owns_and_financed(client: Client) -> None:
    rows = section(client.get("/country/KE/rows").text, "layers")
    (surveillance,) = re.findall(r"<tr><th scope=\"row\"[^>]*><span[^>]*>●</span> Surveillance.*?</tr>", rows, re.DOTALL)
    supplied, *other_cells = re.findall('<td data-label="[^"]* by">(.*?)</td>', surveillance, re.DOTALL)
    assert f"/organization/{HUAWEI}" in supplied and "layer=surveillance" in supplied
    assert any(f"/organization/{BANK}" in cell for cell in other_cells), "who only financed it is not a supplier"
    assert f"/organization/{BANK}" not in supplied
    (cables,) = re.findall(r"<tr><th scope=\"row\"[^>]*><span[^>]*>━</span> Cables.*?</tr>", rows, re.DOTALL)
    assert "unknown" in cables


def test_supplier_shares_include_projects_without_a_supplier(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/country/KE/charts/suppliers.csv").text.removeprefix("\ufeff"))))
    shares = {(row["Layer"], row["Part"], row["Organisation"]): (row["Projects"], row["of"], row["%"]) for row in rows}
    (huawei,) = [key for key in shares if key[:2] == ("Surveillance", "Supplied or carried out by")]
    assert shares[huawei] == ("1", "1", "100.0")
    drawing = client.get("/country/KE/charts/suppliers.svg").text
    assert "no supplier named" in drawing and "1 of 1" in drawing


def cable(*suppliers: str) -> Cable:
    parties = [CableParty("cable", True, name, name, None, None, name) for name in suppliers]
    return Cable("cable", "Cable", None, None, "cables", None, None, None, 1, suppliers=parties)


def test_dependence_counts_cables_with_one_supplier() -> None:
    counted = dependence([cable("a"), cable("a"), cable("b"), cable("a", "b"), cable("b", "c"), cable(), cable("a", "a")])
    assert (counted.cables, counted.sole, counted.unnamed) == (7, 4, 1), "a supplier named twice is one"
    assert counted.leading and counted.leading.id == "a"
    assert (counted.leading_sole, counted.leading_any) == (3, 4)
    none = dependence([cable(), cable("a", "b")])
    assert (none.sole, none.leading, none.leading_sole) == (0, None, 0)


def test_cables_are_listed_with_landing_points_in_the_country_only(client: Client, reader: Reader) -> None:
    cables = section(client.get("/country/KE/cables").text, "cables")
    assert "Of 1 submarine cable that lands here, 0 names a single supplier; 1 names none." in " ".join(cables.split())
    assert f"/project/{CABLE}" in cables and "Mombasa, Kenya" in cables and "Karachi" not in cables
    assert [landing.label for landing in countries.cables(reader, "PK")[0].landings] == ["Karachi, Pakistan"]
    assert 'id="cables"' not in client.get("/country/LA/cables").text


def test_bars_go_from_the_agreement_to_the_use(site: Site, reader: Reader) -> None:
    spans = {span.name: span for span in project_spans(site, countries.spans(reader, "KE"))}
    nairobi = next(span for span in spans.values() if span.link == f"/project/{NAIROBI}")
    assert (nairobi.begin, nairobi.end) == ("2013", "2014"), "of what sources say the value that is shown"
    assert (spans["Test Sea Cable"].begin, spans["Test Sea Cable"].end) == (None, "2027")
    assert (spans["National backbone of Kenya"].begin, spans["National backbone of Kenya"].end) == ("2007", None)
    assert list(dict.fromkeys(span.series.id for span in spans.values())) == ["networks", "cables", "surveillance"], (
        "layers' order"
    )


def test_agreements_and_restrictions_are_in_the_timeline(client: Client) -> None:
    kenya = client.get("/country/KE/charts/timeline.csv").text
    assert "Shutdown: VPNs" in kenya
    russia = client.get("/country/RU").text
    assert "Treaty on content" in section(russia, "timeline"), "an agreement alone has a timeline too"


@pytest.mark.parametrize("code", ["KE", "LA", "US", "DE"])
def test_counts_of_missing_values_equal_the_lists(client: Client, reader: Reader, code: str) -> None:
    page = client.get(f"/country/{code}/unknown").text
    counted = countries.unknown(reader, code)
    assert counted.projects == countries.page(reader, code)[0]
    for name, column in countries.LACKING.items():
        total, rows = countries.page(reader, code, name)
        assert total == getattr(counted, column) == len(rows), name
        assert (f'href="/country/{code}/rows?lacking={name}"' in page) == bool(total)
        listed = client.get(f"/country/{code}/rows?lacking={name}").text
        assert all(f"/project/{row.id}" in listed for row in rows)


def test_rows_come_in_pages(client: Client, reader: Reader) -> None:
    total, first = countries.page(reader, "US", size=3)
    _, second = countries.page(reader, "US", size=3, number=2)
    assert total == 8 and len(first) == 3 and not {row.id for row in first} & {row.id for row in second}
    assert client.get("/country/US/rows").text.count('<tr>\n<th scope="row">') == 8
    assert client.get("/country/KE/rows?lacking=nonsense").status_code == 400
    assert client.get("/country/QQ/rows").status_code == 404
    assert "No project fits" in client.get("/country/KE/rows?page=9").text


def test_absence_is_named(client: Client) -> None:
    unknown = section(client.get("/country/KE/unknown").text, "unknown")
    assert "Nothing is recorded here under: Data centres" in unknown and "not evidence of absence" in unknown
    assert "Restrictions" not in unknown and "Finance and donations" not in unknown, "of these something is recorded"


def test_sources_of_the_page(client: Client) -> None:
    sources = section(client.get("/country/KE/unknown").text, "sources")
    for slug in ("open_projects", "other_projects"):
        assert f'href="/source/{slug}"' in sources
    assert "3 projects, retrieved 10 January 2026" in sources


def test_print_version(client: Client, public_client: Client) -> None:
    page = client.get("/country/KE/print").text
    assert "What was built, by whom" in page and 'id="chart-timeline"' in page and 'href="/country/KE"' in page
    assert client.get("/country/ke/print").headers["location"] == "/country/KE"
    assert "not evidence of absence" in client.get("/country/FR/print").text
    assert public_client.get("/zh/country/KE/print").status_code == 200


def test_a_series_value_is_listed_once_per_year_and_in_words(client: Client) -> None:
    rows = section(client.get("/country/LA/indexes").text, "indicators").split("<tr>")
    cells = {
        name: [re.sub("<[^>]*>", "", re.sub('<svg.*?</svg>|<a class="evidence-mark.*?</a>', "", cell)) for cell in cells]
        for name in ("In the Belt and Road Initiative", "Freedom on the Net, status")
        for cells in [re.findall("<td.*?</td>", row) for row in rows if f">{name}<" in row]
    }
    assert [cell.strip() for cell in cells["Freedom on the Net, status"]] == ["2019", "partly free", ""]
    member = cells["In the Belt and Road Initiative"]
    assert [cell.strip() for cell in member] == ["2019–2022", "no", "2019: yes, 2022: no"]


def test_a_cable_chart_credits_the_sources_of_its_cables(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/country/KE/charts/cable-suppliers.csv").text.removeprefix("\ufeff"))))
    of_all = list(csv.DictReader(io.StringIO(client.get("/country/KE/charts/suppliers.csv").text.removeprefix("\ufeff"))))
    assert len(rows[0]["source"].split("; ")) < len(of_all[0]["source"].split("; "))


def test_a_timeline_credits_the_sources_of_its_entries(client: Client) -> None:
    credited = client.get("/country/RU/charts/timeline.csv").text.splitlines()[1]
    assert "Open Register" in credited and "Open Projects" not in credited, "of the agreement, and no project is drawn"


def dependence_text(site: Site, **depends: object) -> str:
    """Return the page's text about dependence, as a reader sees it."""
    values = {"sectors": [], "every": None, "standing": None, "leading": None, "cut": [], "shared": {"n": 0, "amount": 0}}
    values |= {"years": [], "undated": 0}
    context = {"country": {"code": "KE", "label": "Kenya"}, "depends": values | depends}
    return " ".join(re.sub("<[^>]*>", "", site.render("country/dependence.html", **context)).split())


def net(cables: int, cut: int, *, standing_only: bool, state: str = "ok") -> dict[str, object]:
    lists = dict.fromkeys(("sharing_supplier", "sharing_owner", "supplier_unknown", "owner_unknown"), ())
    names = [f"c{number}" for number in range(cables)]
    return {**lists, "cables": names, "cut": cut, "state": state, "standing_only": standing_only, "supplier": None}


def test_cables_in_use_come_before_announced_cables(site: Site) -> None:
    every, standing = net(9, 7, standing_only=False), net(6, 5, standing_only=True)
    text = dependence_text(site, every=every, standing=standing, leading=standing)
    assert "Of its 6 international cables in use or being built" in text
    assert text.index("The loss of 5 would cut it off") < text.index("Counting all 9 that are recorded: 7.")
    text = dependence_text(site, every=every, standing=net(0, 0, standing_only=True, state="none recorded"), leading=every)
    assert "None of its international cables is known to be in use" in text and "The loss of 7" in text


def test_the_fewest_cables_by_year_with_and_without_imprecise_records(site: Site) -> None:
    def cut(year: int, cables: int, n: int, *, placed_only: bool) -> CableCut:
        return CableCut("KE", year, placed_only, ["c"] * cables, n, [], None)

    rows = [cut(2001, 1, 1, placed_only=False), cut(2004, 3, 2, placed_only=False), cut(2003, 1, 1, placed_only=True)]
    years = by_year(rows)
    lines = [(row["year"], len(row["cables"]), row["cut"], row["placed"]["cut"]) for row in years]
    assert lines == [(2001, 1, 1, 0), (2003, 1, 1, 1), (2004, 3, 2, 1)], "what held before holds where nothing changed"
    every = net(3, 2, standing_only=False)
    text = dependence_text(site, every=every, standing=every, leading=every, years=years, undated=2)
    assert "200111–20031112004321" in text and "2 cables in use have no year" in text
    part = {**every, "cut": None}
    assert "Only the whole edition shows how many" in dependence_text(site, every=part, standing=part, leading=part)


def test_no_cable_recorded_is_not_no_cable(site: Site) -> None:
    text = dependence_text(site, every=net(0, 0, standing_only=False, state="landlocked"))
    assert "No international submarine cable is recorded here; the country has no ocean coast." in text


def test_an_index_of_located_records_has_its_bounds_too(site: Site) -> None:
    index = {"concentration": 4000, "concentration_low": 1000, "concentration_high": 9000, "unknown_share": 0.5}
    row = {"called": "Cables", "sector": "cables", "money": False, "amount": 4, "top": None, **index}
    row |= {"limited_to": None, "top_suppliers": None}
    text = dependence_text(site, sectors=[{**row, "placed": {**index, "concentration_low": 2000}}])
    assert text.count("4,000 (1,000–9,000)") == 1 and text.count("4,000 (2,000–9,000)") == 1


def test_money_for_several_countries_is_noted_beside_the_rows(site: Site) -> None:
    assert "2 commitments ($3 bn) are for projects in several countries" in dependence_text(site, shared={"n": 2, "amount": 3e9})
    connection = sqlite3.connect(":memory:")
    connection.executescript("""
        CREATE TABLE projects (id, status);
        CREATE TABLE project_country (country, id);
        CREATE TABLE commitments (project, amount, unit, status, counted);
        INSERT INTO projects VALUES ('both', 'completed'), ('own', 'completed'), ('gone', 'cancelled');
        INSERT INTO project_country VALUES ('KE', 'both'), ('UG', 'both'), ('KE', 'own'), ('KE', 'gone'), ('UG', 'gone');
        INSERT INTO commitments VALUES ('both', 5, 'USD@2021', NULL, 1), ('both', 7, 'USD@2021', 'cancelled', 1),
            ('both', 8, 'USD@2021', NULL, 0), ('both', 9, 'USD', NULL, 1), ('own', 11, 'USD@2021', NULL, 1),
            ('gone', 13, 'USD@2021', NULL, 1);
    """)
    assert read_dependence.shared(Reader(connection, Arrays()), "KE") == (1, 5)


def test_a_row_says_why_it_has_no_index_or_no_largest(site: Site) -> None:
    row = {"called": "Cables", "sector": "cables", "money": False, "amount": 4, "top": None, "unknown_share": 0, "placed": None}
    none = {"concentration": None, "top_suppliers": None, "top_share": None, "limited": None}
    text = dependence_text(site, sectors=[{**row, **none, "limited_to": "Chinese companies."}])
    assert "No share and no index, because its sources list only: Chinese companies." in text and "unknown –" not in text
    index = {"concentration": 3333.3, "top_suppliers": 3, "top_share": 1 / 3, "limited_to": None}
    assert "3 suppliers with 33% each 3,333" in dependence_text(site, sectors=[{**row, **index}])
