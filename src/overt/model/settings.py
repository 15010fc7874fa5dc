"""Settings of an atlas and their defaults: the keys of `overt.toml`."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from overt.model.source import Reuse

UNREGISTERED_PREFIX = "oc4ids-000000"
"""OC4IDS id prefix of atlases that have not registered one with the Open Contracting Partnership."""


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FetchSettings(_Section):
    """Limits for `overt fetch`."""

    max_bytes: int = Field(default=2_000_000_000, gt=0)
    max_seconds: float = Field(default=600, gt=0)
    allow_private: bool = False


class EngineSettings(_Section):
    """Limits for DuckDB."""

    memory: str = Field(default="4GB", pattern=r"^[1-9][0-9]*(\.[0-9]+)?\s*[KMGT]i?B$")


class CacheSettings(_Section):
    """The limit for `overt clean`."""

    max_bytes: int = Field(default=2_000_000_000, gt=0)
    """Maximum number of bytes of `cache/` that `overt clean` leaves."""


class ClockSettings(_Section):
    """Settings about wrong clocks."""

    wrong_days: list[Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]] = []
    """Days in archive or ledger that come from a wrong clock or server. Checks and the names of releases ignore them."""


class SigningSettings(_Section):
    """The keys that sign releases, and the key that signs this editor's entries of the ledger."""

    key: str = ""
    """Path of a private key, absolute or relative to the atlas. If empty, releases are not signed."""
    former: list[str] = []
    """Paths of public keys that signed earlier releases."""
    editor: str = ""
    """Path of the key that signs this editor's entries of the ledger; if empty, `keys/editor.key`."""


class WitnessSettings(_Section):
    """Timestamps on witnesses."""

    timestamp: str = Field(default="", pattern=r"^(https?://[^\s@]+)?$")
    """Address of an RFC 3161 service; empty if there is none."""
    certificates: str = ""
    """Path of the certificates, in PEM, that are trusted to sign timestamps."""


class SiteSettings(_Section):
    """Addresses of the site. They are never taken from a request, because anybody can write its Host header."""

    address: str = Field(default="", pattern=r"^(https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?)?$")
    requests_per_minute: int = Field(default=0, ge=0)
    """Maximum number of requests for data per client and minute; 0: no limit. Pages are not counted."""
    onion: str = Field(default="", pattern=r"^(https?://([a-z0-9-]+\.)*[a-z2-7]{56}\.onion(:[0-9]{1,5})?/?)?$")
    corrections: str = Field(default="", pattern=r"^(https?://[^\s\"<>]+|[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+\.[A-Za-z0-9-]+)?$")
    """Where readers ask for corrections: a mail address or the address of a form."""


class ExportSettings(_Section):
    """The publisher's identifiers in files of other standards."""

    oc4ids_prefix: str = Field(default=UNREGISTERED_PREFIX, pattern=r"^oc4ids-[a-z0-9]{6}$")


class Settings(_Section):
    """`overt.toml`."""

    title: str = "Overt"
    format: int = 1
    """Format of the workspace; `overt upgrade` writes it."""
    sources: list[str] = []
    complete_snapshots: list[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*-[0-9a-f]{8}$")]] = Field(default=[], alias="whole")
    ledger: str = ""
    republish: list[Reuse] = ["open"]
    fetch: FetchSettings = FetchSettings()
    engine: EngineSettings = EngineSettings()
    clock: ClockSettings = ClockSettings()
    cache: CacheSettings = CacheSettings()
    signing: SigningSettings = SigningSettings()
    witness: WitnessSettings = WitnessSettings()
    site: SiteSettings = SiteSettings()
    export: ExportSettings = ExportSettings()
