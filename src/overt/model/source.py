"""What a source says of itself: `sources/<slug>/source.yml`."""

import codecs
from typing import Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from overt.model.record_ids import SOURCE_NAME
from overt.model.values.dates import canonical_date
from overt.model.yaml import Content

Reuse = Literal["open", "share-alike", "non-commercial", "private"]


class Bounds(Content):
    """How many there must be, on the publisher's whole file; a number alone is as many and no more."""

    min: int = 0
    max: int | None = None

    @model_validator(mode="before")
    @classmethod
    def _number_alone(cls, data: Any) -> Any:
        return {"min": data, "max": data} if isinstance(data, int) else data

    def __str__(self) -> str:
        if self.max is None:
            return f"{self.min:,} or more"
        return f"{self.min:,}" if self.min == self.max else f"{self.min:,} to {self.max:,}"


class FileSpec(Content):
    """One role that files of the source play."""

    patterns: list[str]
    """Globs against the path below `--from DIR`, at any depth."""
    format: Literal["csv", "xlsx", "json", "geojson", "parquet", "names", "names-archive", "measurements"]
    """`names`: a domain name a line, plain or packed by xz or gzip; `names-archive`: a tar file of such lists; `measurements`:
    what `overt.measure` reads.
    """
    optional: bool = False
    many: bool = False
    """Several files play the role (one record a file, say)."""
    encoding: str = "utf-8"
    delimiter: str = Field(",", min_length=1, max_length=1)
    sheet: str | None = None
    header: int = Field(1, ge=1)
    """The spreadsheet row that holds the column names."""
    records: str = ""
    """For JSON: pointer (RFC 6901) to the array whose items are the rows; empty: the whole file is one row."""
    ignore: dict[str, str] = {}
    """Columns that no claim uses, each with why; of JSON also pointers into them, `*` for any item: `/landings/*/hue`."""
    persons: list[str] = []
    """Columns about persons: dropped before the importer sees the row."""
    address: str | None = None
    """Where the publisher has the file."""
    part: str | None = None
    """Which part of the publisher's data it holds, where it is not all; said of what comes of it alone."""
    part_zh: str | None = None
    suppliers: str | None = None
    """Why it names no supplier of projects of which the publisher may know one; said beside tables of suppliers."""
    suppliers_zh: str | None = None

    @field_validator("encoding")
    @classmethod
    def _is_encoding(cls, name: str) -> str:
        try:
            codecs.lookup(name)
        except LookupError:
            raise ValueError(f"{name!r} is not an encoding that Python knows") from None
        return name


class SeriesSpec(Content):
    """A series of lists of what was found blocked: one measurement a list, of one day or of no day that is told."""

    label: str
    label_zh: str
    country: str
    """Code of the country whose filter it is."""
    place: str | None = None
    """Where in the country, when it is the filter of a part of it."""
    place_zh: str | None = None
    protocol: str
    """Term of the vocabulary `protocols`."""
    vantage: str
    """From where was measured."""
    vantage_zh: str
    vantage_points: int = Field(ge=1)
    """How many distinct places it was measured from, as far as the publisher tells: repeated days are none."""
    rule: str
    """By which of the source's `rules` its lists become observations."""


class Counts(Content):
    """What the publisher's whole files give, in the edition that this source.yml describes; anything else is refused, unless
    overt.toml says that a snapshot is whole all the same.
    """

    files: dict[str, Bounds] = {}
    """Rows of the files in each role, those left out as problems among them."""
    problems: Bounds = Bounds(max=0)
    records: dict[str, Bounds] = {}


class Edition(Content):
    """The openly licensed facts that Overt ships in the source's `edition/` folder."""

    retrieved: str = Field(pattern=r"^\d{4}-\d\d-\d\d$")
    transcribed: str | None = None
    """How it came to be what it is; takes the place of the source's own `transcribed`, where it is what was imported."""
    transcribed_zh: str | None = None


class SourceSpec(Content):
    """A source's metadata, licence, layout and checks."""

    slug: str
    title: str
    title_zh: str | None = None
    """Twins of what the site shows in words are optional: a Chinese page shows the English text where there is none."""
    publisher: str
    address: str
    licence: str
    licence_zh: str | None = None
    licence_url: str | None = None
    attribution: str
    reuse: Reuse
    transcribed: str | None = None
    transcribed_zh: str | None = None
    lang: str = "en"
    own: bool = False
    """An own register of the project, labelled as ours on the site."""
    as_of: str | None = None
    """EDTF: of when the data are, in the edition that `counts` describe, where the data do not say it themselves."""
    covers: str
    covers_zh: str | None = None
    not_covered: str
    not_covered_zh: str | None = None
    records: dict[str, str]
    """Key template of each record type that the source makes, e.g. `project: "{id}"`."""
    unique: list[str] = []
    one_to_one: list[str] = []
    """Types of records among which the publisher has no duplicates: two of its own are two things."""
    draws_on: dict[str, str] = {}
    """Sources that it repeats or carries on, each with how: what both tell is no second witness (`overt.release.overlaps`)."""
    draws_on_zh: dict[str, str] = {}
    complete: dict[str, str] = {}
    """Types of records of which it holds all that there are by what it is, each with why: an official list, a register of its
    own scope. Nothing is missing in it that other lists could tell.
    """
    complete_zh: dict[str, str] = {}
    limited_to: dict[str, str] = {}
    """What it can hold at most, by type of record, or of organisations in countries as `presence`; nothing: whatever there is.
    Lists of different limits do not count one thing.
    """
    limited_to_zh: dict[str, str] = {}
    files: dict[str, FileSpec] = Field(min_length=1)
    series: dict[str, SeriesSpec] = {}
    """Series of lists that it observes (`Context.observe`)."""
    any_of: list[list[str]] = []
    scope: dict[str, str] = {}
    scope_zh: dict[str, str] = {}
    rules: dict[str, str] = {}
    rules_zh: dict[str, str] = {}
    counts: Counts = Counts()
    lookups: dict[str, dict[str, str]] = {}
    words_zh: dict[str, str] = {}
    """Set words that stand in its cells, each with the Chinese of it: of an own register what it says in our words, else the
    source's vocabulary, names of nobody in particular among it.
    """
    renamed: dict[str, str] = {}
    edition: Edition | None = None

    @property
    def has_measurements(self) -> bool:
        """Whether it has single network measurements."""
        return any(file.format == "measurements" for file in self.files.values())

    @field_validator("as_of")
    @classmethod
    def _is_date(cls, text: str | None) -> str | None:
        return None if text is None else canonical_date(text)

    @model_validator(mode="after")
    def _names_lead_somewhere(self) -> Self:
        if not SOURCE_NAME.fullmatch(self.slug):
            raise ValueError(f"the folder's name {self.slug!r} is no source's name (lower-case letters, digits, underscores)")
        for key, named in (("unique", set(self.unique)), ("one_to_one", set(self.one_to_one)), ("complete", set(self.complete))):
            if lost := sorted(named - set(self.records)):
                raise ValueError(f"`{key}` names {lost[0]!r}, which `records` does not")
        in_any_of = {role for roles in self.any_of for role in roles}
        for key, named in (("any_of", in_any_of), ("counts: files", set(self.counts.files))):
            if lost := sorted(named - set(self.files)):
                raise ValueError(f"`{key}` names {lost[0]!r}, which `files` does not")
        if lost := sorted({held.rule for held in self.series.values()} - set(self.rules)):
            raise ValueError(f"`series` names the rule {lost[0]!r}, which `rules` does not")
        twins = (
            ("scope_zh", self.scope_zh, self.scope),
            ("rules_zh", self.rules_zh, self.rules),
            ("draws_on_zh", self.draws_on_zh, self.draws_on),
            ("complete_zh", self.complete_zh, self.complete),
            ("limited_to_zh", self.limited_to_zh, self.limited_to),
        )
        for name, twin, known in twins:
            if lost := sorted(twin.keys() - known.keys()):
                raise ValueError(f"`{name}` names {lost[0]!r}, which `{name.removesuffix('_zh')}` does not")
        return self
