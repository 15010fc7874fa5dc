"""Descriptions of refused joins: the pairs that led to each, and the reason for the refusal."""

from pathlib import Path

import pytest

from overt.model.errors import OvertError
from overt.resolve.resolution_writer import write_resolution
from overt.resolve.resolver import Resolution
from overt.resolve.review.refused_joins import describe_path, describe_refusal, read_refused_joins
from tests.resolve.resolved_hand_made_claims import World, record, relation
from tests.resolve.review.hand_made_judgements_and_resolved_tables import judged, resolved


def refusal_paths(folder: Path, resolution: Resolution, *judgements: tuple[str, str, str]) -> list[str]:
    """Return the paths of the refused joins of a resolution, read from its table."""
    write_resolution(folder / "resolved", resolution, "made")
    return [describe_path(row, judged(*judgements)) for row in read_refused_joins(folder / "resolved")]


def test_a_join_that_a_relation_forbids(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.snapshot(
        record("a:child", name="China Mobile Limited", alias="CM"),
        record("a:parent", name="China Mobile Group"),
        relation("a:r", "a:child", "parent", "a:parent"),
        record("b:1", name="China Mobile Group", identifier="lei:1"),
        record("c:1", name="China Mobile", identifier="lei:1"),
    )
    resolution = world.resolve()
    [path] = refusal_paths(tmp_path, resolution)
    assert path == (
        "a:parent ~ b:1 (refused: name 'china mobile group'), b:1 = c:1 (identifier 'lei:1'), "
        "c:1 = a:child (name 'china mobile'), a:parent ≠ a:child (a:r)"
    )
    [row] = read_refused_joins(tmp_path / "resolved")
    assert describe_refusal(row) == (
        "a:parent ~ b:1 (name 'china mobile group'): a:parent and a:child: a source states a relation between them"
    )


@pytest.mark.parametrize(("verdict", "sign"), [("different", "≠"), ("unsure", "?")])
def test_a_join_that_people_forbid(tmp_path: Path, verdict: str, sign: str) -> None:
    world = World(tmp_path)
    world.snapshot(record("a:1", name="ZTE"), record("b:1", name="ZTE"), record("c:1", name="Other"))
    resolution = world.resolve(same=[("a:1", "c:1")], **{verdict: [("b:1", "c:1")]})
    [path] = refusal_paths(tmp_path, resolution, ("a:1", "c:1", "same"), ("b:1", "c:1", verdict))
    assert path == f"b:1 ~ a:1 (refused: name 'zte'), a:1 = c:1 (entry 1), b:1 {sign} c:1 (entry 2)"
    [since] = refusal_paths(tmp_path, resolution)
    assert since.startswith("b:1 ~ a:1 (refused: name 'zte'), a:1 = c:1 (judgement), "), "the judgements were undone since"
    assert f", b:1 {sign} c:1 (judged " in since


def test_joins_that_a_source_without_duplicates_and_a_type_forbid(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.snapshot(
        record("r:1", name="ZTE", identifier="lei:1"),
        record("r:2", name="ZTE Kangxun", identifier="lei:2"),
        record("b:1", name="ZTE Kangxun", identifier="lei:1"),
        record("b:p", "project", name="P"),
    )
    resolution = world.resolve(one_to_one=frozenset({("r", "organization")}), same=[("b:1", "b:p")])
    by_type, by_list = sorted(refusal_paths(tmp_path, resolution, ("b:1", "b:p", "same")), key=len)
    assert by_type == "b:1 ~ b:p (refused: entry 1), b:1 ≠ b:p (of two types: organization, project)"
    assert by_list.endswith(" (r has no duplicates)")


def test_a_join_by_score_has_its_probability() -> None:
    """`overt resolve` used to print "(refused: score '0.998')"."""
    sides = {"left": "a:1", "right": "b:1", "one": "a:1", "other": "b:1"}
    row = {**sides, "reason": "score", "key": "0.998", "why": "b has no duplicates", "by": "", "path": []}
    assert describe_path(row) == "a:1 ~ b:1 (refused: match probability 0.998), a:1 ≠ b:1 (b has no duplicates)"


def test_a_table_of_an_older_version(tmp_path: Path) -> None:
    folder = resolved(tmp_path, [["a:1"], ["b:1"]], refused=[("a:1", "b:1", "a:1", "b:1", "judged to be different")])
    assert [describe_path(row) for row in read_refused_joins(folder)] == [
        "a:1 ~ b:1 (refused: name 'k'), a:1 ≠ b:1 (judged to be different)"
    ]
    assert read_refused_joins(tmp_path / "nowhere") == []
    (folder / "contradictions.parquet").write_bytes(b"none")
    with pytest.raises(OvertError, match="cannot be used"):
        read_refused_joins(folder)
