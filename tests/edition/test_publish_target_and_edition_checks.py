"""The folder of an edition: other files are never overwritten, the edition is never incomplete, and changes are detected."""

from pathlib import Path

import pytest

from overt.edition import edition_publication
from overt.edition import site_files_writer as making
from overt.edition.edition_integrity import verify_edition
from overt.edition.edition_plan import Part
from overt.edition.site_files_writer import File, PartWriter
from overt.model.detached_file_signatures import PUBLIC_KEY_SUFFIX, load_public_key, make_key
from overt.model.errors import OvertError, UsageError
from tests.support.small_atlas import SmallAtlas
from tests.support.static_edition import Edition, digest_of


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Publish only a few pages. The list has the addresses of the parts that have been made."""
    written: list[str] = []
    all_parts = making.parts

    def few(sites: object) -> list[Part]:
        return [part for part in all_parts(sites) if part.way == "page" and part.address in ("/method", "/sources")]  # type: ignore[arg-type]

    monkeypatch.setattr(making, "parts", few)
    made = PartWriter.make

    def make(self: PartWriter, part: Part) -> list[File]:
        written.append(part.address)
        return list(made(self, part))

    monkeypatch.setattr(PartWriter, "make", make)
    return written


def _publish(atlas: SmallAtlas, target: Path, *, force: bool = False) -> None:
    edition_publication.publish(atlas.workspace, atlas.release, target, force=force, workers=1)


@pytest.mark.slow
def test_publish_into_a_new_or_empty_directory(atlas: SmallAtlas, tmp_path: Path, short: list[str]) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("new", "empty"):
        _publish(atlas, tmp_path / name)
        assert (tmp_path / name / "method" / "index.html").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "new"], "nothing is left beside them"
    assert digest_of(tmp_path / "new") == digest_of(tmp_path / "empty")


def test_number_of_pages_is_announced_before_the_first_one(atlas: SmallAtlas, tmp_path: Path, short: list[str]) -> None:
    announced: list[tuple[int, int]] = []
    shares: list[float | None] = []
    edition_publication.publish(
        atlas.workspace,
        atlas.release,
        tmp_path / "new",
        workers=1,
        progress=lambda step, share=None: shares.append(share),
        announce=lambda pages: announced.append((pages, len(short))),
    )
    assert announced == [(len(short), 0)] and len(short) == len(list((tmp_path / "new").rglob("index.html")))
    assert shares[-1] is not None


def test_never_replaces_other_files(atlas: SmallAtlas, tmp_path: Path, short: list[str]) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "thesis.txt").write_text("mine")
    for name in ("file", "folder"):
        for force in (False, True):
            with pytest.raises(UsageError):
                _publish(atlas, tmp_path / name, force=force)
    assert (tmp_path / "file").read_text() == (tmp_path / "folder" / "thesis.txt").read_text() == "mine"
    assert not short


@pytest.mark.slow
def test_replaces_an_edition_only_with_force(atlas: SmallAtlas, tmp_path: Path, short: list[str]) -> None:
    target = tmp_path / "site"
    _publish(atlas, target)
    (target / "old.html").write_text("old")
    with pytest.raises(UsageError, match="--force"):
        _publish(atlas, target)
    assert (target / "old.html").is_file()
    _publish(atlas, target, force=True)
    assert not (target / "old.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.slow
def test_old_edition_stays_if_the_next_run_fails(
    atlas: SmallAtlas, tmp_path: Path, short: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "site"
    _publish(atlas, target)
    before = digest_of(target)

    def fail(self: PartWriter, part: Part) -> list[File]:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(PartWriter, "make", fail)
    with pytest.raises(OvertError, match="No space left"):
        _publish(atlas, target, force=True)
    assert digest_of(target) == before
    assert list(verify_edition(target)) == []
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_remains_of_a_killed_run_are_removed(atlas: SmallAtlas, tmp_path: Path, short: list[str]) -> None:
    target = tmp_path / "site"
    (tmp_path / ".tmp-99999999-site").mkdir()
    (tmp_path / ".tmp-99999999-site" / "half.html").write_text("half")
    (tmp_path / ".tmp-99999999-other").mkdir()
    (tmp_path / ".tmp-notes").mkdir()
    _publish(atlas, target)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".tmp-99999999-other", ".tmp-notes", "site"]


def test_signed_edition_verifies_anywhere(edition: Edition, atlas: SmallAtlas, tmp_path: Path, short: list[str]) -> None:
    key, other = tmp_path / "key", tmp_path / "other"
    make_key(key)
    make_key(other)
    settings = atlas.workspace.root / "overt.toml"
    before = settings.read_text()
    settings.write_text(before.replace('key = ""', f'key = "{key.as_posix()}"'))
    try:
        target = tmp_path / "site"
        edition_publication.publish(type(atlas.workspace).open(atlas.workspace.root), atlas.release, target, workers=1)
    finally:
        settings.write_text(before)
    moved = target.rename(tmp_path / "elsewhere")
    mine, theirs = (load_public_key(path.with_name(path.name + PUBLIC_KEY_SUFFIX)) for path in (key, other))
    assert list(verify_edition(moved, mine)) == []
    assert len(list(verify_edition(moved, theirs))) == 1
    assert len(list(verify_edition(edition.folder, mine))) == 1, "nobody signed that one"


def test_changed_missing_and_stray_files_are_reported(atlas: SmallAtlas, tmp_path: Path, short: list[str]) -> None:
    target = tmp_path / "site"
    _publish(atlas, target)
    page = target / "method" / "index.html"
    page.write_bytes(page.read_bytes().replace(b"Overt", b"Covert", 1))
    (target / "sources" / "index.html").unlink()
    (target / "stray.html").write_text("")
    problems = list(verify_edition(target))
    assert [Path(line.partition(": ")[0]).relative_to(target).as_posix() for line in problems] == [
        "method/index.html", "sources/index.html", "stray.html",
    ]  # fmt: skip


@pytest.mark.slow
def test_number_of_processes_does_not_change_bytes(edition: Edition, atlas: SmallAtlas, tmp_path: Path) -> None:
    edition_publication.publish(atlas.workspace, atlas.release, tmp_path / "two", workers=2)
    assert digest_of(tmp_path / "two") == digest_of(edition.folder)
