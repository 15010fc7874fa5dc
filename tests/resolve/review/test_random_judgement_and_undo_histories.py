"""Random histories: undo restores exactly the earlier judgements and clusters, and each judgement has the right state."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overt.ledger import Ledger, LedgerError
from overt.resolve.resolver import Resolution
from overt.resolve.review.judgement_history import judgement_history
from tests.resolve.resolved_hand_made_claims import World, record

RECORDS = ["a:1", "a:2", "b:1", "b:2", "c:1"]
BY = {"who": "Ada", "why": "seen", "at": "2026-11-24T12:00:00Z"}
PAIR = st.lists(st.sampled_from(RECORDS), min_size=2, max_size=2, unique=True)
ACTION = st.one_of(
    st.tuples(PAIR, st.sampled_from(["same", "different", "unsure"])),
    st.tuples(st.just("undo"), st.integers(1, 8)),
)
HISTORY = st.lists(ACTION, min_size=1, max_size=8)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Snapshots with five records, three of which share a name. `resolve` treats source b as having no duplicates."""
    snapshots = World(Path(tmp_path_factory.mktemp("world")))
    names = {"a:1": "Huawei", "a:2": "ZTE", "b:1": "Huawei", "b:2": "Zhongxing", "c:1": "Huawei"}
    for source in "abc":
        snapshots.snapshot(*(record(key, name=name) for key, name in names.items() if key[0] == source))
    return snapshots


def resolve(world: World, ledger: Ledger) -> Resolution:
    pairs = {verdict: [] for verdict in ("same", "different", "unsure")}
    for judgement in ledger.judgements():
        pairs[judgement.verdict].append((judgement.left, judgement.right))
    return world.resolve(**pairs, one_to_one=frozenset({("b", "organization")}))


def act(ledger: Ledger, action):
    """Perform an action and return its entry, or None if the ledger refuses it."""
    pair_or_undo, value = action
    try:
        return ledger.undo(value, **BY) if pair_or_undo == "undo" else ledger.judge(*pair_or_undo, value, **BY)
    except LedgerError:
        return None


def state(world: World, ledger: Ledger):
    return ledger.judgements(), resolve(world, ledger)


@pytest.mark.ci
@settings(max_examples=25, deadline=None)
@given(HISTORY, ACTION)
def test_undoing_the_last_action_restores_the_state_before(world, before, action) -> None:
    with Ledger("sqlite://") as ledger:
        for earlier in before:
            act(ledger, earlier)
        before_action = state(world, ledger)
        entry = act(ledger, action)
        if entry is not None:
            after_action = state(world, ledger)
            undo = ledger.undo(entry.sequence, **BY)
            assert state(world, ledger) == before_action
            ledger.undo(undo.sequence, **BY)
            assert state(world, ledger) == after_action


@pytest.mark.ci
@settings(max_examples=25, deadline=None)
@given(HISTORY, st.integers(1, 8))
def test_an_undone_act_leaves_no_trace(world, actions, number) -> None:
    """The ledger is compared with a ledger that has only the judgements in force, in another order."""
    with Ledger("sqlite://") as ledger, Ledger("sqlite://") as plain:
        for step in actions:
            act(ledger, step)
        act(ledger, ("undo", number))
        for judgement in reversed(ledger.judgements()):
            plain.judge(judgement.left, judgement.right, judgement.verdict, **BY)
        assert resolve(world, ledger) == resolve(world, plain)


def test_the_histories_make_a_difference(world) -> None:
    """If the histories made no difference, the tests above could not fail."""
    with Ledger("sqlite://") as ledger:
        states = [resolve(world, ledger)]
        for action in ((["a:1", "c:1"], "different"), (["a:1", "c:1"], "unsure"), (["a:2", "b:2"], "same")):
            act(ledger, action)
            states.append(resolve(world, ledger))
        clusters = [sorted({identity for _, _, identity, *_ in resolution.members}) for resolution in states]
        assert len({tuple(ids) for ids in clusters}) == 3
        assert states[1] != states[2], "refused for another reason"


@pytest.mark.ci
@settings(max_examples=50, deadline=None)
@given(HISTORY)
def test_every_judgement_has_its_state(actions) -> None:
    with Ledger("sqlite://") as ledger:
        for step in actions:
            act(ledger, step)
        events = judgement_history(ledger.entries())
        in_force = {judgement.sequence for judgement in ledger.judgements()}
        assert [event.judgement.sequence for event in events] == [
            entry.sequence for entry in ledger.entries() if entry.kind == "judgement"
        ]
        assert {event.judgement.sequence for event in events if event.state == "stands"} == in_force
        entries = {entry.sequence: entry for entry in ledger.entries()}
        for event in events:
            assert (event.by is None) == (event.state == "stands")
            if event.state == "undone":
                assert entries[event.by].payload["sequence"] == event.judgement.sequence
            if event.state == "overridden":
                assert event.by in in_force
                assert entries[event.by].payload["left"] == event.judgement.left
