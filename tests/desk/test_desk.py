"""The desk: what it displays, and that judgements made there are like all other judgements."""

import html
import re

import pytest

from overt.archive import WorkspaceLock
from overt.desk import queue_evidence_and_judging as desk_module
from tests.desk.conftest import HERE, DeskClient
from tests.support.command_built_atlas import Atlas
from tests.support.command_runs import overt_process

ANSWER = {"left": "alpha:bluestem", "right": "beta:bluestem", "who": "Ada", "why": "one website", "at": "0"}


def text(answer) -> str:
    """Return the text of a page without markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def test_the_question_with_the_largest_impact_comes_first(desk: DeskClient) -> None:
    page = desk.get(HERE)
    page_text = text(page)
    assert page.status_code == 200
    assert "Question 1 of 3" in page_text and "Are these one organisation?" in page_text
    assert "Scored 60 %; published as two records now" in page_text
    assert "3 rows of 1 published figures; 3 records name one of the two" in page_text
    assert "name: +3.25 bits country: −1.50 bits; left KE; right UG" in page_text
    order = re.findall(r"(?:alpha|beta):\w+ · (?:alpha|beta):\w+", text(desk.get(f"{HERE}queue")))
    assert order == ["alpha:bluestem · beta:bluestem", "alpha:quartz · beta:quartz", "alpha:quiet · beta:quiet"]


def test_question_shows_both_sides_with_their_evidence(desk: DeskClient) -> None:
    page = desk.get(HERE)
    page_text = text(page)
    for words in ("Bluestem Optics", "alpha.csv · row=2;col=value", "beta.csv · row=", "Kenya", "Uganda", "≠ no value the same"):
        assert words in page_text
    assert 'class="languages"' not in page.text, "the desk speaks one language"
    assert page.text.count("desk-shared") == 2, "a name of one is an alias of the other"
    assert "Role: Project 1, Supplier" in page_text or "Role: Project 1, supplier" in page_text
    assert "<script>alert" not in page.text and "&lt;script&gt;alert(1)" in page.text


@pytest.mark.parametrize("verdict", ["same", "different", "unsure"])
def test_a_judgement_is_entered_and_the_next_command_is_printed(desk: DeskClient, atlas: Atlas, verdict: str) -> None:
    answer = desk.post("judge", **ANSWER, verdict=verdict)
    assert (answer.status_code, answer.headers["location"]) == (303, "./?at=0&who=Ada&done=1")
    [judged] = atlas.ledger.judgements()
    assert (judged.left, judged.right, judged.verdict) == ("alpha:bluestem", "beta:bluestem", verdict)
    assert (judged.who, judged.why, judged.origin) == ("Ada", "one website", None)
    page = text(desk.get(HERE + answer.headers["location"].removeprefix("./")))
    assert "Entry 1: alpha:bluestem and beta:bluestem are judged" in page
    assert "Readers see it after overt resolve and overt release" in page
    assert "1 entry of the ledger is not in the release served here" in page
    assert "Question 1 of 2" in page and "Quartz" in page


def test_an_answer_from_a_stale_page_is_not_written(desk: DeskClient, atlas: Atlas) -> None:
    """Two editors have the same question open. The second sees the first editor's answer before overriding it."""
    assert 'name="seen" value="0"' in desk.get(HERE).text
    assert desk.post("judge", **ANSWER, verdict="same", seen="0").status_code == 303
    late = {**ANSWER, "who": "Bo", "why": "two boards", "verdict": "different"}
    answer = desk.post("judge", **late, seen="0")
    assert answer.status_code == 400
    assert "this pair was judged after you opened the page: same, because 'one website' (entry 1)" in html.unescape(text(answer))
    assert 'name="seen" value="1"' in answer.text and 'value="two boards"' in answer.text
    assert len(atlas.ledger.entries()) == 1
    assert desk.post("judge", **late, seen="1").status_code == 303
    desk.post("undo", entry="2", who="Bo", why="a mistake")
    assert "entry 2 about this pair" not in text(desk.post("judge", **late, seen="1"))
    desk.post("undo", entry="4", who="Bo", why="a mistake")
    desk.post("undo", entry="1", who="Ada", why="a mistake")
    assert "entry 1 about this pair was taken back after you opened the page" in text(desk.post("judge", **late, seen="1"))


def test_it_counts_after_a_release_and_no_sooner(desk: DeskClient, atlas: Atlas) -> None:
    desk.post("judge", **ANSWER, verdict="same")
    assert not atlas.rows(sorted((atlas.root / "releases").iterdir())[0].name, "FROM judgements")
    atlas.build()
    assert atlas.are_merged("alpha:bluestem", "beta:bluestem")


def test_contradictions_of_a_judgement_are_reported(desk: DeskClient, atlas: Atlas) -> None:
    atlas.judge("different", "alpha:bluestem", "alpha:quartz")
    atlas.judge("same", "alpha:quartz", "beta:bluestem")
    answer = desk.post("judge", **ANSWER, verdict="same")
    page = text(desk.get(HERE + answer.headers["location"].removeprefix("./")))
    assert "Note: contradicts earlier judgements: alpha:bluestem ≠ alpha:quartz (entry 1)" in page
    assert "alpha:quartz = beta:bluestem (entry 2)" in page


def test_an_entry_is_taken_back_with_a_reason(desk: DeskClient, atlas: Atlas) -> None:
    desk.post("judge", **ANSWER, verdict="same")
    form = desk.get(f"{HERE}judgements?undo=1&who=Ada")
    assert "Take entry 1 back" in text(form)
    answer = desk.post("undo", entry="1", who="Bo", why="two websites")
    assert (answer.status_code, answer.headers["location"]) == (303, "judgements?who=Bo&done=2")
    assert atlas.ledger.judgements() == []
    page = text(desk.get(f"{HERE}judgements?who=Bo&done=2"))
    assert "Entry 2 takes entry 1 back" in page and "undone by entry 2" in page
    again = desk.post("undo", entry="1", who="Bo", why="two websites")
    assert again.status_code == 400 and "entry 1 is undone already" in text(again)
    assert "Question 1 of 3" in text(desk.get(HERE))


def test_a_judged_question_can_be_viewed_again(desk: DeskClient, atlas: Atlas) -> None:
    desk.post("judge", **ANSWER, verdict="unsure")
    page = text(desk.get(f"{HERE}?left=beta:bluestem&right=alpha:bluestem"))
    assert "A pair of your choice" in page and "Judged unsure by Ada" in page and "A new judgement overrides it" in page
    never = text(desk.get(f"{HERE}?left=alpha:quiet&right=beta:quartz"))
    assert "Why it is asked" not in never


def test_skip_and_back_are_plain_links(desk: DeskClient) -> None:
    middle = desk.get(f"{HERE}?at=1&who=Ada")
    assert 'href="./?at=0&amp;who=Ada" rel="prev"' in middle.text
    assert 'href="./?at=2&amp;who=Ada" rel="next"' in middle.text
    assert 'name="who" required maxlength="200" autocomplete="off" value="Ada"' in middle.text
    assert 'rel="next"' not in desk.get(f"{HERE}?at=2").text and 'rel="prev"' not in desk.get(HERE).text
    assert "Question 3 of 3" in text(desk.get(f"{HERE}?at=99")), "the queue became shorter meanwhile"


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"why": " "}, "why is empty"),
        ({"why": "\u200b"}, "why is empty"),
        ({"who": ""}, "who is empty"),
        ({"verdict": ""}, "nothing was chosen"),
        ({"verdict": "maybe"}, "nothing was chosen"),
        ({"why": "x" * 10_001}, "why has 10,001 characters"),
    ],
)
def test_invalid_judgement_is_refused_and_the_form_stays_filled(desk: DeskClient, atlas: Atlas, fields: dict, why: str) -> None:
    answer = desk.post("judge", **{**ANSWER, "verdict": "same", **fields})
    assert answer.status_code == 400
    assert f"Not written: {why}" in text(answer)
    fields_sent = {**ANSWER, **fields}
    assert f'value="{fields_sent["who"]}"' in answer.text and f'value="{fields_sent["why"]}"' in answer.text
    assert atlas.ledger.entries() == []


@pytest.mark.parametrize(
    ("left", "right"), [("alpha:p0", "alpha:bluestem"), ("alpha:none", "alpha:p0"), ("alpha:r0", "alpha:r1")]
)
def test_pairs_that_can_never_merge(desk: DeskClient, atlas: Atlas, left: str, right: str) -> None:
    assert desk.get(f"{HERE}?left={left}&right={right}").status_code == 400
    assert desk.post("judge", **{**ANSWER, "left": left, "right": right}, verdict="same").status_code == 400
    assert atlas.ledger.entries() == []


def test_it_waits_for_no_other_writer_for_ever(desk: DeskClient, atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_module, "WAIT", 0.0)
    writer = WorkspaceLock(atlas.root)._acquire()
    try:
        answer = desk.post("judge", **ANSWER, verdict="same")
        assert answer.status_code == 503
        assert "Not written: " in text(answer) and "is writing to this workspace" in text(answer)
    finally:
        writer.release()
    assert desk.post("judge", **ANSWER, verdict="same").status_code == 303


def test_the_command_line_writes_beside_an_open_desk(desk: DeskClient, atlas: Atlas) -> None:
    desk.post("judge", **ANSWER, verdict="same")
    words = ("judge", "different", "alpha:quartz", "beta:quartz", "--who", "Bo", "--why", "no", "--workspace", atlas.root)
    assert overt_process(*words).code == 0
    assert "Question 1 of 1" in text(desk.get(HERE))


def test_nothing_to_judge_is_a_page_too(desk: DeskClient, atlas: Atlas) -> None:
    (atlas.root / "resolved" / "candidates.parquet").unlink()
    for path, words in (("", "Nothing to judge"), ("queue", "Nothing is open"), ("judgements", "Nothing has been judged yet")):
        assert words in text(desk.get(HERE + path))


def test_obstacles_are_reported_in_one_line(desk: DeskClient, atlas: Atlas) -> None:
    (atlas.root / "resolved" / "members.parquet").unlink()
    page = desk.get(HERE)
    assert page.status_code == 409 and "nothing is resolved yet; run `overt resolve`" in text(page)
