"""Hints on what an editor can add to source.yml to solve a group of problems."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from overt.importing.editing.date_format_guess import guess_formats, quarter_months
from overt.importing.editing.synonyms_and_missing_value_words import NOTHING
from overt.importing.editing.word_matching import WordMatch, match_area, match_word
from overt.importing.editing.yaml_scalars import yaml_list, yaml_scalar
from overt.importing.import_context import DUPLICATE
from overt.importing.input_row import UNUSED
from overt.importing.mapping.property_of_each_value import MappedValue, mapped_values
from overt.importing.mapping.written_amounts import is_money, read_number
from overt.importing.problem_groups import ProblemGroup
from overt.model.content_catalogue import Catalogue
from overt.model.errors import ValueProblem
from overt.model.source import SourceSpec
from overt.model.values.source_mapping_values import Value

MAX_LINES = 12
"""Maximum number of words or columns for which a hint proposes a line."""
DATE_EXAMPLE = '"2019", 2019-05, 2019-05-17 or 2019-07/2019-09'
"""Examples of dates in a lookup. YAML would read a year without quotes as a number."""
_HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,}(/\S*)?$", re.IGNORECASE)
"""Matches an address without its protocol, such as `www.example.org/page`."""
_FEW_TERMS = 16
"""Maximum size of a vocabulary whose terms are all listed if no term is similar to the word."""


@dataclass
class Hint:
    """An instruction to the editor, with lines to add to source.yml."""

    text: str
    lines: list[str] = field(default_factory=list)
    """Lines for source.yml. A line of a lookup is a comment if no value is proposed."""


def problem_hints(spec: SourceSpec, content: Catalogue, group: ProblemGroup) -> list[Hint]:
    """Return what an editor can change to solve a group of problems; an empty list if there is no hint."""
    mapped = mapped_values(spec, content, group.column) if group.column and group.values else []
    texts = list(group.values)
    hints = list(_row_hints(spec, group, texts))
    for each in mapped:
        hints += _hints(spec, content, group.column, each, texts)
    nothing = [text for text in texts if text.casefold() in NOTHING]
    if nothing and mapped and not any(text.casefold() in _emptied(each.value) for each in mapped for text in nothing):
        listed = ", ".join(yaml_scalar(text) for text in nothing)
        hints.append(Hint(f"if it means that nothing is known, add `empty: [{listed}]` to column {group.column} in `mapping:`"))
    return list({(hint.text, *hint.lines): hint for hint in hints}.values())


def _row_hints(spec: SourceSpec, group: ProblemGroup, texts: Sequence[str]) -> Iterator[Hint]:
    """Yield hints about unused columns and about ids that several rows have, because no single value causes these problems."""
    if UNUSED in group.cause:
        lines = [f"{yaml_scalar(text)}: ?  # why it is not used" for text in texts[:MAX_LINES]]
        yield Hint("map the column, or add it under `ignore:` of `mapping:` with a reason", lines)
    elif group.cause.startswith(DUPLICATE):
        types = ", ".join(spec.unique)
        yield Hint(
            "if the rows describe the same thing, remove one of them from the file; if they describe two, add a column that tells"
            f" them apart to the key under `records:`; if several rows may describe one {types}, remove it from `unique:`"
        )


def _hints(spec: SourceSpec, content: Catalogue, column: str, mapped: MappedValue, texts: Sequence[str]) -> Iterator[Hint]:
    value, property_ = mapped
    type_ = property_.type if property_ is not None else "text"
    if property_ is not None and type_ == "term" and property_.vocabulary:
        vocabulary = content.vocabularies[property_.vocabulary]
        unknown = [text for text in _unknown(spec, value, texts) if vocabulary.find(text) is None]
        matches = [match_word(vocabulary, text) for text in unknown]
        terms = ", ".join(vocabulary.by_id) if len(vocabulary.by_id) <= _FEW_TERMS else ""
        yield from _lookup_hint(value, column, content.list_of_terms(vocabulary.name), property_.name, matches, terms)
    elif property_ is not None and type_ == "area":
        matches = [match_area(content.areas, text) for text in _unknown(spec, value, texts)]
        unmatched = [match for match in matches if match.term is None]
        yield from _lookup_hint(value, column, "country codes, as in KE", "countries", unmatched, "")
    elif value.lookup:
        matches = [WordMatch(text, None, []) for text in _unknown(spec, value, texts)]
        yield from _lookup_hint(value, column, "what it means", value.lookup, matches, "")
    elif type_ == "date":
        yield from _date_hints(column, value, texts)
    elif type_ == "url":
        texts = [text for text in texts if text.casefold() not in NOTHING]
        hosts = [text for text in texts if _HOST.match(text)]
        if hosts:
            lookup = value.corrections or "addresses"
            where = "" if value.corrections else f"add `corrections: {lookup}` to column {column} in `mapping:`, and "
            lines = [f"{yaml_scalar(text)}: {yaml_scalar(f'https://{text}')}" for text in hosts[:MAX_LINES]]
            yield Hint(f"if it is a web address, {where}write it under `lookups: {lookup}:`", lines)
        if plain_texts := [text for text in texts if text not in hosts]:
            listed = yaml_list(plain_texts[:MAX_LINES])
            yield Hint(f"if the text has no address, add `empty: {listed}` to column {column} in `mapping:`")
    elif type_ in ("money", "number"):
        yield from _amount_hints(column, value, texts, is_amount=type_ == "money")


def _unknown(spec: SourceSpec, value: Value, texts: Sequence[str]) -> list[str]:
    table = {word.casefold() for word in spec.lookups.get(value.lookup or "", {})}
    return [text for text in texts if text.casefold() not in table]


def _emptied(value: Value) -> set[str]:
    return {text.casefold() for text in value.empty}


def _lookup_hint(value: Value, column: str, means: str, name: str, matches: Sequence[WordMatch], terms: str) -> Iterator[Hint]:
    if not matches:
        return
    lines = [lookup_line(match, terms) for match in matches[:MAX_LINES]]
    if len(matches) > MAX_LINES:
        lines.append(f"# … and {len(matches) - MAX_LINES:,} more words")
    if value.lookup:
        yield Hint(f"add it under `lookups: {value.lookup}:` ({means})", lines)
    else:
        plural = f"{name}es" if name.endswith("us") else name if name.endswith("s") else f"{name}s"
        text = f"add `lookup: {plural}` to column {column} in `mapping:`, and under `lookups: {plural}:` ({means})"
        yield Hint(text, lines)


def lookup_line(match: WordMatch, terms: str = "") -> str:
    """Return a line of a lookup for a word: the word with its term, or a comment if the term isn't clear.

    The comment lists similar terms or, if there are none, `terms`.
    """
    word = yaml_scalar(match.word)
    if match.term is not None:
        return f"{word}: {yaml_scalar(match.term)}"
    known = f"  # similar: {', '.join(match.similar)}" if match.similar else f"  # one of {terms}" if terms else ""
    return f"# {word}: ?{known}"


def correction_line(text: str, example: str) -> str:
    """Return a line for a string in a lookup of corrections.

    A quarter of a year is corrected to its months. For any other string, the line is a comment that ends with `example`.
    """
    if months := quarter_months(text):
        return lookup_line(WordMatch(text, months, []))
    return f"{lookup_line(WordMatch(text, None, []))}  # as in {example}"


def _date_hints(column: str, value: Value, texts: Sequence[str]) -> Iterator[Hint]:
    texts = [text for text in texts if text.casefold() not in NOTHING]
    guess = guess_formats(texts, serial=True)
    if more := [format_ for format_ in guess.formats if format_ not in value.dates]:
        listed = ", ".join(f'"{format_}"' for format_ in [*value.dates, *more])
        yield Hint(f"write `dates: [{listed}]` for column {column} in `mapping:`")
    if guess.ambiguous:
        twins = " and ".join(f'"{format_}"' for format_ in guess.twins)
        yield Hint(
            f"{guess.ambiguous[0]} can have the day or the month first ({twins}), and no other date of column {column} decides;"
            " ask the publisher, and write only one of them under `dates:`"
        )
    yield from _correction_hint(column, value, "dates", guess.unread, DATE_EXAMPLE)


def _correction_hint(column: str, value: Value, lookup: str, texts: Sequence[str], example: str) -> Iterator[Hint]:
    if not texts:
        return
    lookup = value.corrections or lookup
    lines = [correction_line(text, example) for text in texts[:MAX_LINES]]
    where = "" if value.corrections else f"add `corrections: {lookup}` to column {column} in `mapping:`, and "
    none = f"; if it states no single amount, add it to `empty:` of column {column}" if lookup == "amounts" else ""
    yield Hint(f"if you know what it means, {where}write it under `lookups: {lookup}:`{none}", lines)


def _amount_hints(column: str, value: Value, texts: Sequence[str], *, is_amount: bool) -> Iterator[Hint]:
    reads = is_money if is_amount else _is_number
    if is_amount and value.currency is None and any(reads(text, value.decimal) for text in texts):
        yield Hint(
            f"add `currency: USD`, or another code, to column {column} in `mapping:` if that is what the file means;"
            " if another column has the currency, add `currency: {column: NAME}`"
        )
    other = "," if value.decimal == "." else "."
    if any(reads(text, other) and not reads(text, value.decimal) for text in texts):
        yield Hint(f'add `decimal: "{other}"` to column {column} in `mapping:` if that is its decimal mark')
    unread = [text for text in texts if text.casefold() not in NOTHING and not any(reads(text, decimal) for decimal in ".,")]
    yield from _correction_hint(column, value, "amounts", unread, "1200000 USD" if is_amount else "1200")


def _is_number(text: str, decimal: str) -> bool:
    try:
        read_number(text, decimal)
    except ValueProblem:
        return False
    return True
