"""Atlases with a root of trust that publish copies, and servers of such copies without a network."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from overt.edition.trust_root import RootKeys, draft_root, sign_draft
from overt.edition.tuf_target_name_and_path import COPY, FILES
from overt.model.detached_file_signatures import load_private_key, load_public_key, make_key
from overt.model.workspace import SETTINGS, Workspace
from overt.replica.copy_check import CopySource
from overt.replica.copy_updates import CopyUpdates, Readiness
from overt.replica.copy_writer import publish_copy

FORGED_NAME = b"Hoawei"
"""Name in a forged index, in place of Huawei's."""


class Copies(NamedTuple):
    """Copies of the first and the second release of an atlas, the publisher's root of trust, and the atlas."""

    first: Path
    second: Path
    root: Path
    atlas: Path


class CopyAtlas:
    """A copy of an atlas, with a key that signs everything."""

    def __init__(self, folder: Path, original: Path) -> None:
        root = Path(shutil.copytree(original, folder / "atlas", ignore=shutil.ignore_patterns("trust")))
        make_key(folder / "release.key")
        text = (root / SETTINGS).read_text(encoding="utf-8")
        text = re.sub(r"(?m)^key = .*", f'key = "{folder / "release.key"}"', text, count=1)
        text = re.sub(r"(?m)^address = .*", 'address = "https://atlas.example"', text, count=1)
        (root / SETTINGS).write_text(text, encoding="utf-8")
        self.workspace = Workspace.open(root)
        assert self.workspace.signing_key is not None
        key = load_public_key(folder / "release.key.pub")
        draft_root(self.workspace, RootKeys([key], 1, key, key), 365, datetime.now(UTC))
        self.root = sign_draft(self.workspace, load_private_key(folder / "release.key")).path

    def publish(self, target: Path, release: str, snapshot: Path) -> Path:
        """Publish a copy of a release, and return a snapshot of it."""
        publish_copy(self.workspace, release, target, force=True)
        return Path(shutil.copytree(target, snapshot))


def transfer(source: Path, target: Path, *, files: bool = True, metadata: bool = True) -> None:
    """Copy the files and then the metadata of a copy, or only one of these, into a server's folder.

    Each file gets its name only once it is complete.
    """
    for name in [FILES] * files + ["metadata"] * metadata:
        (target / name).mkdir(parents=True, exist_ok=True)
        for path in (source / name).iterdir():
            shutil.copyfile(path, target / f".{path.name}")
            (target / f".{path.name}").replace(target / name / path.name)


def description_digest(copy: Path) -> str:
    """Return the hash of a copy's description."""
    targets = orjson.loads((copy / "metadata" / "targets.json").read_bytes())
    return str(targets["signed"]["targets"][COPY]["hashes"]["sha256"])


def description(copy: Path) -> dict[str, Any]:
    """Return the description of a copy."""
    fields: dict[str, Any] = orjson.loads((copy / FILES / description_digest(copy)).read_bytes())
    return fields


def release_of(copy: Path) -> str:
    """Return the newest release in a copy, which its servers serve."""
    return str(description(copy)["releases"][-1]["release"])


def stored_name(copy: Path, beginning: str) -> str:
    """Return the name in `files/` of the first file whose path starts with `beginning`. `{release}` is the served release."""
    beginning = beginning.format(release=release_of(copy))
    return next(str(file["sha256"]) for path, file in description(copy)["files"].items() if path.startswith(beginning))


def forge_index(copy: Path, original: Path) -> None:
    """Change a name in the index of the newest release, as somebody without a key would. `original`: the unchanged copy."""
    path = copy / FILES / stored_name(original, "indexes/{release}/")
    data = path.read_bytes()
    assert b"Huawei" in data
    path.unlink()
    path.write_bytes(data.replace(b"Huawei", FORGED_NAME))


class TestServer:
    """A server of a copy, which looks for a newer copy only when `check` is called."""

    __test__ = False

    def __init__(self, folder: Path, copies: Copies, copy: Path, now: datetime | None = None) -> None:
        self.copy = folder / "copy"
        transfer(copy, self.copy)
        root = folder / "root.json"
        shutil.copyfile(copies.root, root)
        machine = Workspace.create(folder / "machine")
        self.lines: list[str] = []
        self.source = CopySource(self.copy, root, folder / "seen")
        self.machine = machine
        self.updates = CopyUpdates(self.source, machine, self.lines.append, now or datetime.now(UTC))

    def check(self, now: datetime | None = None) -> Readiness:
        """Check for a newer copy, and return whether the server is ready."""
        self.updates.check(now or datetime.now(UTC))
        return self.updates.readiness(now or datetime.now(UTC))

    @property
    def release(self) -> str:
        return self.updates.served.prepared.release
