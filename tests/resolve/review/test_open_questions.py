"""Which pairs are questions, and their order in the queue."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from overt.model.errors import OvertError, UsageError
from overt.model.record_ids import canonical_id as own_id
from overt.resolve.resolution_writer import REFUSED
from overt.resolve.resolved_table_reader_and_digests import write_description
from overt.resolve.review.member_lookup import Members, check_pair, find_member
from overt.resolve.review.open_questions import open_questions
from overt.resolve.review.question import Question
from overt.resolve.review.question_ranking import Impact, RankedQuestion, rank_questions
from overt.resolve.review.question_text import describe_parts
from overt.resolve.scored_pair import ScoredPair, ScorePart
from overt.resolve.scored_pair_table import CANDIDATES, candidates_table
from tests.resolve.review.hand_made_judgements_and_resolved_tables import judged, resolved


def questions_by_pair(folder, *judgements, **more):
    questions = open_questions(folder, Members(folder), judged(*judgements), **more)
    return {(question.left.record, question.right.record): question for question in questions}


def test_scored_pairs_are_questions_until_they_are_judged(tmp_path) -> None:
    folder = resolved(tmp_path / "r", [["a:1"], ["b:1"], ["c:1"]], {("a:1", "b:1"): 0.6, ("b:1", "c:1"): 0.2})
    assert list(questions_by_pair(folder)) == [("a:1", "b:1"), ("b:1", "c:1")]
    assert list(questions_by_pair(folder, ("a:1", "b:1", "different"))) == [("b:1", "c:1")]
    assert list(questions_by_pair(folder, ("b:1", "a:1", "same"))) == [("b:1", "c:1")]


def test_an_unlikely_pair_is_not_a_question_unless_it_was_refused(tmp_path) -> None:
    refused = [("a:1", "c:1", "a:1", "c:1", "a source states a relation between them")]
    scored = {("a:1", "b:1"): 0.01, ("a:1", "c:1"): 0.01, ("a:1", "d:1"): 0.5}
    folder = resolved(tmp_path / "r", [["a:1"], ["b:1"], ["c:1"], ["d:1"]], scored, refused)
    assert list(questions_by_pair(folder)) == [("a:1", "c:1"), ("a:1", "d:1")]


def test_unsure_pairs_are_questions_on_demand(tmp_path) -> None:
    folder = resolved(tmp_path / "r", [["a:1", "a:2"], ["b:1"]], {("a:1", "b:1"): 0.6, ("a:2", "b:1"): 0.7})
    assert questions_by_pair(folder, ("a:1", "b:1", "unsure")) == {}
    [question] = questions_by_pair(folder, ("a:1", "b:1", "unsure"), left_open=True).values()
    assert (question.left.record, question.left_open) == ("a:2", True)


def test_the_likeliest_pair_of_two_clusters_is_the_question(tmp_path) -> None:
    scored = {("a:1", "b:1"): 0.4, ("a:2", "b:1"): 0.7, ("a:2", "b:2"): 0.5}
    folder = resolved(tmp_path / "r", [["a:1", "a:2"], ["b:1", "b:2"]], scored)
    assert list(questions_by_pair(folder)) == [("a:2", "b:1")]
    assert questions_by_pair(folder, ("a:1", "b:2", "different")) == {}, "one judgement settles the question of two clusters"


def test_the_weakest_join_of_a_cluster_is_a_question_until_it_is_judged(tmp_path) -> None:
    scored = {("a:1", "b:1"): 0.9, ("a:1", "c:1"): 0.8, ("b:1", "c:1"): 0.1, ("a:1", "d:1"): 0.05}
    joins = [("a:1", "b:1", "score"), ("c:1", "a:1", "score"), ("a:1", "d:1", "name"), ("a:1", "e:1", "identifier")]
    folder = resolved(tmp_path / "r", [["a:1", "b:1", "c:1", "d:1", "e:1"]], scored, joins=joins)
    [question] = questions_by_pair(folder).values()
    assert (question.left.record, question.right.record, question.probability, question.joined) == ("a:1", "c:1", 0.8, True)
    assert list(questions_by_pair(folder, ("a:1", "c:1", "same"))) == [("a:1", "b:1")], "then the next"
    assert list(questions_by_pair(folder, ("a:1", "c:1", "same"), ("b:1", "c:1", "same"))) == []
    assert list(questions_by_pair(folder, ("a:1", "c:1", "different"))) == [("a:1", "b:1")]
    assert list(questions_by_pair(folder, ("a:1", "c:1", "unsure"))) == [("a:1", "b:1")]
    assert list(questions_by_pair(folder, ("a:1", "c:1", "unsure"), ("a:1", "b:1", "same"), left_open=True)) == [("a:1", "c:1")]


def test_refused_joins_are_questions(tmp_path) -> None:
    refused = [("b:2", "a:1", "b:1", "b:2", "b has no duplicates"), ("c:1", "b:1", "a:1", "c:1", "judged to be different")]
    folder = resolved(tmp_path / "r", [["a:1", "b:1"], ["b:2"], ["c:1"]], None, refused)
    questions = questions_by_pair(folder, ("a:1", "c:1", "different"))
    assert list(questions) == [("a:1", "b:2"), ("b:1", "c:1")]
    why = "name “k” in common; the join was refused, for b:1 and b:2: b has no duplicates; "
    assert questions["a:1", "b:2"].refused.startswith(why)
    assert questions["a:1", "b:2"].uncertainty == 1
    assert list(questions_by_pair(folder, ("a:1", "c:1", "different"), ("b:1", "c:1", "different"))) == [("a:1", "b:2")]
    assert list(questions_by_pair(folder, ("a:1", "c:1", "unsure"))) == [("a:1", "b:2")], (
        "it was refused because people judged it unsure"
    )


def test_a_refusal_has_the_pairs_that_led_to_it(tmp_path) -> None:
    folder = resolved(tmp_path / "r", [["a:1", "b:1"], ["b:2"]], None, [("b:2", "a:1", "b:1", "b:2", "b has no duplicates")])
    path = folder / "contradictions.parquet"
    [row] = pq.read_table(path).to_pylist()
    steps = [("b:1", "a:1"), ("a:1", "b:2")]
    row["path"] = [{"left": left, "right": right, "reason": "name", "key": "k"} for left, right in steps]
    pq.write_table(pa.Table.from_pylist([row], schema=REFUSED), path)
    write_description(folder, "made")
    [question] = questions_by_pair(folder).values()
    assert question.refused.endswith(
        "b has no duplicates; b:1 = a:1 (name 'k'), a:1 ~ b:2 (refused: name 'k'), b:1 ≠ b:2 (b has no duplicates)"
    )


def test_the_likeliest_pair_of_two_clusters_inherits_a_refusal(tmp_path) -> None:
    refused = [("a:1", "b:2", "b:1", "b:2", "b has no duplicates")]
    scored = {("a:1", "b:2"): 0.85, ("b:2", "c:1"): 0.95}
    folder = resolved(tmp_path / "r", [["a:1", "b:1", "c:1"], ["b:2"]], scored, refused)
    [question] = questions_by_pair(folder).values()
    assert (question.left.record, question.right.record, question.probability) == ("b:2", "c:1", 0.95)
    assert "the join was refused, for b:1 and b:2: b has no duplicates" in question.refused


def test_a_refused_join_has_its_score(tmp_path) -> None:
    refused = [("a:1", "b:1", "a:1", "b:1", "a source states a relation between them")]
    folder = resolved(tmp_path / "r", [["a:1"], ["b:1"]], {("a:1", "b:1"): 0.9}, refused)
    [question] = questions_by_pair(folder).values()
    why = "name “k” in common; the join was refused, for a:1 and b:1: a source states a relation between them; "
    assert (question.probability, question.parts, question.refused[: len(why)]) == (0.9, {"name": 1.5}, why)


def test_unknown_records_and_records_of_two_types_are_not_questions(tmp_path) -> None:
    scored = {("a:1", "gone:1"): 0.5, ("a:1", "p:1"): 0.5}
    folder = resolved(tmp_path / "r", [["a:1"], ["p:1"]], scored, types={"p:1": "project"})
    assert questions_by_pair(folder) == {}


def test_uncertainty_times_published_rows_decides_the_order(tmp_path) -> None:
    scored = {("a:1", "b:1"): 0.5, ("a:1", "c:1"): 0.2, ("a:1", "d:1"): 0.5, ("a:1", "e:1"): 0.5, ("a:1", "f:1"): 0.99}
    folder = resolved(tmp_path / "r", [[f"{name}:1"] for name in "abcdef"], scored)
    impacts = {
        ("a:1", "b:1"): Impact(10, 1, 0),
        ("a:1", "c:1"): Impact(100, 1, 0),  # the weight is 0.722 bits × 100 rows
        ("a:1", "d:1"): Impact(0, 0, 3),
        ("a:1", "f:1"): Impact(100, 1, 9),  # they are published as two records, but are almost certainly one
    }
    queue = rank_questions(questions_by_pair(folder).values(), impacts)
    assert [ranked.question.right.record for ranked in queue] == ["f:1", "c:1", "b:1", "d:1", "e:1"]
    assert [ranked.weight for ranked in queue[:2]] == [100, pytest.approx(72.19, abs=0.01)]
    assert [ranked.weight for ranked in queue[3:]] == [0, 0]
    assert rank_questions(reversed([ranked.question for ranked in queue]), impacts) == queue, "whatever their order was"
    assert rank_questions([queue[1].question], {}) == [RankedQuestion(queue[1].question, Impact())]


@pytest.mark.parametrize(
    ("probability", "joined", "uncertainty"), [(0.99, False, 1), (0.99, True, 0.0808), (0.01, False, 0.0808), (0.01, True, 1)]
)
def test_uncertainty_is_doubt_about_what_is_published(
    tmp_path: Path, probability: float, joined: bool, uncertainty: float
) -> None:
    folder = resolved(tmp_path / "r", [["a:1", "b:1"]] if joined else [["a:1"], ["b:1"]], {("a:1", "b:1"): probability})
    members = Members(folder)
    question = Question(members.find("a:1"), members.find("b:1"), probability, {})
    assert question.uncertainty == pytest.approx(uncertainty, abs=0.0001)


def test_the_table_of_scores_does_not_depend_on_their_order(tmp_path) -> None:
    folder = resolved(tmp_path / "r", [["a:1"], ["b:1"], ["c:1"]])
    scored = [
        ScoredPair("c:1", "a:1", 0.25, (ScorePart("prior", -9.0), ScorePart("name", 7.5, "core")), False),
        ScoredPair("a:1", "b:1", 0.5, (), False),
        ScoredPair("b:1", "a:1", 0.75, (ScorePart("name", 10.0),), True),
    ]
    table = candidates_table(scored)
    assert table.schema == CANDIDATES
    assert table["same"].to_pylist() == [True, False], "that of the likelier score"
    assert table.equals(candidates_table(scored[::-1]))
    assert candidates_table([]).num_rows == 0
    pq.write_table(table, folder / "candidates.parquet")
    write_description(folder, "made")
    questions = questions_by_pair(folder)
    assert [(pair, question.probability) for pair, question in questions.items()] == [
        (("a:1", "b:1"), 0.75),
        (("a:1", "c:1"), 0.25),
    ]
    words = describe_parts(questions["a:1", "c:1"].parts)
    assert words == [("prior", "−9.00 bits"), ("name", "+7.50 bits; core")], "the strongest first"


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"name": 1.5, "country": -2}, [("country", "−2.00 bits"), ("name", "+1.50 bits")]),
        (
            {"name": {"weight": 1, "level": "near", "left": "A", "distance": 0.12345}},
            [("name", "+1.00 bits; near; left A; distance 0.123")],
        ),
        ({"note": "words", "flag": True}, [("flag", "True"), ("note", "words")]),
        ({}, []),
    ],
)
def test_parts_are_described(parts, words) -> None:
    assert describe_parts(parts) == words


@pytest.mark.parametrize(
    "row", [{"probability": 1.5}, {"probability": None}, {"probability": float("nan")}, {"parts": "["}, {"parts": "[1]"}]
)
def test_a_broken_table_is_reported_in_one_line(tmp_path, row) -> None:
    folder = resolved(tmp_path / "r", [["a:1"], ["b:1"]], {("a:1", "b:1"): 0.5})
    path = folder / "candidates.parquet"
    table = pq.read_table(path)
    pq.write_table(pa.Table.from_pylist([table.to_pylist()[0] | row], schema=table.schema), path)
    write_description(folder, "made")
    with pytest.raises(OvertError, match=r"the line of a:1 and b:1.*run `overt resolve`"):
        questions_by_pair(folder)


def test_a_table_of_another_version_is_reported_in_one_line(tmp_path) -> None:
    folder = resolved(tmp_path / "r", [["a:1"]])
    pq.write_table(pa.table({"left": ["a:1"]}), folder / "candidates.parquet")
    with pytest.raises(OvertError, match=r"candidates\.parquet: cannot be used \(it has changed"):
        questions_by_pair(folder)
    write_description(folder, "made")
    with pytest.raises(OvertError, match=r"candidates\.parquet: cannot be used \(No match"):
        questions_by_pair(folder)
    (folder / "candidates.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(OvertError, match=r"candidates\.parquet: cannot be used"):
        questions_by_pair(folder)


def test_records_are_found_by_record_id_and_published_id(tmp_path, content) -> None:
    folder = resolved(tmp_path / "r", [["a:1", "b:1"], ["p:1"]], types={"p:1": "project"})
    members = Members(folder)
    assert members.find(own_id("b:1")) == members.find("b:1") == find_member(folder, "b:1") == find_member(folder, own_id("b:1"))
    assert members.find("b:1").id == own_id("a:1")
    assert members.cluster(own_id("a:1")) == ["a:1", "b:1"]
    for look in (members.find, lambda name: find_member(folder, name)):
        with pytest.raises(UsageError, match="c:1: there is no such record"):
            look("c:1")
    with pytest.raises(UsageError, match="nothing is resolved yet"):
        Members(tmp_path / "none")
    with pytest.raises(UsageError, match="only records of one type"):
        check_pair(content.schema, members.find("a:1"), members.find("p:1"))
