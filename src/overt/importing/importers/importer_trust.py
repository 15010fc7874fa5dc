"""Which atlases and importers the user of this machine trusts.

An atlas's own `importer.py` is code that runs with the user's rights. Trust is stored in a file in the user's own folder,
outside all atlases, so that no atlas can bring its own file. If the file can't be written, trust lasts no longer than the run.
"""

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import orjson

from overt.model.files.atomic_writes import atomic_write
from overt.model.files.user_state_folder import state_folder
from overt.model.workspace import Workspace


def trust_atlas(atlas: Workspace) -> None:
    """Record that the user made this atlas, so that its importers count as the user's own."""
    _remember("atlases", [_identity(atlas)])


def trust_importers(atlas: Workspace, sources: Iterable[str]) -> None:
    """Record that the user trusts the code of these sources, as `atlas.content` has read it.

    If the code changes later, it is no longer trusted, except in the user's own atlases.
    """
    _remember("importers", [_code_digest(atlas.content.source_code(source)) for source in _own_sources(atlas, sources)])


def own_importers(atlas: Workspace, sources: Iterable[str]) -> list[Path]:
    """Return the folders, sorted by name, of those sources that the atlas itself defines with Python code.

    A source that describes another runs the other's code, too, so the other's folder is included.
    """
    return [atlas.root / "sources" / source for source in _own_sources(atlas, sources)]


def untrusted_importers(atlas: Workspace, sources: Iterable[str]) -> list[Path]:
    """Return those folders of `own_importers` whose code the user neither wrote nor agreed to run."""
    own = _own_sources(atlas, sources)
    if not own or _identity(atlas) in _remembered("atlases"):
        return []
    trusted, content = _remembered("importers"), atlas.content
    return [atlas.root / "sources" / source for source in own if _code_digest(content.source_code(source)) not in trusted]


def _own_sources(atlas: Workspace, sources: Iterable[str]) -> list[str]:
    names = set(sources)
    content = atlas.content
    specs = content.sources if names else {}
    names |= {spec.describes for name in names if (spec := specs.get(name)) and spec.describes}
    return [source for source in sorted(names) if content.is_own("sources", source) and content.source_code(source)]


def _trust_file() -> Path:
    return state_folder() / "trust.json"


def _remembered(kind: str) -> set[str]:
    with suppress(OSError, ValueError, TypeError, AttributeError):  # An unreadable file grants no trust.
        return set(orjson.loads(_trust_file().read_bytes()).get(kind, []))
    return set()


def _remember(kind: str, names: list[str]) -> None:
    stored = {name: _remembered(name) for name in ("atlases", "importers")}
    if stored[kind].issuperset(names):
        return
    stored[kind].update(names)
    path = _trust_file()
    with suppress(OSError):  # If the home folder is not writable, the user will be asked again.
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic_write(path, orjson.dumps({name: sorted(entries) for name, entries in stored.items()}))


def _identity(atlas: Workspace) -> str:
    """Return the location of an atlas on this machine, so that a copy elsewhere counts as another atlas."""
    root = atlas.root.resolve()
    stat = root.stat()
    return f"{stat.st_dev}:{stat.st_ino}:{root}"


def _code_digest(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, data in files.items():
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()
