"""Commands for sharing judgements between atlases."""

import io
import sys
from pathlib import Path

import orjson
import pytest

from tests.cli.test_exit_codes_errors_and_json import one_line
from tests.support.command_built_atlas import BY, Atlas, make_statements
from tests.support.command_runs import overt

LINE = {"left": "a:1", "right": "b:1", "verdict": "same", "who": "Bo", "why": "seen", "at": "2026-11-24T12:00:00Z"}


def make(folder: Path, *sources: str, **more: object) -> Atlas:
    atlas = Atlas(folder)
    for source in sources:
        if more:
            atlas.source(source, **more)
        atlas.fetch(
            source,
            make_statements("organization", "1", name=f"One of {source}")
            + make_statements("organization", "2", name=f"Two of {source}"),
        )
    atlas.ok("import")
    atlas.ok("resolve")
    return atlas


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Atlas, Atlas]:
    return make(tmp_path / "one", "a", "b"), make(tmp_path / "other", "a", "b")


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


def test_judgements_are_exchanged_between_atlases_twice(pair: tuple[Atlas, Atlas], tmp_path: Path) -> None:
    first, other = pair
    first.judge("same", "a:1", "b:1")
    first.judge("different", "a:2", "b:2")
    file = tmp_path / "shared.jsonl"
    assert first.ok("judge", "export", file).err == "2 judgements written\n"
    outcome = other.ok("judge", "import", file)
    assert "2 lines = 2 taken in + 0 here already + 0 that agree with those here + 0 in conflict" in outcome.err
    assert "`overt resolve` and `overt release` make it count" in outcome.err
    assert other.are_merged("a:1", "b:1")
    assert "(from Overt): both pages say so" in other.ok("judge", "list").out
    assert "2 lines = 0 taken in + 2 here already" in other.ok("judge", "import", file).err
    assert len(other.ledger.entries()) == 2
    other.undo(1)
    assert not other.are_merged("a:1", "b:1"), "what came in is undone like any other"


def test_through_standard_output_and_input(pair: tuple[Atlas, Atlas], monkeypatch: pytest.MonkeyPatch) -> None:
    first, other = pair
    first.judge("unsure", "a:1", "b:1")
    exported = first.ok("judge", "export").out
    assert exported == first.ok("judge", "export", "-").out
    assert orjson.loads(exported)["origin"] == {"atlas": "Overt", "entry": 1, "chain": first.ledger.head().chain}
    stdin(monkeypatch, exported.encode())
    other.ok("judge", "import", "-")
    assert [judgement.verdict for judgement in other.ledger.judgements()] == ["unsure"]


def test_a_bad_line_leaves_everything_as_it_was(pair: tuple[Atlas, Atlas], tmp_path: Path) -> None:
    _, other = pair
    file = tmp_path / "shared.jsonl"
    for last, why in (
        ("{}", "line 2: left: Field required"),
        (orjson.dumps({**LINE, "right": "a:1"}).decode(), "line 2: a:1: a"),
    ):
        file.write_text(orjson.dumps(LINE).decode() + f"\n{last}\n", encoding="utf-8")
        line = one_line(other.overt("judge", "import", file), 1)
        assert line.startswith(f"overt: {file}: {why}") and "nothing was taken in" in line
    assert other.ledger.entries() == []
    assert not (other.root / "ledger.db").exists()


def test_judgements_dated_in_the_future_are_refused(pair: tuple[Atlas, Atlas], tmp_path: Path) -> None:
    """A release has the latest day of its inputs, so a line dated in the future would give all later releases a wrong day."""
    file = tmp_path / "shared.jsonl"
    file.write_bytes(orjson.dumps({**LINE, "at": "2999-01-01T00:00:00Z"}))
    assert "line 1: at: 2999-01-01T00:00:00Z is in the future" in one_line(pair[1].overt("judge", "import", file), 1)


@pytest.mark.parametrize("words", [("next",), ("review", "--json"), ("export",), ("list", "--all"), ("import", "-")])
def test_a_directory_that_is_not_an_atlas(tmp_path: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, b"")
    assert "is not an atlas" in one_line(overt("judge", *words, "-w", tmp_path), 2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [("next",), ("review", "--json"), ("import", "-")])
def test_nothing_resolved_yet(tmp_path: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, b"")
    assert "nothing is resolved yet; run `overt resolve`" in one_line(Atlas(tmp_path).overt("judge", *words), 2)


def test_conflicts_are_listed_left_out_and_taken_on_demand(pair: tuple[Atlas, Atlas], tmp_path: Path) -> None:
    _, other = pair
    other.judge("different", "a:1", "b:1")
    file = tmp_path / "shared.jsonl"
    file.write_bytes(orjson.dumps(LINE) + b"\n" + orjson.dumps({**LINE, "right": "b:2"}) + b"\n")
    outcome = other.overt("judge", "import", file)
    assert outcome.code == 1
    assert "2 lines = 1 taken in + 0 here already + 0 that agree with those here + 1 in conflict" in outcome.err
    assert "line 1: a:1 and b:1 are same; different is in force here (entry 1, An editor: both pages say so)" in outcome.err
    assert outcome.errors == [
        f"overt: {file}: 1 line in conflict with judgements here, or with one another, not taken; judge yourself, or take"
        " all with --take-conflicts"
    ]
    assert len(other.ledger.judgements()) == 2
    other.ok("judge", "import", file, "--take-conflicts")
    assert {judgement.verdict for judgement in other.ledger.judgements()} == {"same"}


def test_an_import_is_undone_at_once(pair: tuple[Atlas, Atlas], tmp_path: Path) -> None:
    _, other = pair
    sequence = other.judge("same", "a:2", "b:2")
    file = tmp_path / "shared.jsonl"
    file.write_bytes(orjson.dumps(LINE) + b"\n" + orjson.dumps({**LINE, "right": "a:2", "verdict": "different"}) + b"\n")
    assert (
        "entries 2 to 3; `overt judge undo 2..3 --why … --who …` takes the import back" in other.ok("judge", "import", file).err
    )
    assert other.ok("judge", "undo", "3", "--whole", *BY).err.startswith("entry 4 takes entries 2 to 3 back; ")
    assert [judgement.sequence for judgement in other.ledger.judgements()] == [sequence]
    other.undo(4)
    assert other.ok("judge", "undo", "2..3", *BY).err.startswith("entry 6 takes entries 2 to 3 back; ")
    assert [judgement.sequence for judgement in other.ledger.judgements()] == [sequence]
    assert "entry 1 came in with no import" in one_line(other.overt("judge", "undo", "1", "--whole", *BY), 2)
    assert "entries 2 to 3 are undone already; undo entry 6" in one_line(other.overt("judge", "undo", "2..3", *BY), 1)


def test_records_of_a_source_that_is_not_here_count_later(pair: tuple[Atlas, Atlas], tmp_path: Path) -> None:
    _, other = pair
    file = tmp_path / "shared.jsonl"
    file.write_bytes(orjson.dumps({**LINE, "right": "c:1"}))
    assert "of these, 1 line about a record that is not here, without effect until" in other.ok("judge", "import", file).err
    assert not other.are_merged("a:1", "c:1")
    other.fetch("c", make_statements("organization", "1", name="One of c"))
    other.ok("import")
    assert other.are_merged("a:1", "c:1")


def test_withheld_sources_are_not_exported(tmp_path: Path) -> None:
    atlas = make(tmp_path / "private", "a", "b", reuse="private")
    atlas.judge("same", "a:1", "b:1")
    outcome = atlas.ok("judge", "export")
    assert outcome.out == ""
    assert outcome.err.startswith("1 left out: they name records that `republish` in overt.toml does not allow (--everything")
    assert len(atlas.ok("judge", "export", "--everything").out.splitlines()) == 1


def test_files_that_are_not_there_or_not_writable(pair: tuple[Atlas, Atlas], tmp_path: Path) -> None:
    first, _ = pair
    assert one_line(first.overt("judge", "import", tmp_path / "none.jsonl"), 2).endswith(
        "cannot be read: No such file or directory"
    )
    assert one_line(first.overt("judge", "import", tmp_path), 2).endswith("cannot be read: Is a directory")
    (tmp_path / "file").write_text("x")
    one_line(first.overt("judge", "export", tmp_path / "file" / "x.jsonl"), 1)


def test_an_empty_file_is_not_a_judgement(pair: tuple[Atlas, Atlas], tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"\n\n")
    assert "0 lines = 0 taken in" in pair[0].ok("judge", "import", tmp_path / "empty").err
    assert pair[0].ok("judge", "export").out == ""
