"""Values of a `mapping:`: where they come from and how they are read.

The docstrings of these models are the reference for editors: docs/mapping.md is generated from them.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, field_validator, model_validator

from overt.model.errors import ValueProblem
from overt.model.record_ids import key_parts
from overt.model.values.date_precision import format_precision
from overt.model.values.languages import check_language
from overt.model.values.money import canonical_money_unit, canonical_number
from overt.model.values.patterns import compile_pattern
from overt.model.yaml import Content, checked


def as_list(value: Any) -> Any:
    """Return a single item of YAML as a list of one."""
    return value if isinstance(value, list) or value is None else [value]


def as_column(value: Any) -> Any:
    """Return a text as the value whose column it is."""
    return {"column": value} if isinstance(value, str) else value


def as_columns(value: Any) -> Any:
    """Return values, each of which may be the text of its column, as a list."""
    return [as_column(item) for item in value] if isinstance(value, list) else [as_column(value)]


Texts = Annotated[list[str], BeforeValidator(as_list)]
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
    """The text matches this regular expression (RE2) somewhere."""
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


Conditions = Annotated[list[Condition], BeforeValidator(as_list)]


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
    """A regular expression (RE2) for the part of the text to use: its group `value`, else its first group, else all that it
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
    """For money: the currency where the text names none or only `$`, as a code (`USD`) or from a column of codes or signs."""
    prices_of: int | None = None
    """For money in constant prices: their year."""
    times: str | None = None
    """A factor, such as `1000000` if the column counts in millions. A text with a scale of its own (`2 bn`) is a problem."""
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
    """The cell has the key of a record that another row describes, rather than a name. That row must come first: above, or in a
    role that `mapping:` has above. Without such a row it is a problem.
    """
    cited: bool = True
    """Whether the documents of the row say this."""
    required: bool = False
    """An empty cell is a problem."""
    optional: bool = False
    """The column may be missing from the file."""

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
        """Whether it has a column, constant or template."""
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
