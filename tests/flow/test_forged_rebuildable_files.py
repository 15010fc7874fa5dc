"""Rebuildable files that someone has changed are not read, and nothing made from them passes as intact."""

import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from overt.importing.claim_file_digests import INDEX
from overt.index.release_preparation import prepare
from overt.index.serve_settings import ServeSettings
from overt.model import library_versions
from overt.model.errors import OvertError
from overt.model.files.file_digests import sha256_file, write_digest
from overt.queries.database import Database
from overt.release.history.history_file import HISTORY
from overt.release.release_manifest import manifest_bytes, release_id
from overt.resolve.resolved_table_reader_and_digests import resolved_fingerprint, write_description
from tests.flow.test_verify import forge
from tests.support.command_built_atlas import Atlas, make_statements
from tests.support.command_runs import Outcome
from tests.support.release_table_rows_and_file_hashes import file_hashes

Change = Callable[[Path], None]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with two sources, one of them with two snapshots, and one release."""
    atlas = Atlas(tmp_path_factory.mktemp("forged"), index=True)
    rows = make_statements("organization", "zte", name="ZTE", country="CN")
    rows += make_statements("project", "p", name="Safe City", country="KE", kind="smart-city")
    rows += make_statements("role", "r", project="alpha:p", organization="alpha:zte", role="supplier")
    atlas.fetch("alpha", rows)
    atlas.fetch("alpha", [*rows, *make_statements("project", "q", name="Safer City", country="UG")], retrieved="2026-02-01")
    atlas.fetch("beta", make_statements("organization", "zte", name="ZTE", country="CN"))
    atlas.build()
    return atlas


@pytest.fixture
def indexed(made: Atlas, tmp_path: Path) -> Atlas:
    """A copy to change, with its index."""
    return made.copy_to(tmp_path)


@pytest.fixture
def atlas(indexed: Atlas) -> Atlas:
    """A copy without an index, because `overt verify` would have to recompute that too."""
    shutil.rmtree(indexed.root / "cache")
    return Atlas.open(indexed.root.parent)


def claims_folder(atlas: Atlas, source: str = "alpha") -> Path:
    """Return the folder of the newest snapshot's claims."""
    return max(path for path in (atlas.root / "claims" / source).iterdir())


def rewrite(path: Path, column: str, before: str, after: str) -> None:
    """Replace the value `before`, which must occur, with `after` in a column of a Parquet file."""
    table = pq.read_table(path)
    rows = [{**row, column: after} if row[column] == before else row for row in table.to_pylist()]
    assert rows != table.to_pylist(), "nothing to change"
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), path, compression="zstd")


def forge_claims(atlas: Atlas) -> Path:
    """Move Kenya's projects to Norway in the newest claims; return their file."""
    path = claims_folder(atlas) / "claims.parquet"
    rewrite(path, "value", "KE", "NO")
    return path


def adapt_digests(atlas: Atlas, path: Path) -> None:
    """Record the digest of a changed claims file where Overt looks for it."""
    index = atlas.root / "claims" / INDEX
    lines = [orjson.loads(line) for line in index.read_bytes().splitlines()]
    for line in lines:
        if (line["source"], line["snapshot"]) == (path.parent.parent.name, path.parent.name):
            line["files"][path.name] = sha256_file(path)
    index.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in lines))


def assert_refused(outcome: Outcome, *parts: str) -> None:
    """Assert that a command ended with exit code 1 and one line with these parts."""
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


@pytest.mark.slow(after=3)
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
    path = forge_claims(atlas)
    claim = pq.read_table(path, columns=["claim_id"]).to_pylist()[0]["claim_id"]
    assert_refused(atlas.overt("retract", claim, "--who", "A", "--why", "wrong"), str(path))


# --- resolved/ ----------------------------------------------------------------------------------------------------------


@pytest.mark.slow(after=1)
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


# --- Recomputation ------------------------------------------------------------------------------------------------------


def verify(atlas: Atlas, *words: object) -> tuple[int, dict[str, Any]]:
    """Run `overt verify --json` and return its exit code and document."""
    outcome = atlas.overt("verify", "--json", *words)
    return outcome.code, orjson.loads(outcome.out)


@pytest.mark.slow
def test_an_intact_atlas_is_computed_again(made: Atlas) -> None:
    name = (made.root / "releases" / "latest").read_text().strip()
    code, document = verify(made)
    assert code == 0
    assert (document["whole"], document["quick"], document["problems"], document["notes"]) == (True, False, [], [])
    assert document["recomputed"] == [{"release": name, "verdict": "equal", "differs": []}]
    outcome = made.ok("verify")
    assert outcome.out.startswith("whole: 3 captures, 1 release; ")
    assert outcome.out.endswith(f"computed again, byte for byte: {name}\n")


@pytest.mark.slow
def test_claims_forged_with_their_digests_are_detected(made: Atlas, atlas: Atlas) -> None:
    """Rewritten claims used to pass: they were resolved and released, and the release passed verification."""
    before = (made.root / "releases" / "latest").read_text()
    path = forge_claims(atlas)
    adapt_digests(atlas, path)
    atlas.ok("resolve")
    forged = atlas.ok("release").out.strip()
    assert forged != before.strip(), "the forgery is in the release"
    quick = atlas.ok("verify", "--quick")
    assert quick.out.startswith("quick check: ") and "whole" not in quick.out
    assert verify(atlas, "--quick")[1]["whole"] is None
    code, document = verify(atlas)
    assert (code, document["whole"]) == (1, False)
    assert document["recomputed"] == [{"release": forged, "verdict": "different", "differs": []}]
    problems = {problem["part"]: problem["problem"] for problem in reversed(document["problems"])}
    todo = f"delete {path.parent} and run `overt import alpha`"
    assert problems["claims"] == f"{path}: is not what the archive gives (1 row too many, 1 row missing); {todo}"
    row = f"{forged}: table claims is not what the archive and the ledger give (1 row too many, 1 row missing)"
    assert row in [problem["problem"] for problem in document["problems"]]
    shutil.rmtree(path.parent)
    atlas.ok("import", "alpha")
    assert atlas.ok("release").out == before
    assert atlas.overt("verify", before.strip()).code == 0


@pytest.mark.slow
def test_a_resolution_forged_with_its_digests_is_detected(made: Atlas, atlas: Atlas) -> None:
    folder = atlas.root / "resolved"
    rewrite(folder / "members.parquet", "record", "alpha:q", "alpha:x")
    write_description(folder, resolved_fingerprint(folder) or "")
    forged = atlas.ok("release").out.strip()
    assert forged != (made.root / "releases" / "latest").read_text().strip()
    code, document = verify(atlas)
    assert code == 1
    [line] = [problem["problem"] for problem in document["problems"] if problem["part"] == "resolution"]
    assert line.startswith(f"{folder / 'members.parquet'}: is not what the claims and judgements give (1 row too many, 1 row ")
    assert any(problem["release"] == forged and "table members" in problem["problem"] for problem in document["problems"])


def test_a_release_forged_with_its_manifest_is_detected(atlas: Atlas) -> None:
    before = (atlas.root / "releases" / "latest").read_text().strip()
    forged = forge(atlas.root / "releases" / before, "values", {"value": "NO"}, ("value", "KE"))
    (atlas.root / "releases" / "latest").write_text(f"{forged.name}\n")
    code, document = verify(atlas)
    assert code == 1
    [problem] = [problem for problem in document["problems"] if problem["part"] != "history"]
    assert problem["problem"].startswith(f"{forged.name}: table values is not what the archive and the ledger give (1 row too ")


@pytest.mark.slow(after=1)
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"note": 5}, "does not say what the release was made of"),
        ({"sources": []}, "does not say what the release was made of"),
        ({"date": "1999-01-01"}, "date in its manifest is not what"),
        ({"format": 1}, "format in its manifest is not what"),
        ({"tables": []}, "is not a manifest that Overt wrote"),
    ],
)
def test_a_forged_manifest_is_detected(atlas: Atlas, change: dict[str, Any], message: str) -> None:
    folder = atlas.root / "releases" / (atlas.root / "releases" / "latest").read_text().strip()
    manifest = orjson.loads((folder / "manifest.json").read_bytes()) | change
    (folder / "manifest.json").write_bytes(manifest_bytes(manifest))
    forged = folder.rename(folder.with_name(release_id(manifest)))
    (atlas.root / "releases" / "latest").write_text(f"{forged.name}\n")
    outcome = atlas.overt("verify")
    assert outcome.code == 1
    taken_away = f"overt: {folder}: was taken away, and the history has it; "
    [line] = [line for line in outcome.errors if HISTORY not in line and not line.startswith(taken_away)]
    assert message in line and "Traceback" not in outcome.err


@pytest.mark.slow
def test_older_releases_are_computed_from_their_own_inputs(atlas: Atlas) -> None:
    first = (atlas.root / "releases" / "latest").read_text().strip()
    atlas.judge("different", "alpha:zte", "beta:zte")
    atlas.claim("alpha:p", "project", "country", "UG")
    second = atlas.ok("release", "--note", "decided").out.strip()
    atlas.fetch("beta", make_statements("organization", "fiber", name="Fiber"), retrieved="2026-03-01")
    third = atlas.build()
    atlas.judge("unsure", "alpha:zte", "beta:zte")
    code, document = verify(atlas, "--all")
    assert (code, document["problems"]) == (0, [])
    assert document["recomputed"] == [{"release": name, "verdict": "equal", "differs": []} for name in (third, second, first)]
    assert [result["release"] for result in verify(atlas, second)[1]["recomputed"]] == [second]
    assert (atlas.overt("verify", "--all", "--quick").code, atlas.overt("verify", "--all", second).code) == (2, 2)


@pytest.mark.slow
def test_a_snapshot_with_problems_is_computed_again_as_it_was_imported(tmp_path: Path) -> None:
    """A release has the newest snapshot if its problems were allowed, and otherwise the previous one."""
    atlas = Atlas(tmp_path, index=True)
    rows = make_statements("organization", "zte", name="ZTE", country="CN")
    atlas.fetch("alpha", rows)
    atlas.build()
    atlas.fetch("alpha", [*rows, *make_statements("organization", "x", name="X", country="Atlantis")], retrieved="2026-02-01")
    assert atlas.overt("build").code == 1
    refused = atlas.ok("release", "--note", "refused").out.strip()
    assert atlas.overt("verify").code == 0
    allowed = atlas.build("--allow-problems")
    manifests = (orjson.loads((atlas.root / "releases" / name / "manifest.json").read_bytes()) for name in (refused, allowed))
    assert [manifest["sources"]["alpha"]["snapshot"][:10] for manifest in manifests] == ["2026-01-01", "2026-02-01"]
    assert atlas.overt("verify").code == 0


@pytest.mark.slow
def test_a_release_made_with_other_libraries_is_not_recomputable(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    here = library_versions.python_version()
    with monkeypatch.context() as patch:
        patch.setattr(library_versions, "python_version", lambda: "3.99")
        other = atlas.build()
        assert verify(atlas)[0] == 0, "there it can be computed again"
    code, document = verify(atlas)
    assert (code, document["whole"], document["problems"]) == (3, None, [])
    differs = [f"Python 3.99 (here {here})"]
    assert document["recomputed"] == [{"release": other, "verdict": "not recomputable", "differs": differs}]
    outcome = atlas.overt("verify")
    assert outcome.out.splitlines()[0] == f"{other}: not recomputable here: made with Python 3.99 (here {here})"
    assert "no problem found, but not everything could be computed here" in outcome.out
    assert atlas.overt("verify", "--quick").code == 0
    _flip(atlas.root / "releases" / other / "tables" / "values.parquet")
    assert atlas.overt("verify").code == 1, "damage is found all the same"


def test_a_release_made_with_other_content_is_not_recomputable(atlas: Atlas) -> None:
    with (atlas.root / "sources" / "alpha" / "source.yml").open("a") as handle:
        handle.write("# another\n")
    code, document = verify(atlas)
    assert code == 3
    [result] = document["recomputed"]
    assert result["differs"] == ["other content (schema, vocabularies, sources or figures)"]


@pytest.mark.slow
def test_a_release_of_selected_sources_is_computed_again_with_a_note(atlas: Atlas) -> None:
    settings = atlas.root / "overt.toml"
    before = settings.read_text()
    settings.write_text(before.replace("sources = []", 'sources = ["alpha"]'))
    assert settings.read_text() != before
    name = atlas.build()
    assert verify(atlas)[1]["notes"] == []
    settings.write_text(before)
    code, document = verify(atlas)
    assert (code, document["problems"]) == (0, [])
    assert document["notes"] == [f"{name} was limited to these sources: alpha; overt.toml now selects others"]


@pytest.mark.slow
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_stopped_verification_leaves_nothing_behind(made: Atlas, tmp_path: Path, stop: signal.Signals) -> None:
    before = file_hashes(made.root)
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", "from overt.cli import main; main()", "verify", "--workspace", str(made.root)]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    while not list(tmp_path.glob("overt-verify-*/claims/*")):
        assert process.poll() is None
        time.sleep(0.005)
    process.send_signal(stop)
    _, error = process.communicate(timeout=120)
    assert "Traceback" not in error
    if stop == signal.SIGKILL:
        assert list(tmp_path.iterdir())
        assert subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0
    else:
        assert process.returncode == 130
    assert list(tmp_path.iterdir()) == []
    assert file_hashes(made.root) == before


# --- The index ----------------------------------------------------------------------------------------------------------


def index_of(atlas: Atlas) -> Path:
    """Return the path of the only index in the cache."""
    [path] = (atlas.root / "cache").glob("*/serve-*.sqlite")
    return path


def forge_index(path: Path) -> None:
    """Rename ZTE in the served rows, and reset the file's time."""
    times = path.stat()
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute("UPDATE records SET label = 'Bluestem' WHERE label = 'ZTE'").rowcount
        assert connection.execute("UPDATE claims SET value = 'Bluestem' WHERE value = 'ZTE'").rowcount
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def spoil(path: Path) -> None:
    """Overwrite a third of the pages with noise."""
    data = bytearray(path.read_bytes())
    for start in range(0, len(data), 3 * 8192):
        data[start : start + 8192] = hashlib.sha256(bytes([start % 251])).digest() * 256
    path.write_bytes(data)


INDEX_CHANGES: dict[str, Change] = {
    "rows": forge_index,
    "noise": spoil,
    "cut off": CHANGES["cut off"],
    "empty": CHANGES["empty"],
}


@pytest.mark.slow(after=3)
@pytest.mark.parametrize("words", [["show", "alpha:zte"], ["search", "zte"], ["figures"]], ids=" ".join)
@pytest.mark.parametrize("change", INDEX_CHANGES)
def test_commands_make_a_changed_index_again(made: Atlas, indexed: Atlas, change: str, words: list[str]) -> None:
    path = index_of(indexed)
    INDEX_CHANGES[change](path)
    outcome = indexed.overt(*words)
    assert outcome.out == made.ok(*words).out
    assert outcome.err == f"overt: {path}: was changed since it was made; making it again\n"
    assert path.read_bytes() == index_of(made).read_bytes()
    assert indexed.ok(*words).err == ""


@pytest.mark.parametrize("change", INDEX_CHANGES)
def test_a_server_makes_a_changed_index_again(made: Atlas, indexed: Atlas, change: str, caplog: pytest.LogCaptureFixture) -> None:
    path = index_of(indexed)
    INDEX_CHANGES[change](path)
    assert prepare(ServeSettings(indexed.workspace)).database == path
    assert [record.getMessage() for record in caplog.records] == [f"{path}: was changed since it was made; making it again"]
    assert path.read_bytes() == index_of(made).read_bytes()


def test_an_index_that_is_changed_while_it_is_served_is_served_no_longer(indexed: Atlas) -> None:
    path = index_of(indexed)
    database = Database(path)
    with database.lease() as reader:
        assert reader.select("SELECT count(*) AS n FROM records WHERE label = 'ZTE'")[0]["n"]
    os.utime(path)
    with database.lease():
        pass  # still served, because its bytes are the same
    forge_index(path)
    with pytest.raises(OvertError, match="was changed while it was served; start `overt serve` again"), database.lease():
        pass
    database.close()


def test_a_changed_index_is_detected(indexed: Atlas) -> None:
    path = index_of(indexed)
    forge_index(path)
    for words in ([], ["--quick"]):
        assert_refused(indexed.overt("verify", *words), str(path), "was changed since it was made; delete it")


@pytest.mark.slow
def test_an_index_forged_with_its_digest_is_detected(indexed: Atlas) -> None:
    path = index_of(indexed)
    forge_index(path)
    write_digest(path, sha256_file(path))
    assert "Bluestem" in indexed.ok("show", "alpha:zte").out, "who can write both is not noticed by commands"
    assert indexed.overt("verify", "--quick").code == 0
    assert_refused(indexed.overt("verify"), str(path), "is not what the release gives; delete it")
    copy = path.with_name("serve-0123456789ab.sqlite")
    path.rename(copy)
    write_digest(copy, sha256_file(copy))
    assert_refused(indexed.overt("verify"), str(copy), "cannot be compared; delete it")


@pytest.mark.slow
def test_tables_of_the_public_edition_are_checked_too(indexed: Atlas) -> None:
    """If some sources may not be republished, the public edition has its own tables in the cache."""
    with (indexed.root / "sources" / "beta" / "source.yml").open("a") as handle:
        handle.write("reuse: private\n")
    text = (indexed.root / "sources" / "beta" / "source.yml").read_text().replace("reuse: open\n", "")
    (indexed.root / "sources" / "beta" / "source.yml").write_text(text)
    indexed = Atlas.open(indexed.root.parent, index=True)
    indexed.build()
    public = prepare(ServeSettings(indexed.workspace, public=True))
    assert public.left_out
    assert indexed.overt("verify").code == 0
    before = file_hashes(public.tables.parent)
    rewrite(public.tables / "claims.parquet", "value", "KE", "NO")
    folder = public.tables.parent
    assert_refused(indexed.overt("verify", "--quick"), str(folder), "was changed since it was made; delete it")
    assert prepare(ServeSettings(indexed.workspace, public=True)).tables == public.tables
    assert file_hashes(folder) == before
    rewrite(public.tables / "claims.parquet", "value", "KE", "NO")
    description = orjson.loads((folder / "edition.json").read_bytes())
    description["manifest"]["tables"]["claims"]["sha256"] = sha256_file(public.tables / "claims.parquet")
    (folder / "edition.json").write_bytes(orjson.dumps(description, option=orjson.OPT_INDENT_2))
    write_digest(folder / "edition.json", sha256_file(folder / "edition.json"))
    assert indexed.overt("verify", "--quick").code == 0
    outcome = indexed.overt("verify")
    assert outcome.code == 1
    assert any(f"{public.tables / 'claims.parquet'}: is not what the release gives" in line for line in outcome.errors)
