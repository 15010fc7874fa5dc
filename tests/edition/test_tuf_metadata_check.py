"""A client that remembers what it has seen refuses rollback, freeze, mix-and-match and forgery, and follows a change of keys."""

import errno
import hashlib
import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from overt.edition.edition_integrity import verify_edition
from overt.edition.manifest import FORM, MANIFEST, METADATA, write_manifest
from overt.edition.trust_root import RootKeys, draft_root, root_paths, sign_draft
from overt.edition.tuf_metadata import renew_update_metadata, update_signers, write_update_metadata
from overt.edition.tuf_metadata_check import ClientCheck, check_update_metadata
from overt.model.detached_file_signatures import load_private_key, load_public_key, make_key
from overt.model.errors import OvertError, UsageError
from overt.model.workspace import SETTINGS, Workspace

DAY = timedelta(days=1)
START = datetime(2026, 1, 1, tzinfo=UTC)


class Publisher:
    """An atlas with three root keys, two of which must sign, and keys for releases and timestamps."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.workspace = Workspace.create(folder / "atlas")
        for name in ("root-1", "root-2", "root-3", "release", "timestamp"):
            make_key(folder / name)
        self.use("release", "timestamp")

    def use(self, release: str, timestamp: str) -> None:
        """Set these keys in overt.toml."""
        text = (self.workspace.root / SETTINGS).read_text(encoding="utf-8").partition("[signing]")[0]
        keys = f'[signing]\nkey = "{self.folder / release}"\ntimestamp = "{self.folder / timestamp}"\n'
        (self.workspace.root / SETTINGS).write_text(text + keys, encoding="utf-8")
        self.workspace = Workspace.open(self.workspace.root)
        self.named = (release, timestamp)

    def make_root(self, *signing: str, keys: tuple[str, ...] = (), now: datetime = START, days: int = 365) -> Path:
        """Draft the next root and sign it; return its path. The first root has three keys, of which two must sign."""
        release, timestamp = (load_public_key(self.folder / f"{name}.pub") for name in self.named)
        first = not root_paths(self.workspace)
        names = keys or (("root-1", "root-2", "root-3") if first else ())
        roots = [load_public_key(self.folder / f"{name}.pub") for name in names]
        path = draft_root(self.workspace, RootKeys(roots, 2 if first else None, release, timestamp), days, now).path
        for name in signing:
            path = sign_draft(self.workspace, load_private_key(self.folder / name)).path
        return path

    def publish(self, text: str, now: datetime = START) -> Path:
        """Publish an edition of one page."""
        edition = self.folder / f"edition-{text}"
        edition.mkdir()
        page = edition / "index.html"
        page.write_text(text)
        digest = hashlib.sha256(page.read_bytes()).hexdigest()
        write_manifest(self.workspace, edition, {"format": FORM, "files": {page.name: [len(text), digest]}})
        signers = update_signers(self.workspace, now)
        assert signers is not None
        write_update_metadata(self.workspace, edition, signers, now)
        return edition


class Reader:
    """A client with the publisher's first root, and a folder for what it remembers."""

    def __init__(self, publisher: Publisher, folder: Path) -> None:
        self.root = folder / "root.json"
        shutil.copy(publisher.workspace.trust / "1.root.json", self.root)
        self.state = folder / "state"

    def check(self, edition: Path, now: datetime = START, *, offline: bool = False) -> ClientCheck:
        return check_update_metadata(edition, self.root, self.state, offline=offline, now=now)

    def problem(self, edition: Path, now: datetime = START) -> str:
        [problem] = self.check(edition, now).problems
        return problem


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    made = Publisher(tmp_path / "publisher")
    made.make_root("root-1", "root-3")
    return made


@pytest.fixture
def reader(publisher: Publisher, tmp_path: Path) -> Reader:
    return Reader(publisher, tmp_path)


def test_the_newest_edition_is_accepted_and_remembered(publisher: Publisher, reader: Reader) -> None:
    edition = publisher.publish("one")
    for _ in range(2):
        assert reader.check(edition) == ClientCheck([], [], 1, START + 30 * DAY)
    assert reader.check(publisher.publish("two")).version == 2
    assert list(verify_edition(edition)) == [], "metadata is no stray file"


def test_only_metadata_may_be_beside_the_files_of_the_manifest(publisher: Publisher) -> None:
    edition = publisher.publish("one")
    (edition / METADATA / "evil.html").write_text("")
    (edition / "timestamp.json").write_text("")
    assert [line.partition(": ")[0] for line in verify_edition(edition)] == [
        str(edition / METADATA / "evil.html"), str(edition / "timestamp.json"),
    ]  # fmt: skip


def test_rollback_is_refused_by_who_remembers(publisher: Publisher, reader: Reader) -> None:
    old, new = publisher.publish("one"), publisher.publish("two")
    assert reader.check(new).problems == []
    assert "(rollback" in reader.problem(old)
    forgetful = check_update_metadata(old, reader.root, None, offline=False, now=START)
    assert forgetful.problems == []
    assert [note for note in forgetful.notes if "without --state" in note]


def test_freeze_is_refused_and_only_noted_on_a_stick(publisher: Publisher, reader: Reader) -> None:
    edition = publisher.publish("one")
    late = START + 31 * DAY
    assert "(freeze)" in reader.problem(edition, late)
    check = reader.check(edition, late, offline=True)
    assert check.problems == []
    expired = [f"{role}.json expired on 2026-01-31" for role in ("timestamp", "snapshot")]
    assert [note.partition(":")[0] for note in check.notes] == expired
    renew_update_metadata(publisher.workspace, edition, late)
    assert reader.check(edition, late) == ClientCheck([], [], 2, late + 30 * DAY)


def test_renewing_never_brings_an_old_edition_back(publisher: Publisher) -> None:
    old = publisher.publish("one")
    publisher.publish("two")
    with pytest.raises(UsageError, match="not the edition that was published last"):
        renew_update_metadata(publisher.workspace, old, START)


def test_a_year_of_renewals_keeps_an_edition_fresh(publisher: Publisher, reader: Reader) -> None:
    edition, now = publisher.publish("one"), START
    for _ in range(15):
        now += 29 * DAY
        if now > START + 350 * DAY and len(root_paths(publisher.workspace)) == 1:
            publisher.make_root("root-1", "root-2", now=now)
        renew_update_metadata(publisher.workspace, edition, now)
        assert reader.check(edition, now).problems == []


def test_renewing_after_a_new_release_key_signs_with_it(publisher: Publisher, reader: Reader) -> None:
    edition = publisher.publish("one")
    assert reader.check(edition).problems == []
    make_key(publisher.folder / "release-2")
    publisher.use("release-2", "timestamp")
    publisher.make_root("root-1", "root-2")
    for version in (2, 3):
        renew_update_metadata(publisher.workspace, edition, START + DAY)
        assert reader.check(edition, START + DAY) == ClientCheck([], [], version, START + 31 * DAY)
    assert json.loads((edition / METADATA / "targets.json").read_text())["signed"]["version"] == 2, "signed again only once"


@pytest.mark.parametrize("name", ["metadata/timestamp.json", "metadata/snapshot.json", "metadata/targets.json", MANIFEST])
def test_parts_of_two_editions_are_refused(name: str, publisher: Publisher, reader: Reader) -> None:
    old, new = publisher.publish("one"), publisher.publish("two")
    shutil.copy(old / name, new / name)
    assert reader.problem(new)


def test_another_publisher_is_refused(publisher: Publisher, reader: Reader, tmp_path: Path) -> None:
    stranger = Publisher(tmp_path / "stranger")
    stranger.make_root("root-1", "root-2")
    assert "too few keys" in reader.problem(stranger.publish("one"))
    assert reader.check(publisher.publish("one")).problems == []


def test_changed_metadata_is_refused(publisher: Publisher, reader: Reader) -> None:
    edition = publisher.publish("one")
    path = edition / METADATA / "timestamp.json"
    path.write_text(path.read_text().replace("2026-01-31", "2036-01-31"))
    assert "too few keys" in reader.problem(edition)
    path.write_text("{}")
    assert reader.problem(edition)
    shutil.rmtree(edition / METADATA)
    assert "is missing" in reader.problem(edition)


@pytest.mark.parametrize("name", ["metadata/timestamp.json", "metadata/targets.json", MANIFEST])
def test_what_cannot_be_read_is_called_so(name: str, publisher: Publisher, reader: Reader) -> None:
    path = publisher.publish("one") / name
    path.unlink()
    path.mkdir()
    assert f"cannot be read ({path}: not a regular file)" in reader.problem(publisher.folder / "edition-one")


def test_a_root_needs_its_threshold(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path / "publisher")
    draft = publisher.make_root("root-2", "root-2")
    assert draft.name == "draft.root.json" and not root_paths(publisher.workspace)
    assert update_signers(publisher.workspace, START) is None, "as an atlas without a root"
    with pytest.raises(UsageError, match="neither the draft"):
        sign_draft(publisher.workspace, load_private_key(publisher.folder / "release"))
    assert sign_draft(publisher.workspace, load_private_key(publisher.folder / "root-1")).missing == 0
    assert [path.name for path in root_paths(publisher.workspace)] == ["1.root.json"] and not draft.exists()


def test_a_lost_release_key_is_replaced(publisher: Publisher, reader: Reader) -> None:
    stolen = publisher.workspace.root.parent / "stolen"
    assert reader.check(publisher.publish("one")).problems == []
    make_key(publisher.folder / "release-2")
    make_key(publisher.folder / "timestamp-2")
    publisher.use("release-2", "timestamp-2")
    with pytest.raises(UsageError, match="not one that root 1 names"):
        publisher.publish("refused")
    shutil.copytree(publisher.workspace.root, stolen)
    publisher.make_root("root-1", "root-2")
    assert reader.check(publisher.publish("two")).version == 2

    # Someone with the old keys and the old root signs a higher version. Readers who have seen the new root refuse it.
    thief = object.__new__(Publisher)
    thief.folder, thief.workspace = publisher.folder, Workspace.open(stolen)
    thief.use("release", "timestamp")
    for text in ("three", "four", "five"):
        forged = thief.publish(text)
    assert "too few keys" in reader.problem(forged)
    assert reader.check(publisher.publish("six")).problems == []


def test_a_stolen_timestamp_key_cannot_lock_readers_out(publisher: Publisher, reader: Reader) -> None:
    """Clients forget a very high version number when the key is replaced (TUF specification, section 5.3.11: fast-forward)."""
    copy = publisher.workspace.root.parent / "copy"
    shutil.copytree(publisher.workspace.root, copy)
    thief = object.__new__(Publisher)
    thief.folder, thief.workspace = publisher.folder, Workspace.open(copy)
    for text in ("one", "two", "three"):
        forged = thief.publish(text)
    assert reader.check(forged).version == 3
    assert "(rollback" in reader.problem(publisher.publish("four"))
    make_key(publisher.folder / "timestamp-2")
    publisher.use("release", "timestamp-2")
    publisher.make_root("root-2", "root-3")
    assert reader.check(publisher.publish("five")).version == 2


def test_a_lost_root_key_is_replaced_by_the_others(publisher: Publisher, reader: Reader) -> None:
    make_key(publisher.folder / "root-4")
    draft = publisher.make_root("root-4", "root-1", keys=("root-1", "root-2", "root-4"))
    assert draft.name == "draft.root.json", "two of the old keys must agree"
    assert sign_draft(publisher.workspace, load_private_key(publisher.folder / "root-2")).path.name == "2.root.json"
    edition = publisher.publish("one")
    assert reader.check(edition).problems == []
    assert sorted(path.name for path in (reader.state / "root_history").iterdir()) == ["1.root.json", "2.root.json"]
    later = publisher.make_root("root-4", "root-1")
    assert later.name == "3.root.json"


def test_an_unsigned_root_in_an_edition_changes_nothing(publisher: Publisher, reader: Reader) -> None:
    edition = publisher.publish("one")
    shutil.copy(publisher.make_root("root-1"), edition / METADATA / "2.root.json")
    assert "too few keys" in reader.problem(edition)
    assert not (reader.state / "root_history" / "2.root.json").exists()


def test_a_folder_that_remembers_another_root_is_refused(publisher: Publisher, reader: Reader, tmp_path: Path) -> None:
    reader.check(publisher.publish("one"))
    stranger = Publisher(tmp_path / "stranger")
    stranger.make_root("root-1", "root-2")
    other = stranger.workspace.trust / "1.root.json"
    with pytest.raises(UsageError, match="another root"):
        check_update_metadata(stranger.publish("one"), other, reader.state, offline=False, now=START)


def test_a_folder_that_cannot_be_read_is_called_so(publisher: Publisher, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = publisher.publish("one")
    reader.check(edition)
    read_bytes = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.is_relative_to(reader.state):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    with pytest.raises(OvertError, match=r"cannot be read or written \(Permission denied\)"):
        reader.check(edition)


@pytest.mark.parametrize("text", ["", "{}", '{"signed": {}, "signatures": []}'])
def test_a_root_that_is_none_is_refused(text: str, publisher: Publisher, tmp_path: Path) -> None:
    root = tmp_path / "other.json"
    root.write_text(text)
    with pytest.raises(OvertError, match="not root metadata"):
        check_update_metadata(publisher.publish("one"), root, None, offline=False, now=START)


def test_a_root_with_too_few_signatures_is_refused(publisher: Publisher, tmp_path: Path) -> None:
    data = json.loads((publisher.workspace.trust / "1.root.json").read_text())
    data["signatures"] = data["signatures"][:1]
    root = tmp_path / "root.json"
    root.write_text(json.dumps(data))
    with pytest.raises(UsageError, match="that its own keys signed"):
        check_update_metadata(publisher.publish("one"), root, None, offline=False, now=START)


def test_an_expired_root_stops_the_publisher(publisher: Publisher) -> None:
    with pytest.raises(OvertError, match="expired on 2027-01-01"):
        update_signers(publisher.workspace, START + 366 * DAY)
