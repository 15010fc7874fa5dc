"""Drafts are appended together or not at all, acts are undone as one, and imported judgements keep their origin."""

import pytest

from overt.ledger import Ledger, LedgerError, Origin, act_range, claim_draft, document_draft, judgement_draft, mark_as_act
from tests.ledger.conftest import AT, BY, REPORT
from tests.ledger.test_ledger_decisions import LETTER

OTHER = Origin("Other atlas", 7, "ab" * 32)


def draft(left, right, verdict="same", origin=OTHER):
    return judgement_draft(left, right, verdict, **BY, origin=origin)


def test_imported_judgements_have_author_time_reason_and_origin(ledger, address):
    ledger.judge("alpha:1", "beta:2", "same", **BY)
    lengths = []

    def choose(existing):
        lengths.append(len(existing))
        return [draft("b:2", "a:1"), draft("a:1", "c:3", "unsure", None)]

    entries = ledger.append_drafts(choose)
    assert [entry.sequence for entry in entries] == [2, 3] and lengths == [1]
    judgements = {(judgement.left, judgement.right): judgement for judgement in Ledger(address).judgements()}
    imported = judgements["a:1", "b:2"]
    assert imported.origin == OTHER
    assert judgements["a:1", "c:3"].origin is None and judgements["alpha:1", "beta:2"].origin is None
    assert (imported.at, imported.who, imported.why) == (AT, "Ada", "read both pages")
    assert list(ledger.verify()) == []
    ledger.undo(2, **BY)
    assert ("a:1", "b:2") not in {(judgement.left, judgement.right) for judgement in ledger.judgements()}


def test_an_origin_has_only_known_fields(ledger):
    ledger.append_drafts(lambda _: [draft("a:1", "b:2", origin=Origin("Other atlas"))])
    assert ledger.entries()[0].payload["origin"] == {"atlas": "Other atlas"}
    assert ledger.judgements()[0].origin == Origin("Other atlas", None, None)


def test_nothing_is_written_if_one_draft_is_invalid(ledger, tmp_path):
    for wrong in (("a:1", "a:1"), ("a", "b:2")):
        with pytest.raises(LedgerError):
            ledger.append_drafts(lambda _, wrong=wrong: [draft("a:1", "b:2"), draft(*wrong)])
    with pytest.raises(LedgerError, match="the atlas it comes from is empty"):
        ledger.append_drafts(lambda _: [draft("a:1", "b:2", origin=Origin(" "))])
    assert ledger.append_drafts(lambda _: []) == []
    assert ledger.entries() == []
    assert list(tmp_path.iterdir()) == [], "choosing nothing creates no ledger"


def test_the_choice_is_repeated_after_another_writer(ledger, address):
    rival = Ledger(address)
    lengths = []

    def choose(entries):
        lengths.append(len(entries))
        if len(lengths) == 1:
            rival.judge("x:1", "y:1", "same", **BY)
        return [draft("a:1", "b:2"), draft("a:1", "c:3")]

    assert [entry.sequence for entry in ledger.append_drafts(choose)] == [2, 3]
    assert lengths == [0, 1]
    assert [entry.payload["left"] for entry in ledger.entries()] == ["x:1", "a:1", "a:1"]
    assert list(ledger.verify()) == []


def test_entries_of_one_act_are_undone_together(ledger):
    ledger.judge("x:1", "y:1", "same", **BY)
    relation = [
        claim_draft("editorial:r", "relation", name, value, document=REPORT, **BY)
        for name, value in (("from", "a:1"), ("kind", "parent"), ("to", "b:1"))
    ]
    for _ in range(2):
        ledger.append_drafts(lambda entries: mark_as_act(entries, [draft("a:1", "b:1", "different", None), *relation]))
    entries = ledger.entries()
    assert [act_range(entries, number) for number in (1, 2, 4, 5, 6, 9)] == [(1, 1), (2, 5), (2, 5), (2, 5), (6, 9), (6, 9)]
    ledger.undo(6, last=9, **BY)
    assert [editorial.property for editorial in ledger.claims()] == ["from", "kind", "to"]
    ledger.undo(2, last=5, **BY)
    assert ledger.claims() == [] and [judgement.left for judgement in ledger.judgements()] == ["x:1"]
    assert list(ledger.verify()) == []


def test_an_act_with_a_further_document_can_be_read_again_and_is_undone_as_one(ledger):
    drafts = [
        claim_draft("editorial:x", "organization", "name", "X", document=REPORT, **BY),
        document_draft(1, LETTER, **BY),
    ]
    ledger.append_drafts(lambda entries: mark_as_act(entries, drafts))
    assert [editorial.documents for editorial in ledger.claims()] == [(REPORT, LETTER)]
    assert list(ledger.verify()) == []
    assert act_range(ledger.entries(), 2) == (1, 2)
    ledger.undo(1, last=2, **BY)
    assert ledger.claims() == []


def test_a_draft_that_could_not_be_read_again_is_refused(ledger):
    draft("a:1", "b:1")
    odd = judgement_draft("a:1", "b:1", "same", **BY)
    odd = odd._replace(payload={**odd.payload, "colour": "red"})
    with pytest.raises(LedgerError, match="entry of kind judgement with left, right, verdict, colour can't be read again"):
        ledger.append_drafts(lambda entries: [odd])
    assert ledger.entries() == []
