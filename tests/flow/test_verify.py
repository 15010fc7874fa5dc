"""`overt verify` detects any change to the archive, the ledger or a release, and changes nothing itself."""

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from overt.archive import Archive
from overt.model.workspace import Workspace
from overt.release import release_integrity
from overt.release.release_integrity import verify_release
from overt.release.release_manifest import manifest_bytes, release_id
from tests.support.command_built_atlas import Atlas, fetch_samples, make_statements, own_id
from tests.support.command_runs import Outcome


@pytest.fixture(scope="module")
def intact(tmp_path_factory: pytest.TempPathFactory) -> tuple[Atlas, str]:
    """An intact atlas with text, a workbook, JSON files, an editorial claim, a judgement, and one release."""
    atlas = Atlas(tmp_path_factory.mktemp("verify"), index=True)
    atlas.fetch(
        "alpha",
        make_statements("organization", "zte", name=["ZTE", "中兴通讯"])
        + make_statements("project", "p", name="=1+1 <b>Safe City</b>"),
    )
    fetch_samples(atlas.workspace, ["aigs_2022", "telegeography"])
    atlas.ok("import")
    atlas.clusters()
    atlas.claim("alpha:zte", "organization", "country", "CN")
    atlas.judge("different", "alpha:zte", "aigs_2022:organization/huawei")
    return atlas, atlas.build()


@pytest.fixture
def atlas(intact: tuple[Atlas, str], tmp_path: Path) -> Atlas:
    """A copy to damage."""
    copy = Atlas.__new__(Atlas)
    copy.root = tmp_path / "atlas"
    shutil.copytree(intact[0].root, copy.root)
    copy.workspace = Workspace.open(copy.root)
    return copy


def assert_detected(outcome: Outcome, *, at: object, lines: int | None = 1) -> list[str]:
    """Assert that a verification failed with this number of lines (None: any), the first about `at`. Return all lines."""
    assert outcome.code == 1, outcome
    errors = outcome.err.splitlines()
    assert errors == outcome.errors, "every line begins with overt:"
    assert str(at) in errors[0], errors
    assert lines in (None, len(errors)), errors
    assert outcome.out == ("1 problem\n" if len(errors) == 1 else f"{len(errors)} problems\n")
    return errors


def flip(path: Path, position: int) -> bytes:
    """Flip a bit of a file. Return the original bytes."""
    data = path.read_bytes()
    path.write_bytes(data[:position] + bytes([data[position] ^ 0x01]) + data[position + 1 :])
    return data


def test_an_intact_atlas_verifies(intact: tuple[Atlas, str]) -> None:
    outcome = intact[0].overt("verify")
    assert outcome.code == 0
    assert outcome.err == ""
    assert outcome.out.startswith("whole: 19 captures, 1 release; ")


@pytest.mark.slow
def test_every_flipped_byte_is_detected(atlas: Atlas, intact: tuple[Atlas, str], pytestconfig: pytest.Config) -> None:
    """Flip one bit of each file, at an arbitrary place or near the end; in `make test-all`, once at each of these places."""
    release = atlas.root / "releases" / intact[1]
    objects = [path for path in (atlas.root / "archive").glob("??/*") if path.is_file()]
    files = [*sorted(objects), *sorted((release / "tables").iterdir()), release / "manifest.json"]
    assert len(files) > 40
    for number, path in enumerate(files):
        size = path.stat().st_size
        positions = sorted({number * 7919 % size, size - 1 - number % 9})
        for position in positions if pytestconfig.getoption("--slow") else positions[number % len(positions) :][:1]:
            data = flip(path, position)
            assert_detected(atlas.overt("verify", intact[1]), at=path)
            path.write_bytes(data)
    assert atlas.overt("verify").code == 0


def test_flipped_bytes_of_the_index_are_detected(atlas: Atlas, intact: tuple[Atlas, str]) -> None:
    index = atlas.root / "archive" / "index.jsonl"
    size = index.stat().st_size
    first_end = index.read_bytes().index(b"\n")
    for position in (0, 11, first_end, first_end + 1, size // 2, size - 2, size - 1):
        data = flip(index, position)
        assert_detected(atlas.overt("verify"), at=index, lines=None)
        index.write_bytes(data)
    archive = Archive(atlas.root / "archive")
    for position in range(0, size, 13):
        data = flip(index, position)
        assert next(archive.verify(), None), position
        index.write_bytes(data)


def test_flipped_bytes_of_manifest_and_table_are_detected(atlas: Atlas, intact: tuple[Atlas, str]) -> None:
    release = atlas.root / "releases" / intact[1]
    for path in (release / "manifest.json", release / "tables" / "redirects.parquet"):
        for position in range(0, path.stat().st_size, 3):
            data = flip(path, position)
            assert len(list(verify_release(release))) == 1, (path, position)
            path.write_bytes(data)


@pytest.mark.parametrize(
    "name",
    ["manifest.json", "tables/claims.parquet", "tables/evidence.parquet", "tables/captures.parquet", "tables/redirects.parquet"],
)
def test_a_missing_file_of_a_release_is_detected(atlas: Atlas, intact: tuple[Atlas, str], name: str) -> None:
    path = atlas.root / "releases" / intact[1] / name
    path.unlink()
    assert "missing" in assert_detected(atlas.overt("verify"), at=path)[0]


def test_a_missing_capture_is_detected(atlas: Atlas) -> None:
    path = next((atlas.root / "archive").glob("??/*"))
    path.unlink()
    assert "is missing" in assert_detected(atlas.overt("verify"), at=path)[0]


def test_a_missing_index_is_detected(atlas: Atlas) -> None:
    (atlas.root / "archive" / "index.jsonl").unlink()
    lines = assert_detected(atlas.overt("verify"), at=atlas.root / "archive", lines=None)
    assert any("has lost captures" in line for line in lines)


@pytest.mark.parametrize("name", ["releases/{}/tables/extra.parquet", "releases/{}/notes.txt", "archive/ab/cd", "archive/notes"])
def test_a_stray_file_is_detected(atlas: Atlas, intact: tuple[Atlas, str], name: str) -> None:
    path = atlas.root / name.format(intact[1])
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"x")
    assert_detected(atlas.overt("verify"), at=path)


def test_a_renamed_release_is_detected(atlas: Atlas, intact: tuple[Atlas, str]) -> None:
    release = atlas.root / "releases" / intact[1]
    later = release.with_name(f"2099-01-01-{intact[1][-8:]}")
    release.rename(later)
    assert intact[1] in assert_detected(atlas.overt("verify"), at=later, lines=3)[0]
    later.rename(release.with_name(f"{intact[1][:10]}-00000000"))
    assert_detected(atlas.overt("verify"), at="00000000", lines=3)


@pytest.mark.slow
def test_releases_can_be_verified_one_by_one(atlas: Atlas, intact: tuple[Atlas, str]) -> None:
    other = atlas.ok("release", "--note", "another").out.strip()
    flip(atlas.root / "releases" / other / "tables" / "values.parquet", 100)
    assert atlas.overt("verify", intact[1]).code == 0
    assert_detected(atlas.overt("verify", other), at=other)
    assert_detected(atlas.overt("verify"), at=other)
    missing = atlas.overt("verify", "2000-01-01-00000000")
    assert (missing.code, len(missing.err.splitlines())) == (2, 1)


@pytest.mark.slow
def test_a_damaged_release_is_rebuilt(atlas: Atlas, intact: tuple[Atlas, str]) -> None:
    flip(atlas.root / "releases" / intact[1] / "tables" / "values.parquet", 100)
    assert atlas.ok("release").out == f"{intact[1]}\n"
    assert atlas.overt("verify").code == 0
    assert [path.name for path in (atlas.root / "releases").iterdir() if path.is_dir()] == [intact[1]]


# --- The ledger ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def entries(atlas: Atlas) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(atlas.root / "ledger.db")
    yield connection
    connection.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entries SET who = 'Somebody else' WHERE sequence = 1",
        "UPDATE entries SET payload = replace(payload, 'CN', 'RU') WHERE sequence = 1",
        "UPDATE entries SET at = '2020-01-01T00:00:00Z' WHERE sequence = 2",
        "DELETE FROM entries WHERE sequence = 1",
    ],
)
def test_a_changed_ledger_is_detected(atlas: Atlas, entries: sqlite3.Connection, change: str) -> None:
    with entries:
        entries.execute(change)
    assert_detected(atlas.overt("verify"), at="ledger.db", lines=None)


def test_a_ledger_without_its_end_is_detected(atlas: Atlas, intact: tuple[Atlas, str], entries: sqlite3.Connection) -> None:
    with entries:
        entries.execute("DELETE FROM entries WHERE sequence = 2")
    assert intact[1] in assert_detected(atlas.overt("verify"), at="ledger")[0]


def test_a_missing_ledger_is_detected(atlas: Atlas, intact: tuple[Atlas, str]) -> None:
    for path in atlas.root.glob("ledger.db*"):
        path.unlink()
    assert intact[1] in assert_detected(atlas.overt("verify"), at="ledger")[0]


# --- Places -------------------------------------------------------------------------------------------------------------


def forge(release: Path, name: str, change: dict[str, str], where: tuple[str, str]) -> Path:
    """Change a table's rows in which column `where[0]` has the value `where[1]`, and adapt the release's hashes and name.

    Return its new folder.
    """
    path = release / "tables" / f"{name}.parquet"
    rows = pq.read_table(path)
    data = [{**row, **change} if row[where[0]] == where[1] else row for row in rows.to_pylist()]
    assert data != rows.to_pylist(), "nothing to change"
    pq.write_table(pa.Table.from_pylist(data, schema=rows.schema), path)
    manifest = orjson.loads((release / "manifest.json").read_bytes())
    manifest["tables"][name] |= {"bytes": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    (release / "manifest.json").write_bytes(manifest_bytes(manifest))
    return release.rename(release.with_name(release_id(manifest)))


@pytest.mark.slow(after=1)
@pytest.mark.parametrize(
    ("change", "where", "message"),
    [
        ({"excerpt": "Safe City"}, ("excerpt", "=1+1 <b>Safe City</b>"), "says '=1+1 <b>Safe City</b>', the release 'Safe City'"),
        ({"locator": "row=99;col=value"}, ("excerpt", "中兴通讯"), "there is no row=99;col=value"),
        ({"excerpt": "x" * 200}, ("excerpt", "Zanzibar"), "says 'Zanzibar', the release"),
        ({"capture": "0" * 64}, ("excerpt", "中兴通讯"), "point into 000"),
    ],
)
def test_evidence_that_differs_from_the_archive_is_detected(
    atlas: Atlas, intact: tuple[Atlas, str], change: dict[str, str], where: tuple[str, str], message: str
) -> None:
    forged = forge(atlas.root / "releases" / intact[1], "evidence", change, where)
    lines = assert_detected(atlas.overt("verify"), at=forged.name, lines=None)
    assert any(message in line for line in lines), lines


@pytest.mark.slow
def test_evidence_is_compared_in_batches(atlas: Atlas, intact: tuple[Atlas, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each place is compared once, whatever the size of a batch."""
    forged = forge(atlas.root / "releases" / intact[1], "evidence", {"excerpt": "Safe City"}, ("excerpt", "中兴通讯"))
    at_once = assert_detected(atlas.overt("verify"), at=forged.name, lines=None)
    monkeypatch.setattr(release_integrity, "BATCH_PLACES", 3)
    assert assert_detected(atlas.overt("verify"), at=forged.name, lines=None) == at_once
    batches = list(release_integrity._place_batches(forged / "tables" / "evidence.parquet"))
    assert max(len(places) for _, places in batches) == 3
    compared = [(capture, locator, excerpt) for capture, places in batches for locator in places for excerpt in places[locator]]
    rows = pq.read_table(forged / "tables" / "evidence.parquet").to_pylist()
    assert sorted(compared) == sorted({(row["capture"], row["locator"], row["excerpt"]) for row in rows})


def test_evidence_from_a_removed_source_is_detected(atlas: Atlas) -> None:
    shutil.rmtree(atlas.root / "sources" / "alpha")
    assert "source 'alpha' with files 'statements' no longer exists" in assert_detected(atlas.overt("verify"), at="alpha.csv")[0]


@pytest.mark.slow
def test_verify_changes_nothing_and_needs_no_lock(atlas: Atlas, intact: tuple[Atlas, str]) -> None:
    (atlas.root / ".lock").touch()
    before = sorted(path for path in atlas.root.rglob("*"))
    atlas.ok("verify")
    assert sorted(path for path in atlas.root.rglob("*")) == before
    assert own_id("alpha:zte") in {row["id"] for row in atlas.rows(intact[1], "FROM records")}
