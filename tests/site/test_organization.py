"""The page of an organisation (names, owners, clients, financiers, lists, countries, merges) and the list of organisations."""

import csv
import html
import io
import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

import pytest
from markupsafe import Markup, escape

from overt.cli.pipeline.current_index import open_reader
from overt.model.record_ids import canonical_id
from overt.model.values.current_on_day import Phase
from overt.model.workspace import Workspace
from overt.queries import organizations, projects, records
from overt.queries.address_parameters import ProjectFilter
from overt.queries.database import Reader
from overt.queries.labels import RecordLabel
from overt.queries.organizations import FinancedKind, FinancedUnit
from overt.queries.rows.records import Fact, Record
from overt.site.country.projects_with_details import DocumentedProject
from overt.site.country.statements_and_notes_on_projects import Statement
from overt.site.organization.count_table import ONLY_SCANNED, WITH_SYSTEMS, count_table
from overt.site.organization.countries_map import countries_map, name_plate, shade_of, shades_in_view
from overt.site.organization.organization_context import organization_parts
from overt.site.organization.ownership import current_ties, owners, ownership, ties
from overt.site.organization.profile_texts import answers, commitments, identity, statement_response
from overt.site.organization.project_and_country_groups import NamedCountry, country_groups, named_countries, project_groups
from overt.site.organization.short_organization_names_and_seats import known_name
from overt.site.organization.supplied_project_kinds import by_attribution, own_kinds, supplied_kinds
from overt.site.organization.supplied_projects_and_index_assessments import Naming
from overt.site.organization.system_and_country_texts import Answer, answer, index_titles
from overt.site.site import Site
from tests.site.test_country import section
from tests.support.client import Client
from tests.support.page_text import marked
from tests.support.shipped_edition import ShippedEdition

HUAWEI = canonical_id("secret_map:huawei")
MARINE = canonical_id("open_register:marine")
BANK = canonical_id("open_register:bank")
ATTACK = canonical_id("open_register:attack")
DESK = canonical_id("editorial:desk")


def page(client: Client, identity: str, base: str = "") -> str:
    return client.get(f"{base}/organization/{identity}").text


def counts(client: Client, identity: str) -> list[tuple[str, int, int]]:
    """Return the lines of the table of projects and countries: label, projects and countries."""
    row = r'<tr[^>]*><th scope="row">(.*?)</th><td class="number">(.*?)</td><td class="number">(.*?)</td></tr>'
    table = page(client, identity).partition('<table class="data counts')[2].partition("</table>")[0]
    lines = [[marked(cell.partition('<span class="small')[0]).strip() for cell in cells] for cells in re.findall(row, table)]
    return [(label, int(projects.replace("–", "0")), int(places.replace("–", "0"))) for label, projects, places in lines]


def sentences(html: str) -> str:
    """Return the sentences at the head of a profile."""
    head = html.partition('<p class="company-identity">')[2].partition("</p>")[0]
    return head + html.partition('<div class="briefing">')[2].partition("</div>")[0]


def _answer(parts: Answer) -> str:
    """Return the sentences at the head of an organisation's page, with their marks."""
    return " ".join(marked(part) for part in parts if part)


@pytest.mark.parametrize(
    ("kind", "full", "names", "heading"),
    [
        (
            "state-owned-company",
            "Hangzhou Hikvision Digital Technology Co., Ltd.",
            ["Hikvision", "Hangzhou Hikvision"],
            "Hikvision",
        ),
        ("company", "International Business Machines Corporation", ["IBM"], "IBM"),
        ("company", "SDIC Intelligence Co., Ltd.", ["Meiya Pico"], "SDIC Intelligence"),
        ("state-body", "Ministry of Commerce of China", ["Ministry of Commerce"], "Ministry of Commerce of China"),
        ("company", "浙江大华技术股份有限公司", ["Dahua", "大华技术"], "大华技术"),
        (None, "Safaricom PLC", [], "Safaricom"),
    ],
)
def test_the_name_that_everybody_knows_leads(
    site: Site, reader: Reader, kind: str | None, full: str, names: list[str], heading: str
) -> None:
    record = records.find(reader, HUAWEI)
    assert record
    first = record.facts["name"][0]

    def facts(name: str, values: list[str]) -> list[Fact]:
        return [replace(first, property=name, value=value) for value in values]

    values = {
        "name": facts("name", [full, *names]),
        "alias": facts("alias", names),
        "kind": facts("kind", [kind] if kind else []),
    }
    assert known_name(site, replace(record, label=full, label_zh=None, facts=values)) == heading


def test_names_are_listed_once_with_their_language(client: Client) -> None:
    visible, folded = re.findall('<ul class="names">(.*?)</ul>', page(client, HUAWEI), re.DOTALL)
    names = visible + folded
    shown_names = re.findall(r"<bdi[^>]*>(.*?)</bdi>", re.sub('<span class="tip".*?</span></a>', "", names, flags=re.DOTALL))
    assert len(shown_names) == len(set(shown_names)) >= 3
    assert '<bdi lang="zh">华为技术有限公司</bdi>' in names and '<span class="small">Chinese</span>' in names


def test_owners_in_the_first_sentence_and_the_graph(client: Client, site: Site, reader: Reader) -> None:
    marine = page(client, MARINE)
    lead = sentences(marine)
    assert f"/organization/{HUAWEI}" in lead and "Named as owner: " in lead and "51 %" in lead
    assert 'id="chart-ownership"' in section(marine, "ownership")
    record = records.find(reader, MARINE)
    assert record
    chart = ownership(site, reader, record, records.linked(reader, MARINE, "relation"))
    names = {node["name"]: node for node in chart.drawings["wide"].data["nodes"]}
    assert len(names) == 2 and names["Huawei Marine"]["self"]
    (owner,) = [name for name in names if name != "Huawei Marine"]
    assert [row[3].text for row in chart.table.rows] == ["51 %"]
    assert owner.endswith("51 %") and names[owner]["x"] < names["Huawei Marine"]["x"]


def test_owners_stated_by_two_sources_appear_once(site: Site, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    record = records.find(reader, MARINE)
    (relation,) = records.linked(reader, MARINE, "relation")
    monkeypatch.setattr(
        records, "linked", lambda *arguments, **more: [relation, replace(relation, id="x")] if "relation" in arguments else []
    )
    assert record
    ((heading, (group,)),) = organization_parts(site, reader, record)["relations"]
    first, both = group.first, group.all
    assert heading.startswith("Current on ")
    assert first is relation and [record.id for record in both] == [relation.id, "x"]
    assert site.words.term("relation-kinds", "joint-venture") == "Is a joint venture of"


def test_a_subsidiary_is_in_its_owners_graph_but_not_in_the_sentence(client: Client) -> None:
    huawei = page(client, HUAWEI)
    assert "Named as owner" not in huawei
    rows = list(
        csv.DictReader(io.StringIO(client.get(f"/organization/{HUAWEI}/charts/ownership.csv").text.removeprefix("\ufeff")))
    )
    assert [(row["Organisation"], row["Relation"], row["Share"]) for row in rows] == [("Huawei Marine", "Has as parent", "51")]
    assert "Huawei Marine" in client.get(f"/organization/{HUAWEI}/charts/ownership.svg").text


def test_the_direction_of_a_relation_depends_on_its_kind(reader: Reader) -> None:
    (relation,) = records.linked(reader, MARINE, "relation")
    for kind, owner in {"parent": "to", "joint-venture": "to", "subsidiary": "from", "share-held": "from"}.items():
        first = relation.facts["kind"][0]
        changed = type(relation)(
            **{**vars(relation), "facts": {**relation.facts, "kind": [type(first)(**{**vars(first), "value": kind})]}}
        )
        (tie,) = ties([changed])
        assert tie.owner.value == relation.value(owner), kind
        renamed = type(first)(**{**vars(first), "value": "renamed"})
        assert ties([type(relation)(**{**vars(relation), "facts": {**relation.facts, "kind": [renamed]}})]) == []


def relation_like(relation: Record, name: str, phase: Phase, **values: str) -> Record:
    """Return a relation of the same kind between the same organisations as `relation`, with these other values."""
    first = relation.facts["kind"][0]
    facts = {prop: [replace(first, property=prop, value=value)] for prop, value in values.items()}
    ends = {prop: facts_of_end for prop, facts_of_end in relation.facts.items() if prop in ("from", "to", "kind")}
    return replace(relation, id=name, phase=phase, facts={**ends, **facts})


def test_only_what_has_not_ended_is_drawn_once_for_each_pair(reader: Reader) -> None:
    (relation,) = records.linked(reader, MARINE, "relation")

    def drawn(*relations: tuple[str, Phase, dict[str, str]]) -> list[str]:
        pair_ties = ties([relation_like(relation, name, phase, **values) for name, phase, values in relations])
        return [tie.record.id for tie in current_ties(pair_ties)]

    old = ("old", Phase.ENDED, {"share": "51", "start": "2020-03", "end": "2020-05"})
    parent = ("parent", Phase.CURRENT, {"start": "2020-03"})
    grown = ("grown", Phase.CURRENT, {"share": "81", "start": "2020-05"})
    unclear = ("unclear", Phase.POSSIBLY_ENDED, {"share": "90", "start": "2021", "end": "2026"})
    planned = ("planned", Phase.PLANNED, {"share": "95", "start": "2030"})
    assert drawn(old, parent, grown, unclear, planned) == ["grown"]
    assert drawn(old, parent) == ["parent"], "no share that ended"
    assert drawn(old, unclear) == ["unclear"]
    assert drawn(old, planned) == []


def test_owners_are_current_unclear_or_former(reader: Reader, site: Site) -> None:
    (relation,) = records.linked(reader, MARINE, "relation")
    end = relation.facts["to"][0]

    def owned_by(owner: str, name: str, phase: Phase, **values: str) -> Record:
        made = relation_like(relation, name, phase, **values)
        return replace(made, facts={**made.facts, "to": [replace(end, value=owner, label=owner)]})

    relations = [
        owned_by("huawei", "a", Phase.ENDED, share="51", end="2020-03-09"),
        owned_by("hengtong", "b", Phase.ENDED, share="51", start="2020-03-09", end="2020-05-12"),
        owned_by("hengtong", "c", Phase.CURRENT, share="81", start="2020-05-12"),
        owned_by("hengtong", "d", Phase.CURRENT),
        owned_by("fund", "e", Phase.POSSIBLY_ENDED, share="19", end="2026"),
        owned_by("buyer", "f", Phase.PLANNED, share="19", start="2030"),
    ]
    by_phase = owners(relations, MARINE)
    assert [tie.record.id for tie in by_phase.current] == ["c"]
    assert [tie.record.id for tie in by_phase.unclear] == ["e"]
    assert [tie.record.id for tie in by_phase.former] == ["a"], "who is an owner now is no former owner"
    assert by_phase.shares == 81, "one moment, one share for each owner"
    record = records.find(reader, MARINE)
    assert record
    chart = ownership(site, reader, record, relations)
    names = [node["name"] for node in chart.drawings["wide"].data["nodes"]]
    assert sorted(names) == ["Huawei Marine", "fund 19 %", "hengtong 81 %"]
    assert sorted(line["firm"] for line in chart.drawings["wide"].data["lines"]) == [0.45, 1]
    assert [row[3].text for row in chart.table.rows] == ["81 %", "19 %"]


def test_clients_and_financiers_of_an_organisation(client: Client, reader: Reader) -> None:
    assert organizations.clients(reader, HUAWEI) == [], "who only finances or supplies beside it is no client"
    (row,) = organizations.financiers(reader, HUAWEI)
    assert (row.id, row.commitments, row.unit) == (BANK, 1, "USD@2021")
    finances = section(page(client, HUAWEI), "financiers")
    assert f"/organization/{BANK}" in finances and "$100 m" in finances and "is unknown" in finances
    assert 'id="financiers"' not in page(client, BANK), "what it finances is told under the money that it promised"


def test_lists_have_dates_and_are_in_the_timeline(client: Client) -> None:
    huawei = page(client, HUAWEI)
    assert "June 2021" in section(huawei, "lists") and "An empty field: no source here says." in section(huawei, "lists")
    assert 'It is on <a href="#lists">1 official list that Overt has</a>: ' in sentences(huawei)
    rows = client.get(f"/organization/{HUAWEI}/charts/timeline.csv").text
    assert "Official lists" in rows and "2021-06" in rows


def test_the_answer_comes_first_and_numbers_after_it_lead_to_their_rows(client: Client) -> None:
    huawei = page(client, HUAWEI)
    (first,) = re.findall('<p class="country-total">(.*?)</p>', huawei)
    assert marked(first) == "Sources name Huawei as supplier of 1 surveillance system that is not counted: 1 cancelled."
    assert huawei.index("country-total") < huawei.index('<div class="briefing">')
    words = re.sub("<a .*?</a>", "", sentences(huawei), flags=re.DOTALL)
    words = re.sub(r"1260H|June 2021|prices of 2021", "", words)
    assert not re.search(r"\d", words), words


def test_merged_records_list_their_names_and_how_to_dispute(client: Client) -> None:
    merged = section(page(client, HUAWEI), "merged")
    for record, name in (("open_register:huawei", "Huawei"), ("open_projects:huawei", "Huawei Technologies Co., Ltd.")):
        assert re.search(rf"<code>{record}</code>[^/]*“<bdi[^>]*>{name}</bdi>”", merged), record
    assert "overt judge explain open_projects:huawei open_register:huawei" in merged
    assert "overt judge different open_projects:huawei open_register:huawei --why" in merged
    assert "SECRET-77 reason" in merged and "judged" in merged


def test_a_public_merge_names_no_private_record(public_client: Client) -> None:
    html = public_client.get(f"/organization/{canonical_id('open_register:huawei')}").text
    assert "overt judge" in html and "secret_map" not in html


def test_an_organisation_with_few_values(client: Client, site: Site, reader: Reader) -> None:
    assert "Is this one organisation with another?" in page(client, DESK)
    record = records.find(reader, DESK)
    assert record
    parts = organization_parts(site, reader, record)
    assert parts["ownership"].empty and parts["clients"] == []


def test_charts_of_unknown_names_are_not_found(client: Client) -> None:
    assert client.get(f"/organization/{canonical_id('secret_map:nairobi')}/charts/timeline.svg").status_code == 404
    assert client.get(f"/organization/{HUAWEI}/charts/nothing.svg").status_code == 404
    assert client.get(f"/organization/{ATTACK}/charts/timeline.csv").status_code == 200


def test_long_lists_are_folded_and_nothing_is_lost(site: Site) -> None:
    members = [{"record": f"alpha:{n}", "source": "open_projects", "current": True} for n in range(12)]
    template = '{% from "layout/values_members_and_history.html" import made_of with context %}{{ made_of(members, (), 12) }}'
    made = site._environment.from_string(template).render(members=members)
    folded = made.partition('<details class="more-rows"><summary>2 more</summary>')[2]
    assert made.count("<li>") == 12 and folded.count("<li>") == 2


def test_a_profile_says_where_it_is_named_and_how_strongly(client: Client) -> None:
    huawei = page(client, HUAWEI)
    lead = re.sub("<[^>]*>", "", sentences(huawei))
    assert (
        "Indexes also name it in 1 of the countries with projects." in marked(huawei)
        and "It is on 1 official list that Overt has:" in lead
    )
    assert (
        "Overt doesn’t have the US Entity List (search it) or the sanctions lists of the EU, the UK and the UN, "
        "so it can’t say whether they name it."
    ) in " ".join(marked(huawei).split()) and "Overt doesn’t have" not in lead
    assert 'href="https://www.trade.gov/consolidated-screening-list"' in huawei
    row = re.search(
        rf'<tr><th scope="row"><a href="/organization/{HUAWEI}/in/KE">Kenya</a>.*?</tr>', section(huawei, "countries"), re.DOTALL
    )
    assert row and ">1</a>" in row[0] and "2022" in row[0], "a system, and an edition of the index"
    assert "Named only by an index" not in huawei, "wherever an index names it, it has a project"
    assert "What it says about projects" not in huawei


def test_what_it_supplies_excludes_what_is_announced_or_denied(site: Site, reader: Reader, client: Client) -> None:
    statuses = ("announced", "denied", "cancelled", "unverified", "operational", None)
    systems = [DocumentedProject(f"s-{each}", "S", "en", None, ["smart-city"], each, None, 1) for each in statuses]
    [row] = supplied_kinds(site, systems, {system.id: ["KE"] for system in systems})
    assert (row.kind, row.projects, row.countries) == ("smart-city", 2, ["KE"])
    naming = Naming(project_groups(site, systems, 9), systems, [], {}, [], [])
    assert _answer(answer(site, HUAWEI, "Huawei", naming)) == (
        "Sources name Huawei as supplier of 2 surveillance systems, all of one kind: smart or safe city."
    )
    mixed = [*systems[:-1], systems[-1]._replace(kinds=["filtering"])]
    both = naming._replace(groups=project_groups(site, mixed, 9), supplied=mixed)
    assert "2 surveillance and censorship systems" in _answer(answer(site, HUAWEI, "Huawei", both))
    uncounted = [system for system in systems if system.status in ("announced", "denied")]
    only = Naming(project_groups(site, uncounted, 2), uncounted, [], {}, [], [])
    assert _answer(answer(site, HUAWEI, "Huawei", only)) == (
        "Sources name Huawei as supplier of 2 surveillance systems that are not counted: 1 announced or planned and 1 denied."
    )
    carried_out = Naming(project_groups(site, [], 2), [], systems[-1:], {}, [], [])
    assert _answer(answer(site, HUAWEI, "Huawei", carried_out)) == "Sources say that Huawei carries out 1 surveillance system."
    assert _answer(answer(site, HUAWEI, "Huawei", Naming(project_groups(site, [], 2), [], [], {}, [], []))) == (
        "Huawei has a part in 2 projects."
    )
    assert answer(site, HUAWEI, "Huawei", Naming(project_groups(site, [], 0), [], [], {}, [], [])).first is None
    named = records.linked(reader, "KE", "assessment", "country")
    indexed = Naming(project_groups(site, [], 0), [], [], {}, [], named_countries(site, {}, [], {}, [("KE", named)]))
    assert _answer(answer(site, HUAWEI, "Huawei", indexed)) == "No project names Huawei; an index names it in 1 country."
    assert 'id="supplied"' not in page(client, BANK), "the only project that it supplies is denied"


def _answered(site: Site, statements: Sequence[Record], unused: Sequence[str] = ()) -> Markup | None:
    return answers(site, statements, {row.id: statement_response(row, unused) for row in statements})


def test_several_statements_about_a_project_count_it_once(site: Site, reader: Reader) -> None:
    [project] = reader.select("SELECT id, label FROM projects WHERE label IS NOT NULL LIMIT 1")
    denials = []
    for year in ("2021", "2019"):
        values = {"kind": "denial", "about": project["id"], "date": year}
        facts = {
            name: [
                Fact(
                    year, name, value, None, None, True, False, "stated", 1, 1, None, "", None, None, None, project["label"], "en"
                )
            ]
            for name, value in values.items()
        }
        denials.append(Record(year, "statement", None, None, None, 1, None, 1, "open", facts))
    assert marked(_answered(site, denials)) == "It commented on 1 project: 2 objections. The newest dated one is of 2021."
    assert marked(_answered(site, denials[1:])) == "It commented on 1 project: 1 objection, of 2019."
    assert _answered(site, []) is None
    undated = replace(denials[1], facts={name: denials[1].facts[name] for name in ("kind", "about")})
    assert marked(_answered(site, [undated])) == "It commented on 1 project: 1 objection."
    of_use = replace(undated, facts=undated.facts | {"concerns": [replace(undated.facts["kind"][0], value="use")]})
    assert marked(_answered(site, [of_use])) == "It commented on 1 project: 1 objection."
    unused = [of_use.value("about") or ""]
    assert marked(_answered(site, [of_use], unused)) == "It commented on 1 project: 1 denial of use.", "no use is on record"
    conduct = replace(undated, facts=undated.facts | {"concerns": [replace(undated.facts["kind"][0], value="conduct")]})
    assert marked(_answered(site, [conduct])) == (
        f"It commented on “{project['label']}”: 1 statement that rejects an accusation."
        " The accusation that it rejects isn’t on record here."
    )
    silent = replace(undated, facts=undated.facts | {"concerns": [replace(undated.facts["kind"][0], value="no-answer")]})
    assert marked(_answered(site, [silent])) == "On 1 project, it neither confirmed nor denied anything."
    dated = replace(silent, id="silent", facts=silent.facts | {"date": denials[0].facts["date"]})
    assert marked(_answered(site, [dated])) == "On 1 project, it neither confirmed nor denied anything (2021)."
    assert marked(_answered(site, [dated, denials[1]])) == "It commented on 1 project: 1 objection, of 2019.", "it answered"
    elsewhere = replace(dated, id="elsewhere", facts=dated.facts | {"about": [replace(dated.facts["about"][0], value="other")]})
    assert marked(_answered(site, [elsewhere, denials[1]])) == (
        "It commented on 1 project: 1 objection, of 2019. On 1 project, it neither confirmed nor denied anything (2021)."
    )


def test_an_owner_has_its_share_or_that_none_is_stated(site: Site, reader: Reader) -> None:
    (relation,) = records.linked(reader, MARINE, "relation")
    record = records.find(reader, MARINE)
    assert record
    end = relation.facts["to"][0]
    relations = [
        replace(made, facts={**made.facts, "to": [replace(end, value=name, label=name)]})
        for name, share in (("Fund", {"share": "19"}), ("Group", {}))
        for made in [relation_like(relation, name, Phase.CURRENT, **share)]
    ]
    words = marked(identity(site, record, owners(relations, MARINE), {"Group"}))
    assert "Named as owners: Fund (19 %)[1] and Group (state-owned, share not stated)[1]." in words


def test_a_profile_names_owner_statements_and_countries(shipped: Client) -> None:
    identity = re.findall(r"/organization/(ovt-[a-z2-7]+)", shipped.get("/search?q=hikvision").text)[0]
    text = marked(shipped.get(f"/organization/{identity}").text)
    assert "The company says that it never sold directly to authorities in Myanmar" in text
    assert "denial" not in text.partition("Statements about projects")[2].lower(), "a part of a project may be disputed"
    owner = re.search(r"Company based in China[^.]*\. Named as owner: (.*)", text)
    assert owner and owner[1].startswith("China Electronics Technology Group Corporation (state-owned, share not stated)")
    [(systems, countries)] = re.findall(r"supplier of (\d+) surveillance systems in (\d+) countries", text)
    *parts, total = counts(shipped, identity)
    assert [label for label, _, _ in (*parts, total)] == [
        "Supplier of surveillance and censorship systems", "Other projects (presence)", "Named only by an index", "All"
    ]  # fmt: skip
    assert f"All {int(systems) + 3}, with 3 announced or planned" in text, "2 more aren’t surveillance"
    assert parts[0][1:] == (int(systems), int(countries))
    assert total[1:] == (sum(projects for _, projects, _ in parts), sum(places for _, _, places in parts))
    [(more, clauses)] = re.findall(r"For (\d+) more countries, Overt only has (.*?)\.", text)
    assert f"in {countries} countries, one of them its own, China." in text
    assert [int(n) for n in re.findall(r"\d+", clauses)] == [places for _, _, places in parts[1:] if places]
    assert int(more) + int(countries) == total[2], "the lead has the numbers and the total of the table"
    (address,) = re.findall(r'<a href="/explorer\?([^"]*)">\d+ surveillance systems</a>', page(shipped, identity))
    assert shipped.get(f"/api/v1/projects?{html.unescape(address)}&limit=1").json()["total"] == int(systems)
    groups = re.findall(r'<ul class="country-list">(.*?)</ul>', page(shipped, identity), re.DOTALL)
    assert [group.count("<li>") for group in groups] == [places for _, _, places in parts], "all countries are listed"


def test_kinds_of_shared_projects_are_apart(site: Site, shipped: Client) -> None:
    by_itself = DocumentedProject("1", "S", "en", None, ["smart-city", "filtering"], "operational", None, 1)
    of_one_kind = by_itself._replace(id="3", kinds=["smart-city"])
    tied = {"1": frozenset({"filtering"})}
    assert own_kinds(by_itself, tied) == ["filtering"] and own_kinds(of_one_kind, tied) == ["smart-city"]
    assert by_attribution([by_itself, of_one_kind], tied) == (
        [by_itself._replace(kinds=["filtering"]), of_one_kind],
        [by_itself._replace(kinds=["smart-city"])],
    )
    identity = re.findall(r"/organization/(ovt-[a-z2-7]+)", shipped.get("/search?q=hikvision").text)[0]
    own, _, in_company = section(page(shipped, identity), "supplied").partition("In projects of several kinds")
    assert "Video surveillance" in own and "Smart policing" not in own and "Smart policing" in in_company, "a maker of cameras"


def test_its_own_country_has_a_shade_of_its_own_and_names_are_on_the_map(shipped: Client) -> None:
    identity = re.findall(r"/organization/(ovt-[a-z2-7]+)", shipped.get("/search?q=hikvision").text)[0]
    drawing = page(shipped, identity).partition("naming-map")[2].partition("</svg>")[0]
    assert re.findall(r"<title>([^<]*): [^<]*</title><[^>]*shade-5", drawing) == ["China"]
    named = re.findall(r'country-name"[^>]*>(.*?)</text>', drawing)
    assert "Chile" in named and "United States" not in named, "no name where only an index lists it"


def test_a_company_in_a_country_has_one_name_for_each_company(shipped: Client) -> None:
    identity = re.findall(r"/organization/(ovt-[a-z2-7]+)", shipped.get("/search?q=huawei").text)[0]
    text = marked(shipped.get(f"/organization/{identity}/in/KE").text.partition("<main")[2].partition("</main>")[0])
    assert "supplier, with Nokia (Finland)" in text and "Nokia Corporation" not in text
    serbia = marked(shipped.get(f"/organization/{identity}/in/RS").text)
    assert "Cellebrite (Israel)" in serbia and "All others, each project once" in serbia


def test_a_country_that_only_an_index_names_is_a_step_of_its_own(site: Site, reader: Reader) -> None:
    named = records.linked(reader, "KE", "assessment", "country")
    assessments = [("KE", named), ("UG", named[:1])]
    system = DocumentedProject("s", "S", "en", None, ["smart-city"], "operational", None, 1)
    rows = named_countries(site, {"KE": 2, "LA": 1}, [system], {"s": ["KE"]}, assessments)
    title = marked(index_titles(site, country_groups(rows).index_only))
    assert title == marked(escape(site.title_of(named[0].shown("supplier")[0].source)))
    table = count_table(site, HUAWEI, Naming(project_groups(site, [system], 3), [system], [], {"s": ["KE"]}, [], rows))
    assert [(row.shade, row.projects, row.countries) for row in table.rows] == [(4, 1, 1), (2, 2, 1), (1, 0, 1)]
    assert (table.projects, table.countries, table.also_indexed) == (3, 3, 1)
    assert marked(table.rows[2].details) == title
    assert [[row.code for row in group] for group in country_groups(rows)] == [["KE"], ["LA"], [], ["UG"]]
    dropped = named_countries(site, {"KE": 2, "LA": 1}, [system], {"s": ["KE"], "d": ["LA"]}, [], [system._replace(id="d")])
    assert [row.code for row in country_groups(dropped).with_given_up] == ["LA"]
    assert 'shade-3"' in str(countries_map(site, dropped))
    assert [(row.code, row.systems, row.other, len(row.indexes)) for row in rows] == [
        ("KE", 1, 1, 1), ("LA", 0, 1, 0), ("UG", 0, 0, 1)
    ]  # fmt: skip
    drawing = str(countries_map(site, rows))
    assert 'shade-4"' in drawing and 'shade-2"' in drawing and 'shade-1"' in drawing
    assert "Kenya: 2 projects" in drawing and "Uganda: named by an index only" in drawing
    assert countries_map(site, []) is None and 'class="here"' not in drawing
    ringed = str(countries_map(site, rows, "RW"))
    assert '<circle class="here"' in ringed and ">Rwanda: no record</text>" in ringed, "a ring, as nothing names it"
    assert '<path class="here here--empty"' in ringed, "and its outline"
    russia = str(countries_map(site, rows, "RU"))
    assert '<path class="here' in russia and '<circle class="here' not in russia and ">Russia: no record</text>" in russia, (
        "too wide for a ring"
    )
    wide = str(countries_map(site, [*rows, NamedCountry("RU", 1, 0, 0, [])], "RU"))
    outline = re.search(r'<path class="here" d="([^"]+)"', wide)
    assert outline and f'<path class="land shade-4" d="{outline[1]}"' in wide, "the outline has the geometry of the fill"
    assert shades_in_view(site, rows, "KE") == {shade_of(row) for row in rows if row.code in ("KE", "UG")}


def test_countries_that_only_network_scans_show_are_paler(site: Site) -> None:
    """Scans show who made a product, not who supplied it, so these countries need a shade and a key of their own."""
    system = DocumentedProject("s", "S", "en", None, ["smart-city"], "operational", None, 1)
    scanned = system._replace(id="n")
    places = {"s": ["KE", "UG"], "n": ["KE", "LA"]}
    rows = named_countries(site, {"KE": 2, "LA": 1, "UG": 1}, [system, scanned], places, [], scanned=["n"])
    assert {row.code: shade_of(row) for row in rows} == {"KE": WITH_SYSTEMS, "UG": WITH_SYSTEMS, "LA": ONLY_SCANNED}
    assert f'shade-{ONLY_SCANNED}"' in str(countries_map(site, rows)) and ONLY_SCANNED in shades_in_view(site, rows, "LA")
    groups = project_groups(site, [system, scanned], 2)
    table = count_table(site, HUAWEI, Naming(groups, [system, scanned], [], places, [], rows, scanned=frozenset({"n"})))
    assert [row.label for row in table.rows] == ["Supplier or maker of surveillance and censorship systems"]
    assert str(table.rows[0].details) == "1 known from network scans alone" and table.scanned_countries == 1


def test_the_lead_says_what_names_it_in_more_countries(site: Site, reader: Reader) -> None:
    system = DocumentedProject("s", "S", "en", None, ["smart-city"], "operational", None, 1)
    named = records.linked(reader, "KE", "assessment", "country")

    def lead(projects: dict[str, int], indexed: list[str]) -> str:
        rows = named_countries(site, projects, [system], {"s": ["KE"]}, [(code, named[:1]) for code in indexed])
        groups = project_groups(site, [system], sum(projects.values()))
        return _answer(answer(site, HUAWEI, "Huawei", Naming(groups, [system], [], {"s": ["KE"]}, [], rows)))

    assert lead({"KE": 2}, ["KE"]).endswith("in Kenya: smart or safe city."), "no other country"
    assert lead({"KE": 1, "LA": 1}, []).endswith("For 1 more country, Overt only has other projects: Laos.")
    assert lead({"KE": 1}, ["UG", "RW"]).endswith("For 2 more countries, Overt only has an entry in an index: Rwanda and Uganda.")
    assert lead({"KE": 1, "LA": 1, "UG": 1}, ["RW"]).endswith(
        "For 3 more countries, Overt only has other projects (2) or an entry in an index (1): Laos, Rwanda and Uganda."
    )


def test_the_lead_says_who_denies_systems(site: Site, reader: Reader) -> None:
    denial = Statement("d", RecordLabel("o", "Ministry of Truth", "en", None), None, None, "denial", "use")
    reply = denial._replace(by=RecordLabel("p", "Another Body", "en", None), kind="reply")
    system = DocumentedProject("s", "S", "en", None, ["smart-city"], "operational", None, 1)
    denied = DocumentedProject("t", "T", "en", None, ["smart-city"], "denied", None, 1, denials=(denial, reply))
    systems, places = [system, denied], {"s": ["KE"], "t": ["LA"]}

    def lead(systems: list[DocumentedProject]) -> tuple[str, list[str]]:
        groups = project_groups(site, systems, len(systems))
        rows = named_countries(site, {"KE": 1, "LA": len(systems) - 1}, groups.systems, places, [], groups.given_up)
        naming = Naming(groups, systems, [], places, [], rows)
        return _answer(answer(site, HUAWEI, "Huawei", naming)), [row.label for row in count_table(site, HUAWEI, naming).rows]

    words, labels = lead(systems)
    assert words.endswith("In 1 more country, sources report systems that are denied: Laos (denied by the Ministry of Truth).")
    assert labels[-1] == "Reported, but denied"
    words, labels = lead([*systems, denied._replace(id="t", status="unverified")])
    assert words.endswith("For 1 more country, Overt only has systems reported but denied or not verified: Laos.")


def test_a_project_with_several_layers_counts_once_in_each_country(shipped_edition: ShippedEdition) -> None:
    query = """SELECT k.organization, c.country, count(DISTINCT k.id) AS projects
    FROM project_company AS k
    JOIN project_country AS c ON c.id = k.id
    JOIN project_layer AS l ON l.id = k.id
    GROUP BY 1, 2
    HAVING count(DISTINCT k.id || l.layer) > count(DISTINCT k.id)
    ORDER BY 1, 2"""
    [release] = [path.parent.name for path in (shipped_edition.root / "releases").glob("*/tables")]
    with closing(open_reader(Workspace.open(shipped_edition.root), release)) as reader:
        rows = list(reader.select(query))
        assert len(rows) > 100
        for row in rows[::10]:
            chosen = ProjectFilter(company=(row["organization"],))
            every = {country.code: country.projects for country in projects.map_countries(reader, chosen)}
            assert every[row["country"]] == row["projects"], dict(row)


def test_lists_of_organisations_begin_with_suppliers_of_surveillance(client: Client, reader: Reader) -> None:
    total, rows = organizations.page(reader, size=500)
    assert total == len(rows)
    assert [(row.systems, row.indexed) for row in rows] == sorted(((row.systems, row.indexed) for row in rows), reverse=True)
    by_id = {row.id: row for row in rows}
    assert by_id[HUAWEI].indexed == 1 and by_id[BANK].systems == 0, "what is denied is not counted"
    assert by_id[ATTACK].systems >= 1
    assert "is named as supplier of the most" in client.get("/companies").text


def test_the_name_on_a_map_is_where_it_covers_no_coloured_country() -> None:
    world = (0.0, 0.0, 100.0, 60.0)
    right, left, above, below = (52, 28, 72, 32), (28, 28, 48, 32), (40, 24, 60, 28), (40, 32, 60, 36)

    def plate(*coloured: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        return name_plate(50, 30, 2, 20, 4, world, coloured)

    assert (plate(), plate((60, 0, 100, 60))) == (right, left)
    assert plate((60, 0, 100, 60), (0, 0, 30, 60)) == above
    assert plate((52, 28, 72, 32), (28, 28, 48, 32), (40, 24, 60, 28)) == below
    assert name_plate(95, 30, 2, 20, 4, world, ()) == (73, 28, 93, 32), "inside the map"


def test_promised_money_says_as_what_it_was_promised(site: Site) -> None:
    unit = FinancedUnit("USD@2021", 3, 3, 264e6, 2004, 2015, 0)
    kinds = [
        FinancedKind("USD@2021", "export-credit", 186e6),
        FinancedKind("USD@2021", None, 78e6),
        FinancedKind("EUR", "loan", 1.0),
    ]
    assert marked(commitments(site, [unit], kinds)) == (
        "As a financier, it promised $264 m to projects on record (3 commitments, in constant prices of 2021): "
        "export credit ($186 m) and unstated kind ($78 m)."
    )
    assert commitments(site, [], []) is None


def test_kinds_of_few_systems_have_no_numbers_that_add_up_to_more(site: Site) -> None:
    systems = [
        DocumentedProject(name, name, "en", None, kinds, "operational", "2020", 2)
        for name, kinds in (
            ("a", ["video-surveillance", "facial-recognition"]),
            ("b", ["video-surveillance"]),
            ("c", ["spyware"]),
        )
    ]
    tied = {system.id: frozenset(system.kinds) for system in systems}
    naming = Naming(project_groups(site, systems, 3), systems, [], {}, [], [])._replace(tied=tied)
    rest = marked(answer(site, HUAWEI, "Huawei", naming).rest)
    assert rest.startswith("By kind (a system can have several): video surveillance, facial recognition and spyware.")
