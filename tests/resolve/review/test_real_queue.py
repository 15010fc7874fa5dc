"""Questions and proposals after a real resolution, scores and all, and what judging and undoing makes of them."""

from contextlib import suppress
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from overt.ledger import Ledger, LedgerError
from overt.model.content import Catalogue
from overt.resolve.relation_table import StatedRelation, read_relations
from overt.resolve.resolution_store import write_resolution
from overt.resolve.resolver import Resolution
from overt.resolve.review.members import Members
from overt.resolve.review.open_questions import open_proposals, open_questions
from overt.resolve.review.undo import undo_entries
from overt.resolve.scorer import Scorer
from tests.resolve.world import World, record, relation

SCORER = Scorer(Catalogue())
BY = {"who": "Ada", "why": "seen", "at": "2026-11-24T12:00:00Z"}
STATED = [StatedRelation("a:larkspur", "parent", "b:larkspur", "b:r")]
RECORDS = [
    *(record(f"{source}:zte", name="ZTE") for source in "abcde"),
    record("a:hikvision", name="Hangzhou Hikvision Digital Technology Co., Ltd."),
    record("b:hikvision", name="Hangzhou Hikvison Digital Technology Company Limited"),
    record("c:hikvision", name="Hangzhou Hikvision Digital Technology Co., Ltd."),
    record("a:bluestem", name="Bluestem Lantern Co., Ltd."),
    record("b:bluestem", name="Bluestem Lantern Second Engineering Bureau"),
    record("c:bluestem", name="Bluestem Lantern Second Engineering Bureau Ltd"),
    record("a:larkspur", name="Larkspur Optical Fibre Company", country="CN"),
    record("b:larkspur", name="Larkspur Optical Fibre Group", country="CN"),
    relation("b:r", "a:larkspur", "parent", "b:larkspur"),
]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = World(tmp_path_factory.mktemp("world"))
    for source in "abcde":
        world.snapshot(*(held for held in RECORDS if held[0].source == source))
    return world


@pytest.fixture(scope="module")
def plain(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `overt resolve` writes before anybody has judged."""
    return written(world.resolve(scorer=SCORER), tmp_path_factory.mktemp("plain") / "resolved")


def written(resolution: Resolution, folder: Path) -> Path:
    write_resolution(folder, resolution, "test", STATED)
    return folder


def judged(ledger: Ledger) -> dict[str, list[tuple[str, str]]]:
    pairs: dict[str, list[tuple[str, str]]] = {"same": [], "different": [], "unsure": []}
    for one in ledger.judgements():
        pairs[one.verdict].append((one.left, one.right))
    return pairs


def asked(folder: Path, ledger: Ledger | None = None) -> dict[tuple[str, str], object]:
    found = open_questions(folder, Members(folder), ledger.judgements() if ledger else [])
    return {(held.left.record, held.right.record): held for held in found}


def test_records_of_one_name_are_no_question(plain: Path) -> None:
    members = Members(plain)
    assert len(members.cluster(members.find("a:zte").id)) == 5
    assert not any("zte" in left for left, _ in asked(plain))


def test_of_one_thing_its_weakest_join_is_asked_once(plain: Path) -> None:
    members = Members(plain)
    assert len({members.find(f"{source}:hikvision").id for source in "abc"}) == 1
    assert "score" in pq.read_table(plain / "edges.parquet")["reason"].to_pylist()
    [pair] = [pair for pair in asked(plain) if "hikvision" in pair[0]]
    assert "b:hikvision" in pair, "the one of another spelling; the two of one name are no question"
    with Ledger("sqlite://") as ledger:
        ledger.judge(*pair, "same", **BY)
        assert not any("hikvision" in left for left, _ in asked(plain, ledger))


def test_between_two_things_one_pair_is_asked_with_the_relation_that_is_proposed(plain: Path) -> None:
    assert len(pq.read_table(plain / "candidates.parquet", filters=[("left", "=", "a:bluestem")])) == 2
    [(pair, held)] = [(pair, held) for pair, held in asked(plain).items() if pair[0] == "a:bluestem"]
    assert held.proposal is not None
    assert held.proposal[:3] == (pair[1], "parent", "a:bluestem")
    assert held.proposal.probability > 0.5 and held.proposal.parts


def test_what_a_source_states_is_neither_asked_nor_proposed(plain: Path) -> None:
    scored = pq.read_table(plain / "candidates.parquet").to_pylist()
    assert any({row["left"], row["right"]} == {"a:larkspur", "b:larkspur"} for row in scored), "though it was scored"
    stated, proposals = read_relations(plain)
    assert stated == STATED
    assert not any("larkspur" in left for left, _ in asked(plain))
    assert not any("larkspur" in held.from_ for held in proposals)


def test_proposals_are_told_once_for_two_things_until_they_are_judged(plain: Path) -> None:
    members = Members(plain)
    with Ledger("sqlite://") as ledger:
        [held] = open_proposals(plain, members, ledger.judgements())
        assert (held.kind, held.to) == ("parent", "a:bluestem")
        for verdict, kept in (("unsure", True), ("same", False), ("different", False)):
            entry = ledger.judge("a:bluestem", "b:bluestem", verdict, **BY)
            found = open_proposals(plain, members, ledger.judgements())
            assert bool(found) == (kept and held.from_ != "b:bluestem"), verdict
            ledger.undo(entry.sequence, **BY)
        assert open_proposals(plain, members, ledger.judgements()) == [held]


NAMES = [f"{source}:{name}" for source in "ab" for name in ("hikvision", "bluestem", "zte")] + ["c:hikvision"]
PAIR = st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True)
ACTION = st.one_of(
    st.tuples(PAIR, st.sampled_from(["same", "different", "unsure"])),
    st.tuples(st.just("undo"), st.integers(1, 4)),
)


def act(ledger: Ledger, action) -> None:
    what, value = action
    with suppress(LedgerError):
        undo_entries(ledger, value, "Ada", "not so") if what == "undo" else ledger.judge(*what, value, **BY)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(before=st.lists(ACTION, max_size=2), made=st.lists(ACTION, min_size=1, max_size=3))
def test_undoing_gives_back_who_was_who_with_every_score_and_question(world, tmp_path_factory, before, made) -> None:
    """Whatever was judged since: bytes of `resolved/`, clusters, and the queue."""

    def state(ledger: Ledger):
        resolution = world.resolve(scorer=SCORER, **judged(ledger))
        folder = written(resolution, tmp_path_factory.mktemp("state") / "resolved")
        tables = {path.name: path.read_bytes() for path in folder.glob("*.parquet")}
        return tables, asked(folder, ledger).keys()

    with Ledger("sqlite://") as ledger:
        for action in before:
            act(ledger, action)
        was, first = state(ledger), ledger.head().sequence + 1
        for action in made:
            act(ledger, action)
        if ledger.head().sequence >= first:
            undo_entries(ledger, first, "Ada", "all of it", last=ledger.head().sequence)
        assert state(ledger) == was
