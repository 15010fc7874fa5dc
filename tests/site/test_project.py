"""The page of a project: equal records once, money added up, corroboration by indexes, and impossible dates named."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from overt.model.record_ids import canonical_id
from overt.queries import records
from overt.queries.database import Reader
from overt.queries.rows.records import Claim, Fact, Record
from overt.site.identical_record_groups import group_alike
from overt.site.project import project_page_context
from overt.site.project.contradictory_dates import impossible_orders
from overt.site.project.money_promises import Promise, group_promises, sum_of
from overt.site.project.other_reported_statuses import other_statuses
from overt.site.project.project_page_context import _clear_false_conflicts, source_words
from overt.site.site import Site, in_order
from tests.support.client import Client
from tests.support.page_text import marked

NAIROBI = canonical_id("secret_map:nairobi")


def record(identity: str, *facts: tuple[str, str, str | None]) -> Record:
    """Return a record with these properties, values and units."""
    by_property: dict[str, list[Fact]] = {}
    for name, value, unit in facts:
        fact = Fact(identity, name, value, unit, None, True, False, "stated", 1, 1, 1, f"{identity}-{name}", "s", None, None)
        by_property.setdefault(name, []).append(fact)
    return Record(identity, "commitment", None, None, None, 1, 1, 1, "open", by_property)


def test_no_end_is_denied_above_a_statement(shipped: Client, shipped_reader: Reader) -> None:
    [project] = shipped_reader.select(
        "SELECT id FROM records WHERE label = 'Sandvine PacketLogic devices blocking websites in Egypt' AND type = 'project'"
    )
    page = shipped.get(f"/project/{project['id']}").text
    opening = page.partition("<h1")[2].partition('id="statements"')[0]
    assert opening and 'id="statements"' in page
    assert "see the statements" not in opening and "gives an end" not in opening, (
        "a statement can announce an end, or be about something else"
    )


def test_equal_values_of_several_records_appear_once() -> None:
    first, other, third = record("1", ("role", "owner", None)), record("2", ("role", "owner", None)), record("3")
    groups = group_alike([first, other, third], lambda part: part.value("role"))
    assert [(group.first.id, [part.id for part in group.all]) for group in groups] == [("1", ["1", "2"]), ("3", ["3"])]


def test_money_is_only_added_in_one_unit_of_one_dataset(reader: Reader) -> None:
    first, second = record("1", ("amount", "1.10", "USD@2021")), record("2", ("amount", "2.20", "USD@2021"))
    promises = [Promise([row]) for row in (first, second, record("4"))]
    total = sum_of(reader, promises)
    assert total and (total.unit, total.count, str(total.amount), total.recommended) == ("USD@2021", 2, "3.30", None)
    not_advised = record("2", ("amount", "2.20", "USD@2021"), ("recommended-for-aggregates", "false", None))
    part = sum_of(reader, [Promise([first]), Promise([not_advised])])
    assert part and str(part.recommended) == "1.10"
    assert sum_of(reader, [*promises, Promise([record("3", ("amount", "5", "CNY"))])]) is None, "another currency"
    assert sum_of(reader, promises[:1]) is None, "one commitment is no sum"
    [amount] = second.facts["amount"]
    elsewhere = replace(second, facts={"amount": [replace(amount, source="t")]})
    assert sum_of(reader, [Promise([first]), Promise([elsewhere])]) is None, "two sources may mean the same money"
    entered = [replace(row, facts={"amount": [replace(row.facts["amount"][0], source="editorial")]}) for row in (first, second)]
    assert sum_of(reader, [Promise([row]) for row in entered]) is None, "editors' entries may mean the same money"


def test_a_promise_that_two_sources_record_is_one(shipped_reader: Reader, shipped: Client) -> None:
    [row] = shipped_reader.select("SELECT id FROM projects WHERE label LIKE 'ECU 911, Ecuador%'", [])
    promises = group_promises(shipped_reader, records.linked(shipped_reader, row["id"], "commitment", "project"))
    assert sorted(len(promise.commitments) for promise in promises) == [1, 2, 2]
    grant = next(promise for promise in promises if promise.agreed and promise.agreed.value == "2015-11-19")
    assert [fact.unit for fact in grant.amounts] == ["CNY", "USD@2021"]
    assert [fact.label for fact in grant.financiers] == ["Ministry of Commerce of the People’s Republic of China"]
    page = " ".join(re.sub(r"<[^>]+>", "", shipped.get(f"/project/{row['id']}").text).split())
    assert "2 of them are recorded by two sources" in page and "They aren’t added up" in page
    assert "Sources disagree:" not in page and "Impossible order" not in page, "each loan or grant is a part of its own"
    assert " Money promised: $240 m by China Development Bank (loan, 2012), " in page


@pytest.mark.parametrize(
    ("statuses", "parts", "excluded"),
    [
        ([("operational", "a", "2019-04"), ("completed", "b", None)], (), []),
        ([("operational", "a", "2019-04"), ("under-construction", "b", "2015")], (), []),
        ([("operational", "a", "2019-04"), ("under-construction", "b", "2020-01")], (), ["under-construction"]),
        ([("operational", "a", "2019-04"), ("under-construction", "b", "2020-01")], ("a", "b"), []),
        ([("cancelled", "a", "2022-05"), ("under-construction", "b", None)], (), []),
        ([("operational", "a", "2022-05"), ("cancelled", "b", "2020")], (), ["cancelled"]),
        ([("operational", "a", "2022-05"), ("denied", "b", "2022")], (), ["denied"]),
        ([("suspended", "a", "2022-05"), ("unknown", "b", "2022")], (), []),
        ([("announced", "a", "2022-05"), ("operational", "b", "not a date")], (), []),
    ],
)
def test_statuses_exclude_each_other_only_if_no_order_of_steps_explains_them(
    statuses: list[tuple[str, str, str | None]], parts: tuple[str, ...], excluded: list[str]
) -> None:
    project = record("p", *(("status", value, None) for value, _, _ in statuses))
    first, *rivals = project.facts["status"]
    project = replace(project, facts={"status": [first, *(replace(fact, shown=False) for fact in rivals)]})
    statements = [
        _claim(property="status", value=value, record=source_record, standing="current", valid_from=day, document=None, places=())
        for value, source_record, day in statuses
    ]
    assert [row.fact.value for row in other_statuses(project, statements, {}, parts) if row.excludes] == excluded


def test_several_commitments_are_described_without_a_single_date(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    linked = records.linked

    def with_another(reader: Reader, target: str, kind: str, *properties: str, limit: int = 500) -> list[Record]:
        rows = linked(reader, target, kind, *properties, limit=limit)
        if kind == "commitment":
            (agreed,) = rows[0].facts["agreed"]
            rows.append(replace(rows[0], id="another", facts={**rows[0].facts, "agreed": [replace(agreed, value="2015-03")]}))
        return rows

    lead = _lead(client.get(f"/project/{NAIROBI}").text)
    assert "Money promised: $100 m in constant prices of 2021 by " in lead and "2012)." in lead
    monkeypatch.setattr(records, "linked", with_another)
    several = _lead(client.get(f"/project/{NAIROBI}?again").text)
    assert several.count("$100 m in constant prices of 2021 by ") == 2 and "2012) and $100 m" in several and "2015)." in several


def _lead(page: str) -> str:
    match = re.search('<p class="lead">(.*?)</p>', page, re.DOTALL)
    assert match
    return re.sub("<[^>]*>", "", match[1])


def test_different_commitment_names_are_not_a_disagreement() -> None:
    project = record("p", ("name", "First loan", None), ("name", "Second loan", None), ("status", "agreed", None))
    project = replace(
        project, facts={name: [replace(fact, contested=True) for fact in facts] for name, facts in project.facts.items()}
    )
    statements = [
        _claim(property="name", record=source_record, value=value, standing="current")
        for source_record, value in (("s:1", "First loan"), ("s:2", "Second loan"))
    ]
    calm, each = _clear_false_conflicts(project, statements, {"s:1", "s:2"})
    assert each == {"name"} and not any(fact.contested for fact in calm.facts["name"])
    assert calm.facts["status"][0].contested, "a status is not a commitment's own"
    assert _clear_false_conflicts(project, statements, {"s:1"}) == (project, set()), "the other record promises nothing"


def _claim(**values: Any) -> Claim:
    """Return a claim with these values and None for the rest."""
    return Claim(**dict.fromkeys(Claim._fields) | {"places": ()} | values)  # type: ignore[arg-type]


def claims(*statements: tuple[str, str, str]) -> Sequence[Claim]:
    """Return claims of one property, each with id, value and source."""
    return [_claim(claim_id=claim, property="name", value=value, source=source) for claim, value, source in statements]


def test_a_claim_of_several_records_of_a_source_is_listed_once(client: Client) -> None:
    kind = type("Kind", (), {"properties": {"name": None}})()
    ((name, grouped),) = in_order(claims(("1", "A", "s"), ("2", "A", "s"), ("3", "B", "s"), ("4", "A", "t")), kind)
    assert name == "name"
    assert [(claim["claim_id"], [other.claim_id for other in claim["also"]]) for claim in grouped] == [
        ("1", ["2"]),
        ("3", []),
        ("4", []),
    ]


def test_an_assessment_corroborates_and_is_not_merged(client: Client) -> None:
    page = client.get(f"/project/{NAIROBI}").text
    part = page.partition('id="corroborated"')[2].partition("<h2")[0]
    assert "Smart" in part or "smart" in part
    assert "Facial recognition" not in part, "the project is of another kind"
    assert "Huawei" in part and "without saying for which technology" in part
    assert "never merged" in part
    other = client.get(f"/project/{canonical_id('open_projects:backbone')}").text
    assert 'id="corroborated"' not in other


def test_the_money_is_added_up(client: Client) -> None:
    page = client.get(f"/project/{NAIROBI}").text
    part = page.partition('id="money"')[2].partition("<h2")[0]
    assert "$100,000,001<" in part and "Together" not in part, "one commitment is no sum, and an estimate has no cents"


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (
            {"agreed": ["2017-05-12"], "construction-start": ["2016-10-05"]},
            [("agreed", "2017-05-12", "construction-start", "2016-10-05")],
        ),
        ({"agreed": ["2017-05-12", "2015"], "construction-start": ["2016-10-05"]}, []),
        ({"agreed": ["2016"], "construction-start": ["2016-01-05"]}, []),
        ({"started": ["2012-07-20"], "completed": ["2011-07-20"]}, [("started", "2012-07-20", "completed", "2011-07-20")]),
        (
            {"construction-start": ["2019"], "completed": ["2015"]},
            [("construction-start", "2019", "completed", "2015")],
        ),
        ({"operational": ["2012"], "completed": ["2013"]}, []),
        ({"operational": ["2012"]}, []),
    ],
)
def test_an_impossible_order_of_dates_is_named_with_both(
    dates: dict[str, list[str]], expected: list[tuple[str, str, str, str]]
) -> None:
    statements = [_claim(property=name, value=value, standing="current") for name, values in dates.items() for value in values]
    assert impossible_orders(statements) == expected
    assert impossible_orders([claim._replace(standing="retracted") for claim in statements]) == []
    first, *rest = [claim._replace(record=f"part {number}") for number, claim in enumerate(statements)]
    parts = [claim.record for claim in (first, *rest)]
    assert impossible_orders([first, *rest], parts) == [], "dates of loans of their own aren't compared"


def test_a_page_warns_of_an_impossible_order(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    order = ("agreed", "2017-05-12", "construction-start", "2016-10-05")
    monkeypatch.setattr(project_page_context, "impossible_orders", lambda claims, parts: [order])
    page = " ".join(re.sub(r"<[^>]+>", "", client.get(f"/project/{NAIROBI}?order").text).split())
    assert "Impossible order: Agreed 12 May 2017, but Construction began 5 October 2016." in page


@pytest.mark.parametrize(
    ("datasets", "independent", "words"),
    [
        (1, 1, "1 dataset records it."),
        (1, 3, "3 separate sources document it."),
        (3, 1, "3 datasets record it, but only 1 of them is a separate source; the rest repeat one another."),
        (2, 2, "2 datasets record it, without copying one another."),
        (2, None, "2 datasets record it."),
    ],
)
def test_separate_sources_in_plain_words(site: Site, reader: Reader, datasets: int, independent: int | None, words: str) -> None:
    project = records.find(reader, NAIROBI)
    assert project
    assert source_words(site, replace(project, sources=datasets, independent_sources=independent)) == words


def test_the_first_sentence_names_supplier_and_place(client: Client) -> None:
    lead = _lead(client.get(f"/project/{NAIROBI}").text)
    assert re.search(
        r"^(\d+ separate sources? names?|Sources name) Huawei.* as supplier in .*Kenya.*\.",
        " ".join(lead.split()),
    ), lead
    chinese = _lead(client.get(f"/zh/project/{NAIROBI}").text)
    assert "的供应方" in chinese


def test_a_project_names_each_party_once_in_short_sentences(shipped: Client) -> None:
    project = re.findall(r"/project/ovt-[a-z2-7]+", shipped.get("/search?q=Serbian+towns+Dahua").text)[0]
    page = shipped.get(project).text
    lead = re.findall(r'<p class="lead">(.*?)</p>', page, re.DOTALL)[0]
    names = re.findall(r'<a href="/(?:country|organization)/[^"]*">(?:<bdi>)?([^<]+)<', lead)
    parties = {"Macchina Security", "Dahua", "Municipality of Osečina", "Other Serbian municipalities"}
    assert len(names) == len(set(names)) and set(names) - {"Serbia"} == parties
    size = page.partition(lead)[2].partition("Overt’s note")[0]
    assert lead.count('href="#roles"') == 1 and "evidence-mark" not in lead, "one link for all parties"
    assert size.count("evidence-mark") == size.count("small muted") == 2, "each part of the size has its mark and its source"
    assert "rssing.com/chan" not in marked(page.partition('id="cite"')[0]), "an address is no title"
    claim = re.findall(r"/claim/[0-9a-f]{32}", page)[0]
    taken = " ".join(marked(shipped.get(claim).text).partition("Taken from it:")[2].split())
    assert taken.count("Supplier") == taken.count("Dahua Technology") == 1
    assert "In 42 local governments, RFE/RL found Macchina Security as the only contractor for these cameras." in taken
    assert "Overt counts the cameras of these towns as one system" in taken
