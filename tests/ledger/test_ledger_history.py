"""Random histories: undoing restores exactly what was, whatever came between."""

from hypothesis import given, settings
from hypothesis import strategies as st

from overt.ledger import Ledger, LedgerError, SourceDocument
from tests.ledger.conftest import BY, claim, state

NUMBER = st.integers(1, 12)
RECORD = st.sampled_from(["alpha:1", "alpha:2", "beta:1"])
ACTION = st.one_of(
    st.tuples(st.just("judge"), RECORD, RECORD, st.sampled_from(["same", "different", "unsure"])),
    st.tuples(st.just("claim"), st.sampled_from(["one", "two"])),
    st.tuples(st.just("document"), NUMBER),
    st.tuples(st.just("retract"), RECORD),
    st.tuples(st.just("undo"), NUMBER),
    st.tuples(st.just("undo"), NUMBER),
    st.tuples(st.just("undo several"), NUMBER, NUMBER),
)
HISTORY = st.lists(ACTION, max_size=12)


def act(ledger, action):
    """Do it; None if the ledger refuses, as it must for some."""
    name, *values = action
    try:
        if name == "judge":
            return ledger.judge(*values, **BY)
        if name == "claim":
            return claim(ledger, *values)
        if name == "document":
            return ledger.add_document(*values, SourceDocument("Letter", "page 1"), **BY)
        if name == "undo several":
            return ledger.undo(values[0], last=values[1], **BY)
        return getattr(ledger, name)(*values, **BY)
    except LedgerError:
        return None


def played(ledger, history):
    return [entry for entry in (act(ledger, action) for action in history) if entry is not None]


@settings(max_examples=50, deadline=None)
@given(HISTORY, ACTION)
def test_undoing_the_last_act_restores_every_view(history, action):
    with Ledger("sqlite://") as ledger:
        played(ledger, history)
        before = state(ledger)
        entry = act(ledger, action)
        if entry is not None:
            after = state(ledger)
            undone = ledger.undo(entry.sequence, **BY)
            assert state(ledger) == before
            ledger.undo(undone.sequence, **BY)
            assert state(ledger) == after
        assert list(ledger.verify()) == []


@settings(max_examples=50, deadline=None)
@given(HISTORY, NUMBER)
def test_undoing_any_act_is_as_if_it_had_never_been(history, number):
    """Against a second ledger in which only what stands was ever decided."""
    with Ledger("sqlite://") as ledger, Ledger("sqlite://") as plain:
        entries = played(ledger, history)
        entry = act(ledger, ("undo", number))
        entries += [] if entry is None else [entry]

        def stands(sequence):
            undos = [e.sequence for e in entries if e.kind == "undo" and sequence in about(e.payload)]
            return not any(stands(undo) for undo in undos)

        numbers = {}
        for held in entries:
            if not stands(held.sequence) or held.kind == "undo":
                continue
            values = dict(held.payload)
            if held.kind == "judgement":
                new = plain.judge(**values, **BY)
            elif held.kind == "retraction":
                new = plain.retract(**values, **BY)
            elif held.kind == "claim":
                new = claim(plain, values["value"])
            elif values["claim"] in numbers:
                new = plain.add_document(numbers[values["claim"]], SourceDocument(**values["document"]), **BY)
            else:
                continue
            numbers[held.sequence] = new.sequence
        assert told(ledger) == told(plain)


def about(undo):
    return range(undo["sequence"], undo.get("last", undo["sequence"]) + 1)


@settings(max_examples=50, deadline=None)
@given(HISTORY, HISTORY)
def test_undoing_all_since_an_entry_restores_what_was_before_it(history, more):
    """Undos among them, of what came before and of one another, are taken back too; and one undo brings all of it back."""
    with Ledger("sqlite://") as ledger:
        played(ledger, history)
        before, first = state(ledger), ledger.head().sequence + 1
        if not played(ledger, more):
            return
        after = state(ledger)
        undone = ledger.undo(first, last=ledger.head().sequence, **BY)
        assert state(ledger) == before
        assert list(ledger.verify()) == []
        ledger.undo(undone.sequence, **BY)
        assert state(ledger) == after


def told(ledger):
    """What the views say, but for the entries' numbers and chains."""
    judgements, claims, retractions = state(ledger)
    return (
        [(held.left, held.right, held.verdict) for held in judgements],
        [(held.value, held.documents) for held in claims],
        [held.target for held in retractions],
    )


@settings(max_examples=30, deadline=None)
@given(HISTORY)
def test_views_as_of_an_entry_are_the_views_that_were(history):
    with Ledger("sqlite://") as ledger:
        seen = [state(ledger), *(state(ledger) for action in history if act(ledger, action) is not None)]
        assert [state(ledger, until) for until in range(len(seen))] == seen
