"""With the same code, releases made along the way equal those computed later from positions in the archive and the ledger."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

import overt
from overt.model.errors import OvertError, UsageError
from overt.release.history.history_file import history_path, read_history
from overt.release.history.past_release import compute_known, find_known
from overt.release.history.release_history_line import HistoryLine
from overt.release.release_folders import read_manifest
from tests.support.command_built_atlas import BY, DOCUMENT, Atlas, Statement, make_statements
from tests.support.command_runs import overt as run_overt


def tables_of(folder: Path) -> dict[str, Any]:
    """Return rows, bytes and SHA-256 of each table."""
    return read_manifest(folder)["tables"]


def check_computed(atlas: Atlas, place: Path) -> int:
    """Compare each release in the history with a new computation, and return the number of releases."""
    lines = read_history(history_path(atlas.workspace))
    for number, line in enumerate(lines):
        computed = compute_known(atlas.workspace, line, place / str(number))
        assert tables_of(computed.folder) == tables_of(atlas.root / "releases" / line.release), line.release
    return len(lines)


def project(key: str, **values: Any) -> list[Statement]:
    return make_statements("project", key, name=f"Network of {key}", kind="fixed-network", **values)


@pytest.fixture(scope="module")
def stepped(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with four releases.

    The first is made from one source. The second adds a source and decisions, the third follows a refused edition, and the
    fourth has a newer edition and a retraction.
    """
    atlas = Atlas(tmp_path_factory.mktemp("known"))
    atlas.fetch("alpha", [*project("a", country="KE", agreed="2012"), *project("b", country="ZM")], "2026-01-01")
    atlas.build()
    atlas.fetch("beta", project("a", country="KE", agreed="2013"), "2026-02-01")
    atlas.ok("import")
    atlas.ok("resolve")
    atlas.judge("same", "alpha:a", "beta:a")
    atlas.claim("alpha:b", "project", "status", "cancelled")
    atlas.build()
    # The import refuses this edition, so the previous edition counts until the next one arrives. Then the good rows of the
    # refused edition are imported as those of an older edition, because published ids depend on them.
    refused = [*project("a", country="KE", agreed="2014"), *project("c", country="nowhere at all")]
    atlas.fetch("alpha", refused, "2026-03-01")
    assert atlas.overt("import", "alpha").code == 1
    atlas.ok("release")
    atlas.fetch("alpha", [*project("a", country="KE", agreed="2015"), *project("c", country="CD")], "2026-04-01")
    atlas.retract("beta:a")
    atlas.build()
    return atlas


@pytest.mark.slow
def test_computed_releases_equal_those_made_along_the_way(stepped: Atlas, tmp_path: Path) -> None:
    assert check_computed(stepped, tmp_path) == len(list((stepped.root / "releases").glob("20*"))) == 4


def without_first(stepped: Atlas, folder: Path) -> tuple[Atlas, HistoryLine, str]:
    """Return a copy whose first release is not stored, the line of that release, and the description of its computed state."""
    atlas = stepped.copy_to(folder)
    first = read_history(history_path(atlas.workspace))[0]
    shutil.rmtree(atlas.root / "releases" / first.release)
    made_of = "computed from 1 archived file and no ledger entry, with today’s code and content"
    return atlas, first, f"release {first.release} is not kept: {made_of}"


@pytest.mark.ci
def test_a_date_is_answered_by_a_kept_release_or_a_computed_one(stepped: Atlas, tmp_path: Path) -> None:
    state = find_known(stepped.workspace, "2026-01")
    assert state.folder == stepped.root / "releases" / state.release
    assert find_known(stepped.workspace, f"{state.release}+open") == state, "an edition is its release, as for the server"
    rows = stepped.rows(state.release, "SELECT count(*) AS records FROM records")
    atlas, first, line = without_first(stepped, tmp_path)
    assert find_known(atlas.workspace, "2026-01-15") == (first.release, None, first)
    # `Atlas.ok` would make the indexes of all releases before `show` runs.
    lines = run_overt("show", "alpha:a", "--known", "2026-01", "--workspace", atlas.root).out.splitlines()
    assert lines[0] == line and any("Agreed: 2012" in text for text in lines)
    with overt.open(atlas.root, known="2026-01-31") as opened:
        assert opened.computed == line
        assert opened.sql("SELECT count(*) AS records FROM records").dicts() == rows
        folder = opened._release.tables
        assert folder.is_dir()
    assert not folder.exists(), "closing removes what was computed"
    second = read_history(history_path(atlas.workspace))[1].release
    with overt.open(atlas.root, known=second) as opened:
        assert (opened.computed, opened.release) == (None, second)


@pytest.mark.slow
def test_figures_and_search_of_a_computed_release_are_those_of_the_kept_one(stepped: Atlas, tmp_path: Path) -> None:
    stored = {figure["name"]: figure["value"] for figure in figures_of(stepped, "--known", "2026-01")}
    atlas, first, line = without_first(stepped, tmp_path)
    for figure in figures_of(atlas, "--known", "2026-01"):
        assert (figure["computed"], figure["value"]) == (line, stored[figure["name"]])
    searched = atlas.ok("search", "network", "--known", first.release).out.splitlines()
    assert searched[0] == line and sum("(project;" in text for text in searched) == 2


def figures_of(atlas: Atlas, *words: str) -> list[dict[str, Any]]:
    return orjson.loads(atlas.ok("figures", "--json", *words).out)


@pytest.mark.ci
@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["figures", "--known", "2025"], "known 2025: every release has data later than that (releases: 2026-01-01-"),
        (["search", "a", "--known", "soon"], "known 'soon': is not a release of this atlas, nor a day, month or year"),
        (["search", "a", "--known", "2026", "--release", "latest"], "--release and --known: both choose a release"),
        (["figures", "x@y", "--known", "2026"], "x@y: --known chooses the release; leave out @…"),
    ],
)
def test_what_cannot_be_known_is_refused_in_one_line(stepped: Atlas, words: list[str], reason: str) -> None:
    outcome = stepped.overt(*words)
    assert outcome.code == 2 and len(outcome.errors) == 1 and reason in outcome.errors[0], outcome


def test_what_was_lost_is_not_computed(stepped: Atlas, tmp_path: Path) -> None:
    line = read_history(history_path(stepped.workspace))[-1]
    for field in ("archive", "ledger"):
        position = getattr(line, field)
        lost = position._replace(chain="00") if field == "ledger" else type(position)(position.captures + 1, position.chain)
        with pytest.raises(OvertError, match="have lost what release"):
            compute_known(stepped.workspace, HistoryLine(**{**vars(line), field: lost}), tmp_path)
    with pytest.raises(UsageError, match="is not a release of this atlas"):
        find_known(stepped.workspace, "2026-01-01-00000000")


def random_step(atlas: Atlas, chance: random.Random, day: str, editions: dict[str, list[Statement]]) -> None:
    """Change an atlas as its editors could: another edition of a source, a decision, a claim, or a retraction.

    A step that the atlas refuses changes nothing.
    """
    records = sorted({f"{slug}:{row.key}" for slug, rows in editions.items() for row in rows})

    def fetch() -> None:
        slug = chance.choice(["alpha", "beta", "gamma"])
        keys = chance.sample("abcdefgh", chance.randint(1, 6))
        rows = []
        for key in keys:
            rows += project(key, country=chance.choice(["KE", "ZM", "CD"]), agreed=str(chance.randint(2010, 2020)))
        atlas.fetch(slug, rows, day)
        atlas.ok("import")
        atlas.ok("resolve")
        editions[slug] = rows

    def judge() -> None:
        left, right = chance.sample(records, 2)
        atlas.overt("judge", chance.choice(["same", "different"]), left, right, *BY)

    def claim() -> None:
        value = chance.choice(["cancelled", "operational"])
        atlas.overt("claim", "add", chance.choice(records), "project", "status", value, *DOCUMENT, *BY)

    def retract() -> None:
        atlas.overt("retract", chance.choice(records), *BY)

    steps: list[Callable[[], None]] = [fetch, judge, claim, retract] if len(records) > 1 else [fetch]
    chance.choice(steps)()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_any_history_is_computed_again(tmp_path: Path, seed: int) -> None:
    chance, atlas, editions = random.Random(seed), Atlas(tmp_path), dict[str, list[Statement]]()
    for number in range(1, 15):
        for _ in range(chance.randint(1, 3)):
            random_step(atlas, chance, f"2026-01-{number:02}", editions)
        if chance.random() < 0.6:
            atlas.build()
    assert atlas.ledger.entries()
    assert check_computed(atlas, tmp_path / "computed") > 3
