"""An atlas on disk: where its parts lie, and its settings."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field

from overt.model.atomic_files import atomic_write
from overt.model.content import Catalogue
from overt.model.errors import ContentError, UsageError, quote_text
from overt.model.settings_file import read_settings
from overt.model.source import Reuse
from overt.model.yaml import parse

if TYPE_CHECKING:
    from sqlalchemy import URL

SETTINGS = "overt.toml"
_DEFAULT_TITLE = "Overt"
UNTITLED = "Overt atlas"
"""Title of a new atlas to which nobody gave one."""
UNREGISTERED_PREFIX = "oc4ids-000000"
"""The prefix of ids in OC4IDS of an atlas that was given none by the standard's keepers."""
_FIRST = """# Settings of this atlas. Every line but the title is the default, and any may be left out.

# What this atlas is called, in its releases and in the judgements that it shares with others.
title = ${title}

# Sources to use; an empty list means all that have files.
sources = []

# Snapshots that are whole although their files hold other numbers of rows than Overt knows of: another edition. `overt import`
# says what to write here, as in ["telegeography-1a2b3c4d"].
whole = []

# Where the ledger lies; empty means ledger.db in this directory. A team may use postgresql://…
ledger = ""

# What may be published, exported, or served beyond this machine: "open", "share-alike", "non-commercial", "private".
republish = ["open"]

[fetch]
max_bytes = 2_000_000_000
max_seconds = 600
allow_private = false   # true lets `overt fetch` reach private and loopback addresses

[engine]
memory = "4GB"

[signing]
key = ""       # a key that `overt key PATH` made: each new release is then signed with it

[site]
address = ""   # where readers reach the site, as in "https://atlas.example": citations, linked data, editions of a part name it
requests_per_minute = 0   # for data, of one client, the site's own map included; pages never count; 0: no limit
onion = ""     # its onion service, as in "http://….onion": Tor Browser then offers it to readers of the site

[export]
oc4ids_prefix = "${prefix}"   # of ids in OC4IDS; this one is nobody's: the Open Contracting Partnership gives out others
"""


class FetchSettings(BaseModel):
    """Limits of `overt fetch`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    max_bytes: int = Field(2_000_000_000, gt=0)
    max_seconds: float = Field(600, gt=0)
    allow_private: bool = False


class EngineSettings(BaseModel):
    """What DuckDB may use."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    memory: str = Field("4GB", pattern=r"^[1-9][0-9]*(\.[0-9]+)?\s*[KMGT]i?B$")


class SigningSettings(BaseModel):
    """Who vouches for releases."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: str = ""
    """Path of a private key, from the atlas's directory if it is relative; empty: nothing is signed."""


class SiteSettings(BaseModel):
    """Under which names readers reach the site. Said here and never taken from a request, whose Host anybody can write."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    address: str = Field("", pattern=r"^(https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?)?$")
    requests_per_minute: int = Field(0, ge=0)
    """Requests for data that one client may make in a minute; 0: as many as it likes. Pages are not counted."""
    onion: str = Field("", pattern=r"^(https?://([a-z0-9-]+\.)*[a-z2-7]{56}\.onion(:[0-9]{1,5})?/?)?$")


class ExportSettings(BaseModel):
    """What files in the standards of others say of whoever publishes them."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    oc4ids_prefix: str = Field(UNREGISTERED_PREFIX, pattern=r"^oc4ids-[a-z0-9]{6}$")


class Settings(BaseModel):
    """`overt.toml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    title: str = _DEFAULT_TITLE
    sources: list[str] = []
    whole: list[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*-[0-9a-f]{8}$")]] = []
    ledger: str = ""
    republish: list[Reuse] = ["open"]
    fetch: FetchSettings = FetchSettings(max_bytes=2_000_000_000, max_seconds=600)
    engine: EngineSettings = EngineSettings(memory="4GB")
    signing: SigningSettings = SigningSettings(key="")
    site: SiteSettings = SiteSettings(address="", requests_per_minute=0, onion="")
    export: ExportSettings = ExportSettings(oc4ids_prefix=UNREGISTERED_PREFIX)


@dataclass(frozen=True)
class Workspace:
    """The directory of one atlas. Everything but `archive/` and the ledger can be made again."""

    root: Path

    @classmethod
    def create(cls, root: Path, title: str = _DEFAULT_TITLE) -> "Workspace":
        """Make a directory an atlas. Raises UsageError when it is one already, holds other things, or the title is no text."""
        if (root / SETTINGS).exists():
            raise UsageError(f"{root}: is an atlas already")
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise UsageError(f"{root}: is not empty; name a new directory")
        title = " ".join(title.split())
        if not title or not title.isprintable():
            raise UsageError(f"{quote_text(title)} cannot be a title: it needs letters, and no signs that cannot be printed")
        root.mkdir(parents=True, exist_ok=True)
        said = json.dumps(title, ensure_ascii=False)  # JSON's text is one of TOML's
        text = Template(_FIRST).substitute(title=said, prefix=UNREGISTERED_PREFIX)
        atomic_write(root / SETTINGS, text.encode())
        return cls(root)

    @classmethod
    def open(cls, root: Path) -> "Workspace":
        """Raises UsageError when the directory is no atlas."""
        if not (root / SETTINGS).is_file():
            raise UsageError(f"{root}: is no atlas (there is no {SETTINGS}); make one with `overt init {root}`")
        return cls(root)

    @cached_property
    def settings(self) -> Settings:
        """Raises UsageError when overt.toml is broken."""
        where = str(self.root / SETTINGS)
        try:
            return parse(Settings, read_settings((self.root / SETTINGS).read_text(encoding="utf-8"), where), where)
        except UnicodeDecodeError as error:
            raise UsageError(f"{where}: is not in UTF-8 ({error}); save it so") from None
        except ContentError as error:
            raise UsageError(str(error)) from None

    @cached_property
    def content(self) -> Catalogue:
        """Packaged content with the workspace's own laid over it."""
        return Catalogue(self.root)

    @property
    def archive(self) -> Path:
        """Captured bytes."""
        return self.root / "archive"

    @property
    def claims(self) -> Path:
        """Claims by source and snapshot."""
        return self.root / "claims"

    @property
    def resolved(self) -> Path:
        """Who is who."""
        return self.root / "resolved"

    @property
    def releases(self) -> Path:
        """Releases by id."""
        return self.root / "releases"

    @property
    def cache(self) -> Path:
        """What servers read; deletable."""
        return self.root / "cache"

    @property
    def signing_key(self) -> Path | None:
        """The file of the key that signs releases; None where overt.toml names none."""
        named = self.settings.signing.key
        return self.root / Path(named).expanduser() if named else None

    @property
    def ledger(self) -> "str | URL":
        """The ledger's address."""
        from sqlalchemy import URL  # here: not every command asks the ledger

        return self.settings.ledger or URL.create("sqlite", database=str(self.root / "ledger.db"))
