"""Phases and linked records in AidData's titles and descriptions."""

import pytest

from overt.content.sources.aiddata_gcdf.description_claims import links_in
from overt.content.sources.aiddata_gcdf.phase_and_id_extraction import linked_ids, phases
from overt.content.sources.aiddata_gcdf.programme_grouping import LinkedRecords, LinkedRow
from overt.content.sources.aiddata_gcdf.title_reader import Reading, cleaned


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("a safe city (Linked to Project ID#55437 and #70442)", ["55437", "70442"]),
        ("a safe city (linked to #20881, #20104, #20089, and #21229)", ["20881", "20104", "20089", "21229"]),
        ("(Linked to Project ID#1862)", ["1862"]),
        ("(Linked to Project ID#96221, 98029)", ["96221", "98029"]),
        ("(linked to #62272,62637,476)", ["62272", "62637", "476"]),
        ("(Linked to #40214, #57778,#88175, #88176)", ["40214", "57778", "88175", "88176"]),
        ("(Linked to Project ID#65100 and Project ID#85254)", ["65100", "85254"]),
        ("(Linked to Project ID#1336, ETCA #62366, Umbrella Project #68495)", ["1336", "62366", "68495"]),
        ("(Linked to ETCA Project ID#55548)", ["55548"]),
        ("(Linked with Project #66953) (CDB IV)", ["66953"]),
        ("(linked to projects #56716, #56717, #88566)", ["56716", "56717", "88566"]),
        ("[Linked to #35985]", ["35985"]),
        ("Installation Project (Linked to Project ID#66237", ["66237"]),
        ("the Philippines(Linked to #63254, #64984)", ["63254", "64984"]),
        ("(link to project ID #38403)", ["38403"]),
        ("a loan (captured via Project ID#43258) and a credit (#42133)", ["43258", "42133"]),
        ("Phase 2 of 3,000 cameras for 12 towns in 2018", []),
        ("RMB 29,200,000 loan for Project 2", []),
        ("", []),
    ],
)
def test_linked_records_are_read_in_every_wording(text: str, ids: list[str]) -> None:
    assert list(linked_ids(text)) == ids


@pytest.mark.parametrize(
    ("title", "numbers"),
    [
        ("loan for Phase I of Fiber Optic Cable Project", ["1"]),
        ("credit for Phases II and III of the Television Project (Linked to #4)", ["2", "3"]),
        ("8th Phase of Radio and Television Center Technical Cooperation", ["8"]),
        ("the 9th round of technical assistance", ["9"]),
        ("BOL-110 (Phase II) Command and Control System", ["2"]),
        ("Phase 8A Expansion and 8B Core, Phase 3 3G Expansion", ["3", "8A", "8B"]),
        ("loan to Reliance Communications (Facility III)", ["facility 3"]),
        ("the purchase of Huawei equipment (CDB IV)", ["facility 4"]),
        ("Phase 1 (Part 2) of a network", ["1"]),
        ("CDMA2000 1X WLL network", []),
        ("4G network of China Telecom I", []),
    ],
)
def test_phases_are_read(title: str, numbers: list[str]) -> None:
    assert list(phases(cleaned(title))) == numbers


@pytest.mark.parametrize("reader", [linked_ids, phases])
@pytest.mark.parametrize("text", ["#" * 20_000, "#1," * 7_000, "linked to " * 2_000, "phase 1, " * 2_000, "ID " * 7_000])
def test_long_texts_are_read_in_linear_time(reader: object, text: str) -> None:
    assert isinstance(reader(text), tuple)


def row(
    record: str, *links: str, phase: str = "", kind: str = "smart-city", recipient: str = "Cabo Verde", work: str = ""
) -> LinkedRow:
    works = ((work, "rule"),) if work else ()
    return LinkedRow(record, links, Reading(((kind, "rule"),), (), None, (phase,) if phase else (), works), recipient)


@pytest.mark.parametrize(
    ("second", "programme"),
    [
        (row("20", "10", phase="2"), True),
        (row("20", "10", phase="1"), False),
        (row("20", "10"), False),
        (row("20", "99", phase="2"), False),
        (row("20", "10", phase="2", kind="satellite"), False),
        (row("20", "10", phase="2", recipient="Suriname"), False),
        (row("20", "10", phase="2", work="extension"), True),
        (row("20", "10", phase="2", work="training"), False),
        (row("20", "10", phase="facility 2"), False),
    ],
)
def test_linked_phases_of_one_country_and_kind_are_a_programme(second: LinkedRow, programme: bool) -> None:
    linked = LinkedRecords([second, row("10", phase="1")])
    result = linked.programme("10")
    assert (result is not None) is programme
    if result:
        assert (result.id, result.first, result.kinds) == ("10", "10", {"smart-city"})
        assert linked.programme("20") == result


def test_a_record_does_not_link_itself() -> None:
    assert LinkedRecords([row("10", "10", "11")]).links("10") == ("11",)
    assert LinkedRecords([]).links("10") == ()


def test_descriptions_link_records_in_scope_that_the_title_does_not() -> None:
    linked = LinkedRecords([row("100", "200"), row("200"), row("300"), row("12")])
    text = "A loan (captured via Project ID#100), as Project ID#200, #300 and 999 say, for well #12."
    facts = list(links_in("100", text, linked))
    assert [(fact.property, fact.value, text[fact.start : fact.end]) for fact in facts] == [("linked", "300", "300")]
