"""Specification of a source: `sources/<slug>/source.yml`."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from overt.model.mapping import RoleMapping
from overt.model.record_ids import EDITORIAL_SOURCE, is_source_name
from overt.model.values.dates import canonical_date
from overt.model.values.expected_counts import Counts
from overt.model.values.regular_expressions import compile_pattern
from overt.model.values.web_address_check import check_web_address, is_own_path
from overt.model.yaml_reading_and_validation import Content, checked

DEFAULT_KEYS = {
    "organization": "organization/{name}",
    "role": "{project}/{role}/{organization}",
    "place": "{project}/place/{name}",
    "commitment": "{project}/commitment/{financier}/{amount}",
    "document": "document/{url}",
}
"""Default key templates of the records that a mapping makes in addition to the row's main record."""

_TABLES = ("csv", "xlsx", "ods", "parquet")
"""Formats of tables, whose rows have a cell for each named column."""

Reuse = Literal["open", "share-alike", "non-commercial", "private"]


class FileSpec(Content):
    """Files of one role, such as the main table."""

    patterns: list[str]
    """Glob patterns for paths below `--from DIR`, at any depth. A pattern that begins with `!` excludes files."""
    format: Literal["csv", "xlsx", "ods", "json", "jsonl", "geojson", "parquet", "text", "names", "names-archive", "measurements"]
    """The format of the files. `jsonl`: one JSON object per line. `text`: plain text or Markdown in blocks, such as the articles
    of a law. `names`: one domain name per line, plain or compressed by xz or gzip. `names-archive`: a tar file of such lists.
    `measurements`: files that `overt measure` reads.
    """
    optional: bool = False
    """Whether the source can be imported without a file in this role."""
    many: bool = False
    """Whether several files may have this role, as in a source with one file per record."""
    encoding: str = "utf-8"
    """For CSV: the encoding of the text, by its name in Python; `utf-8` by default."""
    delimiter: str = Field(",", min_length=1, max_length=1)
    """For CSV: the character between two cells; a comma by default."""
    sheet: str | None = None
    """Sheet of a workbook. Without it, the first sheet that is not hidden, or the first if all are."""
    header: Annotated[int, Field(ge=1)] | Annotated[list[Annotated[int, Field(ge=1)]], Field(min_length=1, max_length=3)] = 1
    """Number of the row with the column names (1 by default), or numbers of up to three rows, whose names are joined by a space.

    A name in an upper row also counts for the empty cells to its right in that row, as with merged cells.
    """
    fill_down: list[str] = []
    """Columns in which an empty cell has the value of the cell above, as with cells merged over several rows."""
    records: str = ""
    """For JSON: pointer (RFC 6901) to the array whose items are the rows, or to an object that is the only row; empty for the
    entire document.
    """
    blocks: str = ""
    """For text: regular expression (RE2) for the beginning of the first line of a row. Its first group, if any, is the label."""
    ignore: dict[str, str] = {}
    """Unused columns, each with the reason. For JSON also pointers, with `*` for any item: `/landings/*/hue`."""
    persons: list[str] = []
    """Columns about persons, which are removed before the importer gets the row."""
    address: str | None = None
    """The publisher's address of the file."""
    part: str | None = None
    """Which part of the publisher's data the file contains, if not all. Shown with results that only come from this file."""
    part_zh: str | None = None
    suppliers: str | None = None
    """Why the file names no supplier although the publisher may know one. Shown beside tables of suppliers."""
    suppliers_zh: str | None = None

    @field_validator("address")
    @classmethod
    def _is_web_address(cls, address: str | None) -> str | None:
        return check_web_address(address)

    @property
    def header_rows(self) -> tuple[int, ...]:
        """Numbers of the rows with the column names, in order."""
        return (self.header,) if isinstance(self.header, int) else tuple(self.header)

    @model_validator(mode="after")
    def _options_suit_the_format(self) -> Self:
        if list(self.header_rows) != sorted(set(self.header_rows)):
            raise ValueError(f"`header: {list(self.header_rows)}` must name different rows from top to bottom")
        if self.fill_down and self.format not in _TABLES:
            raise ValueError(f"`fill_down` is for tables ({', '.join(_TABLES)}), not for {self.format}")
        if self.records and self.format not in ("json", "geojson"):
            raise ValueError(f"`records` is for json and geojson, not for {self.format}")
        return self

    @model_validator(mode="after")
    def _blocks_are_declared(self) -> Self:
        if (self.format == "text") != bool(self.blocks):
            raise ValueError("`blocks` says with what the rows of a file of format `text` begin; other formats have no blocks")
        try:
            compile_pattern(self.blocks)
        except ValueError as error:
            raise ValueError(f"`blocks` is not a regular expression of RE2: {error}") from None
        return self

    @field_validator("encoding")
    @classmethod
    def _is_encoding(cls, name: str) -> str:
        try:
            "".encode(name)
        except LookupError:
            raise ValueError(f"{name!r} is not an encoding of texts that Python knows") from None
        return name


class SeriesSpec(Content):
    """A series of blocklists. Each list is a measurement on one day, or has no date."""

    label: str
    label_zh: str
    country: str
    """Code of the country that does the blocking."""
    place: str | None = None
    """Part of the country, if the blocking is limited to it."""
    place_zh: str | None = None
    protocol: str
    """Protocol that is blocked: a term of the vocabulary `protocols`."""
    vantage: str
    """Place from which the blocking was measured."""
    vantage_zh: str
    vantage_points: int = Field(ge=1)
    """Number of distinct vantage points, as the publisher states it. Measuring on several days doesn't increase it."""
    rule: str
    """The key, in the source's `rules`, of the rule that turns the lists into observations."""


class Edition(Content):
    """Openly licensed facts that Overt ships in the source's `edition/` folder."""

    retrieved: str = Field(pattern=r"^\d{4}-\d\d-\d\d$")
    transcribed: str | None = None
    """How the edition was made. If the edition is imported, this replaces the source's own `transcribed`."""
    transcribed_zh: str | None = None
    part: str | None = None
    """Which part of the publisher's data the edition contains, if it is a different part than in the publisher's files."""
    part_zh: str | None = None


class SourceSpec(Content):
    """A source's metadata, licence, files, mapping and checks."""

    slug: str
    title: str
    title_zh: str | None = None
    """Chinese versions of strings are optional. Without one, a Chinese page shows the English string."""
    publisher: str
    publisher_zh: str | None = None
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
    """Whether the source is one of Overt's own registers. The site labels it as such."""
    as_of: str | None = None
    """Date of the data (EDTF) in the edition that `counts` describes, if the data don't state it themselves."""
    covers: str
    covers_zh: str | None = None
    not_covered: str
    not_covered_zh: str | None = None
    records: dict[str, str]
    """Key template of each record type of the source, e.g. `project: "{id}"`."""
    unique: list[str] = []
    """Record types for which a second row with the same record is a problem."""
    one_to_one: list[str] = []
    """Record types without duplicates in this source: two of its records never describe the same item."""
    distinct: list[str] = []
    """Record types for which two rows of one edition always describe two items.

    A score never merges two such records of the source. Names that are equal once normalised still merge them, because editions
    may write one name differently.
    """
    different: dict[str, list[str]] = {}
    """For each record of this source, records of other sources that are easily mistaken for it but are different."""
    names: list[str] = []
    """Record types whose names in this source are those of the item itself. In other sources, a name may be that of a payment."""
    draws_on: dict[str, str] = {}
    """How this source repeats or continues other sources, by their names. It doesn't count as confirming those sources (see
    `overt.release.overlaps`).
    """
    draws_on_zh: dict[str, str] = {}
    describes: str | None = None
    """Name of another source. This source describes that source's records, under a licence of its own, and that source's
    importer decides which records are in scope.
    """
    complete: dict[str, str] = {}
    """Record types for which the source is complete by definition, each with the reason: an official list, or a register that
    defines its own scope. Estimates leave the source out, because other lists can't show that it misses anything.
    """
    complete_zh: dict[str, str] = {}
    limited_to: dict[str, str] = {}
    """A description of everything that the source could contain, by record type, and under `presence` for organisations that
    are active in a country. Types without an entry are unlimited. Lists with different limits don't count the same population.
    """
    limited_to_zh: dict[str, str] = {}
    files: dict[str, FileSpec] = Field(min_length=1)
    series: dict[str, SeriesSpec] = {}
    """Series of blocklists in the source (`Context.observe`)."""
    any_of: list[list[str]] = []
    scope: dict[str, str] = {}
    scope_zh: dict[str, str] = {}
    rules: dict[str, str] = {}
    rules_zh: dict[str, str] = {}
    mapping: dict[str, RoleMapping] = {}
    """How the rows of each role become records. `importer.py` reads the roles that are missing here."""
    counts: Counts = Counts()
    lookups: dict[str, dict[str, str]] = {}
    words_zh: dict[str, str] = {}
    """Chinese translations of fixed words in the source's cells. In one of our own registers, the words are our wording;
    otherwise they are the source's vocabulary, including generic names.
    """
    renamed: dict[str, str] = {}
    """New ids of records whose key changed, by old id. Judgements about the old id apply to the new one, and the old id's
    address redirects to the new one.
    """
    edition: Edition | None = None

    def key_template(self, record_type: str) -> str | None:
        """Return the key template of a record type: the source's own or, with a mapping, the default; otherwise None."""
        return self.records.get(record_type) or (DEFAULT_KEYS.get(record_type) if self.mapping else None)

    @property
    def has_measurements(self) -> bool:
        """Whether the source has individual network measurements."""
        return any(file.format == "measurements" for file in self.files.values())

    @field_validator("lookups", mode="before")
    @classmethod
    def _with_empty_lookups(cls, lookups: Any) -> Any:
        """Allow a lookup in which all lines are comments."""
        if lookups is None:
            return {}
        return {name: {} if words is None else words for name, words in lookups.items()} if isinstance(lookups, dict) else lookups

    @field_validator("address")
    @classmethod
    def _is_web_address(cls, address: str) -> str | None:
        return address if is_own_path(address) else check_web_address(address)

    @field_validator("describes")
    @classmethod
    def _is_source_name(cls, name: str | None) -> str | None:
        """Refuse text that isn't a source's name, because the name becomes part of a path before the user trusts the atlas."""
        if name is not None and not is_source_name(name):
            raise ValueError(f"{name!r} is not the name of a source")
        return name

    @field_validator("as_of")
    @classmethod
    def _is_date(cls, text: str | None) -> str | None:
        return None if text is None else checked(canonical_date, text)

    @model_validator(mode="after")
    def _references_are_defined(self) -> Self:
        if not is_source_name(self.slug):
            known = f"lower-case letters, digits, underscores; not {EDITORIAL_SOURCE}"
            raise ValueError(f"the folder's name {self.slug!r} is not a source's name ({known})")
        for key in ("unique", "one_to_one", "distinct", "names", "complete"):
            if undefined := sorted(set(getattr(self, key)) - set(self.records)):
                raise ValueError(f"`{key}` names {undefined[0]!r}, which `records` does not define")
        any_of_roles = {role for roles in self.any_of for role in roles}
        for key, roles in (("any_of", any_of_roles), ("counts: files", set(self.counts.files)), ("mapping", set(self.mapping))):
            if undefined := sorted(roles - set(self.files)):
                raise ValueError(f"`{key}` names {undefined[0]!r}, which `files` does not define")
        if undefined := sorted({series.rule for series in self.series.values()} - set(self.rules)):
            raise ValueError(f"`series` names the rule {undefined[0]!r}, which `rules` does not define")
        translations = (
            ("scope_zh", self.scope_zh, self.scope),
            ("rules_zh", self.rules_zh, self.rules),
            ("draws_on_zh", self.draws_on_zh, self.draws_on),
            ("complete_zh", self.complete_zh, self.complete),
            ("limited_to_zh", self.limited_to_zh, self.limited_to),
        )
        for name, chinese, english in translations:
            if undefined := sorted(chinese.keys() - english.keys()):
                raise ValueError(f"`{name}` names {undefined[0]!r}, which `{name.removesuffix('_zh')}` does not define")
        return self
