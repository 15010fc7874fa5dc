"""Judgements that go from one atlas to another."""

import itertools

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overt.ledger import Ledger, Origin
from overt.model.errors import OvertError, UsageError
from overt.resolve.review.members import Members
from overt.resolve.review.shared_judgements import MAX_LINE_BYTES, check_lines, export_lines, plan_import, read_lines
from overt.resolve.review.undo import undo_entries
from tests.resolve.review.support import AT, resolved

BY = {"who": "Ada Łovelace", "why": "both pages say “HMN”\nand 华海", "at": AT}
LINE = {"left": "a:1", "right": "b:1", "verdict": "same", "who": "Bo", "why": "seen", "at": AT}


def exported(ledger: Ledger, atlas: str = "First atlas") -> bytes:
    return b"".join(export_lines(ledger.judgements(), ledger.entries(), atlas))


def taken(ledger: Ledger, data: bytes, **more):
    made = plan_import(ledger.entries(), read_lines(data, "file"), **more)
    ledger.append_drafts(lambda entries: plan_import(entries, read_lines(data, "file"), **more).taken)
    return made


def json(one: dict) -> bytes:
    return orjson.dumps(one)


def lines(*many: dict) -> bytes:
    return b"".join(orjson.dumps({**LINE, **one}) + b"\n" for one in many)


def test_who_when_why_and_where_from_are_kept() -> None:
    with Ledger("sqlite://") as first, Ledger("sqlite://") as second, Ledger("sqlite://") as third:
        first.judge("x:1", "y:1", "same", **BY)
        first.undo(1, **BY)
        first.judge("b:1", "a:1", "same", **BY)
        first.judge("a:1", "c:1", "unsure", **BY)
        data = exported(first)
        assert len(data.splitlines()) == 2, "only what stands"
        assert taken(second, data).left_out == 0
        for one, other in zip(first.judgements(), second.judgements(), strict=True):
            assert (one.left, one.right, one.verdict, one.who, one.why, one.at) == (
                other.left, other.right, other.verdict, other.who, other.why, other.at
            )  # fmt: skip
            assert other.origin == Origin("First atlas", one.sequence, first.entries()[one.sequence - 1].chain)
        taken(third, exported(second, "Second atlas"))
        assert [one.origin for one in third.judgements()] == [one.origin for one in second.judgements()], "where it was made"
        assert list(second.verify()) == list(third.verify()) == []


def test_to_take_in_twice_is_to_take_in_once() -> None:
    with Ledger("sqlite://") as first, Ledger("sqlite://") as second:
        first.judge("a:1", "b:1", "same", **BY)
        first.judge("a:1", "c:1", "different", **BY)
        data = exported(first)
        assert len(taken(second, data + data).taken) == 2
        before = second.entries()
        again = taken(second, data)
        assert (again.taken, again.known) == ([], 2)
        assert (taken(first, exported(second)).known, len(first.entries())) == (2, 2), "back home it is known, too"
        second.undo(1, **BY)
        assert (taken(second, data).known, len(second.judgements())) == (2, 1), "what was undone here stays undone"
        assert second.entries()[:2] == before


def test_what_agrees_changes_nothing() -> None:
    with Ledger("sqlite://") as ledger:
        ledger.judge("a:1", "b:1", "same", **BY)
        made = taken(ledger, lines({}))
        assert (made.agreeing, made.taken, len(ledger.entries())) == (1, [], 1)


@pytest.mark.parametrize(
    ("before", "line", "why"),
    [
        ([("a:1", "b:1", "different")], {}, "line 1: a:1 and b:1 are same; different stands here (entry 1, Ada Łovelace: "),
        ([("a:1", "b:1", "unsure")], {}, "unsure stands here"),
        ([("a:1", "c:1", "same"), ("b:1", "c:1", "different")], {}, "line 1: contradicts what stands: a:1 = c:1 (entry 1)"),
        ([("a:1", "c:1", "same"), ("b:1", "c:1", "same")], {"verdict": "different"}, "contradicts what stands"),
        ([("a:1", "c:1", "same"), ("b:1", "c:1", "unsure")], {}, "joins what was left open"),
    ],
)
def test_conflicts_are_told_and_left_out(before, line, why) -> None:
    with Ledger("sqlite://") as ledger:
        for one in before:
            ledger.judge(*one, **BY)
        made = taken(ledger, lines(line, {"left": "x:1"}))
        assert (len(made.taken), made.left_out, len(ledger.entries())) == (1, 1, len(before) + 1)
        assert why in made.conflicts[0]
        forced = taken(ledger, lines(line), take_conflicts=True)
        assert (len(forced.taken), forced.left_out, len(forced.conflicts)) == (1, 0, 1)
        held = {(one.left, one.right): one.verdict for one in ledger.judgements()}
        assert held["a:1", "b:1"] == line.get("verdict", "same"), "the one taken in last stands"


def test_lines_of_one_file_can_contradict_each_other() -> None:
    """Whatever their order, none of them is taken, and what has nothing to do with it is."""
    many = [{}, {"right": "c:1", "verdict": "different"}, {"left": "b:1", "right": "c:1"}, {"right": "z:1"}]
    for order in itertools.permutations(many):
        with Ledger("sqlite://") as ledger:
            made = taken(ledger, lines(*order))
            number = {json(one): place for place, one in enumerate(order, start=1)}
            joins, parted = sorted((number[json(many[0])], number[json(many[2])])), number[json(many[1])]
            assert {said.partition(":")[0] for said in made.conflicts} == {f"line {place}" for place in (*joins, parted)}
            assert [one.right for one in ledger.judgements()] == ["z:1"]
            assert made.conflicts[0].endswith(
                f"does not go with others: a:1 = b:1 (line {number[json(many[0])]}), b:1 = c:1 (line {number[json(many[2])]}),"
                f" a:1 ≠ c:1 (line {parted})"
            )


@pytest.mark.parametrize("verdict", ["different", "unsure"])
def test_two_lines_on_one_pair_are_both_told(verdict) -> None:
    for order in itertools.permutations([{}, {"verdict": verdict, "who": "Cy"}]):
        with Ledger("sqlite://") as ledger:
            made = taken(ledger, lines(*order))
            assert made.conflicts == [
                f"line 1: a:1 and b:1 are {order[0].get('verdict', 'same')}; line 2 says {order[1].get('verdict', 'same')}",
                f"line 2: a:1 and b:1 are {order[1].get('verdict', 'same')}; line 1 says {order[0].get('verdict', 'same')}",
            ]
            assert ledger.entries() == []
            forced = taken(ledger, lines(*order), take_conflicts=True)
            assert (len(forced.taken), len(forced.conflicts)) == (2, 2)


def test_what_stands_here_takes_part_in_a_contradiction_of_lines() -> None:
    with Ledger("sqlite://") as ledger:
        ledger.judge("b:1", "c:1", "same", **BY)
        made = taken(ledger, lines({}, {"right": "c:1", "verdict": "different"}, {"left": "c:1", "right": "d:1"}))
        assert [said.partition(":")[0] for said in made.conflicts] == ["line 1", "line 2"]
        assert "a:1 = b:1 (line 1), b:1 = c:1 (entry 1), a:1 ≠ c:1 (line 2)" in made.conflicts[0]
        assert [(one.left, one.right) for one in ledger.judgements()] == [("b:1", "c:1"), ("c:1", "d:1")]


def test_an_import_is_one_act_and_undone_as_one() -> None:
    with Ledger("sqlite://") as ledger:
        ledger.judge("x:1", "y:1", "same", **BY)
        taken(ledger, lines({}, {"right": "c:1"}, {"right": "d:1"}))
        assert len(ledger.judgements()) == 4
        assert str(undo_entries(ledger, 3, "Bo", "not so")) == "entry 5 takes entry 3 back", "one line by itself"
        undone = undo_entries(ledger, 3, "Bo", "not theirs", whole=True)
        assert (undone.first, undone.last) == (2, 4)
        assert [one.left for one in ledger.judgements()] == ["x:1"]
        undo_entries(ledger, undone.entry.sequence, "Bo", "theirs after all")
        assert [one.right for one in ledger.judgements()] == ["b:1", "d:1", "y:1"], "the line that was undone before stays so"
        with pytest.raises(UsageError, match="entry 1 came in with no import"):
            undo_entries(ledger, 1, "Bo", "no", whole=True)


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
    (orjson.dumps({**LINE, "why": "\x1b[2J gone"}), "why: holds signs that steer a terminal"),
    (orjson.dumps({**LINE, "who": "Ada\u202eadA"}), "who: holds signs that steer a terminal or turn"),
    (orjson.dumps({**LINE, "left": "a:1\x07"}), "left: holds signs"),
    (orjson.dumps({**LINE, "origin": {"atlas": "x\u2066"}}), "origin.atlas: holds signs"),
    (orjson.dumps({**LINE, "at": "2026-11-26T12:00:01Z"}), "at: 2026-11-26T12:00:01Z is yet to come"),
    (orjson.dumps({**LINE, "origin": {"atlas": " "}}), "the atlas it comes from is empty"),
    (orjson.dumps({**LINE, "origin": {"atlas": "x", "entry": "1"}}), "origin.entry: Input should be a valid integer"),
    (orjson.dumps({**LINE, "why": "x" * MAX_LINE_BYTES}), "at most 100,000 are read"),
]


@pytest.mark.parametrize(("line", "why"), BAD)
def test_a_bad_line_is_named_by_its_number(line, why) -> None:
    data = b"\xef\xbb\xbf" + lines({}).replace(b"\n", b"\r\n") + b"\n" + line + b"\n"
    with pytest.raises(OvertError) as caught:
        read_lines(data, "shared.jsonl", "2026-11-26T12:00:00Z")
    said = str(caught.value)
    assert said.startswith("shared.jsonl: line 3: ") and why in said and said.endswith("mend or remove these lines")
    assert "\n" not in said and len(said) < 400


def test_of_many_bad_lines_the_first_are_named() -> None:
    with pytest.raises(OvertError, match=r"line 1: .*; line 2: .*; line 3: .* \(and 7 more\); nothing was taken in"):
        read_lines(b"{\n" * 10, "f")


def test_lines_without_an_origin_come_from_the_file() -> None:
    [line] = read_lines(lines({}), "shared.jsonl")
    assert line.draft.payload["origin"] == {"atlas": "shared.jsonl"}


def test_pairs_that_can_never_be_one_are_bad_lines(tmp_path, content) -> None:
    types = {"p:1": "project", "r:1": "role", "r:2": "role"}
    members = Members(resolved(tmp_path / "r", [["a:1"], ["b:1"], ["p:1"], ["r:1"], ["r:2"]], types=types))
    assert check_lines(read_lines(lines({}, {"right": "z:9"}), "f"), "f", members, content.schema) == 1
    wrong = lines({}, {"right": "p:1"}, {"left": "r:1", "right": "r:2"})
    with pytest.raises(OvertError, match=r"line 2: a:1 is of type organization.*line 3: r:1: records of type role are never"):
        check_lines(read_lines(wrong, "f"), "f", members, content.schema)


PAIR = st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")).filter(lambda pair: pair[0] != pair[1])
MADE = st.lists(st.tuples(PAIR, st.sampled_from(["same", "different", "unsure"])), max_size=8)


@settings(max_examples=40, deadline=None)
@given(MADE, MADE)
def test_taking_in_never_contradicts_and_is_idempotent(here, there) -> None:
    with Ledger("sqlite://") as ledger, Ledger("sqlite://") as other:
        for (left, right), verdict in here:
            ledger.judge(f"{left}:1", f"{right}:1", verdict, **BY)
        for (left, right), verdict in there:
            other.judge(f"{left}:1", f"{right}:1", verdict, "Bo", "seen", AT)
        before = ledger.judgements()
        made = taken(ledger, exported(other))
        assert len(made.taken) + made.known + made.agreeing + made.left_out == len(other.judgements())
        kept = {(one.left, one.right): one for one in ledger.judgements()}
        assert all(kept[one.left, one.right] == one for one in before), "what stood here stands"
        length = len(ledger.entries())
        assert taken(ledger, exported(other)).taken == [] and len(ledger.entries()) == length


@settings(max_examples=60, deadline=None)
@given(MADE, MADE, st.randoms(use_true_random=False))
def test_what_becomes_of_a_line_does_not_depend_on_its_place(here, there, random) -> None:
    """The same lines are told and the same are taken, whatever the order of the file."""
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
            made = taken(ledger, lines(*order))
            told = {order[int(said.split(":")[0].removeprefix("line ")) - 1]["who"] for said in made.conflicts}
            outcomes.append((told, {(draft.who, draft.payload["verdict"]) for draft in made.taken}, made.agreeing))
            assert list(ledger.verify()) == []
    assert outcomes[0] == outcomes[1]
