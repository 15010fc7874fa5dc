"""The impact of a pair on the figures of a release, and the ranking of questions without a release."""

import pytest

from overt.desk.impact import impacts
from overt.desk.ranked_queue import ranked_queue
from overt.model.errors import OvertError
from overt.resolve.review.member_lookup import Members
from overt.resolve.review.question import Question
from overt.resolve.review.question_ranking import Impact
from tests.desk.conftest import score
from tests.support.command_built_atlas import Atlas, make_statements

ALL = "SELECT id AS unit_id FROM projects"


@pytest.fixture
def world(tmp_path) -> Atlas:
    """Three projects, two of them with suppliers and the third with money, and three figures.

    One figure counts all projects, one counts only the first, and one sums the money.
    """
    atlas = Atlas(tmp_path)
    rows = [row for name in "abcd" for row in make_statements("organization", name, name=f"Company {name * 3}")]
    for number, suppliers in enumerate(("ab", "a", "")):
        rows += make_statements("project", f"p{number}", name=f"Project {number}", country=["KE"])
        for name in suppliers:
            rows += make_statements("role", f"r{number}{name}", project=f"x:p{number}", organization=f"x:{name}", role="supplier")
    rows += make_statements("commitment", "m", project="x:p2", financier="x:c", amount=("5", "USD@2021"))
    atlas.fetch("x", rows)
    atlas.figure("projects", ALL, measure="count")
    atlas.figure("first", ALL, where="unit_id IN (SELECT id FROM members WHERE record = 'x:p0')", measure="count")
    atlas.figure("money", "SELECT id AS unit_id, amount FROM commitments", measure="sum", unit="USD@2021")
    return atlas


def impacts_of(atlas: Atlas, *pairs: tuple[str, str]) -> dict:
    members = Members(atlas.root / "resolved")
    return impacts(
        atlas.root / "releases" / atlas.build(),
        [Question(members.find(left), members.find(right), 0.5, {}) for left, right in pairs],
    )


def test_rows_in_which_either_takes_part(world: Atlas) -> None:
    world.build()
    pairs = [("x:a", "x:d"), ("x:a", "x:b"), ("x:c", "x:d"), ("x:p0", "x:p1"), ("x:p2", "x:p0"), ("x:d", "x:d"), ("x:c", "x:p2")]
    impacts_found = impacts_of(world, *pairs)
    assert impacts_found["x:a", "x:d"] == Impact(3, 2, 2), "both projects that a supplies, one of them in two figures"
    assert impacts_found["x:a", "x:b"] == Impact(3, 2, 3), "what both share counts once"
    assert impacts_found["x:c", "x:d"] == Impact(2, 2, 1), "the money it promised, and the project that the money is for"
    assert impacts_found["x:p0", "x:p1"] == Impact(3, 2, 3)
    assert impacts_found["x:p2", "x:p0"] == Impact(4, 3, 3), "a project, its commitment, and the other's rows"
    assert impacts_found["x:d", "x:d"] == Impact(0, 0, 0)
    assert impacts_found["x:c", "x:p2"].links == 1, "the commitment refers to both, and counts once"


@pytest.mark.slow
def test_a_merged_thing_counts_for_all_its_records(world: Atlas) -> None:
    world.build()
    world.judge("same", "x:b", "x:d")
    world.ok("resolve")
    impacts_found = impacts_of(world, ("x:b", "x:d"), ("x:d", "x:c"))
    assert impacts_found["x:b", "x:d"] == Impact(2, 2, 1)
    assert impacts_found["x:d", "x:c"] == Impact(4, 3, 2)


def test_records_outside_the_release_have_no_impact(world: Atlas) -> None:
    release = world.build()
    world.fetch("new", make_statements("organization", "n", name="New") + make_statements("organization", "m", name="Other"))
    world.ok("import")
    world.ok("resolve")
    members = Members(world.root / "resolved")
    question = Question(members.find("new:n"), members.find("new:m"), 0.5, {})
    assert impacts(world.root / "releases" / release, [question]) == {("new:n", "new:m"): Impact(0, 0, 0)}
    assert impacts(world.root / "releases" / release, []) == {}


def test_queue_without_a_release_is_ranked_by_uncertainty(atlas: Atlas) -> None:
    members = Members(atlas.root / "resolved")
    queue = ranked_queue(atlas.workspace, members, [], None)
    assert [ranked.question.probability for ranked in queue] == [0.9, 0.6, 0.5]
    assert all(ranked.impact == Impact() for ranked in queue)


def test_release_without_tables_is_refused(atlas: Atlas) -> None:
    score(atlas)
    [release] = [path for path in (atlas.root / "releases").iterdir() if path.is_dir()]
    (release / "tables" / "figure_rows.parquet").unlink()
    with pytest.raises(OvertError, match="has no table figure_rows"):
        ranked_queue(atlas.workspace, Members(atlas.root / "resolved"), [], release)
