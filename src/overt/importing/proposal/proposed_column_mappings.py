"""Proposes how a mapping reads each kind of column."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pycountry

from overt.importing.editing.date_format_guess import guess_formats
from overt.importing.editing.problem_hints import DATE_EXAMPLE, correction_line, lookup_line
from overt.importing.editing.synonyms_and_missing_value_words import NOTHING
from overt.importing.editing.word_matching import clear_area, clear_term, match_area, match_word
from overt.importing.editing.yaml_scalars import yaml_list, yaml_scalar
from overt.importing.mapping.written_amounts import is_money, reads_money
from overt.importing.proposal import list_separators, text_kinds
from overt.importing.proposal.column_guesses import ColumnGuess
from overt.importing.proposal.column_samples import ColumnSample
from overt.model.content_catalogue import Catalogue
from overt.model.vocabulary import Vocabulary

MAX_WORDS = 80
"""Maximum number of words in a proposed lookup."""
_SCALES = (
    (r"\b(millions?|mn|mio|mln|m)\b|百万", "1000000"),
    (r"\b(billions?|bn)\b|十亿", "1000000000"),
    (r"\bthousands?\b|\b000s\b|千", "1000"),
)
_LENGTHS = (
    (r"\bkms?\b|kilomet|公里|千米", "1"),
    (r"\bnautical\b|\bnmi?\b|海里", "1.852"),
    (r"\bmi\b|\bmiles?\b", "1.609344"),
    (r"\bm\b|\bmet(re|er)s?\b|米", "0.001"),
)
"""Kilometres per unit, by a pattern that matches the names of columns with lengths."""
_SIGNS = {"US$": "USD", "€": "EUR", "£": "GBP", "RMB": "CNY", "人民币": "CNY", "美元": "USD"}


@dataclass
class ProposedValue:
    """A value of a mapping as YAML, with comments for the editor and the lookups that it uses."""

    options: list[str] = field(default_factory=list)
    """Keys in addition to `column:`, as YAML."""
    comments: list[str] = field(default_factory=list)
    lookups: dict[str, list[str]] = field(default_factory=dict)
    """The lines of each lookup."""

    def yaml(self, column: str) -> str:
        """Return the value on one line."""
        if not self.options:
            return yaml_scalar(column)
        return f"{{{', '.join([f'column: {yaml_scalar(column)}', *self.options])}}}"


def name_value(guess: ColumnGuess) -> ProposedValue:
    """Return how to read a column of names."""
    value = ProposedValue()
    if guess.lang:
        value.options.append(f"lang: {guess.lang}")
    _add_empty(value, guess.column)
    return value


def party_value(guess: ColumnGuess) -> ProposedValue:
    """Return how to read a column of organisations."""
    value = ProposedValue([f"lang: {guess.lang}"] if guess.lang else [])
    separators, open_texts = list_separators.name_separators(guess.column)
    unnamed = list_separators.unnamed_parts(text_kinds.stated(guess.column.texts), separators)
    _add_empty(value, guess.column, more=unnamed)
    if separators:
        value.options.insert(0, f"split: {yaml_list(separators)}")
    if open_texts:
        value.comments.append(
            f"? one organisation or several: {', '.join(open_texts[:3])}; if several, add the separator to `split:`"
        )
    return value


def date_value(column: ColumnSample) -> ProposedValue:
    """Return how to read a column of dates. If the order of day and month is unclear, the editor must decide."""
    value = ProposedValue()
    texts = text_kinds.stated(column.texts)
    guess = guess_formats(texts, serial=True)
    if guess.formats:
        value.options.append(f"dates: [{', '.join(_quoted(format_) for format_ in guess.formats)}]")
    if guess.ambiguous:
        twins = " or ".join(map(_quoted, guess.twins))
        value.comments.append(f"? {', '.join(guess.ambiguous[:3])}: day or month first? Add {twins} to `dates:`, not both.")
    _add_corrections(value, "dates", guess.unread, DATE_EXAMPLE)
    _add_empty(value, column)
    return value


def term_value(column: ColumnSample, vocabulary: Vocabulary, lookup: str, *, many: bool = True) -> ProposedValue:
    """Return how to read a column of words, with a lookup of the words. `many`: whether a cell can have several words."""
    value = ProposedValue()
    separators = [] if not many else list_separators.word_separators(column, lambda text: clear_term(vocabulary, text))
    if separators:
        value.options.append(f"split: {yaml_list(separators)}")
    pattern = re.compile("|".join(map(re.escape, separators))) if separators else None
    words = [word.strip() for text in column.texts for word in (pattern.split(text) if pattern else [text])]
    words = [word for word in dict.fromkeys(words) if word and (word.casefold() not in NOTHING or vocabulary.find(word))]
    folded = list({word.casefold(): word for word in reversed(words)}.values())[::-1]
    value.options.insert(0, f"lookup: {lookup}")
    value.lookups[lookup] = [lookup_line(match_word(vocabulary, word)) for word in folded[:MAX_WORDS]]
    _add_empty(value, column, lambda text: vocabulary.find(text) is None)
    return value


def country_value(column: ColumnSample, content: Catalogue) -> ProposedValue:
    """Return how to read a column of countries. Unknown names go into a lookup."""
    value = ProposedValue()
    separators = list_separators.word_separators(column, lambda text: clear_area(content.areas, text))
    if separators:
        value.options.append(f"split: {yaml_list(separators)}")
    pattern = re.compile("|".join(map(re.escape, separators))) if separators else None
    names = [name.strip() for text in text_kinds.stated(column.texts) for name in (pattern.split(text) if pattern else [text])]
    unknown = [name for name in dict.fromkeys(names) if name and clear_area(content.areas, name) is None]
    if unknown:
        value.options.insert(0, "lookup: countries")
        value.lookups["countries"] = [lookup_line(match_area(content.areas, name)) for name in unknown[:MAX_WORDS]]
    _add_empty(value, column)
    return value


def amount_value(column: ColumnSample, *, has_currency_column: bool) -> ProposedValue:
    """Return how to read a column of amounts. Its texts show the decimal mark; its name may show the currency and a factor."""
    value = ProposedValue()
    texts = text_kinds.stated(column.texts)
    decimal = max(".,", key=lambda mark: sum(is_money(text, mark) for text in texts))
    if decimal == ",":
        value.options.append('decimal: ","')
    currency = _currency_of(column.name)
    without = [text for text in texts if not reads_money(text, None, decimal) and is_money(text, decimal)]
    if currency:
        value.options.append(f"currency: {currency}")
    elif without and not has_currency_column:
        value.comments.append(f"? {', '.join(without[:3])}: in which currency? Add it, as in `currency: USD`.")
    if times := next((factor for pattern, factor in _SCALES if re.search(pattern, column.name, re.IGNORECASE)), None):
        value.options.append(f'times: "{times}"')
    _add_corrections(value, "amounts", [text for text in texts if not is_money(text, decimal)], "1200000 USD")
    _add_empty(value, column)
    return value


def length_value(column: ColumnSample) -> ProposedValue:
    """Return how to read a column of lengths, in kilometres.

    If its name has no unit, and not all texts end in `km`, a comment asks for the unit.
    """
    factor = next((factor for pattern, factor in _LENGTHS if re.search(pattern, column.name, re.IGNORECASE)), None)
    if factor is not None:
        return ProposedValue([f'times: "{factor}"'] if factor != "1" else [])
    has_units = all(text.endswith("km") for text in text_kinds.stated(column.texts))
    return ProposedValue(comments=[] if has_units else ["? In kilometres? If not, `times:` converts them."])


def address_value(column: ColumnSample) -> ProposedValue:
    """Return how to read a column of web addresses."""
    value = ProposedValue()
    texts = text_kinds.stated(column.texts)
    separators = [
        separator
        for separator in (";", "\n", "|", " ", ",")
        if any(re.search(rf"{re.escape(separator)}\s*https?://", text) for text in texts)
    ]
    if separators:
        value.options.append(f"split: {yaml_list(separators)}")
    _add_empty(value, column)
    return value


def _add_empty(
    value: ProposedValue, column: ColumnSample, test: Callable[[str], bool] = lambda text: True, more: Sequence[str] = ()
) -> None:
    nothing = list(dict.fromkeys([*(text for text in column.texts if text.casefold() in NOTHING and test(text)), *more]))
    if nothing:
        value.options.append(f"empty: {yaml_list(nothing)}")


def _add_corrections(value: ProposedValue, lookup: str, texts: Sequence[str], example: str) -> None:
    if texts:
        value.options.append(f"corrections: {lookup}")
        value.lookups[lookup] = [correction_line(text, example) for text in texts[:MAX_WORDS]]


def _currency_of(name: str) -> str | None:
    for sign, code in _SIGNS.items():
        if sign in name:
            return code
    return next((word for word in re.findall(r"\b[A-Z]{3}\b", name) if pycountry.currencies.get(alpha_3=word)), None)


def _quoted(text: str) -> str:
    return f'"{text}"'
