"""`overt release` makes the index. `figures` and `show` print the same from the index as from the release's tables.

Both commands read the tables if the index is missing or unusable, and for anything that the index leaves out.
"""

import shutil
import sqlite3
from pathlib import Path

import pytest

import overt.cli.pipeline.release_steps as release_steps
from overt.index.index_opening import open_current_index, open_read_only
from overt.model.errors import OvertError
from overt.model.record_ids import canonical_id
from overt.model.workspace import Workspace
from tests.support.command_built_atlas import BY, DOCUMENT, Atlas, make_statements
from tests.support.command_runs import overt

NAMES = ("alpha:zte", "alpha:p", "alpha:c", "alpha:d", "beta:zte", "editorial:kept", "KE", "Kenya", "CN", "zte", "safe city")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with records of every kind that these commands handle differently."""
    atlas = Atlas(tmp_path_factory.mktemp("index"), index=True)
    rows = make_statements("organization", "zte", name=["ZTE", "中兴通讯"], country="CN")
    rows += make_statements(
        "project", "p", name=["Safe City", "Safer City"], country=["KE", "UG"], kind="smart-city", agreed="2019-05"
    )
    rows += make_statements("role", "r", project="alpha:p", organization="alpha:zte", role="supplier")
    rows += make_statements("commitment", "c", project="alpha:p", amount=("1234.5", "USD@2021"), financier=["alpha:zte"])
    rows += make_statements("commitment", "c2", project="alpha:p", amount=("0.1", "USD@2021"))
    rows += make_statements("commitment", "c3", project="alpha:p")
    rows += make_statements("place", "l", project="alpha:p", name="Nairobi", country="KE", precision="locality")
    rows += make_statements("document", "d", title="Annual report", url="https://example.org/a")
    rows += make_statements("organization", "other", name="Other", country="KE")
    rows = [row._replace(document="alpha:d") if row.key == "p" else row for row in rows]
    atlas.fetch("alpha", rows)
    atlas.fetch("beta", make_statements("organization", "zte", name="ZTE Corporation", alias="ZTE", country="CN"))
    atlas.build()
    atlas.ok("claim", "add", "editorial:kept", "organization", "name", "Kept by hand", *DOCUMENT, *BY)
    atlas.ok("judge", "same", "alpha:zte", "beta:zte", *BY)
    atlas.build()
    return atlas


@pytest.fixture(scope="module")
def without_index(made: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a copy of `made` without its cache, and so without an index."""
    root = tmp_path_factory.mktemp("tables") / "atlas"
    shutil.copytree(made.root, root, ignore=shutil.ignore_patterns("cache"))
    return root


def newest(root: Path) -> str:
    return (root / "releases" / "latest").read_text().strip()


@pytest.mark.parametrize(
    "words", [["figures"], ["figures", "--json"], ["figures", "finance-total"], ["figures", "nope"]], ids=" ".join
)
def test_figures_are_equal(made: Atlas, without_index: Path, words: list[str]) -> None:
    assert overt(*words, "-w", made.root) == overt(*words, "-w", without_index)


@pytest.mark.parametrize("form", ["", "--json", "--full"])
@pytest.mark.parametrize("name", [*NAMES, "nobody", "alpha:nothing", "ovt-000000000000"])
def test_records_and_countries_are_equal(made: Atlas, without_index: Path, name: str, form: str) -> None:
    words = ["show", name, *filter(None, [form])]
    printed = overt(*words, "-w", made.root)
    assert printed == overt(*words, "-w", without_index)
    assert printed.code == (0 if name in NAMES else 2)
    assert not (without_index / "cache").exists(), "it was read from the tables"


def test_amounts_stay_exact(made: Atlas) -> None:
    [row, rest] = made.read_json("show", "KE")["commitments"]
    assert (row["unit"], row["commitments"], row["amount"]) == ("USD@2021", 2, "1234.6000")
    assert (rest["unit"], rest["commitments"], rest["amount"]) == (None, 1, None)


@pytest.mark.slow
def test_the_editor_of_a_retraction_is_read_from_the_tables(made: Atlas, tmp_path: Path) -> None:
    """The index is also served to other people, so it doesn't contain names of editors."""
    root = tmp_path / "atlas"
    shutil.copytree(made.root, root)
    assert overt("retract", "alpha:other", *BY, "-w", root).code == 0
    assert overt("release", "-w", root).code == 0
    output = overt("show", "alpha:other", "-w", root).out
    assert "RETRACTED by An editor" in output
    [path] = (root / "cache" / newest(root)).glob("serve-*.sqlite")
    assert b"An editor" not in path.read_bytes()
    shutil.rmtree(root / "cache")
    assert overt("show", "alpha:other", "-w", root).out == output


def test_an_older_release_is_read_from_its_own_index(made: Atlas, tmp_path: Path) -> None:
    root = tmp_path / "atlas"
    shutil.copytree(made.root, root)
    first = newest(root)
    assert overt("release", "--note", "another", "-w", root).code == 0
    workspace = Workspace.open(root)
    for release in (first, newest(root)):
        connection = open_current_index(workspace, release)
        assert connection is not None
        connection.close()
        assert release in overt("show", "alpha:zte", "--release", release, "-w", root).out


def test_an_index_of_other_code_or_content_is_not_read(made: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "atlas"
    shutil.copytree(made.root, root)
    workspace, release = Workspace.open(root), newest(root)
    assert open_current_index(workspace, "2000-01-01-00000000") is None
    with monkeypatch.context() as patch:
        patch.setattr("overt.index.fingerprint.made_by", lambda: "other code")
        assert open_current_index(workspace, release) is None
    (root / "vocab").mkdir()
    (root / "vocab" / "more.txt").write_text("other content")
    assert open_current_index(workspace, release) is None
    assert overt("figures", "-w", root) == overt("figures", "-w", made.root)


def test_a_broken_index_is_not_read(made: Atlas, tmp_path: Path) -> None:
    root = tmp_path / "atlas"
    shutil.copytree(made.root, root)
    [path] = (root / "cache" / newest(root)).glob("serve-*.sqlite")
    path.write_bytes(b"no database")
    assert open_current_index(Workspace.open(root), newest(root)) is None
    outcome = overt("show", "alpha:zte", "-w", root)
    assert outcome.err == f"overt: {path}: was changed since it was made; making it again\n"
    assert outcome.out == overt("show", "alpha:zte", "-w", made.root).out


def test_a_release_makes_its_index(made: Atlas, tmp_path: Path) -> None:
    root = tmp_path / "atlas"
    shutil.copytree(made.root, root, ignore=shutil.ignore_patterns("cache"))
    release = overt("release", "--json", "-w", root)
    assert (release.code, release.err) == (0, "")
    [path] = (root / "cache" / newest(root)).glob("serve-*.sqlite")
    with open_read_only(path) as connection:
        assert connection.execute("SELECT count(*) FROM figures").fetchone()[0] > 0
    connection.close()
    assert "indexing" not in overt("search", "zte", "-w", root).err


@pytest.mark.parametrize(
    "error", [OvertError("table claims cannot be written"), sqlite3.OperationalError("disk is full"), OSError("no")]
)
def test_a_release_remains_if_its_index_cannot_be_made(
    made: Atlas, tmp_path: Path, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "atlas"
    shutil.copytree(made.root, root, ignore=shutil.ignore_patterns("cache"))

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(release_steps, "prepare", fail)
    outcome = overt("release", "--note", "disk", "-w", root)
    assert (outcome.code, outcome.out.strip()) == (0, newest(root))
    assert outcome.errors == [
        f"overt: {newest(root)}: the index could not be made: {error}; `overt serve` makes it when it starts"
    ]
    assert overt("show", "alpha:zte", "-w", root).code == 0
    assert canonical_id("alpha:zte") in overt("show", "alpha:zte", "-w", root).out
