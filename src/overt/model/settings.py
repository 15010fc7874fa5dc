"""Settings of an atlas and their defaults: the keys of `overt.toml`."""

from ipaddress import ip_network
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from overt.model.source import Reuse

UNREGISTERED_PREFIX = "oc4ids-000000"
"""OC4IDS id prefix of atlases that have not registered one with the Open Contracting Partnership."""


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _network(text: str) -> str:
    """Return the string if it is an IP address or a network. Raises ValueError otherwise."""
    ip_network(text)
    return text


PRIVATE_NETWORKS = ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
"""The meaning of `allow_private = true` in files of earlier versions."""


def _private_networks(value: object) -> object:
    """Replace a boolean from an earlier version's file with the list that it means; return other values unchanged."""
    return list(PRIVATE_NETWORKS) if value is True else [] if value is False else value


class FetchSettings(_Section):
    """Settings of `overt fetch`."""

    max_bytes: int = Field(default=2_000_000_000, gt=0)
    max_seconds: float = Field(default=600, gt=0)
    allow_private: Annotated[list[Annotated[str, AfterValidator(_network)]], BeforeValidator(_private_networks)] = []
    """Networks with private addresses from which fetching is allowed. Link-local addresses, where cloud providers serve
    credentials, are never allowed.
    """
    proxy: str = Field(default="", pattern=r"^(socks5h://([A-Za-z0-9.-]+|\[[0-9a-f:]+\]):[0-9]{1,5}/?)?$")
    """A SOCKS5 proxy that resolves host names, such as Tor; empty for none. Proxies from the environment are never used."""
    user_agent: str = Field(default="", pattern=r"^[\x20-\x7e]{0,200}$")
    """The User-Agent header that publishers' servers get; if empty, `overt/` and the version."""
    pause_seconds: float = Field(default=1, ge=0, le=3600)
    """Seconds between two requests to a publisher."""


class EngineSettings(_Section):
    """The memory limit for DuckDB."""

    memory: str = Field(default="4GB", pattern=r"^[1-9][0-9]*(\.[0-9]+)?\s*[KMGT]i?B$")


class CacheSettings(_Section):
    """The limit for `overt clean`."""

    max_bytes: int = Field(default=2_000_000_000, gt=0)
    """Maximum number of bytes of `cache/` that `overt clean` leaves."""


class ClockSettings(_Section):
    """Settings about wrong clocks."""

    wrong_days: list[Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]] = []
    """Days in the archive or ledger that come from a wrong clock or server. Checks and the dates of releases ignore them."""


class SigningSettings(_Section):
    """Settings of signatures on releases, on statements that an edition is the newest, and on this editor's ledger entries."""

    key: str = ""
    """Path of a private key, absolute or relative to the atlas. If empty, releases are not signed."""
    former: list[str] = []
    """Paths of former public keys, which still verify earlier releases."""
    editor: str = ""
    """Path of the key that signs this editor's entries of the ledger; if empty, `keys/editor.key`."""
    timestamp: str = ""
    """Path of the private key that signs statements that an edition is the newest; if empty, the key in `key`."""
    timestamp_days: int = Field(default=30, ge=1, le=3650)
    """Number of days for which an edition counts as the newest, unless `overt publish --renew` extends the time."""


class WitnessSettings(_Section):
    """Settings for timestamps, which prove when a witness was taken (docs/keys-and-witnesses.md)."""

    timestamp: str = Field(default="", pattern=r"^(https?://[^\s@]+)?$")
    """Address of an RFC 3161 time-stamping service; empty for none."""
    certificates: str = ""
    """Path of the certificates, in PEM, that are trusted to sign timestamps."""


class SiteSettings(_Section):
    """How the site is served. `address` and `onion` are never taken from a request, because anyone can write a Host header."""

    public: bool = False
    """Whether `overt serve` serves the public, as with `--public`: it shows only what may be republished, and can listen on any
    address.
    """
    proxies: list[Annotated[str, AfterValidator(_network)]] = []
    """Addresses or networks of reverse proxies. X-Forwarded-For and X-Forwarded-Proto are only trusted if they come from one of
    these.
    """
    connections: int = Field(default=1000, ge=10)
    """Maximum number of open connections. If it is exceeded, the connection that has waited longest for a request is closed or,
    if none waits, the new one.
    """
    connections_per_client: int = Field(default=100, ge=1)
    """Maximum number of open connections from one client address. Proxies and this machine are not limited."""
    requests_at_once: int = Field(default=4, ge=2, le=32)
    """Maximum number of requests that a server process handles at the same time. At most half of them can be of the same kind;
    further requests wait. Requests for cached pages and static files are not counted.
    """
    requests_waiting: int = Field(default=100, ge=1)
    """Maximum number of waiting requests of one kind. If it is exceeded, the client with the most waiting requests gets status
    503 for one of them.
    """
    request_seconds: float = Field(default=20, gt=0, le=3600)
    """Maximum number of seconds that a request may wait, and also the maximum number that its query may then take. A request
    that takes longer gets status 503.
    """
    answers_unread: int = Field(default=100, ge=1)
    """Maximum number of responses that wait for a slow reader. If it is exceeded, the one that has waited longest is aborted."""
    address: str = Field(default="", pattern=r"^(https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?)?$")
    requests_per_minute: int = Field(default=0, ge=0)
    """Maximum number of requests per client and minute, including pages; 0 for no limit. Static files are not counted."""
    onion: str = Field(default="", pattern=r"^(https?://([a-z0-9-]+\.)*[a-z2-7]{56}\.onion(:[0-9]{1,5})?/?)?$")
    corrections: str = Field(default="", pattern=r"^(https?://[^\s\"<>]+|[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+\.[A-Za-z0-9-]+)?$")
    """Where readers can ask for corrections: a mail address or the address of a form."""


class ExportSettings(_Section):
    """The publisher's identifiers in files of other standards."""

    oc4ids_prefix: str = Field(default=UNREGISTERED_PREFIX, pattern=r"^oc4ids-[a-z0-9]{6}$")


class Settings(_Section):
    """All settings of an atlas, as in `overt.toml`."""

    title: str = "Overt"
    format: int = 1
    """Format of the workspace, which `overt upgrade` updates."""
    sources: list[str] = []
    complete_snapshots: list[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*-[0-9a-f]{8}$")]] = Field(default=[], alias="whole")
    """Snapshots that are complete although their numbers of rows or records aren't the expected ones (`Counts`)."""
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
