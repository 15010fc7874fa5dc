"""An atlas on disk: the paths of its parts, and its settings."""

import atexit
import os
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from overt.model import format_versions
from overt.model.content_files import ContentFiles
from overt.model.errors import ContentError, UsageError, quote_text
from overt.model.files.atomic_writes import atomic_write, mark_unfinished, remove_marked
from overt.model.files.content_file_reading import other_than_file
from overt.model.format_versions import check_format

# Parsing content and settings needs libraries that many commands don't use, so functions import these modules on demand.
if TYPE_CHECKING:
    from sqlalchemy import URL

    from overt.model.content_catalogue import Catalogue
    from overt.model.settings import Settings

SETTINGS = "overt.toml"
KEYS = "keys"
"""Name of an atlas's folder of keys."""
UNTITLED = "Overt atlas"
"""Title of a new atlas if `overt init` is given none."""


on_read_only: list[Callable[[str], None]] = []
"""Functions that are called with a one-line message if the atlas is read-only."""


@cache
def _temporary_cache(root: Path) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="overt-cache-"))
    mark_unfinished(folder)
    atexit.register(remove_marked, folder)
    for notify in on_read_only:
        notify(f"{root}: cannot be written, so its cache is made again in {folder}, and removed at the end")
    return folder


@dataclass(frozen=True)
class Workspace:
    """The directory of one atlas. Claims, the resolution and the cache can be rebuilt from the archive and the ledger."""

    root: Path

    @classmethod
    def create(cls, root: Path, title: str = "Overt") -> "Workspace":
        """Create an atlas in a new or empty directory. Raises UsageError for other directories, and for an invalid title."""
        if (root / SETTINGS).exists():
            raise UsageError(f"{root}: is an atlas already")
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise UsageError(f"{root}: is not empty; name a new directory")
        title = " ".join(title.split())
        if not title or not title.isprintable():
            raise UsageError(f"{quote_text(title)} cannot be a title: use letters, and no control characters")
        from overt.model.settings_file_parser_and_template import default_settings_text

        root.mkdir(parents=True, exist_ok=True)
        atomic_write(root / SETTINGS, default_settings_text(title).encode())
        return cls(root)

    @classmethod
    def open(cls, root: Path) -> "Workspace":
        """Open an existing atlas. Raises UsageError if it is not an atlas, and OvertError for an invalid or newer format."""
        if other := other_than_file(root / SETTINGS):
            raise UsageError(f"{root / SETTINGS}: {other}; put a file there")
        if not (root / SETTINGS).is_file():
            raise UsageError(f"{root}: is not an atlas (there is no {SETTINGS}); make one with `overt init {root}`")
        workspace = cls(root)
        check_format(root / SETTINGS, "this atlas", workspace.format, format_versions.WORKSPACE)
        return workspace

    @property
    def format(self) -> int:
        """Format number in overt.toml; 1 if it has none. Errors in the file are reported by `settings`, not here."""
        try:
            number = tomllib.loads((self.root / SETTINGS).read_text(encoding="utf-8")).get("format", 1)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
            return 1
        return number if isinstance(number, int) else 1

    @cached_property
    def settings(self) -> "Settings":
        """Settings of the atlas. Raises UsageError when overt.toml is broken."""
        from overt.model.settings import Settings
        from overt.model.settings_file_parser_and_template import read_settings
        from overt.model.yaml_reading_and_validation import parse

        where = str(self.root / SETTINGS)
        try:
            return parse(Settings, read_settings((self.root / SETTINGS).read_text(encoding="utf-8"), where), where)
        except UnicodeDecodeError as error:
            raise UsageError(f"{where}: is not in UTF-8 ({error}); save it in UTF-8") from None
        except ContentError as error:
            raise UsageError(str(error)) from None

    @cached_property
    def content(self) -> "Catalogue":
        """The packaged content. The workspace's own files override all but the schema."""
        from overt.model.content_catalogue import Catalogue

        return Catalogue(self.root)

    def __getstate__(self) -> dict[str, Any]:
        """Return the state for other processes: everything but the content, which each process reads from the files."""
        return {name: value for name, value in self.__dict__.items() if name != "content"}

    @property
    def content_files(self) -> ContentFiles:
        """The files of `content`, unparsed."""
        return ContentFiles(self.root)

    @property
    def archive(self) -> Path:
        """Folder of captured bytes."""
        return self.root / "archive"

    @property
    def claims(self) -> Path:
        """Folder of claims by source and snapshot."""
        return self.root / "claims"

    @property
    def resolved(self) -> Path:
        """Folder of clusters: groups of records that describe the same item."""
        return self.root / "resolved"

    @property
    def releases(self) -> Path:
        """Folder of releases by id."""
        return self.root / "releases"

    @property
    def keys(self) -> Path:
        """Folder with the editor's key on this machine and the editors' names by key. It is neither published nor rebuilt."""
        return self.root / KEYS

    @property
    def trust(self) -> Path:
        """Folder with the root of trust and the newest update metadata of editions. It is public, but not rebuilt."""
        return self.root / "trust"

    @cached_property
    def cache(self) -> Path:
        """Folder of files that can be deleted and made again, such as the indexes that the server reads.

        If the atlas is read-only, it is a temporary folder of this process.
        """
        path = self.root / "cache"
        return path if os.access(path if path.exists() else self.root, os.W_OK) else _temporary_cache(self.root)

    @property
    def signing_key(self) -> Path | None:
        """Path of the key that signs releases; None if overt.toml has none."""
        path = self.settings.signing.key
        return self.root / Path(path).expanduser() if path else None

    @property
    def timestamp_key(self) -> Path | None:
        """Path of the key that signs statements that an edition is the newest; None if overt.toml has none."""
        path = self.settings.signing.timestamp
        return self.root / Path(path).expanduser() if path else None

    @property
    def ledger(self) -> "str | URL":
        """Database address of the ledger."""
        from sqlalchemy import URL

        return self.settings.ledger or URL.create("sqlite", database=str(self.root / "ledger.db"))
