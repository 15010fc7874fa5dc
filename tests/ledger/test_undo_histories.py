"""Undoing restores exactly the earlier state, in random histories."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overt.ledger import Ledger, LedgerError, SourceDocument
from tests.ledger.conftest import BY, add_document, claim, read_state

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
    """Perform an action on a ledger. Return its entry, or None if the ledger refuses the action, as it must in some states."""
    name, *values = action
    try:
        if name == "judge":
            return ledger.judge(*values, **BY)
        if name == "claim":
            return claim(ledger, *values)
        if name == "document":
            is_claim = values[0] in [editorial.sequence for editorial in ledger.claims()]  # the ledger doesn't check this
            return add_document(ledger, *values, SourceDocument("Letter", "page 1")) if is_claim else None
        if name == "undo several":
            return ledger.undo(values[0], last=values[1], **BY)
        return getattr(ledger, name)(*values, **BY)
    except LedgerError:
        return None


def act_all(ledger, history):
    return [entry for entry in (act(ledger, action) for action in history) if entry is not None]


@pytest.mark.ci
@settings(max_examples=50, deadline=None)
@given(HISTORY, ACTION)
def test_undoing_the_last_act_restores_the_earlier_state(history, action):
    with Ledger("sqlite://") as ledger:
        act_all(ledger, history)
        before = read_state(ledger)
        entry = act(ledger, action)
        if entry is not None:
            after = read_state(ledger)
            undone = ledger.undo(entry.sequence, **BY)
            assert read_state(ledger) == before
            ledger.undo(undone.sequence, **BY)
            assert read_state(ledger) == after
        assert list(ledger.verify()) == []


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(HISTORY, NUMBER)
def test_undoing_any_act_is_as_if_it_had_never_been_done(history, number):
    """The ledger is compared with a second ledger that received only the decisions in force."""
    with Ledger("sqlite://") as ledger, Ledger("sqlite://") as plain:
        entries = act_all(ledger, history)
        entry = act(ledger, ("undo", number))
        entries += [] if entry is None else [entry]

        def is_in_force(sequence):
            undos = [e.sequence for e in entries if e.kind == "undo" and sequence in undone_range(e.payload)]
            return not any(is_in_force(undo) for undo in undos)

        numbers = {}
        for entry in entries:
            if not is_in_force(entry.sequence) or entry.kind == "undo":
                continue
            values = dict(entry.payload)
            if entry.kind == "judgement":
                new = plain.judge(**values, **BY)
            elif entry.kind == "retraction":
                if values["target"] in {retraction.target for retraction in plain.retractions()}:
                    continue  # An undo restored an earlier retraction of the same target. Both are in force.
                new = plain.retract(**values, **BY)
            elif entry.kind == "claim":
                new = claim(plain, values["value"])
            elif values["claim"] in numbers:
                new = add_document(plain, numbers[values["claim"]], SourceDocument(**values["document"]))
            else:
                continue
            numbers[entry.sequence] = new.sequence
        assert comparable_state(ledger) == comparable_state(plain)


def undone_range(undo):
    return range(undo["sequence"], undo.get("last", undo["sequence"]) + 1)


@pytest.mark.ci
@settings(max_examples=50, deadline=None)
@given(HISTORY, HISTORY)
def test_undoing_all_entries_since_one_restores_the_state_before_it(history, more):
    """The undone entries may themselves undo earlier entries or one another. Another undo restores everything."""
    with Ledger("sqlite://") as ledger:
        act_all(ledger, history)
        before, first = read_state(ledger), ledger.head().sequence + 1
        if not act_all(ledger, more):
            return
        after = read_state(ledger)
        undone = ledger.undo(first, last=ledger.head().sequence, **BY)
        assert read_state(ledger) == before
        assert list(ledger.verify()) == []
        ledger.undo(undone.sequence, **BY)
        assert read_state(ledger) == after


def comparable_state(ledger):
    """Return the verdicts, claimed values with their documents, and distinct retracted targets that are in force."""
    judgements, claims, retractions = read_state(ledger)
    return (
        [(judgement.left, judgement.right, judgement.verdict) for judgement in judgements],
        [(editorial.value, editorial.documents) for editorial in claims],
        list(dict.fromkeys(retraction.target for retraction in retractions)),
    )


@settings(max_examples=30, deadline=None)
@given(HISTORY)
def test_the_state_as_of_an_entry_is_the_state_at_that_time(history):
    with Ledger("sqlite://") as ledger:
        states = [read_state(ledger), *(read_state(ledger) for action in history if act(ledger, action) is not None)]
        assert [read_state(ledger, until) for until in range(len(states))] == states
