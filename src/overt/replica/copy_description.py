"""The description of a copy: its releases, the settings that all its servers share, and every file with its hash.

The update metadata contain the description's hash, so whoever trusts the metadata can check every file.
"""

from pathlib import Path
from typing import Annotated, Any

import orjson
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from overt.index.fingerprint import made_by
from overt.index.history.record_and_figure_history import Stage
from overt.index.prepared_release import PreparedRelease
from overt.model import format_versions
from overt.model.errors import OvertError
from overt.model.format_versions import check_format
from overt.version import __version__

CONTENT = "content"
"""Folder for the atlas's own content."""


def _inside(path: str) -> str:
    """Return a relative path unchanged. Raises ValueError if it leads out of its folder."""
    if "\\" in path or "\0" in path or any(part in ("", ".", "..") for part in path.split("/")):
        raise ValueError(f"{path!r} leads out of the copy")
    return path


CopyPath = Annotated[str, AfterValidator(_inside)]


class OtherVersionError(OvertError):
    """Raised for a copy whose indexes were made by code different from this server's."""

    def __init__(self, path: Path, version: str) -> None:
        """Describe the problem. `version`: the version of Overt that made the copy."""
        mine = __version__ if version != __version__ else f"{version} with other code"
        super().__init__(
            f"{path}: Overt {version} made this copy, and this server is Overt {mine}; install the publisher's version here and"
            " start the server again, or publish the copy again with the version of this server"
        )


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class CopiedFile(_Part):
    """The size and hash of a file in a copy."""

    bytes: int
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class CopiedStage(_Part):
    """A release in the history of a later release."""

    release: str
    tables: CopyPath
    manifest: dict[str, Any]


class CopiedRelease(_Part):
    """A prepared release. Paths are relative to the folder with the copy's files."""

    release: str
    base_release: str
    database: CopyPath
    fingerprint: str
    left_out: list[dict[str, Any]]
    tables: CopyPath
    manifest: CopyPath | None
    older: list[CopiedStage]


class ListedRelease(_Part):
    """A release of the atlas, as lists of releases show it. The copy needn't contain it."""

    id: CopyPath
    date: str
    note: str


class CopiedSettings(_Part):
    """Settings of the site that its pages show."""

    address: str
    corrections: str
    onion: str


class CopyDescription(_Part):
    """The description of a copy for servers."""

    format: int
    overt: str
    """The version of Overt that made the copy."""
    code: str
    """Digest of the code that made the indexes. Other code might misread them."""
    site: CopiedSettings
    listed: list[ListedRelease]
    """All releases of the atlas, oldest first."""
    releases: list[CopiedRelease]
    """The prepared releases. The last one is served, and the others can be chosen with `known`."""
    files: dict[CopyPath, CopiedFile]


def describe_release(prepared: PreparedRelease, database: str, tables: dict[Path, str], manifest: str | None) -> CopiedRelease:
    """Return the description of a prepared release.

    `database` and `manifest`: paths of these files in the copy. `tables`: the path in the copy of each folder of tables.
    """
    return CopiedRelease(
        release=prepared.release,
        base_release=prepared.base_release,
        database=database,
        fingerprint=prepared.fingerprint,
        left_out=[dict(source) for source in prepared.left_out],
        tables=tables[prepared.tables],
        manifest=manifest,
        older=[
            CopiedStage(release=stage.release, tables=tables[stage.tables], manifest=dict(stage.manifest))
            for stage in prepared.older
        ],
    )


def prepared_release(release: CopiedRelease, folder: Path, drawings: Path) -> PreparedRelease:
    """Return the prepared release whose files are in `folder`. `drawings`: the folder of cached drawings."""
    return PreparedRelease(
        release.release,
        release.base_release,
        folder / release.database,
        release.fingerprint,
        tuple(release.left_out),
        folder / release.tables,
        tuple(Stage(stage.release, folder / stage.tables, stage.manifest) for stage in release.older),
        folder / release.manifest if release.manifest else None,
        drawings=drawings,
    )


def encode_description(description: CopyDescription) -> bytes:
    """Return the bytes of a description. Keys keep their order, because responses contain parts of it."""
    return orjson.dumps(description.model_dump(), option=orjson.OPT_INDENT_2) + b"\n"


def parse_description(data: bytes, path: Path) -> CopyDescription:
    """Parse a description.

    Raises OvertError if the data are no description or have a newer format, and OtherVersionError if other code made the copy's
    indexes. The version is read first, because descriptions of other versions can have other fields.
    """
    try:
        fields = orjson.loads(data)
        check_format(path, "this copy", fields.get("format"), format_versions.COPY)
        version, code = str(fields.get("overt")), fields.get("code")
        if code != made_by():
            raise OtherVersionError(path, version)
        return CopyDescription.model_validate(fields)
    except (ValueError, AttributeError, ValidationError):
        raise OvertError(f"{path}: is not the description of a copy; publish the copy again") from None
