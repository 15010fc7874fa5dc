"""What a source says of itself: `sources/<slug>/source.yml`."""

from typing import Literal

from pydantic import Field

from overt.model.yaml import Content

Reuse = Literal["open", "share-alike", "non-commercial", "private"]


class Bounds(Content):
    """How many there must be, on the publisher's whole file."""

    min: int = 0
    max: int | None = None


class FileSpec(Content):
    """One role that files of the source play."""

    patterns: list[str]
    """Globs against the path below `--from DIR`, at any depth."""
    format: Literal["csv", "xlsx", "json", "geojson"]
    optional: bool = False
    many: bool = False
    """Several files play the role (one record a file, say)."""
    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str | None = None
    header: int = 1
    """The spreadsheet row that holds the column names."""
    records: str = ""
    """For JSON: pointer (RFC 6901) to the array whose items are the rows; empty: the whole file is one row."""
    ignore: dict[str, str] = {}
    """Columns that no claim uses, each with why."""
    persons: list[str] = []
    """Columns about persons: dropped before the importer sees the row."""
    address: str | None = None
    """Where the publisher has the file."""


class Counts(Content):
    """Checks that must hold, else the snapshot is refused."""

    rows: Bounds = Bounds()
    problems: Bounds = Bounds(max=0)
    records: dict[str, Bounds] = {}


class Edition(Content):
    """The openly licensed facts that Overt ships in the source's `edition/` folder."""

    retrieved: str


class SourceSpec(Content):
    """A source's metadata, licence, layout and checks."""

    slug: str
    title: str
    publisher: str
    address: str
    licence: str
    licence_url: str | None = None
    attribution: str
    reuse: Reuse
    transcribed: str | None = None
    lang: str = "en"
    own: bool = False
    """An own register of the project, labelled as ours on the site."""
    covers: str
    not_covered: str
    records: dict[str, str]
    """Key template of each record type that the source makes, e.g. `project: "{id}"`."""
    unique: list[str] = []
    one_to_one: bool = False
    """The publisher has no duplicates among its own records."""
    files: dict[str, FileSpec] = Field(min_length=1)
    any_of: list[list[str]] = []
    scope: dict[str, str] = {}
    rules: dict[str, str] = {}
    counts: Counts = Counts()
    lookups: dict[str, dict[str, str]] = {}
    renamed: dict[str, str] = {}
    edition: Edition | None = None
