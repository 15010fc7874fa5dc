"""A project's size and cost: each is given once, with the documents that state it; sums of money are separate from sizes."""

from dataclasses import replace

from overt.model.record_ids import canonical_id
from overt.queries import records
from overt.queries.as_of.spans_and_records_in_period import RecordSpan
from overt.queries.database import Reader
from overt.queries.rows.records import Claim, Fact, Record
from overt.site.as_of.span_sentences import span_sentences
from overt.site.project.agreed_and_in_use_dates import use_sentences
from overt.site.project.size_and_cost_texts import project_size
from overt.site.site import Site
from tests.support.page_text import marked

NAIROBI = canonical_id("secret_map:nairobi")


def scale(claim: Claim, row: int, document: str, value: str) -> Claim:
    """Return the claim changed to a size that a row of our own register states, citing a document."""
    place = claim.places[0]._replace(locator=f"row={row};col=scale")
    return claim._replace(
        claim_id=f"c{row}", own=1, property="description", value=value, standing="current", document=document, places=[place]
    )


def document(record: Record, identity: str, publisher: str) -> Record:
    """Return a record as an undated document with this id and publisher."""
    fact = replace(next(iter(record.facts.values()))[0], value=publisher, shown=True)
    return replace(record, id=identity, facts={"publisher": [fact]})


def test_sums_are_apart_from_sizes_and_name_their_documents(site: Site, reader: Reader) -> None:
    record = records.find(reader, NAIROBI)
    assert record
    claim = next(row for row in records.claims(reader, NAIROBI) if row.places)
    claim = claim._replace(places=[claim.places[0]._replace(document=None)])
    claims = [
        scale(claim, 4, "d1", "Budget: 400,000,000 THB; 900 cameras; phase 2: 40"),
        scale(claim, 5, "d2", "900 cameras; phase 2: 40"),
        scale(claim, 6, "d2", "1,000 cameras"),
    ]
    documents = {name: document(record, name, publisher) for name, publisher in (("d1", "The Post"), ("d2", "The Sun"))}
    size = project_size(site, record, claims, documents)
    assert marked(size.size) == (
        "Reported size: 900 cameras; phase 2: 40[1] (The Post, undated; The Sun, undated); 1,000 cameras[1] (The Sun, undated)."
    )
    assert marked(size.sums) == "Budget: 400,000,000 THB[1] (The Post, undated)."
    assert size.repeated == {row.value for row in claims}
    longer = [*claims[:2], scale(claim, 6, "d2", "1,000 cameras; 2 towns; 3 centres")]
    assert project_size(site, record, longer, documents).size == project_size(site, record, claims[:2], documents).size
    assert longer[2].value not in project_size(site, record, longer, documents).repeated, "another number isn't hidden"
    assert not project_size(site, record, [claim], documents).size


def test_one_day_is_not_given_three_times(site: Site) -> None:
    span = RecordSpan._make([None] * len(RecordSpan._fields))
    span = span._replace(begun=1, begin_latest="2022-04-21", confirmed="2022-04-21", rules=("", "", "", ""))
    assert span_sentences(site, span) == ["In place by 21 April 2022; no source here says since when, or until when."]
    assert span_sentences(site, span, stated_day="2022-04-21") == ["No source here says since when, or until when."]
    in_a_year = span._replace(begin_latest="2018-12-31", confirmed="2018-01-01")
    assert span_sentences(site, in_a_year, stated_day="2018") == ["No source here says since when, or until when."]
    later = span_sentences(site, span._replace(confirmed="2023-01-01"), stated_day="2023-01-01")
    assert later == ["In place by 21 April 2022 and on 1 January 2023; no source here gives a beginning or an end."]
    answered = span_sentences(site, span._replace(confirmed="2023-01-01"), has_answers=True)
    assert answered == ["In place by 21 April 2022 and on 1 January 2023."], "a statement may announce the end"


def test_an_approximate_date_is_not_also_given_as_the_days_that_it_can_mean(site: Site) -> None:
    span = RecordSpan._make([None] * len(RecordSpan._fields))._replace(begun=1, counts=1, rules=["date"] * 4)
    span = span._replace(begin_earliest="2025-05-20", begin_latest="2025-05-22")
    fact = Fact("p", "operational", "2025-05-21~", None, None, True, False, "stated", 1, 1, 1, "c", "s", None, None)
    project = Record("p", "project", "P", "en", None, 1, 1, 1, "open", {"operational": [fact]})
    assert use_sentences(site, span, project, [], has_answers=True) == ["In use since about 21 May 2025."]
    wider = span._replace(begin_latest="2025-06-01")
    assert use_sentences(site, wider, project, [], has_answers=True) == [
        "In use since a day between 20 May 2025 and 1 June 2025."
    ]
    ended = span._replace(end_earliest="2026-01-01", end_latest="2026-03-31")
    assert span_sentences(site, ended, stated=("2025-05-21~", "2026-02?")) == [
        "Began: about 21 May 2025.", "Ended: February 2026 (uncertain)."
    ]  # fmt: skip
    assert span_sentences(site, ended)[0] == "Began between 20 May 2025 and 22 May 2025."


def test_a_project_that_is_reported_as_started_is_not_said_to_lack_reports(site: Site) -> None:
    span = RecordSpan._make([None] * len(RecordSpan._fields))._replace(begun=1, begin_earliest="2025-05-21", counts=1)
    span = span._replace(rules=["earlier-step", None, None, None])
    fact = Fact("p", "started", "2025-05-21", None, None, True, False, "stated", 1, 1, 1, "c", "s", None, None)
    project = Record("p", "project", "P", "en", None, 1, 1, 1, "open", {"started": [fact]})
    assert use_sentences(site, span, project, [], has_answers=True) == [
        "Started 21 May 2025; no source here says whether that was the agreement, the work or the use."
    ]
    [agreed] = use_sentences(site, span, replace(project, facts={}), [], has_answers=True)
    assert agreed == "Not before 21 May 2025; no source here says when it began."
