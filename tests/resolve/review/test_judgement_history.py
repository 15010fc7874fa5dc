"""Random histories: undo gives back exactly the judgements and the clusters that were there before."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overt.ledger import Ledger, LedgerError
from overt.resolve.resolver import Resolution
from overt.resolve.review.judgement_history import judgement_history
from tests.resolve.world import World, record

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
    """Five records; names join some, two sources hold each other's, and one says it has no duplicates."""
    made = World(Path(tmp_path_factory.mktemp("world")))
    names = {"a:1": "Huawei", "a:2": "ZTE", "b:1": "Huawei", "b:2": "Zhongxing", "c:1": "Huawei"}
    for source in "abc":
        made.snapshot(*(record(name, name=said) for name, said in names.items() if name[0] == source))
    return made


def resolve(world: World, ledger: Ledger) -> Resolution:
    pairs = {verdict: [] for verdict in ("same", "different", "unsure")}
    for one in ledger.judgements():
        pairs[one.verdict].append((one.left, one.right))
    return world.resolve(**pairs, one_to_one=frozenset({("b", "organization")}))


def act(ledger: Ledger, action):
    """Do it; nothing when there is nothing to undo."""
    what, value = action
    try:
        return ledger.undo(value, **BY) if what == "undo" else ledger.judge(*what, value, **BY)
    except LedgerError:
        return None


def state(world: World, ledger: Ledger):
    return ledger.judgements(), resolve(world, ledger)


@settings(max_examples=25, deadline=None)
@given(HISTORY, ACTION)
def test_undoing_what_was_done_last_gives_back_what_was(world, before, action) -> None:
    with Ledger("sqlite://") as ledger:
        for one in before:
            act(ledger, one)
        was = state(world, ledger)
        entry = act(ledger, action)
        if entry is not None:
            now = state(world, ledger)
            undo = ledger.undo(entry.sequence, **BY)
            assert state(world, ledger) == was
            ledger.undo(undo.sequence, **BY)
            assert state(world, ledger) == now


@settings(max_examples=25, deadline=None)
@given(HISTORY, st.integers(1, 8))
def test_undoing_any_act_is_as_if_it_had_not_been(world, actions, number) -> None:
    """Against a ledger in which the judgements that stand are all that ever was, and in another order."""
    with Ledger("sqlite://") as ledger, Ledger("sqlite://") as plain:
        for one in actions:
            act(ledger, one)
        act(ledger, ("undo", number))
        for one in reversed(ledger.judgements()):
            plain.judge(one.left, one.right, one.verdict, **BY)
        assert resolve(world, ledger) == resolve(world, plain)


def test_the_histories_make_a_difference(world) -> None:
    """Else the tests above could not fail."""
    with Ledger("sqlite://") as ledger:
        states = [resolve(world, ledger)]
        for action in ((["a:1", "c:1"], "different"), (["a:1", "c:1"], "unsure"), (["a:2", "b:2"], "same")):
            act(ledger, action)
            states.append(resolve(world, ledger))
        clusters = [sorted({identity for _, _, identity, *_ in held.members}) for held in states]
        assert len({tuple(held) for held in clusters}) == 3
        assert states[1] != states[2], "refused for another reason"


@settings(max_examples=50, deadline=None)
@given(HISTORY)
def test_every_judgement_is_told_with_what_became_of_it(actions) -> None:
    with Ledger("sqlite://") as ledger:
        for one in actions:
            act(ledger, one)
        events = judgement_history(ledger.entries())
        standing = {one.sequence for one in ledger.judgements()}
        assert [event.judgement.sequence for event in events] == [
            entry.sequence for entry in ledger.entries() if entry.kind == "judgement"
        ]
        assert {event.judgement.sequence for event in events if event.state == "stands"} == standing
        kinds = {entry.sequence: entry for entry in ledger.entries()}
        for event in events:
            assert (event.by is None) == (event.state == "stands")
            if event.state == "undone":
                assert kinds[event.by].payload["sequence"] == event.judgement.sequence
            if event.state == "overridden":
                assert event.by in standing
                assert kinds[event.by].payload["left"] == event.judgement.left
