"""The `mapping:` of a source: which columns of its files become which records and properties, without Python.

The docstrings of these models are the reference for editors: docs/mapping.md is generated from them.
"""

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from overt.model.values.source_mapping_values import Conditions, Texts, Value, Values, as_columns, as_list
from overt.model.yaml_reading_and_validation import Content

ROW_VALUE = "(value)"
"""Name by which a record that is made `per_column` refers to the cell of its column."""
ROW_WORD = "(word)"
"""Name by which a record that is made `per_column` refers to the word of its column."""


class Party(Value):
    """An organisation with a role in the project, or one that another property refers to. The column has its name, or several
    names. With several names, the other keys need a value for each name, or a single value for all.
    """

    country: Values = []
    """The organisation's country."""
    kind: Values = []
    """What kind of organisation it is."""
    role: Value | None = None
    """For `parties`: the organisation's role."""
    start: Values = []
    """When the role began."""
    end: Values = []
    """When the role ended."""
    known_from: Annotated[Values, Field(alias="known-from")] = []
    """The kind of document or observation that shows the role."""


Parties = Annotated[list[Party], BeforeValidator(as_columns)]


class Place(Value):
    """A place of the project. The column has the name of the town or site, or several names. With several names, the other keys
    need a value for each name, or a single value for all, and a point or shape is a problem. A place with a point or shape
    needs no name.
    """

    geocode: bool = False
    """Whether to find the town in the gazetteer. A place gets no point if its name is unknown or ambiguous, or if its country is
    unknown.
    """
    country: Values = []
    """The place's country. Without it, the project's country is used if it has only one."""
    admin1: Value | None = None
    """The province or state, which distinguishes towns of the same name."""
    latitude: Value | None = None
    """The latitude of a point, in degrees."""
    longitude: Value | None = None
    """The longitude of a point, in degrees."""
    geometry: Values = []
    """The place as WKT, with the longitude first."""
    precision: Values = []
    """How exactly the point is known. If it is missing, a point in the file is `exact`, a town that is looked up in the gazetteer
    has the gazetteer's precision or is `unlocated`, and any other place is a `locality`.
    """
    kind: Values = []
    """What the place is to the project. If it is missing, the place is a site."""

    @model_validator(mode="after")
    def _has_both_coordinates(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("a point needs `latitude:` and `longitude:`")
        return self

    def _needs_origin(self) -> bool:
        return self.latitude is None and not self.geometry


class Commitment(Value):
    """Money promised to the project. The column has the amount, or several amounts. With several amounts, the other keys need a
    value for each amount, or a single value for all.
    """

    financier: Parties = []
    """Who promised it."""
    flow_type: Annotated[Values, Field(alias="flow-type")] = []
    """Loan, grant or another kind of flow."""
    agreed: Values = []
    """When it was promised."""
    status: Values = []
    """The status of the commitment."""


class Document(Value):
    """A document that the row cites for its facts. The column has the address, or several addresses."""

    title: Values = []
    """The document's title: one for each address."""
    publisher: Values = []
    """The document's publisher: one for each address, or one for all addresses."""
    published: Values = []
    """When it was published: one date for each address, or one for all addresses."""
    language: Values = []
    """The document's language (BCP 47): one for each address, or one for all addresses."""
    place: str | None = None
    """The column with the place in the document. It becomes additional evidence for every value. If it is empty, a row with an
    address has a problem.
    """


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
    """Whether the row adds to a record that an earlier row, or a role earlier in `mapping:`, describes. If there is no such row,
    that is a problem.
    """
    when: Conditions = []
    """The record is made only from rows for which these conditions hold."""
    each: Value | None = None
    """Make a record for each part of a cell. Within the record, the column has only that part."""
    per_column: str | dict[str, str] | None = None
    """Make a record for each of several columns whose cell is filled. The value is a mapping from columns to words, or the
    name of a lookup that is one. Within the record, `(value)` is the column's cell and `(word)` is its word.
    """
    document: list[Document] = []
    """The documents that the row cites."""
    place: list[Place] = []
    """For a project: its places."""
    commitment: list[Commitment] = []
    """For a project: the money promised to it."""
    parties: list[Party] = []
    """Organisations whose role is in a separate column."""
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
            known[name] = as_list(known.get(name, []))
        return {**known, "properties": {name: value for name, value in data.items() if name not in SPECIAL}}

    @model_validator(mode="after")
    def _is_made_for_parts_of_a_column(self) -> Self:
        if self.each is not None and self.each.column is None:
            raise ValueError('`each:` needs a column, as in `each: {column: Country, split: [";"]}`')
        if self.each is not None and self.per_column is not None:
            raise ValueError("has `each:` and `per_column:`; a record is made for one of them")
        return self


class RoleMapping(Content):
    """The mapping of the files of one role."""

    ignore: dict[str, str] = {}
    """Unused columns, each with the reason."""
    other_names: dict[str, Texts] = {}
    """Columns with another name in an older or newer edition of the file: the name that this mapping uses, and the other names.
    A file that has columns with two of these names is refused.
    """
    unique: Texts = []
    """Columns in which no two imported rows may have the same text, unless it is empty."""
    out_of_scope: dict[str, Conditions] = {}
    """Rules of `scope:`, each with the conditions under which it leaves a row out."""
    as_of: Value | None = None
    """The date of the data."""
    records: list[RecordMapping] = Field(min_length=1)
    """The records that a row describes."""
