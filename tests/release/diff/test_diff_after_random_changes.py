"""The older release patched with all differences equals the newer one."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from overt.release.diff.release_diff import ReleaseDiff, ReleaseSide, diff_releases
from tests.release.diff.differences_applied_to_release import patch_figures, patch_state, read_figure_values, read_state
from tests.support.command_built_atlas import BY, DOCUMENT, Atlas, Statement, make_statements

KEYS = ("p", "q", "r")
_NAMES = st.sampled_from(["Safe City", "平安城市", "Cable of the East", "Safe City 2", "=1+1", "Łódź, phase II"])
_STATUS = st.sampled_from(["", "agreed", "denied", "operational"])
_COUNTRY = st.sampled_from(["", "KE", "LA", "RS"])
_PROJECT = st.fixed_dictionaries({"name": _NAMES, "status": _STATUS, "country": _COUNTRY})
_SNAPSHOT = st.dictionaries(st.sampled_from(KEYS), _PROJECT, min_size=1, max_size=3)
_ACT = st.one_of(
    st.tuples(st.just("fetch"), st.sampled_from(["alpha", "beta"]), _SNAPSHOT),
    st.tuples(st.sampled_from(["same", "different"]), st.sampled_from(KEYS), st.sampled_from(KEYS)),
    st.tuples(st.just("claim"), st.sampled_from(KEYS), _NAMES),
    st.tuples(st.just("retract"), st.sampled_from(["alpha", "beta"]), st.sampled_from(KEYS)),
)


def rows(snapshot: dict[str, dict[str, str]]) -> list[Statement]:
    statements = []
    for key, values in snapshot.items():
        statements += make_statements("project", key, **{name: value for name, value in values.items() if value})
    return statements


def check(atlas: Atlas, old: str, new: str) -> ReleaseDiff:
    before, after = (atlas.root / "releases" / name for name in (old, new))
    diff = diff_releases(ReleaseSide.from_folder(before), ReleaseSide.from_folder(after))
    assert patch_state(read_state(before), diff.differences) == read_state(after)
    assert patch_figures(read_figure_values(before), diff) == read_figure_values(after)
    return diff


class First(NamedTuple):
    """The state from which each example starts: an atlas and its first release."""

    atlas: Atlas
    release: str


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> First:
    atlas = Atlas(tmp_path_factory.mktemp("first"))
    atlas.figure("projects", "SELECT id AS unit_id FROM projects")
    atlas.fetch("alpha", rows({"p": {"name": "Safe City", "status": "agreed"}}))
    return First(atlas, atlas.build())


def play(first: First, acts: list[tuple[str, ...]]) -> None:
    with TemporaryDirectory() as folder:
        atlas = first.atlas.copy_to(Path(folder))
        releases = [first.release]
        for day, act in enumerate(acts, 2):
            match act:
                case ("fetch", source, snapshot):
                    atlas.fetch(source, rows(snapshot), f"2026-01-{day:02}")
                case ("claim", key, name):
                    atlas.overt(  # the ledger refuses an unknown record or an empty name
                        "claim", "add", f"alpha:{key}", "project", "name", name, *DOCUMENT, *BY
                    )  # fmt: skip
                case ("retract", source, key):
                    atlas.overt("retract", f"{source}:{key}", *BY)
                case (verdict, left, right):
                    atlas.overt("judge", verdict, f"alpha:{left}", f"beta:{right}", *BY)
        releases.append(atlas.build())
        check(atlas, *releases)
        check(atlas, *releases[::-1])


_ROUGH = [HealthCheck.too_slow, HealthCheck.data_too_large]


@pytest.mark.slow
@settings(max_examples=6, deadline=None, suppress_health_check=_ROUGH, phases=[Phase.generate], derandomize=True, database=None)
@given(st.lists(_ACT, min_size=1, max_size=6))
def test_the_patched_release_equals_the_newer_one(first: First, acts: list[tuple[str, ...]]) -> None:
    play(first, acts)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=_ROUGH, database=None)
@given(st.lists(_ACT, min_size=1, max_size=8))
def test_the_patched_release_equals_the_newer_one_in_many_examples(first: First, acts: list[tuple[str, ...]]) -> None:
    play(first, acts)


@pytest.mark.slow
def test_no_difference_is_redundant(tmp_path: Path) -> None:
    """If any one of the differences is left out, the patched release is wrong."""
    atlas = Atlas(tmp_path)
    atlas.figure("projects", "SELECT id AS unit_id FROM projects")
    atlas.fetch(
        "alpha", make_statements("project", "p", name="One", status="agreed") + make_statements("project", "q", name="Two")
    )
    atlas.fetch("beta", make_statements("project", "p", name="Uno") + make_statements("project", "r", name="Three"))
    old = atlas.build()
    atlas.fetch(
        "alpha",
        make_statements("project", "p", name="One", status="denied") + make_statements("project", "s", name="Four"),
        "2026-02-01",
    )
    atlas.judge("same", "alpha:p", "beta:p")
    new = atlas.build()
    diff = check(atlas, old, new)
    assert {difference.what for difference in diff.differences} == {"added", "removed", "merged", "changed"}
    before, after = (read_state(atlas.root / "releases" / name) for name in (old, new))
    for index in range(len(diff.differences)):
        assert patch_state(before, diff.differences[:index] + diff.differences[index + 1 :]) != after
    check(atlas, new, old)
