"""`overt verify` recomputes a release with the choices, days and settings that it was made with."""

import shutil
from pathlib import Path
from typing import Any

import orjson
import pytest

from overt.importing import machine_clock_check
from tests.support.command_built_atlas import BY, Atlas, make_statements
from tests.support.command_runs import overt


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with two snapshots of one source and one of another, and one release."""
    atlas = Atlas(tmp_path_factory.mktemp("recomputed"))
    for day, status in (("2026-01-01", "agreed"), ("2026-01-05", "denied")):
        atlas.fetch("alpha", make_statements("project", "p", name="Safe City", country="KE", status=status), day)
    atlas.fetch("beta", make_statements("organization", "zte", name="ZTE", country="CN"))
    atlas.build()
    return atlas


@pytest.fixture
def atlas(made: Atlas, tmp_path: Path) -> Atlas:
    """A copy to change."""
    return made.copy_to(tmp_path)


def verify(atlas: Atlas, *words: object) -> dict[str, Any]:
    """Return the document printed by `overt verify --json`."""
    document: dict[str, Any] = orjson.loads(atlas.overt("verify", "--json", *words).out)
    return document


def verdicts(document: dict[str, Any]) -> dict[str, str]:
    """Return the verdict on each release."""
    return {result["release"]: result["verdict"] for result in document["recomputed"]}


def statuses(atlas: Atlas, release: str) -> set[str]:
    """Return the statuses in a release."""
    return {row["value"] for row in atlas.rows(release, "SELECT value FROM values WHERE property = 'status'")}


@pytest.mark.slow
def test_choices_of_snapshots_are_those_of_the_releases_day(atlas: Atlas) -> None:
    """Each release is recomputed with the choices in force when it was made, regardless of later choices."""
    first = (atlas.root / "releases" / "latest").read_text().strip()
    older = min(path.name for path in (atlas.root / "claims" / "alpha").iterdir())
    atlas.ok("source", "use", "alpha", older, *BY)
    chosen = atlas.build()
    assert (statuses(atlas, first), statuses(atlas, chosen)) == ({"denied"}, {"agreed"})
    document = verify(atlas)
    assert (document["problems"], verdicts(document)) == ([], {chosen: "equal"}), "claims of the newer snapshot don't count"
    atlas.ok("source", "remove", "beta", *BY)
    removed = atlas.build()
    assert not atlas.rows(removed, "FROM organizations")
    atlas.undo(2)
    atlas.undo(1)
    document = verify(atlas, "--all")
    assert document["problems"] == []
    assert verdicts(document) == {removed: "equal", chosen: "equal", first: "equal"}


@pytest.mark.slow
def test_days_that_were_declared_wrong_stay_wrong_for_the_release(atlas: Atlas) -> None:
    settings = atlas.root / "overt.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("wrong_days = []", 'wrong_days = ["2026-01-05", "2019-01-01"]'), encoding="utf-8")
    release = atlas.build()
    assert release.startswith("2026-01-01-")
    manifest = orjson.loads((atlas.root / "releases" / release / "manifest.json").read_bytes())
    assert manifest["settings"] == {"sources": [], "whole": [], "wrong_days": ["2026-01-05"]}
    settings.write_text(text, encoding="utf-8")
    document = verify(atlas, release)
    assert (document["problems"], verdicts(document)) == ([], {release: "equal"})


def test_verification_needs_no_clock_and_no_signing_key(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    """Verification only reads, so neither a clock that runs behind nor a missing key stops it."""
    settings = atlas.root / "overt.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('key = ""', 'key = "elsewhere.key"', 1), encoding="utf-8")
    monkeypatch.setattr(machine_clock_check, "today", lambda: "2025-12-24")
    monkeypatch.setattr(machine_clock_check, "is_future", lambda day: day > "2025-12-25")
    assert atlas.overt("release").code == 1
    document = verify(atlas)
    assert set(verdicts(document).values()) == {"equal"}
    assert {problem["part"] for problem in document["problems"]} == {"history"}, "its last line is not signed"


@pytest.mark.slow
def test_foreign_importers_are_not_run_again_unasked(made: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = tmp_path / "unpacked"
    shutil.copytree(made.root, root)
    importer = root / "sources" / "alpha" / "importer.py"
    refused = overt("verify", "-w", root)
    assert (refused.code, refused.out) == (2, "")
    assert refused.errors[0].startswith(f"overt: {importer}, ") and refused.errors[0].endswith("read it, then use --trust")
    assert overt("verify", "--quick", "-w", root).code == 0, "it runs no importer"
    assert overt("verify", "--trust", "-w", root).code == 0
    assert overt("verify", "-w", root).code == 0, "it has been agreed to"


@pytest.mark.slow
def test_a_witness_detects_a_rollback_to_an_equal_release(atlas: Atlas, tmp_path: Path) -> None:
    atlas.claim("alpha:p", "project", "country", "UG")
    witness = tmp_path / "witness.json"
    witness.write_text(atlas.ok("witness").out, encoding="utf-8")
    assert verify(atlas, "--witness", witness)["problems"] == []
    (atlas.root / "ledger.db").unlink()
    document = verify(atlas, "--witness", witness)
    assert set(verdicts(document).values()) == {"equal"}
    assert {problem["part"] for problem in document["problems"]} == {"witness"}


@pytest.mark.slow
def test_all_answers_count_the_places_and_say_whether_the_ledger_is_signed(atlas: Atlas) -> None:
    atlas.claim("alpha:p", "project", "country", "UG")
    places = "were read again in archived files and still match; the ledger is unsigned: no editor has a key"
    for words in ([], ["--quick"]):
        assert places in atlas.ok("verify", *words).out
        assert verify(atlas, *words)["places"] == {"archived": 5, "documents": 0}
