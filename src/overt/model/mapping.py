"""The `mapping:` of a source: which columns of its files become which records and properties, without Python.

The docstrings of these models are the reference for editors: docs/mapping.md is generated from them.
"""

import re
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from overt.model.record_ids import key_parts
from overt.model.yaml import Content

ROW_VALUE = "(value)"
ROW_WORD = "(word)"
"""Pseudo columns of a record that is made `per_column`: the cell of the column, and the word that the column stands for."""


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) or value is None else [value]


def _as_column(value: Any) -> Any:
    return {"column": value} if isinstance(value, str) else value


def _as_columns(value: Any) -> Any:
    return [_as_column(item) for item in value] if isinstance(value, list) else [_as_column(value)]


Texts = Annotated[list[str], BeforeValidator(_as_list)]
"""A list of texts. A single text stands for a list of one."""


class Condition(Content):
    """A condition on a row: on the text of one column. All keys that are given must hold. Case does not matter."""

    column: str
    """The column that is looked at."""
    lookup: str | None = None
    """A lookup that is applied to the text first. A word that it lacks is a problem."""
    equals: Texts | None = None
    """The text is one of these."""
    differs: Texts | None = None
    """The text is none of these."""
    contains: Texts | None = None
    """The text contains one of these."""
    matches: str | None = None
    """The text matches this regular expression somewhere."""
    filled: bool | None = None
    """Whether the cell must have a text (`true`) or must be empty (`false`)."""

    @field_validator("matches")
    @classmethod
    def _is_pattern(cls, pattern: str | None) -> str | None:
        return _check_pattern(pattern)

    @model_validator(mode="after")
    def _has_a_test(self) -> Self:
        if all(test is None for test in (self.equals, self.differs, self.contains, self.matches, self.filled)):
            raise ValueError("a condition needs one of equals, differs, contains, matches, filled")
        return self


Conditions = Annotated[list[Condition], BeforeValidator(_as_list)]


class Value(Content):
    """Where a value comes from and how it is read. A bare text stands for `{column: that text}`.

    The steps apply in this order: the origin, `when`, `html`, `if_empty`, `split`, `empty`, `match`, `corrections`,
    `among` or `not_among`, `lookup`, and last the reading as a date, number, amount, country or word of a vocabulary, as the
    property needs it.
    """

    column: str | None = None
    """The column. In JSON, a pointer reaches into nested values (`/owner/name`), and `*` stands for every item of a list."""
    constant: str | None = None
    """A fixed value instead of a column. Its evidence is the record's key, or the cells of `at`."""
    template: str | None = None
    """A text made of several columns, as in `{scheme}:{number}`. If one of them is empty, nothing is stated."""
    at: Texts | None = None
    """Further columns that support the value. For a constant, the columns that say so."""
    words: str | None = None
    """For a constant: the source's words for it, such as the heading of the column that says so."""
    when: Conditions = []
    """The value is stated only in rows for which these conditions hold."""
    if_empty: str | None = None
    """What an empty cell says, if the source defines it. Otherwise an empty cell says nothing."""
    html: bool = False
    """The cell contains HTML, of which only the text is read."""
    empty: Texts = []
    """Texts that mean that nothing is stated, such as `n/a`."""
    split: Texts = []
    """Separators between several values in one cell. A word such as `and` only separates as a whole word."""
    match: str | None = None
    """A regular expression for the part of the text to use: its group `value`, else its first group, else all that it
    matches. A text that does not match is a problem.
    """
    rule: str | None = None
    """For a value that is read out of a longer text: the rule of `rules:` by which it is. The claim then is `coded`."""
    corrections: str | None = None
    """A lookup of misspellings. Words that it lacks stay as they are."""
    among: str | None = None
    """Keep only the words in this lookup, and use what it says for them."""
    not_among: str | None = None
    """Leave out the words in this lookup."""
    lookup: str | None = None
    """The lookup that translates the source's words into ours. Case does not matter. A word that it lacks is a problem, unless
    it is a word of the property's own vocabulary.
    """
    dates: Texts = []
    """Formats of dates, as in `%d/%m/%Y`, `%b %Y` or `%Y`; a format without a day gives a month. `serial` reads the numbers by
    which spreadsheets count days. ISO dates are always understood.
    """
    currency: "str | Value | None" = None
    """For money: the currency where the text names none or only `$`, as a code (`USD`) or from a column."""
    prices_of: int | None = None
    """For money in constant prices: their year."""
    times: str | None = None
    """A factor, such as `1000000` if the column counts in millions."""
    unit: "str | Value | None" = None
    """For a number: its unit. A unit that is written behind the number (`12 km`) is recognised."""
    decimal: Literal[".", ","] = "."
    """The decimal mark."""
    lang: "str | Value | None" = None
    """Language of a name or text (BCP 47), or the column that has it. Without it, that of the source; `""` is none."""
    valid_from: "Value | None" = None
    """From when the value was true."""
    valid_to: "Value | None" = None
    """Until when the value was true."""
    existing: bool = False
    """The cell has the key of a record that another row describes, rather than a name. Without such a row it is a problem."""
    cited: bool = True
    """Whether the documents of the row say this."""
    required: bool = False
    """An empty cell is a problem."""
    optional: bool = False
    """The column may be missing from the file."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        return _as_column(data)

    @field_validator("match")
    @classmethod
    def _is_pattern(cls, pattern: str | None) -> str | None:
        return _check_pattern(pattern)

    @model_validator(mode="after")
    def _has_an_origin(self) -> Self:
        if [self.column, self.constant, self.template].count(None) != 2:
            raise ValueError("needs one of `column:`, `constant:` and `template:`")
        if self.template is not None and not key_parts(self.template):
            raise ValueError("`template:` names no column in braces, as in `{Product} in {Town}`; or write `constant:`")
        return self


Values = Annotated[list[Value], BeforeValidator(_as_columns)]


class Party(Value):
    """An organisation with a role in the project, or one that another property names. The column has its name."""

    country: Values = []
    """The organisation's country."""
    kind: Values = []
    """What kind of organisation it is."""
    role: Value | None = None
    """For `parties`: the role."""
    start: Values = []
    """From when it had the role."""
    end: Values = []
    """Until when it had the role."""
    known_from: Annotated[Values, Field(alias="known-from")] = []
    """The kind of document or observation from which the role is known."""


Parties = Annotated[list[Party], BeforeValidator(_as_columns)]


class Place(Value):
    """A place of the project. The column has the name of the town or site."""

    geocode: bool = False
    """Find the town in the gazetteer. A name that is unknown or ambiguous leaves the place without a point."""
    country: Values = []
    """The place's country. Without it, that of the project, if it has only one."""
    admin1: Value | None = None
    """The province or state, which decides between towns of the same name."""
    latitude: Value | None = None
    """The latitude of a point, in degrees."""
    longitude: Value | None = None
    """The longitude of a point, in degrees."""
    geometry: Values = []
    """The place as WKT, with the longitude first."""
    precision: Values = []
    """How exactly the point is known. Without it, `exact` for coordinates in the file and `locality` for a town."""
    kind: Values = []
    """What the place is to the project. Without it, a site."""


class Commitment(Value):
    """Money promised to the project. The column has the amount."""

    financier: Parties = []
    """Who promised it."""
    flow_type: Annotated[Values, Field(alias="flow-type")] = []
    """Loan, grant or another kind of flow."""
    agreed: Values = []
    """When it was promised."""
    status: Values = []
    """How far it has come."""


class Document(Value):
    """A document that the row cites for its facts. The column has the address, or several addresses."""

    title: Values = []
    """The document's title: one for each address, or one for the only address."""
    publisher: Values = []
    """Who published it."""
    published: Values = []
    """When it was published."""
    language: Values = []
    """The document's language (BCP 47)."""
    place: str | None = None
    """The column that names the place in the document, which becomes further evidence of every value."""


SPECIAL = ("record", "key", "existing", "when", "each", "per_column", "document", "place", "commitment", "parties")


class RecordMapping(Content):
    """A record that a row describes. Further keys are the record type's own properties and, for a project, the roles
    (`supplier`, `customer` …), each with a value or a list of values.
    """

    record: str
    """The record type."""
    key: dict[str, Value] = {}
    """Parts of the record's key that are neither a column nor a property."""
    existing: bool = False
    """The row adds to a record that another row describes. Without such a row it is a problem."""
    when: Conditions = []
    """The record is made only from rows for which these conditions hold."""
    each: Value | None = None
    """Make a record for every part of a cell. Within the record, the column is that part."""
    per_column: str | dict[str, str] | None = None
    """Make a record for each of several columns whose cell is filled: a lookup, or a list, of columns and the words that they
    stand for. `(value)` is the column's cell and `(word)` its word.
    """
    document: list[Document] = []
    """The documents that the row cites."""
    place: list[Place] = []
    """For a project: its places."""
    commitment: list[Commitment] = []
    """For a project: the money promised to it."""
    parties: list[Party] = []
    """Organisations whose role is in a column of its own."""
    properties: dict[str, Parties] = {}
    """Filled from the further keys."""

    @model_validator(mode="before")
    @classmethod
    def _collect(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        if "properties" in data:
            raise ValueError("has no key 'properties'; write the properties and roles beside `record:`")
        known = {name: value for name, value in data.items() if name in SPECIAL}
        for name in ("document", "place", "commitment", "parties"):
            known[name] = _as_list(known.get(name, []))
        return {**known, "properties": {name: value for name, value in data.items() if name not in SPECIAL}}


class RoleMapping(Content):
    """The mapping of the files of one role."""

    ignore: dict[str, str] = {}
    """Columns that are not used, each with the reason."""
    unique: Texts = []
    """Columns in which no two rows have the same text."""
    out_of_scope: dict[str, Conditions] = {}
    """Rules of `scope:`, each with the conditions under which it leaves a row out."""
    as_of: Value | None = None
    """The date of the data."""
    records: list[RecordMapping] = Field(min_length=1)
    """The records that a row describes."""


def _check_pattern(pattern: str | None) -> str | None:
    if pattern is not None:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"is not a regular expression: {error}") from None
    return pattern
