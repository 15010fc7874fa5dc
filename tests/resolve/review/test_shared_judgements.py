"""Judgements shared between atlases: import, export, and lines that are wrong or contradict others."""

import itertools

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overt.ledger import Ledger, Origin
from overt.model.errors import OvertError, UsageError
from overt.resolve.review.judgement_exchange import MAX_LINE_BYTES, check_lines, export_lines, plan_import, read_lines
from overt.resolve.review.member_lookup import Members
from overt.resolve.review.undoing_ledger_entries import undo_entries
from tests.resolve.review.hand_made_judgements_and_resolved_tables import AT, resolved

BY = {"who": "Ada Łovelace", "why": "both pages say “HMN”\nand 华海", "at": AT}
LINE = {"left": "a:1", "right": "b:1", "verdict": "same", "who": "Bo", "why": "seen", "at": AT}


def exported(ledger: Ledger, atlas: str = "First atlas") -> bytes:
    return b"".join(export_lines(ledger.judgements(), ledger.entries(), atlas))


def import_lines(ledger: Ledger, data: bytes, **more):
    plan = plan_import(ledger.entries(), read_lines(data, "file"), **more)
    ledger.append_drafts(lambda entries: plan_import(entries, read_lines(data, "file"), **more).taken)
    return plan


def json(line: dict) -> bytes:
    return orjson.dumps(line)


def lines(*rows: dict) -> bytes:
    return b"".join(orjson.dumps({**LINE, **line}) + b"\n" for line in rows)


def test_when_why_and_origin_are_preserved() -> None:
    with Ledger("sqlite://") as first, Ledger("sqlite://") as second, Ledger("sqlite://") as third:
        first.judge("x:1", "y:1", "same", **BY)
        first.undo(1, **BY)
        first.judge("b:1", "a:1", "same", **BY)
        first.judge("a:1", "c:1", "unsure", **BY)
        data = exported(first)
        assert len(data.splitlines()) == 2, "only judgements in force"
        assert import_lines(second, data).left_out == 0
        for original, copy in zip(first.judgements(), second.judgements(), strict=True):
            assert (original.left, original.right, original.verdict, original.why, original.at) == (
                copy.left, copy.right, copy.verdict, copy.why, copy.at
            )  # fmt: skip
            assert copy.who == "an editor of First atlas", "no line names an editor"
            assert copy.origin == Origin("First atlas", original.sequence, first.entries()[original.sequence - 1].chain)
        import_lines(third, exported(second, "Second atlas"))
        assert [original.origin for original in third.judgements()] == [original.origin for original in second.judgements()], (
            "the origin stays"
        )
        assert list(second.verify()) == list(third.verify()) == []


def test_a_second_import_adds_nothing() -> None:
    with Ledger("sqlite://") as first, Ledger("sqlite://") as second:
        first.judge("a:1", "b:1", "same", **BY)
        first.judge("a:1", "c:1", "different", **BY)
        data = exported(first)
        assert len(import_lines(second, data + data).taken) == 2
        before = second.entries()
        again = import_lines(second, data)
        assert (again.taken, again.known) == ([], 2)
        assert (import_lines(first, exported(second)).known, len(first.entries())) == (2, 2), "its own line is known, too"
        second.undo(1, **BY)
        assert (import_lines(second, data).known, len(second.judgements())) == (2, 1), "what was undone here stays undone"
        assert second.entries()[:2] == before


def test_an_agreeing_line_changes_nothing() -> None:
    with Ledger("sqlite://") as ledger:
        ledger.judge("a:1", "b:1", "same", **BY)
        plan = import_lines(ledger, lines({}))
        assert (plan.agreeing, plan.taken, len(ledger.entries())) == (1, [], 1)


@pytest.mark.parametrize(
    ("before", "line", "why"),
    [
        ([("a:1", "b:1", "different")], {}, "line 1: a:1 and b:1 are same; different is in force here (entry 1, Ada Łovelace: "),
        ([("a:1", "b:1", "unsure")], {}, "unsure is in force here"),
        (
            [("a:1", "c:1", "same"), ("b:1", "c:1", "different")],
            {},
            "line 1: contradicts earlier judgements: a:1 = c:1 (entry 1)",
        ),
        ([("a:1", "c:1", "same"), ("b:1", "c:1", "same")], {"verdict": "different"}, "contradicts earlier judgements"),
        ([("a:1", "c:1", "same"), ("b:1", "c:1", "unsure")], {}, "joins what was left open"),
    ],
)
def test_conflicts_are_reported_and_left_out(before, line, why) -> None:
    with Ledger("sqlite://") as ledger:
        for judgement in before:
            ledger.judge(*judgement, **BY)
        plan = import_lines(ledger, lines(line, {"left": "x:1"}))
        assert (len(plan.taken), plan.left_out, len(ledger.entries())) == (1, 1, len(before) + 1)
        assert why in plan.conflicts[0]
        forced = import_lines(ledger, lines(line), take_conflicts=True)
        assert (len(forced.taken), forced.left_out, len(forced.conflicts)) == (1, 0, 1)
        verdicts = {(judgement.left, judgement.right): judgement.verdict for judgement in ledger.judgements()}
        assert verdicts["a:1", "b:1"] == line.get("verdict", "same"), "the last one is in force"


def test_lines_of_one_file_can_contradict_each_other() -> None:
    """In any order, none of the contradicting lines is imported, and all unrelated lines are."""
    rows = [{}, {"right": "c:1", "verdict": "different"}, {"left": "b:1", "right": "c:1"}, {"right": "z:1"}]
    for order in itertools.permutations(rows):
        with Ledger("sqlite://") as ledger:
            plan = import_lines(ledger, lines(*order))
            number = {json(row): place for place, row in enumerate(order, start=1)}
            joins, separating = sorted((number[json(rows[0])], number[json(rows[2])])), number[json(rows[1])]
            assert {conflict.partition(":")[0] for conflict in plan.conflicts} == {
                f"line {place}" for place in (*joins, separating)
            }
            assert [row.right for row in ledger.judgements()] == ["z:1"]
            assert plan.conflicts[0].endswith(
                f"contradicts other lines or judgements: a:1 = b:1 (line {number[json(rows[0])]}),"
                f" b:1 = c:1 (line {number[json(rows[2])]}), a:1 ≠ c:1 (line {separating})"
            )


@pytest.mark.parametrize("verdict", ["different", "unsure"])
def test_two_lines_with_different_verdicts_are_both_reported(verdict) -> None:
    for order in itertools.permutations([{}, {"verdict": verdict, "who": "Cy"}]):
        with Ledger("sqlite://") as ledger:
            plan = import_lines(ledger, lines(*order))
            assert plan.conflicts == [
                f"line 1: a:1 and b:1 are {order[0].get('verdict', 'same')}; line 2 says {order[1].get('verdict', 'same')}",
                f"line 2: a:1 and b:1 are {order[1].get('verdict', 'same')}; line 1 says {order[0].get('verdict', 'same')}",
            ]
            assert ledger.entries() == []
            forced = import_lines(ledger, lines(*order), take_conflicts=True)
            assert (len(forced.taken), len(forced.conflicts)) == (2, 2)


def test_lines_can_contradict_one_another_over_a_judgement_in_force() -> None:
    with Ledger("sqlite://") as ledger:
        ledger.judge("b:1", "c:1", "same", **BY)
        plan = import_lines(ledger, lines({}, {"right": "c:1", "verdict": "different"}, {"left": "c:1", "right": "d:1"}))
        assert [conflict.partition(":")[0] for conflict in plan.conflicts] == ["line 1", "line 2"]
        assert "a:1 = b:1 (line 1), b:1 = c:1 (entry 1), a:1 ≠ c:1 (line 2)" in plan.conflicts[0]
        assert [(judgement.left, judgement.right) for judgement in ledger.judgements()] == [("b:1", "c:1"), ("c:1", "d:1")]


def test_one_undo_reverts_an_import() -> None:
    with Ledger("sqlite://") as ledger:
        ledger.judge("x:1", "y:1", "same", **BY)
        import_lines(ledger, lines({}, {"right": "c:1"}, {"right": "d:1"}))
        assert len(ledger.judgements()) == 4
        assert str(undo_entries(ledger, 3, "Bo", "not so")) == "entry 5 takes entry 3 back", "only one line"
        undone = undo_entries(ledger, 3, "Bo", "not theirs", with_import=True)
        assert (undone.first, undone.last) == (2, 4)
        assert [judgement.left for judgement in ledger.judgements()] == ["x:1"]
        undo_entries(ledger, undone.entry.sequence, "Bo", "theirs after all")
        assert [judgement.right for judgement in ledger.judgements()] == ["b:1", "d:1", "y:1"], (
            "the line undone before stays undone"
        )
        with pytest.raises(UsageError, match="entry 1 came in with no import"):
            undo_entries(ledger, 1, "Bo", "no", with_import=True)


BAD = [
    (b"{", "is not JSON"),
    (b"[]", "Input should be"),
    (b"\xff\xfe", "is not JSON"),
    (b'{"left": "a:1"}', "right: Field required"),
    (orjson.dumps({**LINE, "verdict": "maybe"}), "verdict: Input should be 'same', 'different' or 'unsure'"),
    (orjson.dumps({**LINE, "more": 1}), "more: Extra inputs are not permitted"),
    (orjson.dumps({**LINE, "who": 1}), "who: Input should be a valid string"),
    (orjson.dumps({**LINE, "who": " "}), "who is empty"),
    (orjson.dumps({**LINE, "at": "yesterday"}), "'yesterday' is not a time"),
    (orjson.dumps({**LINE, "at": "2026-11-24"}), "has no time zone"),
    (orjson.dumps({**LINE, "right": "a:1"}), "a record is always the same as itself"),
    (orjson.dumps({**LINE, "right": "ovt-abc"}), "'ovt-abc' is not a record of a source"),
    (orjson.dumps({**LINE, "why": "\x1b[2J gone"}), "why: has control characters"),
    (orjson.dumps({**LINE, "who": "Ada\u202eadA"}), "who: has control characters"),
    (orjson.dumps({**LINE, "left": "a:1\x07"}), "left: has control characters"),
    (orjson.dumps({**LINE, "origin": {"atlas": "x\u2066"}}), "origin.atlas: has control characters"),
    (orjson.dumps({**LINE, "at": "2026-11-26T12:00:01Z"}), "at: 2026-11-26T12:00:01Z is in the future"),
    (orjson.dumps({**LINE, "origin": {"atlas": " "}}), "the atlas it comes from is empty"),
    (orjson.dumps({**LINE, "origin": {"atlas": "x", "entry": "1"}}), "origin.entry: Input should be a valid integer"),
    (orjson.dumps({**LINE, "why": "x" * MAX_LINE_BYTES}), "at most 100,000 are read"),
]


@pytest.mark.parametrize(("line", "why"), BAD)
def test_a_bad_line_is_reported_by_its_number(line, why) -> None:
    data = b"\xef\xbb\xbf" + lines({}).replace(b"\n", b"\r\n") + b"\n" + line + b"\n"
    with pytest.raises(OvertError) as caught:
        read_lines(data, "shared.jsonl", "2026-11-26T12:00:00Z")
    message = str(caught.value)
    assert message.startswith("shared.jsonl: line 3: ") and why in message and message.endswith("fix or remove these lines")
    assert "\n" not in message and len(message) < 400


def test_the_first_of_many_bad_lines_are_listed() -> None:
    with pytest.raises(OvertError, match=r"line 1: .*; line 2: .*; line 3: .* \(and 7 more\); nothing was taken in"):
        read_lines(b"{\n" * 10, "f")


def test_a_line_without_an_origin_has_the_file_as_its_origin() -> None:
    [line] = read_lines(lines({}), "shared.jsonl")
    assert line.draft.payload["origin"] == {"atlas": "shared.jsonl"}


def test_pairs_that_can_never_be_the_same_are_bad_lines(tmp_path, content) -> None:
    types = {"p:1": "project", "r:1": "role", "r:2": "role"}
    members = Members(resolved(tmp_path / "r", [["a:1"], ["b:1"], ["p:1"], ["r:1"], ["r:2"]], types=types))
    assert check_lines(read_lines(lines({}, {"right": "z:9"}), "f"), "f", members, content.schema) == 1
    wrong = lines({}, {"right": "p:1"}, {"left": "r:1", "right": "r:2"})
    with pytest.raises(OvertError, match=r"line 2: a:1 is of type organization.*line 3: r:1: records of type role are never"):
        check_lines(read_lines(wrong, "f"), "f", members, content.schema)


PAIR = st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")).filter(lambda pair: pair[0] != pair[1])
MADE = st.lists(st.tuples(PAIR, st.sampled_from(["same", "different", "unsure"])), max_size=8)


@pytest.mark.ci
@settings(max_examples=40, deadline=None)
@given(MADE, MADE)
def test_an_import_never_contradicts_and_is_idempotent(here, there) -> None:
    with Ledger("sqlite://") as ledger, Ledger("sqlite://") as other:
        for (left, right), verdict in here:
            ledger.judge(f"{left}:1", f"{right}:1", verdict, **BY)
        for (left, right), verdict in there:
            other.judge(f"{left}:1", f"{right}:1", verdict, "Bo", "seen", AT)
        before = ledger.judgements()
        plan = import_lines(ledger, exported(other))
        assert len(plan.taken) + plan.known + plan.agreeing + plan.left_out == len(other.judgements())
        after = {(judgement.left, judgement.right): judgement for judgement in ledger.judgements()}
        assert all(after[judgement.left, judgement.right] == judgement for judgement in before), (
            "judgements from before are in force"
        )
        length = len(ledger.entries())
        assert import_lines(ledger, exported(other)).taken == [] and len(ledger.entries()) == length


@pytest.mark.ci
@settings(max_examples=60, deadline=None)
@given(MADE, MADE, st.randoms(use_true_random=False))
def test_the_result_does_not_depend_on_the_order_of_lines(here, there, random) -> None:
    """In any order, the same lines conflict, and the same lines are imported."""
    file = [
        {"left": f"{left}:1", "right": f"{right}:1", "verdict": verdict, "who": f"Person {number}"}
        for number, ((left, right), verdict) in enumerate(there)
    ]
    shuffled = random.sample(file, len(file))
    outcomes = []
    for order in (file, shuffled):
        with Ledger("sqlite://") as ledger:
            for (left, right), verdict in here:
                ledger.judge(f"{left}:1", f"{right}:1", verdict, **BY)
            plan = import_lines(ledger, lines(*order))
            in_conflict = {order[int(conflict.split(":")[0].removeprefix("line ")) - 1]["who"] for conflict in plan.conflicts}
            outcomes.append((in_conflict, {(draft.who, draft.payload["verdict"]) for draft in plan.taken}, plan.agreeing))
            assert list(ledger.verify()) == []
    assert outcomes[0] == outcomes[1]


def test_a_line_with_a_key_twice_is_refused() -> None:
    line = orjson.dumps(LINE)[:-1] + b', "verdict": "different"}'
    with pytest.raises((OvertError, UsageError), match=r"file.*line 1.*verdict: is there twice"):
        read_lines(line, "file")
