"""Settling open questions in the terminal, and lists of questions and judgements."""

import io
import os
import pty
import select
import shutil
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from copy import copy
from pathlib import Path

import orjson
import pytest
from rich.console import Console

from overt.archive import Archive
from overt.cli.editor_entries.question_display import show
from overt.cli.editor_entries.review_session import KEYS, Session
from overt.cli.text_truncation_and_sizes import plain
from overt.desk.ranked_queue import ranked_queue
from overt.ledger import Ledger
from overt.model.workspace import Workspace
from overt.resolve.review.conflicts import JudgementGraph
from overt.resolve.review.decision import decide
from overt.resolve.review.evidence import EvidenceReader
from overt.resolve.review.member_lookup import Members
from overt.resolve.review.relation_judgement import relate
from overt.resolve.review.undoing_ledger_entries import undo_entries
from tests.cli.test_exit_codes_errors_and_json import one_line
from tests.desk.conftest import make
from tests.support.command_built_atlas import BY, Atlas


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    return make(tmp_path_factory.mktemp("review"))[0]


@pytest.fixture
def atlas(original: Atlas, tmp_path: Path) -> Atlas:
    duplicate = copy(original)
    duplicate.root = tmp_path / "atlas"
    shutil.copytree(original.root, duplicate.root)
    duplicate.workspace = Workspace.open(duplicate.root)
    return duplicate


class Sitting:
    """A review session that runs as soon as it is created, with `keys` and `lines` as its input."""

    def __init__(self, atlas: Atlas, keys: str, *lines: str) -> None:
        ledger: Ledger = atlas.ledger
        release = next(path for path in (atlas.root / "releases").iterdir() if path.is_dir())
        members = Members(atlas.workspace.resolved)
        queue = ranked_queue(atlas.workspace, members, ledger.judgements(), release)
        self._keys: Iterator[str] = iter(keys)
        self._lines = iter(lines)
        self.questions: list[str] = []
        self.prompts: list[str] = []
        self._printed = io.StringIO()
        self._session = Session(
            queue=queue,
            standing=JudgementGraph(ledger.judgements()),
            show=lambda ranked, heading: self.questions.append(f"{heading} {ranked.question.left.record}"),
            decide=lambda question, verdict, why: decide(
                atlas.workspace, ledger, question.left.record, question.right.record, verdict, "Ada", why
            ),
            relate=lambda question, why: relate(
                atlas.workspace, ledger, (question.from_, question.to), question.kind, "Ada", why
            ),
            undo=lambda entry: undo_entries(ledger, entry, "Ada", "taken back") and None,
            reread=lambda: JudgementGraph(ledger.judgements()),
            console=Console(file=self._printed, width=200),
            key=lambda: next(self._keys, ""),
            line=self._line,
        )
        self.judged = self._session.run()
        self.output = self._printed.getvalue()

    def _line(self, prompt: str) -> str:
        self.prompts.append(prompt)
        try:
            return next(self._lines)
        except StopIteration:
            raise EOFError from None


def verdicts(atlas: Atlas) -> dict[tuple[str, str], tuple[str, str]]:
    return {(judgement.left, judgement.right): (judgement.verdict, judgement.why) for judgement in atlas.ledger.judgements()}


def test_one_key_and_a_reason_decide(atlas: Atlas) -> None:
    sat = Sitting(atlas, "sDu", "one website", "two countries", "who knows")
    assert verdicts(atlas) == {
        ("alpha:bluestem", "beta:bluestem"): ("same", "one website"),
        ("alpha:quartz", "beta:quartz"): ("different", "two countries"),
        ("alpha:quiet", "beta:quiet"): ("unsure", "who knows"),
    }
    assert sat.questions == ["1 of 3 alpha:bluestem", "2 of 3 alpha:quartz", "3 of 3 alpha:quiet"]
    assert sat.judged == 3 and "that was the last question" in sat.output
    assert "3 judged; `overt resolve` and `overt release` make it count" in sat.output


def test_enter_gives_the_reason_of_before_and_no_reason_judges_nothing(atlas: Atlas) -> None:
    sat = Sitting(atlas, "ssd", "  ", "one website", "")
    assert verdicts(atlas) == {
        ("alpha:bluestem", "beta:bluestem"): ("same", "one website"),
        ("alpha:quartz", "beta:quartz"): ("different", "one website"),
    }
    assert "not judged: a judgement needs its reason" in sat.output
    assert sat.prompts[2] == "different, because (Enter: one website): "


def test_skip_and_back(atlas: Atlas) -> None:
    sat = Sitting(atlas, "n bby?q")
    assert sat.questions == [
        "1 of 3 alpha:bluestem", "2 of 3 alpha:quartz", "3 of 3 alpha:quiet", "2 of 3 alpha:quartz", "1 of 3 alpha:bluestem",
    ]  # fmt: skip
    assert sat.output.count(KEYS) == 7, "said with every question, and for a key that is none"
    assert verdicts(atlas) == {} and sat.judged == 0


def test_going_back_and_judging_again_overrides(atlas: Atlas) -> None:
    sat = Sitting(atlas, "sbdq", "one website", "no, two")
    assert verdicts(atlas) == {("alpha:bluestem", "beta:bluestem"): ("different", "no, two")}
    assert "note: overrides entry 1: same, Ada on " in sat.output
    assert len(atlas.ledger.entries()) == 2


def test_undo_goes_back_step_by_step(atlas: Atlas) -> None:
    sat = Sitting(atlas, "sdzzzq", "one", "two")
    assert verdicts(atlas) == {} and sat.judged == 0
    assert [entry.kind for entry in atlas.ledger.entries()] == ["judgement", "judgement", "undo", "undo"]
    assert sat.questions[2:] == ["3 of 3 alpha:quiet", "2 of 3 alpha:quartz", "1 of 3 alpha:bluestem", "1 of 3 alpha:bluestem"]
    assert "nothing was judged in this sitting" in sat.output


@pytest.mark.parametrize("end", ["q", "\x03", "\x04", ""])
def test_judgements_remain_after_any_exit(atlas: Atlas, end: str) -> None:
    assert Sitting(atlas, f"s{end}", "one").judged == 1
    assert len(verdicts(atlas)) == 1


def test_questions_settled_meanwhile_are_skipped(atlas: Atlas) -> None:
    """A judgement that joins two entities through a third settles the question about them."""
    atlas.judge("same", "alpha:quartz", "alpha:bluestem")
    atlas.judge("same", "beta:quartz", "beta:bluestem")
    sat = Sitting(atlas, "s", "one")
    assert sat.questions == ["1 of 3 alpha:bluestem", "3 of 3 alpha:quiet"]


def test_a_refusal_is_shown_and_the_question_remains(atlas: Atlas) -> None:
    sat = Sitting(atlas, "ssq", "x" * 10_001, "one")
    assert "not judged: why has 10,001 characters" in sat.output
    assert len(verdicts(atlas)) == 1 and len(sat.questions) == 2


def test_nothing_to_judge(atlas: Atlas) -> None:
    (atlas.root / "resolved" / "candidates.parquet").unlink()
    assert "there is nothing to judge" in Sitting(atlas, "").output
    outcome = atlas.ok("judge", "next")
    assert (outcome.out, outcome.err) == ("", "there is nothing to judge\n")
    assert atlas.read_json("judge", "next") is None
    assert atlas.read_json("judge", "review") == []


# --- What is shown ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [40, 80, 200])
def test_both_sides_with_their_evidence(atlas: Atlas, width: int) -> None:
    members = Members(atlas.workspace.resolved)
    output = io.StringIO()
    console = Console(file=output, width=width)
    release = next(path for path in (atlas.root / "releases").iterdir() if path.is_dir())
    first = ranked_queue(atlas.workspace, members, [], release)[0]
    evidence = EvidenceReader(atlas.workspace, Archive(atlas.workspace.archive), atlas.ledger, members)
    show(console, atlas.workspace.content.schema, evidence, first, "1 of 3")
    lines = output.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    words = " ".join("".join(character if character not in "│┃" else " " for character in line) for line in lines)
    flat = "".join(words.split())
    for part in ("scored60%", "Bluestem", "alpha.csv", "row=", "KE", "UG", "name:+3.25bits"):
        assert part in flat


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("\x1b[2J\x1b]0;title\x07gone", " [2J ]0;title gone"),
        ("one\ntwo\rthree\x00", "one two three "),
        ("abc\u202edcb\u2066", "abc dcb "),
        ("华海 وزارة", "华海 وزارة"),
        ("x" * 400, "x" * 299 + "…"),
    ],
)
def test_nothing_that_a_source_wrote_steers_the_terminal(text: str, printed: str) -> None:
    assert plain(text) == printed


def test_the_queue_as_json(atlas: Atlas) -> None:
    queue = atlas.read_json("judge", "review")
    assert [pair["left"] for pair in queue] == ["alpha:bluestem", "alpha:quartz", "alpha:quiet"]
    first = queue[0]
    assert (first["rows"], first["figures"], first["links"], first["probability"], first["joined"]) == (3, 1, 3, 0.6, False)
    assert first["weight"] == pytest.approx(first["uncertainty"] * 3)
    assert first["parts"]["name"] == 3.25
    assert len(orjson.loads(atlas.ok("judge", "review", "--json", "--limit", "2").out)) == 2
    atlas.judge("unsure", "alpha:bluestem", "beta:bluestem")
    assert len(atlas.read_json("judge", "review")) == 2
    again = orjson.loads(atlas.ok("judge", "review", "--json", "--unsure").out)
    assert [pair["left_open"] for pair in again] == [True, False, False]


def test_the_next_question_with_both_sides(atlas: Atlas) -> None:
    outcome = atlas.ok("judge", "next")
    assert "1 of 3" in outcome.out and "Bluestem" in outcome.out
    assert "overt judge same|different|unsure 'alpha:bluestem' 'beta:bluestem'" in outcome.err
    data = atlas.read_json("judge", "next")
    assert data["agreement"] == {"name": "equal", "alias": "equal", "country": "differ", "website": "one side"}
    claims = data["sides"][0]["claims"]
    assert {"Bluestem Optics", "KE"} <= {claim["value"] for claim in claims}
    assert all(claim["places"][0]["locator"].startswith("row=") for claim in claims)
    assert data["sides"][0]["link_count"] == 3


# --- Refusals, notes, lists and a real terminal --------------------------------------------------------------------------


def test_without_a_terminal_other_commands_are_suggested(atlas: Atlas) -> None:
    line = one_line(atlas.overt("judge", "review", "--who", "Ada"), 2)
    assert "judge review: needs a terminal; `overt judge review --json` lists the queue" in line


def test_the_desk_is_for_this_machine(atlas: Atlas) -> None:
    for host in ("0.0.0.0", "::", "192.0.2.1", "atlas.example"):
        line = one_line(atlas.overt("serve", "--desk", "--host", host), 2)
        assert line.startswith(f"overt: {host}: others can reach this address; add --public")
    line = one_line(atlas.overt("serve", "--desk", "--public"), 2)
    assert line == "overt: the desk is for editors on this machine and not for the public; leave out --desk or --public"


def test_contradictions_are_reported_in_one_line(atlas: Atlas) -> None:
    atlas.judge("different", "alpha:bluestem", "alpha:quartz")
    atlas.judge("same", "alpha:quartz", "beta:bluestem")
    outcome = atlas.ok("judge", "same", "alpha:bluestem", "beta:bluestem", *BY)
    assert outcome.err.splitlines()[-1] == (
        "note: contradicts earlier judgements: alpha:bluestem ≠ alpha:quartz (entry 1), alpha:quartz = beta:bluestem (entry 2),"
        " alpha:bluestem = beta:bluestem (this one); `different` wins, so a join is refused: undo what is wrong"
    )


def test_the_list_shows_the_state_of_every_judgement(atlas: Atlas) -> None:
    first = atlas.judge("same", "alpha:quartz", "beta:quartz")
    second = atlas.judge("different", "alpha:quartz", "beta:quartz")
    third = atlas.judge("same", "alpha:quiet", "beta:quiet")
    atlas.undo(third)
    lines = atlas.ok("judge", "list", "--all").out.splitlines()
    assert lines[0].endswith(f"[overridden by entry {second}]")
    assert lines[1].endswith("both pages say so")
    assert lines[2].endswith("[undone by entry 4]")
    states = atlas.read_json("judge", "list", "--all")["judgements"]
    assert [(state["sequence"], state["state"], state["by"]) for state in states] == [
        (first, "overridden", second), (second, "stands", None), (third, "undone", 4),
    ]  # fmt: skip
    assert [judgement["sequence"] for judgement in atlas.read_json("judge", "list")["judgements"]] == [second]


def test_at_a_real_terminal(atlas: Atlas) -> None:
    words = ["judge", "review", "--who", "Ada", "--workspace", str(atlas.root)]
    front, back = pty.openpty()
    command = [sys.executable, "-c", "from overt.cli import main; main()", *words]
    environment = {**os.environ, "COLUMNS": "100", "LINES": "40", "TERM": "xterm"}
    process = subprocess.Popen(command, stdin=back, stdout=back, stderr=back, env=environment)
    os.close(back)
    seen = ""

    def until(words: str) -> None:
        nonlocal seen
        patience = time.monotonic() + 60
        while words not in seen and time.monotonic() < patience:
            if select.select([front], [], [], 0.2)[0]:
                try:
                    seen += os.read(front, 65536).decode("utf-8", "replace")
                except OSError:  # the other end is closed
                    break
        assert words in seen, seen[-2000:]
        seen = seen.partition(words)[2]

    def press(key: bytes) -> None:
        """Press a key once the terminal reads single keys, so that the key can't answer a question that isn't visible yet."""
        patience = time.monotonic() + 60
        while termios.tcgetattr(front)[3] & termios.ICANON and time.monotonic() < patience:
            time.sleep(0.02)
        os.write(front, key)

    try:
        until(KEYS)
        press(b"s")
        until("same, because")
        os.write(front, b"one website\n")
        until("entry 1: alpha:bluestem and beta:bluestem are judged same")
        until(KEYS)
        press(b"q")
        until("1 judged")
        assert process.wait(60) == 0
    finally:
        process.kill()
        process.wait()
        os.close(front)
    assert verdicts(atlas) == {("alpha:bluestem", "beta:bluestem"): ("same", "one website")}


def test_the_editor_must_be_named(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overt.cli.editor_entries.review_commands.at_terminal", lambda: True)
    line = one_line(atlas.overt("judge", "review", "--who", " "), 2)
    assert line == "overt: judge review: say who decides, with --who NAME or in OVERT_WHO"
