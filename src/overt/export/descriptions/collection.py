"""What all descriptions say: which files there are, of which release, made by whom, of what, under which licences."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from overt.export.public_release import Holdings
from overt.export.result import files_of
from overt.language.citations import single_line
from overt.language.formats import web_address

MEDIA = {
    ".parquet": ("parquet", "application/vnd.apache.parquet"),
    ".csv": ("csv", "text/csv"),
    ".jsonl": ("jsonl", "application/jsonl"),
    ".geojson": ("geojson", "application/geo+json"),
    ".gpkg": ("gpkg", "application/geopackage+sqlite3"),
    ".sqlite": ("sqlite", "application/vnd.sqlite3"),
    ".pmtiles": ("pmtiles", "application/vnd.pmtiles"),
    ".json": ("json", "application/json"),
    ".gz": ("csv.gz", "application/gzip"),
}
"""Of each ending the name of the format and its media type."""
_CREATIVE_COMMONS = re.compile(r"CC (BY(?:-[A-Z]{2})*) (\d\.\d)")
_OPEN_DATA_COMMONS = re.compile(r"ODC-(BY|ODbL|PDDL) (\d\.\d)")
KEYWORDS = ("surveillance", "censorship", "telecommunications", "submarine cables", "development finance", "digital repression")


class File(NamedTuple):
    """A file of the folder."""

    path: str
    """Below the folder, with slashes."""
    size: int
    sha256: str
    format: str
    media: str

    @property
    def title(self) -> str:
        """What it holds: its name without ending, and its format."""
        return f"{Path(self.path).stem} ({self.format})"

    @property
    def table(self) -> str | None:
        """The table that it is, where it is one as CSV."""
        folder, _, name = self.path.partition("/")
        return Path(name).stem if folder == "csv" else None


class Licence(NamedTuple):
    """What a source allows."""

    name: str
    address: str | None
    """Its page on the web."""
    spdx: str | None
    """Its id among those of SPDX, where it has one."""


@dataclass(frozen=True)
class Collection:
    """A folder of exports of one release."""

    holdings: Holdings
    folder: Path

    @cached_property
    def files(self) -> list[File]:
        """Its files, in order."""
        found = []
        for said in files_of(self.folder, ""):
            name, media = MEDIA.get(Path(said["path"]).suffix, ("bin", "application/octet-stream"))
            found.append(File(said["path"], said["bytes"], said["sha256"], name, media))
        return found

    @property
    def title(self) -> str:
        """What the atlas is called."""
        return single_line(self.holdings.edition.manifest["title"] or "Overt")

    @property
    def slug(self) -> str:
        """A name without spaces or signs: `overt-2026-11-24-1a2b3c4d-open`."""
        return re.sub(r"[^a-z0-9-]+", "-", f"overt-{self.release}".lower())

    @property
    def release(self) -> str:
        """The id of the edition."""
        return self.holdings.release

    @property
    def day(self) -> str | None:
        """The day of the release's latest input; a release of nothing has none."""
        day: str = self.holdings.edition.manifest["date"]
        return day if day > "1000" else None

    @property
    def address(self) -> str | None:
        """The page of the release, where overt.toml says at which address the site is."""
        return f"{self.holdings.address}/release/{self.release}" if self.holdings.address else None

    @property
    def description(self) -> str:
        """What it is, in two sentences."""
        kinds = ", ".join(
            f"{count:,} {self.holdings.content.schema.types[kind].table.replace('_', ' ')}"
            for kind, count in self.holdings.records.items()
        )
        names = "; ".join(single_line(row["title"]) for row in self.holdings.sources)
        return f"Release {self.release} of {self.title}: {kinds or 'no records'}. Each value leads to its sources: {names}."

    @cached_property
    def licences(self) -> list[Licence]:
        """The licences of the sources, each once."""
        return list(dict.fromkeys(licence_of(row) for row in self.holdings.sources))


def licence_of(source: Mapping[str, Any]) -> Licence:
    """The licence of a source."""
    name = single_line(source["licence"])
    address = web_address(source["licence_url"])
    spdx = None
    if found := _CREATIVE_COMMONS.fullmatch(name):
        spdx = f"CC-{found[1]}-{found[2]}"
    elif found := _OPEN_DATA_COMMONS.fullmatch(name):
        spdx = f"{'ODC-By' if found[1] == 'BY' else found[1]}-{found[2]}"
    return Licence(name, address, spdx)
