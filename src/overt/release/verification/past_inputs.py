"""The inputs of an atlas at the time of one of its releases, and a temporary folder for what is made from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from pydantic import BaseModel, ValidationError

from overt.archive import Archive
from overt.archive.capture_index import Capture
from overt.ledger import Entry, Head, Ledger
from overt.model.content_catalogue import Catalogue
from overt.model.errors import OvertError
from overt.model.settings import Settings
from overt.model.workspace import Workspace
from overt.release.release_folders import MANIFEST


class _SourceOrigin(BaseModel):
    snapshot: str


class _ArchiveOrigin(BaseModel):
    chain: str


class _SettingsOrigin(BaseModel):
    sources: list[str]
    whole: list[str]
    wrong_days: list[str]


class Origin(BaseModel):
    """A release's inputs according to its manifest."""

    overt: str
    code: str
    content: str
    libraries: dict[str, str]
    title: str
    note: str
    archive: _ArchiveOrigin
    ledger: str
    sources: dict[str, _SourceOrigin]
    settings: _SettingsOrigin | None = None
    """The settings in overt.toml that affect a release; None in releases of earlier versions."""


def read_origin(folder: Path) -> Origin:
    """Return what a release's manifest says about its inputs. Raises OvertError if it is unreadable or incomplete."""
    try:
        return Origin.model_validate(orjson.loads((folder / MANIFEST).read_bytes()), strict=True)
    except (OSError, orjson.JSONDecodeError, ValidationError) as error:
        reason = str(error).replace("\n", " ")
        raise OvertError(f"{folder / MANIFEST}: does not say what the release was made of ({reason}); make it again") from None


class ArchiveUntil(Archive):
    """An archive up to the capture with this chain; empty if no capture has it."""

    def __init__(self, archive: Archive, chain: str) -> None:
        super().__init__(archive.root)
        self._last = chain

    def captures(self) -> tuple[Capture, ...]:
        """Return the captures in archiving order. Raises ArchiveError if the index is damaged."""
        captures = super().captures()
        end = next((number for number, capture in enumerate(captures, start=1) if capture.chain == self._last), 0)
        return captures[:end]


class LedgerUntil(Ledger):
    """A ledger up to the entry with this chain; empty if no entry has it.

    Judgements, claims, retractions and choices of snapshots are those that were in force then.
    """

    def __init__(self, workspace: Workspace, chain: str) -> None:
        super().__init__(workspace.ledger)
        self._head = next((Head(entry.sequence, chain) for entry in super().entries() if entry.chain == chain), Head(0, ""))

    def entries(self, until: int | None = None) -> list[Entry]:
        """Return the entries as `Ledger.entries` does; all decisions are read from them."""
        return super().entries(self._head.sequence if until is None else min(until, self._head.sequence))

    def last_entry(self) -> Entry | None:
        """Return the last entry as `Ledger.last_entry` does."""
        entries = self.entries()
        return entries[-1] if entries else None

    def head(self) -> Head:
        """Return the head as `Ledger.head` does."""
        return self._head


@dataclass(frozen=True)
class TemporaryWorkspace(Workspace):
    """The content, archive and ledger of an atlas, with a temporary folder for everything made from them."""

    atlas: Workspace
    place: Path
    fixed_settings: Settings

    @cached_property
    def settings(self) -> Settings:
        """The settings used for the release."""
        return self.fixed_settings

    @cached_property
    def content(self) -> Catalogue:
        """The content of the atlas."""
        return self.atlas.content

    @property
    def claims(self) -> Path:
        """Folder for recomputed claims."""
        return self.place / "claims"

    @property
    def resolved(self) -> Path:
        """Folder for the recomputed resolution."""
        return self.place / "resolved"

    @property
    def releases(self) -> Path:
        """Folder for recomputed releases."""
        return self.place / "releases"

    @property
    def cache(self) -> Path:
        """Folder for files that are needed only during the work."""
        return self.place / "cache"


class PastInputs(NamedTuple):
    """Everything that a release was made from, or that the next one would be made from."""

    workspace: TemporaryWorkspace
    archive: ArchiveUntil
    ledger: LedgerUntil
    snapshots: Mapping[str, str]
    """The snapshot of each source in the release; for the next release, only those that are newer than the last one."""
    note: str


def past_inputs(origin: Origin, atlas: Workspace, archive: Archive, place: Path) -> PastInputs:
    """Return the inputs of a release. Everything made from them is written to the folder `place`."""
    changes: dict[str, Any] = {"title": origin.title}
    if origin.settings is not None:
        clock = atlas.settings.clock.model_copy(update={"wrong_days": origin.settings.wrong_days})
        settings = origin.settings
        changes |= {"sources": settings.sources, "complete_snapshots": settings.whole, "clock": clock}
    return PastInputs(
        TemporaryWorkspace(atlas.root, atlas, place, atlas.settings.model_copy(update=changes)),
        ArchiveUntil(archive, origin.archive.chain),
        LedgerUntil(atlas, origin.ledger),
        {source: details.snapshot for source, details in origin.sources.items()},
        origin.note,
    )
