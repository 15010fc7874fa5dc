"""Judgements of another atlas come in together or not at all, with where they come from."""

import pytest

from overt.ledger import Ledger, LedgerError, Origin, act_range, claim_draft, judgement_draft, mark_as_act
from tests.ledger.conftest import AT, BY, REPORT

OTHER = Origin("Other atlas", 7, "ab" * 32)


def draft(left, right, verdict="same", origin=OTHER):
    return judgement_draft(left, right, verdict, **BY, origin=origin)


def test_they_stand_with_who_when_why_and_where_from(ledger, address):
    ledger.judge("alpha:1", "beta:2", "same", **BY)
    seen = []
    entries = ledger.take_in(lambda held: seen.append(len(held)) or [draft("b:2", "a:1"), draft("a:1", "c:3", "unsure", None)])
    assert [entry.sequence for entry in entries] == [2, 3] and seen == [1]
    held = {(one.left, one.right): one for one in Ledger(address).judgements()}
    assert held["a:1", "b:2"].origin == OTHER
    assert held["a:1", "c:3"].origin is None and held["alpha:1", "beta:2"].origin is None
    assert (held["a:1", "b:2"].at, held["a:1", "b:2"].who, held["a:1", "b:2"].why) == (AT, "Ada", "read both pages")
    assert list(ledger.verify()) == []
    ledger.undo(2, **BY)
    assert ("a:1", "b:2") not in {(one.left, one.right) for one in ledger.judgements()}


def test_an_origin_keeps_only_what_is_known(ledger):
    ledger.take_in(lambda _: [draft("a:1", "b:2", origin=Origin("Other atlas"))])
    assert ledger.entries()[0].payload["origin"] == {"atlas": "Other atlas"}
    assert ledger.judgements()[0].origin == Origin("Other atlas", None, None)


def test_nothing_is_written_when_one_cannot_stand(ledger, tmp_path):
    for wrong in (("a:1", "a:1"), ("a", "b:2")):
        with pytest.raises(LedgerError):
            ledger.take_in(lambda _, wrong=wrong: [draft("a:1", "b:2"), draft(*wrong)])
    with pytest.raises(LedgerError, match="the atlas it comes from is empty"):
        ledger.take_in(lambda _: [draft("a:1", "b:2", origin=Origin(" "))])
    assert ledger.take_in(lambda _: []) == []
    assert ledger.entries() == []
    assert list(tmp_path.iterdir()) == [], "to choose nothing makes no ledger"


def test_a_writer_in_between_is_seen(ledger, address):
    rival = Ledger(address)
    seen = []

    def choose(entries):
        seen.append(len(entries))
        if len(seen) == 1:
            rival.judge("x:1", "y:1", "same", **BY)
        return [draft("a:1", "b:2"), draft("a:1", "c:3")]

    assert [entry.sequence for entry in ledger.take_in(choose)] == [2, 3]
    assert seen == [0, 1]
    assert [entry.payload["left"] for entry in ledger.entries()] == ["x:1", "a:1", "a:1"]
    assert list(ledger.verify()) == []


def test_what_is_done_in_one_act_is_found_and_undone_as_one(ledger):
    ledger.judge("x:1", "y:1", "same", **BY)
    relation = [
        claim_draft("editorial:r", "relation", name, value, document=REPORT, **BY)
        for name, value in (("from", "a:1"), ("kind", "parent"), ("to", "b:1"))
    ]
    for _ in range(2):
        ledger.take_in(lambda entries: mark_as_act(entries, [draft("a:1", "b:1", "different", None), *relation]))
    entries = ledger.entries()
    assert [act_range(entries, number) for number in (1, 2, 4, 5, 6, 9)] == [(1, 1), (2, 5), (2, 5), (2, 5), (6, 9), (6, 9)]
    ledger.undo(6, last=9, **BY)
    assert [held.property for held in ledger.claims()] == ["from", "kind", "to"]
    ledger.undo(2, last=5, **BY)
    assert ledger.claims() == [] and [held.left for held in ledger.judgements()] == ["x:1"]
    assert list(ledger.verify()) == []
