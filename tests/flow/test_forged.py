"""Files that can be made again are not read after somebody changed them, and nothing that was made of them passes for intact."""

import shutil
from collections.abc import Callable
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from overt.importing.claim_digests import INDEX
from overt.model.atomic_files import sha256_file
from overt.resolve.resolved_tables import resolved_fingerprint, write_description
from tests.support.atlas import Atlas, Outcome, make_statements

Change = Callable[[Path], None]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with two sources, one of them with two snapshots, and one release."""
    atlas = Atlas(tmp_path_factory.mktemp("forged"))
    rows = make_statements("organization", "zte", name="ZTE", country="CN")
    rows += make_statements("project", "p", name="Safe City", country="KE", kind="smart-city")
    rows += make_statements("role", "r", project="alpha:p", organization="alpha:zte", role="supplier")
    atlas.fetch("alpha", rows)
    atlas.fetch("alpha", [*rows, *make_statements("project", "q", name="Safer City", country="UG")], retrieved="2026-02-01")
    atlas.fetch("beta", make_statements("organization", "zte", name="ZTE", country="CN"))
    atlas.build()
    return atlas


@pytest.fixture
def atlas(made: Atlas, tmp_path: Path) -> Atlas:
    """A copy to change."""
    return made.copy_to(tmp_path)


def claims_folder(atlas: Atlas, source: str = "alpha") -> Path:
    """Return the folder of the newest snapshot's claims."""
    return max(path for path in (atlas.root / "claims" / source).iterdir())


def rewrite(path: Path, column: str, before: str, after: str) -> None:
    """Change values of a column of a Parquet file."""
    table = pq.read_table(path)
    rows = [{**row, column: after} if row[column] == before else row for row in table.to_pylist()]
    assert rows != table.to_pylist(), "nothing to change"
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), path, compression="zstd")


def forge_claims(atlas: Atlas) -> Path:
    """Say that the projects of Kenya are in Norway."""
    path = claims_folder(atlas) / "claims.parquet"
    rewrite(path, "value", "KE", "NO")
    return path


def adapt_digests(atlas: Atlas, path: Path) -> None:
    """Write the digest of a changed file of claims where Overt looks for it."""
    index = atlas.root / "claims" / INDEX
    lines = [orjson.loads(line) for line in index.read_bytes().splitlines()]
    for line in lines:
        if (line["source"], line["snapshot"]) == (path.parent.parent.name, path.parent.name):
            line["files"][path.name] = sha256_file(path)
    index.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in lines))


def assert_refused(outcome: Outcome, *parts: str) -> None:
    """Assert that a command ended with 1 and one line that has these parts."""
    assert outcome.code == 1, outcome
    [line] = outcome.err.splitlines()
    assert line.startswith("overt: ") and all(part in line for part in parts), line


# --- Claims -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["resolve"], ["release"]])
def test_forged_claims_are_refused_until_they_are_imported_again(made: Atlas, atlas: Atlas, command: list[str]) -> None:
    before = (atlas.root / "releases" / "latest").read_text()
    path = forge_claims(atlas)
    assert_refused(atlas.overt(*command), str(path), "run `overt import alpha`")
    atlas.ok("import", "alpha")
    assert path.read_bytes() == (made.root / path.relative_to(atlas.root)).read_bytes()
    atlas.ok(*command)
    assert (atlas.root / "releases" / "latest").read_text() == before


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


CHANGES: dict[str, Change] = {
    "a flipped bit": _flip,
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-9]),
    "empty": lambda path: path.write_bytes(b""),
    "missing": Path.unlink,
}


@pytest.mark.parametrize("name", ["claims.parquet", "evidence.parquet", "report.json"])
@pytest.mark.parametrize("change", CHANGES)
def test_damaged_claims_are_refused_in_one_line(atlas: Atlas, name: str, change: str) -> None:
    CHANGES[change](claims_folder(atlas) / name)
    assert_refused(atlas.overt("release"), "alpha", "run `overt import alpha`")
    atlas.ok("import")
    atlas.ok("release")


def test_claims_of_an_older_snapshot_are_checked_too(atlas: Atlas) -> None:
    older = min(path for path in (atlas.root / "claims" / "alpha").iterdir())
    rewrite(older / "claims.parquet", "value", "ZTE", "Bluestem")
    assert_refused(atlas.overt("resolve"), str(older / "claims.parquet"))


@pytest.mark.parametrize("data", [b"", b"{", b'{"source": "alpha"}\n', b"[1]\n\xff\xfe\n"])
def test_a_damaged_index_of_digests_is_made_again(made: Atlas, atlas: Atlas, data: bytes) -> None:
    index = atlas.root / "claims" / INDEX
    index.write_bytes(data)
    assert_refused(atlas.overt("release"), "claims", "run `overt import ")
    atlas.ok("import")
    assert index.read_bytes() == (made.root / "claims" / INDEX).read_bytes()
    atlas.ok("release")


def test_editors_see_no_forged_claim(atlas: Atlas) -> None:
    shutil.rmtree(atlas.root / "cache")
    path = forge_claims(atlas)
    claim = pq.read_table(path, columns=["claim_id"]).to_pylist()[0]["claim_id"]
    assert_refused(atlas.overt("retract", claim, "--who", "A", "--why", "wrong"), str(path))


# --- resolved/ ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["members", "edges", "candidates", "aliases"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_resolution_is_made_again(made: Atlas, atlas: Atlas, table: str, change: str) -> None:
    path = atlas.root / "resolved" / f"{table}.parquet"
    CHANGES[change](path)
    before = (atlas.root / "releases" / "latest").read_text()
    atlas.ok("release")
    assert path.read_bytes() == (made.root / path.relative_to(atlas.root)).read_bytes()
    assert (atlas.root / "releases" / "latest").read_text() == before


def test_a_changed_resolution_is_not_read(atlas: Atlas) -> None:
    _flip(atlas.root / "resolved" / "members.parquet")
    assert_refused(atlas.overt("judge", "next"), "members.parquet", "run `overt resolve`")
    _flip(atlas.root / "resolved" / "aliases.parquet")
    assert_refused(atlas.overt("judge", "aliases"), "aliases.parquet", "run `overt resolve`")


def test_a_damaged_description_of_a_resolution_is_made_again(atlas: Atlas) -> None:
    path = atlas.root / "resolved" / "resolution.json"
    before = path.read_bytes()
    path.write_bytes(before[:40])
    assert_refused(atlas.overt("judge", "next"), "run `overt resolve`")
    atlas.ok("resolve")
    assert path.read_bytes() == before


def forge_resolution(atlas: Atlas) -> None:
    """Separate the two records of ZTE, and write the digest where Overt looks for it."""
    folder = atlas.root / "resolved"
    rewrite(folder / "members.parquet", "source", "beta", "alpha")
    write_description(folder, resolved_fingerprint(folder) or "")
