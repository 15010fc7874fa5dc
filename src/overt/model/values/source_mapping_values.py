"""Values of a `mapping:`: where they come from and how they are read.

The docstrings of these models are the reference for editors: docs/mapping.md is generated from them.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, field_validator, model_validator

from overt.model.errors import ValueProblem
from overt.model.record_ids import key_parts
from overt.model.values.amounts import canonical_money_unit, canonical_number
from overt.model.values.date_format_precision import format_precision
from overt.model.values.language_codes import check_language
from overt.model.values.regular_expressions import compile_pattern
from overt.model.yaml_reading_and_validation import Content, checked


def as_list(value: Any) -> Any:
    """Return a single YAML item as a list with one element; lists and None are left unchanged."""
    return value if isinstance(value, list) or value is None else [value]


def as_column(value: Any) -> Any:
    """Return a string as a value with this column, and any other item unchanged."""
    return {"column": value} if isinstance(value, str) else value


def as_columns(value: Any) -> Any:
    """Return one or several values as a list. A string becomes a value with this column."""
    return [as_column(item) for item in value] if isinstance(value, list) else [as_column(value)]


Texts = Annotated[list[str], BeforeValidator(as_list)]
"""A list of strings. A single string counts as a list of one."""


class Condition(Content):
    """A condition on the text of one column. The text must meet every key that is present. Case does not matter."""

    column: str
    """The column to examine."""
    lookup: str | None = None
    """A lookup that is applied to the text first. A word that is not in the lookup is a problem."""
    equals: Texts | None = None
    """The text is one of these."""
    differs: Texts | None = None
    """The text is none of these."""
    contains: Texts | None = None
    """The text contains one of these."""
    matches: str | None = None
    """The text contains a match of this regular expression (RE2)."""
    filled: bool | None = None
    """Whether the cell must contain text (`true`) or be empty (`false`)."""

    @field_validator("matches")
    @classmethod
    def _is_pattern(cls, pattern: str | None) -> str | None:
        return _check_pattern(pattern)

    @model_validator(mode="after")
    def _has_a_test(self) -> Self:
        if all(test is None for test in (self.equals, self.differs, self.contains, self.matches, self.filled)):
            raise ValueError("a condition needs one of equals, differs, contains, matches, filled")
        return self


Conditions = Annotated[list[Condition], BeforeValidator(as_list)]


class Value(Content):
    """Where a value comes from and how it is read. A text alone is short for `{column: that text}`.

    The steps apply in this order: `when`, the origin, `html`, `if_empty`, `split`, `empty`, `match`, `corrections`, `among` or
    `not_among`, `lookup`, and last the reading as a date, number, amount, country or word of a vocabulary, as the property needs
    it.
    """

    column: str | None = None
    """The column. In JSON, a pointer reaches into nested values (`/owner/name`), and `*` stands for every item of a list."""
    constant: str | None = None
    """A fixed value instead of a column. Its evidence is the record's key, or the cells of `at`; if they are all empty, nothing
    is stated.
    """
    template: str | None = None
    """Text composed of several columns, as in `{scheme}:{number}`. If one of them is empty, nothing is stated."""
    at: Texts | None = None
    """Further columns that support the value. For a constant, the columns that state it."""
    words: str | None = None
    """For a constant: the source's words for it, such as the heading of the column that states it."""
    when: Conditions = []
    """Conditions that must hold for the value to be stated."""
    if_empty: str | None = None
    """The meaning of an empty cell, if the source defines one. Otherwise an empty cell states nothing."""
    html: bool = False
    """Whether the cell contains HTML. If so, only its text is read."""
    empty: Texts = []
    """Texts that mean that nothing is stated, such as `n/a`."""
    split: Texts = []
    """Separators between several values in one cell. A word such as `and` only separates as a whole word."""
    match: str | None = None
    """A regular expression (RE2) for the part of the text to use: its group `value`, otherwise its first group, otherwise all
    that it matches. A text that does not match is a problem.
    """
    rule: str | None = None
    """For a value that is extracted from a longer text: the rule in `rules:` that extracts it. The claim is then `coded`."""
    corrections: str | None = None
    """A lookup of misspellings. Other words are left unchanged."""
    among: str | None = None
    """Keep only the words in this lookup, and replace them with its values."""
    not_among: str | None = None
    """Leave out the words in this lookup."""
    lookup: str | None = None
    """The lookup that translates the source's words into Overt's. Case does not matter. A word that is not in the lookup is a
    problem, unless it is a word of the property's own vocabulary or, for an area, the name of a country.
    """
    dates: Texts = []
    """Formats of dates, such as `%d/%m/%Y`, `%b %Y` or `%Y`; a format without a day gives a month. `serial` reads the numbers
    with which spreadsheets count days. ISO dates are always understood. A date cell of a workbook that shows only a month or a
    year is read as that.
    """
    currency: "str | Value | None" = None
    """For money: the currency to use if the text has none, or only `$` or `¥`, as a code (`USD`) or from a column of codes or
    symbols. In a workbook, the currency that a cell's format shows is part of its text.
    """
    prices_of: int | None = None
    """For money in constant prices: the year of the prices."""
    times: str | None = None
    """A factor, such as `1000000` if the column counts in millions. A text with its own scale (`2 bn`) is a problem."""
    unit: "str | Value | None" = None
    """For a number: its unit. A unit that follows the number (`12 km`) is recognised."""
    decimal: Literal[".", ","] = "."
    """The decimal mark; `.` by default."""
    lang: "str | Value | None" = None
    """Language of a name or text (BCP 47), or the column that has it. If it is missing, the source's language is used, except
    for words from `lookup` or `among`; `""` means none.
    """
    valid_from: "Value | None" = None
    """When the value began to be true."""
    valid_to: "Value | None" = None
    """When the value ceased to be true."""
    existing: bool = False
    """Whether the cell has the key of a record that another row describes, rather than a name. That row must come first: earlier
    in the file, or in a role that is earlier in `mapping:`. If there is no such row, that is a problem.
    """
    cited: bool = True
    """Whether the row's documents state this value."""
    required: bool = False
    """Whether an empty cell is a problem."""
    optional: bool = False
    """Whether the column may be missing from the file."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        return as_column(data)

    @field_validator("match")
    @classmethod
    def _is_pattern(cls, pattern: str | None) -> str | None:
        return _check_pattern(pattern)

    @field_validator("split")
    @classmethod
    def _are_separators(cls, separators: list[str]) -> list[str]:
        if "" in separators:
            raise ValueError('an empty text separates nothing; write the sign, as in `split: ";"`')
        return separators

    @field_validator("dates")
    @classmethod
    def _are_formats(cls, formats: list[str]) -> list[str]:
        for format_ in formats:
            checked(format_precision, format_)
        return formats

    @field_validator("lang")
    @classmethod
    def _is_language(cls, lang: "str | Value | None") -> "str | Value | None":
        return checked(check_language, lang) if isinstance(lang, str) and lang else lang

    @field_validator("currency")
    @classmethod
    def _is_currency(cls, currency: "str | Value | None") -> "str | Value | None":
        if isinstance(currency, str):
            try:
                canonical_money_unit(currency)
            except ValueProblem:
                raise ValueError(f"{currency!r} is not the code of a currency (ISO 4217, as in USD)") from None
        return currency

    @field_validator("times")
    @classmethod
    def _is_factor(cls, factor: str | None) -> str | None:
        return None if factor is None else checked(canonical_number, factor)

    @property
    def has_origin(self) -> bool:
        """Whether the value has a column, constant or template."""
        return any(origin is not None for origin in (self.column, self.constant, self.template))

    @model_validator(mode="after")
    def _has_one_origin(self) -> Self:
        origins = 3 - [self.column, self.constant, self.template].count(None)
        if origins > 1 or (origins == 0 and self._needs_origin()):
            raise ValueError("needs one of `column:`, `constant:` and `template:`")
        if self.template is not None and not key_parts(self.template):
            raise ValueError("`template:` names no column in braces, as in `{Product} in {Town}`; or write `constant:`")
        return self

    def _needs_origin(self) -> bool:
        return True


Values = Annotated[list[Value], BeforeValidator(as_columns)]


def _check_pattern(pattern: str | None) -> str | None:
    if pattern is not None:
        try:
            compile_pattern(pattern)
        except ValueError as error:
            raise ValueError(f"is not a regular expression of RE2: {error}") from None
    return pattern
