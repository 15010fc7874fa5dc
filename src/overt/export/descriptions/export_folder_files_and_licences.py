"""A folder of exports, with what all descriptions need: files, release, publisher, sources and licences."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from overt.export.export_report import list_files
from overt.export.public_release_reader import PublicRelease
from overt.language.number_and_money_formats import web_address
from overt.language.single_line import single_line

_MEDIA_TYPES = {
    ".parquet": ("parquet", "application/vnd.apache.parquet"),
    ".csv": ("csv", "text/csv"),
    ".jsonl": ("jsonl", "application/jsonl"),
    ".geojson": ("geojson", "application/geo+json"),
    ".xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".gpkg": ("gpkg", "application/geopackage+sqlite3"),
    ".sqlite": ("sqlite", "application/vnd.sqlite3"),
    ".pmtiles": ("pmtiles", "application/vnd.pmtiles"),
    ".json": ("json", "application/json"),
    ".gz": ("csv.gz", "application/gzip"),
}
"""Name and media type of each file format, by file ending."""
_CREATIVE_COMMONS = re.compile(r"CC (BY(?:-[A-Z]{2})*) (\d\.\d)")
_OPEN_DATA_COMMONS = re.compile(r"ODC-(BY|ODbL|PDDL) (\d\.\d)")
KEYWORDS = ("surveillance", "censorship", "telecommunications", "submarine cables", "development finance", "digital repression")


class File(NamedTuple):
    """A file in a folder of exports."""

    path: str
    """Path of the file below the folder, with slashes."""
    size: int
    sha256: str
    format: str
    media: str

    @property
    def title(self) -> str:
        """Name of the file without its ending, and its format."""
        return f"{Path(self.path).stem} ({self.format})"

    @property
    def table(self) -> str | None:
        """Name of the table in a file of the CSV export, `csv/`; None for any other file."""
        folder, _, name = self.path.partition("/")
        return Path(name).stem if folder == "csv" else None


class Licence(NamedTuple):
    """The licence of a source."""

    name: str
    address: str | None
    """Address of the licence's web page; None if there is none."""
    spdx: str | None
    """SPDX id, if the licence has a name such as `CC BY-SA 4.0` or `ODC-BY 1.0`; otherwise None."""


@dataclass(frozen=True)
class ExportFolder:
    """A folder of exports of one release."""

    release: PublicRelease
    path: Path

    @cached_property
    def files(self) -> list[File]:
        """The files of the folder, sorted by path. They are listed at the first access, so files written later are missing."""
        files = []
        for entry in list_files(self.path, ""):
            name, media = _MEDIA_TYPES.get(Path(entry["path"]).suffix, ("bin", "application/octet-stream"))
            files.append(File(entry["path"], entry["bytes"], entry["sha256"], name, media))
        return files

    @property
    def title(self) -> str:
        """The title of the atlas; `Overt` if it has none."""
        return single_line(self.release.edition.manifest["title"] or "Overt")

    @property
    def slug(self) -> str:
        """A name of letters, digits and hyphens for the release, such as `overt-2026-11-24-1a2b3c4d-open`."""
        return re.sub(r"[^a-z0-9-]+", "-", f"overt-{self.release_id}".lower())

    @property
    def release_id(self) -> str:
        """The id of the release, with the limits of the edition, as in its address."""
        return self.release.id

    @property
    def day(self) -> str | None:
        """Date of the release's latest input, ignoring dates that overt.toml declares wrong; None if there is none."""
        day: str = self.release.edition.manifest["date"]
        return day if day > "1000" else None

    @property
    def address(self) -> str | None:
        """Address of the release's page; None if overt.toml has no address for the site."""
        return f"{self.release.address}/release/{self.release_id}" if self.release.address else None

    @property
    def description(self) -> str:
        """Two sentences about the release and, if the edition is limited to a date, the meaning of this limit."""
        kinds = ", ".join(
            f"{count:,} {self.release.content.schema.types[kind].table.replace('_', ' ')}"
            for kind, count in self.release.record_counts.items()
        )
        names = "; ".join(single_line(row["title"]) for row in self.release.sources)
        text = f"Release {self.release_id} of {self.title}: {kinds or 'no records'}. Each value leads to its sources: {names}."
        return f"{text} {self.release.as_of_sentence}" if self.release.as_of else text

    @cached_property
    def licences(self) -> list[Licence]:
        """The licences of the sources, without duplicates."""
        return list(dict.fromkeys(licence_of(row) for row in self.release.sources))


def licence_of(source: Mapping[str, Any]) -> Licence:
    """Return the licence of a source, given as a row of the table `sources`."""
    name = single_line(source["licence"])
    address = web_address(source["licence_url"])
    spdx = None
    if match := _CREATIVE_COMMONS.fullmatch(name):
        spdx = f"CC-{match[1]}-{match[2]}"
    elif match := re.fullmatch(r"CC0 (\d\.\d)", name):
        spdx = f"CC0-{match[1]}"
    elif match := _OPEN_DATA_COMMONS.fullmatch(name):
        spdx = f"{'ODC-By' if match[1] == 'BY' else match[1]}-{match[2]}"
    return Licence(name, address, spdx)
