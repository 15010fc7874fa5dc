"""The workspace of a server that serves a copy: the copy's content and history, and this machine's settings and cache."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from overt.index.prepared_release import PreparedRelease
from overt.index.serve_settings import ServeSettings
from overt.model.files.file_digests import write_digest
from overt.model.settings import Settings
from overt.model.workspace import Workspace
from overt.replica.copy_description import CONTENT, CopiedSettings, CopyDescription, prepared_release

_RELEASES = "releases"
_DRAWINGS = "replica"
"""Folder in the cache for drawings, which all copies share."""


@dataclass(frozen=True)
class CopiedWorkspace(Workspace):
    """The content and history of a copy, with the settings and cache of this machine."""

    machine: Workspace
    files: Path
    """Folder with the copy's files."""
    site: CopiedSettings

    @cached_property
    def settings(self) -> Settings:
        """The settings of this machine, except those that the site's pages show, which come from the copy."""
        settings = self.machine.settings
        return settings.model_copy(update={"site": settings.site.model_copy(update=self.site.model_dump())})

    @property
    def releases(self) -> Path:
        """Folder for the history of releases, which a copy may lack. The description lists the releases themselves."""
        return self.files / _RELEASES

    @property
    def cache(self) -> Path:
        """Folder of this machine's cache."""
        return self.machine.cache


def copied_settings(machine: Workspace, description: CopyDescription, files: Path) -> tuple[ServeSettings, PreparedRelease]:
    """Return the settings of a server, and the release that it serves. Write the digest of each index beside it.

    `files`: folder with the checked files of the copy.
    """
    workspace = CopiedWorkspace(files / CONTENT, machine, files, description.site)
    drawings = machine.cache / _DRAWINGS
    drawings.mkdir(parents=True, exist_ok=True)
    prepared = {}
    for release in description.releases:
        prepared[release.base_release] = item = prepared_release(release, files, drawings)
        write_digest(item.database, description.files[release.database].sha256)
    served = description.releases[-1].base_release
    listed = tuple(release.model_dump() for release in description.listed)
    return ServeSettings(workspace, served, public=True, prepared=prepared, listed=listed), prepared[served]
