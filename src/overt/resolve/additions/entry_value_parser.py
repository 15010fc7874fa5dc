"""Parse the values and the language of an entry, and put the values in canonical form."""

from typing import Any, NamedTuple

from overt.importing.editing.date_format_guess import guess_formats
from overt.importing.editing.word_matching import match_area, match_word
from overt.importing.mapping.written_amounts import is_money, read_money, read_number, reads_money
from overt.model.content_catalogue import Catalogue
from overt.model.errors import ValueProblem, quote_text
from overt.model.schema import Property
from overt.model.spelling_suggestions import similar_hint
from overt.model.values.dates import canonical_date
from overt.model.values.language_codes import check_language
from overt.resolve.additions.entry_field_normalization import plain_text

VALUE_KEYS = ("value", "unit", "lang", "from", "to", "document")


class AddedValue(NamedTuple):
    """A value of an entry as the editor wrote it: the text, with its unit, language, period and document."""

    text: str
    unit: str | None = None
    lang: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    document: Any = None
    """The value's own document; None if the entry's document applies."""


def read_written(data: Any) -> AddedValue:
    """Parse a value that an editor wrote as a scalar, or as a dict with VALUE_KEYS.

    Raises ValueProblem for a list, an unknown key, an invalid language, or an invalid date in `from` or `to`.
    """
    if not isinstance(data, dict):
        return AddedValue(plain_text(data))
    for key in data:
        if key not in VALUE_KEYS:
            raise ValueProblem(f"there is no key {key!r}{similar_hint(str(key), VALUE_KEYS)}; use {', '.join(VALUE_KEYS)}")
    texts = {key: plain_text(data[key]) if data.get(key) is not None else None for key in VALUE_KEYS[:-1]}
    lang = check_language(texts["lang"]) if texts["lang"] else None
    since, until = (canonical_date(text) if (text := texts[key]) else None for key in ("from", "to"))
    return AddedValue(texts["value"] or "", texts["unit"], lang, since, until, data.get("document"))


def read_language(data: Any, problems: list[str]) -> str:
    """Return the language of an entry's names and texts: English unless the entry states another.

    An invalid language is added to `problems` and counts as English.
    """
    try:
        return check_language(plain_text(data) or "en")
    except ValueProblem as error:
        problems.append(f"lang: {error}")
        return "en"


def canonical_value(content: Catalogue, property_: Property, value: AddedValue) -> tuple[str, str | None]:
    """Return a value's canonical form, and its unit (None if it has none).

    Raises ValueProblem for an invalid value. For an unknown word or area, an invalid date, or money without a
    currency, the message says what to write.
    """
    text, unit = value.text, value.unit
    match property_.type:
        case "term":
            vocabulary = content.vocabularies[property_.vocabulary or ""]
            if (term := vocabulary.find(text)) is not None:
                return term, None
            match = match_word(vocabulary, text)
            similar = [match.term] if match.term else match.similar
            hint = f"is it {' or '.join(similar)}?" if similar else f"use one of {', '.join(vocabulary.by_id)}"
            raise ValueProblem(f"{quote_text(text)} is not known; {hint}")
        case "area":
            area = match_area(content.areas, text)
            if area.term is None:
                names = [f"{content.areas.areas[code].label} ({code})" for code in area.similar]
                hint = f"; is it {' or '.join(names)}?" if names else "; write its English name or ISO code"
                raise ValueProblem(f"{quote_text(text)} is not a known country or area{hint}")
            return area.term, None
        case "date":
            try:
                return canonical_date(text), None
            except ValueProblem:
                form = guess_formats([text]).formats
                hint = " (write the year first, then the month and the day)" if form else ""
                raise ValueProblem(f"{quote_text(text)} is not a date: write 2019, 2019-05 or 2019-05-17{hint}") from None
        case "money" if unit is None:
            if not reads_money(text, None) and is_money(text):
                raise ValueProblem(f"{quote_text(text)} doesn't say in which currency; write its code, as in 5,000,000 USD")
            amount = read_money(text, None)
            return content.canonical(property_, amount.number, amount.unit)
        case "number" if unit is None:
            number = read_number(text)
            return content.canonical(property_, number.number, number.unit)
        case _:
            return content.canonical(property_, text, unit)
