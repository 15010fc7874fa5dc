"""The front page, the list of findings, the order of the explorer's table, and the page of what is blocked."""

import re
from dataclasses import replace
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from markupsafe import escape

from overt.model.content_catalogue import Catalogue
from overt.queries import findings, organizations, projects, records
from overt.queries.address_parameters import ProjectFilter
from overt.queries.database import Reader
from overt.queries.findings import Finding
from overt.queries.maps import documented_systems as queries
from overt.queries.maps.documented_systems import DocumentedSystems, documented_systems
from overt.release.findings.finding_definition import load_findings
from overt.server.app import ServeSettings, create_app
from overt.site.finding.finding_chart_context import ChartRow, FindingChart
from overt.site.finding.page import PAGE
from overt.site.finding_texts import FindingText, finding_text
from overt.site.front.headline_and_leading_numbers import following_countries
from overt.site.front.supplier_countries import seat_bars, with_seats
from overt.site.site import Site
from tests.support.client import Client
from tests.support.page_text import spaced
from tests.support.small_atlas import SmallAtlas


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/?kind=5g-network", "/explorer?kind=5g-network"),
        ("/?country=KE&sort=year&order=asc", "/explorer?country=KE&sort=year&order=asc"),
        ("/zh/?q=kenya", "/zh/explorer?q=kenya"),
    ],
)
def test_old_addresses_with_filters_lead_to_the_explorer(client: Client, old: str, new: str) -> None:
    answer = client.get(old)
    assert answer.is_redirect
    assert answer.headers["location"] == new
    assert client.get(new).status_code == 200


class _Row(NamedTuple):
    unit_id: str
    counted: int
    groups: dict[str, str | None]
    companies: list[dict[str, str]]
    variants: tuple[str, ...] = ("customer-named",)


CHART = {
    "title": "Systems", "title_zh": "系统",
    "rows": [{"country": "KE", "value": 4}, {"country": "LA", "value": 1}],
}  # fmt: skip


@pytest.fixture
def systems(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> DocumentedSystems:
    """Four systems, by the countries of their suppliers: China and France; China and unknown; unknown; China."""
    finding = Finding(**dict.fromkeys(Finding._fields) | {"name": queries.FINDING, "chart": CHART})  # type: ignore[arg-type]
    ids = [row.id for row in projects.page(reader, ProjectFilter(), sort="name", size=4)]
    seats = [(0, "CN"), (0, "FR"), (1, "CN"), (1, None), (2, None), (3, "CN")]
    supplier = organizations.page(reader, size=1, number=1)[1][0].id
    where = [(), ("crossed-a-border",), ("crossed-a-border",), (), ("supplier-country-unknown",), ("domestic",)]
    rows = [
        _Row(
            ids[number], 1, {"seat": seat, "company": f"Company of {seat}"},
            [{"label": f"Company of {seat}", "id": supplier}], variants,
        )
        for (number, seat), variants in zip(seats, where, strict=True)
    ]  # fmt: skip
    figure = SimpleNamespace(variants=[{"name": "crossed-a-border"}])
    monkeypatch.setattr(findings, "find", lambda *_: finding)
    monkeypatch.setattr(queries.figures, "find", lambda _, name: figure if name == "deployments-by-supplier" else None)
    monkeypatch.setattr(queries.figures, "rows", lambda *_, **__: rows)
    monkeypatch.setattr(queries, "state_programmes", lambda _: {"LA": 7, "KE": 1})
    counted = documented_systems(reader)
    assert counted
    return counted


def test_systems_with_suppliers_abroad_are_counted_once(systems: DocumentedSystems) -> None:
    assert systems.crossings == queries.Crossings(2, 1, 1, {"CN": 1, "FR": 1}, 0)


def test_a_system_counts_once_for_each_country_of_its_suppliers(systems: DocumentedSystems) -> None:
    assert systems.systems == 4
    assert list(systems.by_seat.items()) == [("CN", 3), ("FR", 1)]
    assert systems.without_seat == 1, "the other has a supplier with a seat, too"


@pytest.mark.parametrize(
    ("by_seat", "words"),
    [
        ({"CN": 3, "FR": 2, "IL": 1}, "Companies from France (2) and Israel (1) follow."),
        ({"CN": 3, "FR": 2, "IL": 1, "IT": 1, "RU": 1}, "Companies from France (2) follow."),
        ({"CN": 3, "FR": 1, "IL": 1, "IT": 1, "RU": 1}, "Companies from 4 other countries follow, with 1 system each."),
    ],
)
def test_countries_with_the_same_number_are_all_named_or_none(
    site: Site,
    reader: Reader,
    systems: DocumentedSystems,
    monkeypatch: pytest.MonkeyPatch,
    by_seat: dict[str, int],
    words: str,
) -> None:
    monkeypatch.setitem(vars(site), "systems", systems._replace(by_seat=by_seat, without_seat=0))
    sentence = following_countries(site, reader)
    assert sentence.striptags() == words
    assert ("supplier_country=FR" in sentence) == ("France" in words), "a number leads to its systems"


def test_systems_and_other_projects_add_up_to_all(systems: DocumentedSystems) -> None:
    assert systems.systems + sum(systems.more) == 14


def test_a_release_without_the_finding_has_no_systems(reader: Reader) -> None:
    assert documented_systems(reader) is None


def test_bars_name_the_countries_with_most_systems(site: Site, reader: Reader, systems: DocumentedSystems) -> None:
    bars = seat_bars(site, reader, systems)
    assert bars
    assert [(row.label, row.value, row.address) for row in bars.rows] == [
        ("China", "3", "/companies?country=CN"), ("France", "1", "/companies?country=FR"),
    ]  # fmt: skip
    assert (bars.further, bars.most_of_further, bars.unknown) == (0, 0, 1)
    china, france = bars.rows
    assert china.detail.startswith("all by <a ") and not france.detail, "France's one system is not a pattern"
    assert china.uncertain == ("home country by one document" in china.detail) and not france.uncertain
    seats = dict.fromkeys(("A", "B", "C", "D", "E", "F", "G", "H"), 2)
    many = seat_bars(site, reader, systems._replace(by_seat=seats))
    assert many and (len(many.rows), many.further, many.most_of_further) == (6, 2, 2)
    assert seat_bars(site, reader, systems._replace(by_seat={})) is None


def test_a_bar_names_the_country_of_the_suppliers_seat(site: Site, reader: Reader) -> None:
    known = next(row for row in reader.rows("organizations.seats"))
    identity = next(row.id for row in organizations.page(reader, country=known["country"], size=1, number=1)[1])
    rows = [{"record": identity, "label": "Quartz", "label_zh": "", "value": 3, "countries": 2}, {"label": "Other", "value": 1}]
    bars = [ChartRow("Quartz", None, 1, "3"), ChartRow("Other", None, 0.3, "1")]
    text = FindingText("n", "", "", "", "", "", FindingChart("bars", "", "surveillance", bars, 0, 0, None, [], {}))
    noted = with_seats(site, reader, text, rows).chart.rows
    assert [row.note for row in noted] == [site.words.area(known["country"]), ""]
    longer = with_seats(site, reader, text, rows, longest=6).chart.rows
    assert [row.share for row in longer] == [0.5, 0.15], "on the scale of a chart whose longest bar is 6"
    assert [row.share for row in with_seats(site, reader, text, rows, longest=2).chart.rows] == [1, 0.3]


def test_a_bar_says_if_no_country_is_on_record(site: Site, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    known = organizations.page(reader, size=1, number=1)[1][0]
    entry = records.find(reader, known.id)
    assert entry and entry.fact("country")
    facts = {name: values for name, values in entry.facts.items() if name != "country"}
    monkeypatch.setattr(records, "find", lambda reader, identity: replace(entry, facts=facts))
    bars = [ChartRow("A", None, 1, "1")]
    text = FindingText("n", "", "", "", "", "", FindingChart("bars", "", "surveillance", bars, 0, 0, None, [], {}))
    noted = with_seats(site, reader, text, [{"record": known.id, "value": 1}]).chart.rows
    assert noted[0].note == "no country on record"
    [seat] = entry.facts["country"]
    disputed = replace(entry, facts={**facts, "country": [replace(seat, contested=True)]})
    monkeypatch.setattr(records, "find", lambda reader, identity: disputed)
    noted = with_seats(site, reader, text, [{"record": known.id, "value": 1}]).chart.rows
    assert noted[0].note == site.words.area(seat.value), "a single country is no dispute"


def test_front_page_and_explorer_count_the_same_systems(
    atlas: SmallAtlas, systems: DocumentedSystems, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first sentences, the steps and the palette agree. With a filter, the explorer counts projects."""
    monkeypatch.setattr(Site, "systems", systems)
    client = Client(create_app(ServeSettings(atlas.workspace, atlas.release)))
    front, explorer = client.get("/").text, client.get("/explorer").text
    numbers = re.sub("<[^>]+>", " ", front.partition('class="front-numbers"')[2].partition("</ul>")[0])
    assert "4 surveillance and censorship systems with a named supplier" in " ".join(numbers.split())
    assert "2 countries where they are documented" in " ".join(numbers.split())
    assert "14" not in front.partition('class="lead"')[2].partition("</p>")[0], "no second total"
    lead = explorer.partition('id="answer"')[2].partition("</p>")[0]
    assert (
        "<strong>4 surveillance and censorship systems</strong> with a named supplier are documented in 2 countries."
        in " ".join(lead.split())
    )
    drawn = explorer.partition('class="static-map"')[2].partition("</figure>")[0]
    assert "<use" not in drawn and "landings" not in drawn, "no marks of other projects"
    assert re.findall(r'data-(?:systems|programmes)="([^"]*)"', explorer) == ["KE:4,LA:1", "LA:7,KE:1"]
    assert "14" not in lead and "leave out" not in lead, "a second total would be taken for the map's"
    assert ">All 14 projects</a>" in explorer
    fold = " ".join(re.sub("<[^>]+>", " ", explorer.partition('id="left-out"')[2].partition("</div>")[0]).split())
    assert "leave out 7 other surveillance and censorship systems: 7 are of other kinds, such as border scanners." in fold
    adds_up = re.search(r"All 14 projects also include (\d+) networks?, data centres? or cables? and (\d+) more", fold)
    assert adds_up and 4 + 7 + int(adds_up[1]) + int(adds_up[2]) == 14
    results = explorer.partition('id="results"')[2]
    assert "<h2>4 systems with a named supplier</h2>" in results
    assert set(re.findall(r'<th scope="row">.*?/project/(ovt-\w+)', results)) == set(systems.ids), (
        "the table lists what the map counts"
    )
    every = client.get("/explorer?shade=projects").text.partition('id="results"')[2]
    assert "<h2>14 projects</h2>" in every and '<a class="of-systems" href="/explorer?shade=projects" hidden>' in every
    columns = client.get("/api/v1/explore/columns").json()
    positions = [f"ovt-{columns['ids'][12 * at : 12 * at + 12]}" for at in columns["systems"]]
    assert sorted(positions) == systems.ids, "the script lists the same"
    shaded = client.get("/api/v1/map/countries").json()
    assert (shaded["shading"]["numbers"], shaded["shading"]["palette"]) == ({"KE": 4, "LA": 1}, "count")
    assert shaded["shading"]["countries"] == {
        "KE": [1, "4 systems with a named supplier; apart from these 1 state programme"],
        "LA": [1, "1 system with a named supplier; apart from these 7 state programmes"],
    }
    key = explorer.partition('id="map-key"')[2].partition("</ul>")[0]
    assert "palette--count" in key and "Systems on record, not how much a country surveils:" in key
    programmes = key.partition("not among the systems:")[2].partition("</li>")[0]
    assert re.sub("<[^>]+>", "", programmes).strip() == "7 in Laos, 1 in Kenya."
    listed = " ".join(re.sub("<[^>]+>", "", results.partition("Not listed here:")[2].partition("</p>")[0]).split())
    assert 4 + sum(map(int, re.findall(r"\d+", listed))) == 14, "the sentence says what the other projects are"
    for query in ("?country=KE", "?shade=projects", "?shade=all"):
        other = client.get(f"/explorer{query}").text.partition('id="map-key"')[2].partition("</ul>")[0]
        assert "palette--project" in other and 'key-limit" hidden' in other, query
        assert client.get(f"/api/v1/map/countries{query}").json()["shading"]["palette"] == "project"
    assert "Matches in a country:" in client.get("/explorer?country=KE").text


def test_circles_count_systems_and_rings_state_programmes(
    site: Site, reader: Reader, systems: DocumentedSystems, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not site.shapes:
        pytest.skip("the front end has not been built (make setup)")
    monkeypatch.setitem(site.__dict__, "systems", systems)  # a cached property stores its value here
    finding = findings.find(reader, queries.FINDING)
    assert finding
    chart = finding_text(site, _map_finding(finding)).chart
    assert chart.drawing is not None
    circles = dict(re.findall(r"<title>(Kenya|Laos): [^<]*state programmes?</title>(<circle.*?)(?:</a>|</g>)", chart.drawing))
    rings, discs = ({name: _area(circles[name], look) for name in circles} for look in ("apart", "count"))
    area_of_1 = discs["Laos"]
    assert discs["Kenya"] / area_of_1 == pytest.approx(4, rel=0.05), "areas are proportional to the numbers"
    assert rings["Kenya"] / area_of_1 == pytest.approx(4 + 1, rel=0.05) and rings["Laos"] / area_of_1 == pytest.approx(
        1 + 7, rel=0.05
    )
    assert '<path class="rest" d=' in chart.drawing, "land without a system is plain"
    assert re.search(r'country-name"[^>]*>\+ 7 state programmes</text>', chart.drawing), "the number is beside the ring"
    assert 'class="shade-1"' in chart.drawing and "shade-2" not in chart.drawing, "land has one tone, whatever the number"


def _area(drawing: str, look: str) -> float:
    """Return the square of the radius of the circle with a class."""
    radius = re.search(rf'<circle class="{look}"[^>]* r="(\d+)"', drawing)
    assert radius, look
    return float(radius[1]) ** 2


def _map_finding(finding: Finding) -> Finding:
    """Return a finding with everything that its page needs."""
    sentences = dict.fromkeys(findings.SENTENCES, "A sentence.")
    return finding._replace(address="/", numbers={}, chart={**CHART, "kind": "map", "layer": "surveillance"}, **sentences)


def test_the_lead_of_the_explorer_names_groups_that_add_up(client: Client) -> None:
    lead = re.compile(r'id="answer" data-live>\s*<p class="lead">(.*?)</p>', re.S)
    for address, total in (("/explorer", 14), ("/zh/explorer", 14), ("/explorer?country=KE", 3)):
        match = lead.search(client.get(address).text)
        assert match
        parts = re.sub("<[^>]+>", "", match[1]).replace("：", ":").rpartition(":")[2]
        assert sum(map(int, re.findall(r"\d+", parts))) == total, address
    only = lead.search(client.get("/explorer?kind=5g-network").text)
    assert only and only[1].endswith("of 14 in this edition."), "one group needs no parts"


def test_former_names_of_findings_lead_to_the_finding(client: Client) -> None:
    answer = client.get("/zh/finding/who-lends")
    assert (answer.status_code, answer.headers["location"]) == (308, "/zh/finding/money-without-a-purpose")
    assert client.get(answer.headers["location"], follow_redirects=True).status_code == 200


def test_other_parameters_stay_on_the_front_page(client: Client) -> None:
    assert client.get("/?utm_source=mail").status_code == 200


def test_a_release_without_findings_leads_on(client: Client) -> None:
    page = client.get("/").text
    assert "This edition supports no finding yet." in page
    assert 'href="/explorer"' in page
    assert "14 projects" in page, "the number of projects is computed"


def test_unsupported_findings_are_lines_of_the_list(client: Client, reader: Reader, site: Site) -> None:
    """The address of an unsupported finding redirects to its line in both languages. It has no charts, and no sitemap entry."""
    rows = [row for row in findings.all_findings(reader) if not row.holds]
    assert {row.status == "withdrawn" for row in rows} == {True, False}
    for row, prefix in ((row, prefix) for row in rows for prefix in ("", "/zh")):
        answer = client.get(f"{prefix}/finding/{row.name}")
        assert (answer.status_code, answer.headers["location"]) == (308, f"{prefix}/findings#{row.name}")
        assert f'<li id="{row.name}">' in client.get(f"{prefix}/findings").text
        assert client.get(f"{prefix}/finding/{row.name}/charts/finding.csv").status_code == 404
    unsupported = {f"/finding/{row.name}" for row in rows}
    redirects = dict(PAGE.redirects(site, reader))
    assert unsupported == {old for old, new in redirects.items() if new == f"/findings#{old.rpartition('/')[2]}"}
    assert not {*redirects} & {f"/finding/{row.name}" for row in findings.holding(reader)}
    assert not unsupported & {*PAGE.addresses(site, reader), *PAGE.variants(site, reader)}
    assert not any(f'href="{address}"' in client.get("/findings").text for address in unsupported)


def test_the_list_says_which_source_is_missing_and_why(client: Client, reader: Reader) -> None:
    """A missing source refutes nothing, so its findings are listed separately from those that the numbers don't support.

    Neither list says that a finding was there before, because a first edition has none. No line has a command for a terminal.
    """
    rows = [row for row in findings.all_findings(reader) if not row.holds]
    page = client.get("/findings").text
    lines = {row.name: page.partition(f'<li id="{row.name}">')[2].partition("</li>")[0] for row in rows}
    missing = [row for row in rows if row.missing]
    assert missing
    for row in missing:
        for source in row.missing:
            assert source["address"] in lines[row.name] or not source["address"].startswith("https:")
            assert escape(source["publisher"]) in lines[row.name]
    withdrawn, not_computed = page.partition("Not a finding, because the numbers")[2].split("Not answered, because this edition")
    assert all((f'id="{row.name}"' in withdrawn) == (row.status == "withdrawn") for row in rows)
    assert all((f'id="{row.name}"' in not_computed) == (row.status != "withdrawn") for row in rows)
    assert all(line.partition("<")[0].strip().endswith("?") for line in lines.values())
    assert "Withdrawn:" not in page and "no longer" not in page.partition('id="not-here"')[2]
    assert "未列为发现：本版的数字不足以支持。" in client.get("/zh/findings").text
    assert "overt build" not in page


def test_surveillance_and_censorship_come_first_in_the_explorer(client: Client) -> None:
    page = client.get("/explorer").text
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    signs = [part.partition('"')[0] for part in table.split('class="sign sign--')[1:]]
    first = [sign in ("surveillance", "censorship") for sign in signs]
    assert True in first and False in first
    assert first == sorted(first, reverse=True)


def test_what_is_blocked_leads_to_countries(client: Client) -> None:
    page = client.get("/blocked").text
    assert 'href="/country/KE/restrictions"' in page
    assert 'href="/domain"' not in page, "without lists of domains, there is nothing to look up"


def test_the_findings_page_has_the_world_before_the_evidence(shipped: Client) -> None:
    page = shipped.get("/findings").text
    lists = re.findall(r'<ol class="finding-list" start="(\d+)">(.*?)</ol>', page, re.DOTALL)
    listed = [re.findall(r'href="#([a-z-]+)"', text) for _, text in lists]
    cards = re.findall(r'<article class="finding-card" id="([a-z-]+)"', page)
    assert [name for names in listed for name in names] == cards and len(cards) == int(
        re.findall(r"<h1>(\d+) findings", page)[0]
    ), "none is folded"
    assert [int(start) for start, _ in lists] == [1, len(listed[0]) + 1], "the numbers go on"
    world, evidence = page.index('<h2 class="finding-group" id="world">'), page.index('<h2 class="finding-group" id="evidence">')
    for name, about in ((row.name, row.about) for row in load_findings(Catalogue()) if row.name in cards):
        at = page.index(f'<article class="finding-card" id="{name}"')
        assert (at > evidence) == (about == "evidence") and at > world, name


def test_the_front_page_says_beside_its_map_which_regions_have_fewer_documents(shipped: Client) -> None:
    lead = shipped.get("/").text.partition('<section class="front-lead">')[2].partition("</section>")[0]
    caveat = next(row.caveat for row in load_findings(Catalogue()) if row.name == queries.FINDING)
    assert caveat in lead and "in English" in caveat


def test_the_front_page_says_what_overt_is_and_why_a_number_is_a_minimum(shipped: Client) -> None:
    page = shipped.get("/").text
    text = spaced(page)
    assert page.index("Overt is an open database of") < page.index("<h1>")
    assert re.search(r"Israel \( ?\d+ ?, or up to \d+ with Circles ?, on whose home country sources disagree\)", text)
    unknown = re.findall(r"for (\d+), it is unknown whether a supplier is foreign", text)
    assert len(unknown) == 1 and unknown == re.findall(
        r"For (\d+) systems, it is unknown whether a supplier is foreign; \d+ of them have no supplier", text
    )
