"""Equal inputs give equal bytes on any machine, with any number of threads, however often a step runs."""

import random
import shutil
from pathlib import Path

import pytest

from overt.archive import Archive
from overt.model.content_catalogue import Catalogue
from overt.model.workspace import Workspace
from tests.support.command_built_atlas import Atlas, Statement, fetch_samples, make_statements, own_id
from tests.support.command_runs import overt
from tests.support.release_table_rows_and_file_hashes import file_hashes, query_release
from tests.support.source_sample_atlas import build_samples

SOURCES = sorted(Catalogue().sources)
FEW = ("aigs_2019", "aigs_2022", "gfw_report_daily", "organizations", "telegeography")
"""Sources that overlap: enough for most tests, in a third of the time needed for all sources."""


def build(root: Path, *words: object) -> str:
    outcome = overt("build", "-w", root, *words)
    assert outcome.code == 0, outcome
    return outcome.out.splitlines()[-1]


def copy_inputs(root: Path, new: Path) -> Path:
    """Copy what can't be rebuilt: archive, ledger and settings."""
    new.mkdir()
    shutil.copytree(root / "archive", new / "archive")
    for path in [root / "overt.toml", *root.glob("ledger.db*")]:
        shutil.copy(path, new)
    return new


def archived_sources(root: Path) -> list[str]:
    """Return the sources with snapshots in an atlas."""
    return sorted({snapshot.source for snapshot in Archive(root / "archive").snapshots()})


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> tuple[Path, str]:
    """An atlas of some sources and its release; in `make test-all`, of all sources."""
    return build_samples(tmp_path_factory.mktemp("few"), SOURCES if pytestconfig.getoption("--slow") else FEW, index=True)


@pytest.mark.slow
@pytest.mark.parametrize("threads", [1, 2])  # the atlas was built with one thread
def test_another_workspace_gives_the_same_bytes(sample_atlas: tuple[Path, str], tmp_path: Path, threads: int) -> None:
    root, release = sample_atlas
    other = copy_inputs(root, tmp_path / "atlas")
    assert Atlas.open(tmp_path).build("--threads", threads) == release
    assert file_hashes(other / "releases" / release) == file_hashes(root / "releases" / release)
    assert len(file_hashes(root / "releases" / release)) > 20


@pytest.mark.slow
def test_derived_folders_are_rebuilt_equally(few: tuple[Path, str], tmp_path: Path) -> None:
    root, release = few
    other = tmp_path / "other"
    shutil.copytree(root, other)
    for folder in ("claims", "resolved", "releases", "cache"):
        shutil.rmtree(other / folder)
    assert build(other) == release
    assert file_hashes(other / "claims") == file_hashes(root / "claims")
    assert file_hashes(other / "releases" / release) == file_hashes(root / "releases" / release)


@pytest.mark.slow
def test_repeated_steps_write_nothing(few: tuple[Path, str]) -> None:
    root, release = few
    before = file_hashes(root, without=(".lock", ".lock-owner"))
    stamps = {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file() and path.name != ".lock"}
    imported = overt("import", "-w", root)
    assert imported.code == 0
    assert all(line.endswith("(unchanged)") for line in imported.out.splitlines())
    assert overt("resolve", "-w", root).code == 0
    released = overt("release", "-q", "-w", root)
    assert (released.code, released.out, released.err) == (0, f"{release}\n", "")
    assert file_hashes(root) == before
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps


@pytest.mark.slow
def test_archiving_the_same_files_again_changes_nothing(few: tuple[Path, str]) -> None:
    root, release = few
    before = file_hashes(root / "archive")
    fetch_samples(Workspace.open(root), reversed(archived_sources(root)))
    assert file_hashes(root / "archive") == before
    assert build(root) == release


@pytest.mark.slow
def test_a_note_makes_another_release(few: tuple[Path, str]) -> None:
    root, release = few
    noted = overt("release", "-w", root, "--note", "Corrected")
    assert noted.code == 0
    assert noted.out.strip() != release
    assert noted.out.strip()[:10] == release[:10]
    assert file_hashes(root / "releases" / noted.out.strip() / "tables") == file_hashes(root / "releases" / release / "tables")


def describe_by_members(root: Path, release: str) -> tuple[set[frozenset[str]], set[tuple[object, ...]], list[dict[str, object]]]:
    """Return clusters, values and figures without published ids. A cluster is the set of its records.

    Shown values that are contested are left out.
    """
    folder = root / "releases" / release
    clusters: dict[str, set[str]] = {}
    for row in query_release(folder, "SELECT id, record FROM members"):
        clusters.setdefault(row["id"], set()).add(row["record"])
    named = {name: frozenset(members) for name, members in clusters.items()}
    values = {
        (named[row["id"]], row["property"], named.get(row["value"], row["value"]), row["unit"], row["contested"], row["sources"])
        for row in query_release(folder, "SELECT * FROM values WHERE NOT contested OR NOT shown")
    }
    return set(named.values()), values, query_release(folder, "SELECT name, value, rows FROM figures ORDER BY name")


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
def test_the_order_of_archiving_only_decides_anchors(few: tuple[Path, str], tmp_path: Path, seed: int) -> None:
    root, release = few
    sources = archived_sources(root)
    order = random.Random(seed).sample(sources, len(sources))
    other = tmp_path / "other"
    fetch_samples(Workspace.create(other), order)
    for path in root.glob("ledger.db*"):
        shutil.copy(path, other)
    shuffled = build(other)
    assert describe_by_members(other, shuffled) == describe_by_members(root, release)
    # A cluster has the id of the member archived first. Ties go to the smaller record id.
    position = {snapshot.source: snapshot.position for snapshot in Archive(other / "archive").snapshots()}
    assert [source for source, _ in sorted(position.items(), key=lambda item: item[1])] == order
    clusters: dict[str, list[tuple[int, str]]] = {}
    for row in query_release(other / "releases" / shuffled, "SELECT id, record FROM members"):
        at = position.get(row["record"].partition(":")[0], 10**9)
        clusters.setdefault(row["id"], []).append((at, row["record"]))
    assert {name: own_id(min(members)[1]) for name, members in clusters.items()} == {name: name for name in clusters}
    assert any(len({at for at, _ in members}) > 1 for members in clusters.values()), "no cluster spans two sources"


@pytest.mark.slow
def test_a_row_inserted_upstream_changes_no_claim_id(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    rows = make_statements("organization", "zte", name="ZTE", country="CN") + make_statements(
        "project", "p", name="Safe City", country=["KE", "UG"]
    )
    atlas.fetch("alpha", rows, "2026-01-01")
    first = atlas.build()
    atlas.fetch("alpha", [*make_statements("project", "new", name="New"), *rows], "2026-01-02")
    second = atlas.build()
    claims = [{row["claim_id"] for row in atlas.rows(release, "FROM claims")} for release in (first, second)]
    assert claims[0] < claims[1]
    assert len(claims[1]) == len(claims[0]) + 1
    places = [atlas.rows(release, "SELECT claim_id, locator FROM evidence ORDER BY ALL") for release in (first, second)]
    assert places[0] != places[1][: len(places[0])], "the places moved down by a row"


@pytest.mark.slow
def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    """Releases of the same rows in another order have equal values, members, organisations and commitments."""
    rows: list[Statement] = []
    for number in range(12):
        rows += make_statements(
            "organization", f"o{number}", name=[f"Company {number % 5} Ltd", f"Firm {number % 7}"], country="CN"
        )
        rows += make_statements("commitment", f"c{number}", project="alpha:p", amount=(f"{number}.{number:04}", "USD@2021"))
    rows += make_statements("project", "p", name="Project")
    tables = []
    for seed in range(3):
        atlas = Atlas(tmp_path / str(seed))
        atlas.fetch("alpha", random.Random(seed).sample(rows, len(rows)))
        release = atlas.build()
        tables.append(
            [atlas.rows(release, f"FROM {name} ORDER BY ALL") for name in ("values", "members", "organizations", "commitments")]
        )
    assert tables[0] == tables[1] == tables[2]


def test_an_id_begins_with_the_latest_day_of_its_inputs(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    atlas.fetch("alpha", make_statements("project", "p", name="P"), "2026-01-05")
    atlas.fetch("beta", make_statements("project", "p", name="P"), "2025-12-31")
    assert atlas.build().startswith("2026-01-05-")
    atlas.claim("alpha:p", "project", "status", "operational")
    decided = atlas.ledger.entries()[0].at[:10]
    assert atlas.build().startswith(f"{max(decided, '2026-01-05')}-")


def test_changed_code_needs_a_new_import_and_gives_a_new_release(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    atlas.fetch("alpha", make_statements("project", "p", name="P"))
    first = atlas.build()
    importer = atlas.root / "sources" / "alpha" / "importer.py"
    importer.write_text(importer.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    refused = atlas.overt("release")
    assert refused.code == 1
    assert refused.errors == ["overt: alpha: snapshot 2026-01-01-" + refused.errors[0][34:42] + " was imported with other code or"
                              " content; run `overt import alpha`"]  # fmt: skip
    second = atlas.build()
    assert second != first
    assert file_hashes(atlas.root / "releases" / second / "tables") == file_hashes(atlas.root / "releases" / first / "tables")
