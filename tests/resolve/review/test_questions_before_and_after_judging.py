"""Questions and proposals of a real resolution with scores, before and after judging and undoing."""

from contextlib import suppress
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from overt.ledger import Ledger, LedgerError
from overt.model.content_catalogue import Catalogue
from overt.resolve.pair_scorer import Scorer
from overt.resolve.relations.stated_and_proposed_relations import StatedRelation, read_relations
from overt.resolve.resolution_writer import write_resolution
from overt.resolve.resolver import Resolution
from overt.resolve.review.member_lookup import Members
from overt.resolve.review.open_questions import open_proposals, open_questions
from overt.resolve.review.undoing_ledger_entries import undo_entries
from tests.resolve.resolved_hand_made_claims import World, record, relation

SCORER = Scorer(Catalogue())
BY = {"who": "Ada", "why": "seen", "at": "2026-11-24T12:00:00Z"}
STATED = [StatedRelation("a:larkspur", "parent", "b:larkspur", "b:r")]
RECORDS = [
    *(record(f"{source}:zte", name="ZTE") for source in "abcde"),
    record("a:hikvision", name="Hangzhou Hikvision Digital Technology Co., Ltd.", country="CN"),
    record("b:hikvision", name="Hangzhou Hikvison Digital Technology Company Limited", country="CN"),
    record("c:hikvision", name="Hangzhou Hikvision Digital Technology Co., Ltd.", country="CN"),
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
        world.snapshot(*(claims for claims in RECORDS if claims[0].source == source))
    return world


@pytest.fixture(scope="module")
def plain(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder `resolved/` that was made without judgements."""
    return written(world.resolve(scorer=SCORER), tmp_path_factory.mktemp("plain") / "resolved")


def written(resolution: Resolution, folder: Path) -> Path:
    write_resolution(folder, resolution, "test", STATED)
    return folder


def judged(ledger: Ledger) -> dict[str, list[tuple[str, str]]]:
    pairs: dict[str, list[tuple[str, str]]] = {"same": [], "different": [], "unsure": []}
    for judgement in ledger.judgements():
        pairs[judgement.verdict].append((judgement.left, judgement.right))
    return pairs


def questions_by_pair(folder: Path, ledger: Ledger | None = None) -> dict[tuple[str, str], object]:
    questions = open_questions(folder, Members(folder), ledger.judgements() if ledger else [])
    return {(question.left.record, question.right.record): question for question in questions}


def test_records_with_equal_names_are_not_questions(plain: Path) -> None:
    members = Members(plain)
    assert len(members.cluster(members.find("a:zte").id)) == 5
    assert not any("zte" in left for left, _ in questions_by_pair(plain))


def test_the_weakest_join_of_a_cluster_is_a_question(plain: Path) -> None:
    members = Members(plain)
    assert len({members.find(f"{source}:hikvision").id for source in "abc"}) == 1
    assert "score" in pq.read_table(plain / "edges.parquet")["reason"].to_pylist()
    [pair] = [pair for pair in questions_by_pair(plain) if "hikvision" in pair[0]]
    assert "b:hikvision" in pair, "the record with another spelling; the two with equal names are no question"
    with Ledger("sqlite://") as ledger:
        ledger.judge(*pair, "same", **BY)
        assert not any("hikvision" in left for left, _ in questions_by_pair(plain, ledger))


def test_one_pair_of_two_clusters_is_a_question_with_the_proposed_relation(plain: Path) -> None:
    assert len(pq.read_table(plain / "candidates.parquet", filters=[("left", "=", "a:bluestem")])) == 2
    [(pair, question)] = [(pair, question) for pair, question in questions_by_pair(plain).items() if pair[0] == "a:bluestem"]
    assert question.proposal is not None
    assert question.proposal[:3] == (pair[1], "parent", "a:bluestem")
    assert question.proposal.probability > 0.5 and question.proposal.parts


def test_a_stated_relation_is_neither_a_question_nor_proposed(plain: Path) -> None:
    scored = pq.read_table(plain / "candidates.parquet").to_pylist()
    assert any({row["left"], row["right"]} == {"a:larkspur", "b:larkspur"} for row in scored), "it was scored"
    stated, proposals = read_relations(plain)
    assert stated == STATED
    assert not any("larkspur" in left for left, _ in questions_by_pair(plain))
    assert not any("larkspur" in proposal.from_ for proposal in proposals)


def test_two_clusters_have_one_proposal_until_it_is_judged(plain: Path) -> None:
    members = Members(plain)
    with Ledger("sqlite://") as ledger:
        [proposal] = open_proposals(plain, members, ledger.judgements())
        assert (proposal.kind, proposal.to) == ("parent", "a:bluestem")
        for verdict, stays_open in (("unsure", True), ("same", False), ("different", False)):
            entry = ledger.judge("a:bluestem", "b:bluestem", verdict, **BY)
            proposals = open_proposals(plain, members, ledger.judgements())
            assert bool(proposals) == (stays_open and proposal.from_ != "b:bluestem"), verdict
            ledger.undo(entry.sequence, **BY)
        assert open_proposals(plain, members, ledger.judgements()) == [proposal]


NAMES = [f"{source}:{name}" for source in "ab" for name in ("hikvision", "bluestem", "zte")] + ["c:hikvision"]
PAIR = st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True)
ACTION = st.one_of(
    st.tuples(PAIR, st.sampled_from(["same", "different", "unsure"])),
    st.tuples(st.just("undo"), st.integers(1, 4)),
)


def act(ledger: Ledger, action) -> None:
    pair_or_undo, value = action
    with suppress(LedgerError):
        undo_entries(ledger, value, "Ada", "not so") if pair_or_undo == "undo" else ledger.judge(*pair_or_undo, value, **BY)


@pytest.mark.ci
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(before=st.lists(ACTION, max_size=2), actions=st.lists(ACTION, min_size=1, max_size=3))
def test_undoing_restores_clusters_scores_and_questions(world, tmp_path_factory, before, actions) -> None:
    """After any judgements are undone, `resolved/` has the same bytes as before, and the questions are the same."""

    def state(ledger: Ledger):
        resolution = world.resolve(scorer=SCORER, **judged(ledger))
        folder = written(resolution, tmp_path_factory.mktemp("state") / "resolved")
        tables = {path.name: path.read_bytes() for path in folder.glob("*.parquet")}
        return tables, questions_by_pair(folder, ledger).keys()

    with Ledger("sqlite://") as ledger:
        for action in before:
            act(ledger, action)
        before_actions, first = state(ledger), ledger.head().sequence + 1
        for action in actions:
            act(ledger, action)
        if ledger.head().sequence >= first:
            undo_entries(ledger, first, "Ada", "all of it", last=ledger.head().sequence)
        assert state(ledger) == before_actions
