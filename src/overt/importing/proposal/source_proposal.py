"""A proposed source.yml for a file, with comments that an editor can follow, and a name for the source."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from overt.importing.editing.dry_run import EXAMPLE_ADDRESS
from overt.importing.editing.yaml_scalars import yaml_comment, yaml_list, yaml_scalar
from overt.importing.mapping.used_columns import top_column
from overt.importing.proposal.column_guesses import ColumnGuess, guess_columns
from overt.importing.proposal.column_name_meanings import ROLES, meanings_of
from overt.importing.proposal.column_samples import ColumnSample, names_by_group, read_columns
from overt.importing.proposal.mapping_lines import project_lines
from overt.importing.readers.file_layout_guess import Sniffed, sniff
from overt.model.content_catalogue import Catalogue
from overt.model.errors import UsageError, quote_text
from overt.model.record_ids import EDITORIAL_SOURCE, is_source_name

ROLE = "rows"
"""Role of the file in the proposed source.yml."""
_MAX_NAME_LENGTH = 500
"""Maximum length of a column name in characters. A key of YAML has at most 1,024, escapes included."""


@dataclass(frozen=True)
class Proposal:
    """A proposed source.yml and what it is based on."""

    slug: str
    sniffed: Sniffed
    columns: list[ColumnGuess]
    yaml: str

    def as_dict(self) -> dict[str, Any]:
        """Return the proposal as plain data for JSON."""
        return {
            "source": self.slug,
            "format": self.sniffed.format,
            "sheet": self.sniffed.sheet,
            "sheets": [sheet.name for sheet in self.sniffed.sheets],
            "header": list(self.sniffed.header),
            "columns": [
                {
                    "column": guess.column.name,
                    "rows": guess.column.rows,
                    "filled": guess.column.filled,
                    "distinct": len(guess.column.texts),
                    "samples": guess.column.samples(),
                    "proposal": guess.meaning,
                    "lang": guess.lang,
                }
                for guess in self.columns
            ],
            "yaml": self.yaml,
        }


def source_name(path: Path, name: str | None) -> str:
    """Return the name of a new source: `name` or, if it is None, a name made from the file's name.

    Raises UsageError for an invalid name, and if the file's name gives none.
    """
    if name is not None:
        if not is_source_name(name):
            raise UsageError(
                f"--name {name}: a source's name has lower-case letters, digits and underscores, as in park_cameras, and is not"
                f" {EDITORIAL_SOURCE}"
            )
        return name
    folded = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode().casefold()
    slug = re.sub(r"[^a-z0-9]+", "_", folded).strip("_")
    slug = re.sub(r"^[0-9_]+|(_?(19|20)\d\d(_\d\d?)*|_v?\d+)$", "", slug).strip("_")
    if not is_source_name(slug):
        raise UsageError(f"{path.name}: the file's name gives no name for the source; add --name, as in --name park_cameras")
    return slug


def propose_source(path: Path, slug: str, content: Catalogue, sheet: str | None = None) -> Proposal:
    """Examine a file and propose its source.yml. `sheet`: a sheet to use instead of the first one with a table.

    Raises FileProblem for a file that cannot be read, and UsageError for one without rows or with a very long column name.
    """
    sniffed = sniff(path, sheet)
    columns = read_columns(sniffed)
    if not columns:
        raise UsageError(f"{path.name}: has no rows below the column names")
    if long_name := next((column.name for column in columns if len(column.name) > _MAX_NAME_LENGTH), None):
        raise UsageError(
            f"{path.name}: a column name has {len(long_name):,} characters (at most {_MAX_NAME_LENGTH}): {quote_text(long_name)};"
            " shorten it, or delete the text above the table"
        )
    guesses = guess_columns(columns, content)
    _ask_about_shared_customers(sniffed, guesses)
    return Proposal(slug, sniffed, guesses, _yaml(sniffed, guesses, slug, content))


def _ask_about_shared_customers(sniffed: Sniffed, guesses: Sequence[ColumnGuess]) -> None:
    """Ask about customers, such as `Ministry of Interior`, that rows of several countries name.

    By default, equal names become one organisation.
    """
    countries = [guess.column.name for guess in guesses if guess.meaning == "country"]
    for guess in guesses:
        if guess.meaning != "customer" or len(countries) != 1:
            continue
        column = guess.column.name
        shared = [
            f"{name} ({', '.join(places)})" for name, places in names_by_group(sniffed, column, countries[0]) if len(places) > 1
        ]
        if shared:
            guess.reason = (
                f"one organisation each: {'; '.join(shared[:3])}? If each country has its own, write"
                f" {{column: {yaml_scalar(column)}, country: {yaml_scalar(countries[0])}}} here, and under `records:`"
                ' organization: "organization/{country}/{name}"'
            )


def _yaml(sniffed: Sniffed, guesses: Sequence[ColumnGuess], slug: str, content: Catalogue) -> str:
    mapping = project_lines(guesses, content)
    key_name, key_lines, is_unique = _key(guesses)
    title = _title(sniffed) or slug.replace("_", " ").capitalize()
    lines = [
        "# Proposed by `overt source new`. “# ?” marks what only you can know. docs/mapping.md explains the keys.",
        f"title: {yaml_scalar(title)}",
        'publisher: "?" # ? who publishes it',
        f"address: {EXAMPLE_ADDRESS} # ? where it is published",
        'licence: "?" # ? as the publisher states it',
        'attribution: "?" # ? how to name the publisher beside its facts',
        "# open, share-alike, non-commercial or private. Private data stay in your atlas.",
        "reuse: private # ?",
        'covers: "?" # ? what is included',
        'not_covered: "?" # ? what a reader must know before using a number',
        *_language_lines(guesses),
        "",
        "files:",
        f"  {ROLE}:",
        f"    patterns: {yaml_list([_pattern(sniffed.path.name)])}",
        *(f"    {line}" for line in _file_lines(sniffed)),
    ]
    if persons := _persons(guesses):
        lines.append("    # Columns about persons are dropped before anything reads them.")
        lines.append(f"    persons: {yaml_list(persons)}")
    lines += [
        "",
        "# What identifies a record: the source's own ids or names, never a row's number.",
        "records:",
        f"  project: {yaml_scalar(key_name)}",
    ]
    if is_unique:
        lines.append("# A second row with the same key is a problem.\nunique: [project]")
    else:
        lines.append("# ? Rows with the same key become one project. Is that right?")
    total = next(((guess.column.name, guess.column.totals) for guess in guesses if guess.column.totals), None)
    if total:
        lines += ["", "# Rows that are left out, each by a rule with its reason.", "scope:", "  total: The row has totals."]
    lines += ["", "mapping:", f"  {ROLE}:"]
    if total:
        lines.append(f"    out_of_scope: {{total: {{column: {yaml_scalar(total[0])}, equals: {yaml_list(list(total[1]))}}}}}")
    persons_beside = [guess for guess in guesses if guess.meaning == "person" and top_column(guess.column.name) not in persons]
    for guess in persons_beside:
        guess.reason = "about persons"
    if unused := [*persons_beside, *(guess for guess in guesses if guess.meaning == "ignore" or _is_unused(guess, guesses))]:
        lines.append("    # Columns that are not used, each with the reason.")
        lines.append("    ignore:")
        lines += [f"      {_ignore_line(guess)}" for guess in unused]
    lines += ["    records:", "      - record: project", *(f"        {line}" for line in [*key_lines, *mapping.lines])]
    if mapping.lookups:
        lines += [
            "",
            "# The file's words on the left, ours on the right. Complete the lines that begin with #, and remove the #.",
            "lookups:",
        ]
        for name, words in mapping.lookups.items():
            lines += [f"  {name}:", *(f"    {word}" for word in words)]
    return "\n".join(lines) + "\n"


def _language_lines(guesses: Sequence[ColumnGuess]) -> list[str]:
    """Return the line that asks for the language of names, if fewer than half of the column names are recognised.

    Column names are recognised in English and Chinese. If most are in another language, names and texts probably are, too,
    and would otherwise be imported as English.
    """
    recognised = sum(bool(meanings_of(guess.column.name)) for guess in guesses)
    if 2 * recognised >= len(guesses):
        return []
    return ['lang: "" # ? language of names and texts, as in fr; column names are recognised only in English and Chinese']


def _persons(guesses: Sequence[ColumnGuess]) -> list[str]:
    """Return the columns about persons.

    A JSON object that also has other values does not count, because only entire columns can be dropped.
    """
    about = {top_column(guess.column.name) for guess in guesses if guess.meaning == "person"}
    return sorted(about - {top_column(guess.column.name) for guess in guesses if guess.meaning != "person"})


def _key(guesses: Sequence[ColumnGuess]) -> tuple[str, list[str], bool]:
    """Return the key's template, the lines of the record that define its parts, and whether every row has its own key."""
    key = next((guess.column for guess in guesses if guess.meaning == "key"), None)
    parts = [key] if key else _name_key(guesses)
    is_unique = len(parts) == 1 and parts[0].is_unique
    names = ("id", "country", "date")
    columns = ", ".join(
        f"{name}: {{column: {yaml_scalar(part.name)}, required: true}}" for name, part in zip(names, parts, strict=False)
    )
    return "/".join(f"{{{name}}}" for name, _ in zip(names, parts, strict=False)), [f"key: {{{columns}}}"], is_unique


def _name_key(guesses: Sequence[ColumnGuess]) -> list[ColumnSample]:
    names = [guess.column for guess in guesses if guess.meaning == "name"]
    unique = next((column for column in names if column.is_unique), None)
    if unique is not None:
        return [unique]
    countries = [guess.column for guess in guesses if guess.meaning == "country" and guess.column.filled == guess.column.rows]
    return [names[0] if names else guesses[0].column, *countries[:1]]


def _is_unused(guess: ColumnGuess, guesses: Sequence[ColumnGuess]) -> bool:
    """Return whether a column isn't used because another is missing, such as a column of currencies without one of amounts."""
    meanings = {other.meaning for other in guesses}
    needs = {"currency": {"amount"}, "flow-type": {"amount"}, **{f"{role}-country": {role} for role in ROLES}}
    if guess.meaning in ("latitude", "longitude"):
        return not {"latitude", "longitude"} <= meanings
    return guess.meaning in needs and not needs[guess.meaning] & meanings


def _ignore_line(guess: ColumnGuess) -> str:
    text, marker, note = guess.reason.partition("  #")
    samples = " · ".join(guess.column.samples(2, 30))
    comment = f" #{note}" if marker else " # ? say why" if text in ("?", "") else ""
    tail = f" (as in {samples})" if samples and comment else ""
    return f"{yaml_scalar(guess.column.name)}: {yaml_scalar(text or guess.meaning)}{comment}{tail}"


def _file_lines(sniffed: Sniffed) -> list[str]:
    spec = sniffed.spec()
    lines = [f"format: {spec.format}"]
    if len(sniffed.sheets) > 1:
        names = ", ".join(sheet.name for sheet in sniffed.sheets if sheet.name != sniffed.sheet)
        lines += [yaml_comment(f"Other sheets: {names}"), f"sheet: {yaml_scalar(sniffed.sheet or '')}"]
    if spec.header != 1:
        lines.append(f"header: {spec.header}")
    if sniffed.fill_down:
        lines += [
            "# Cells of these columns are merged over several rows. An empty cell takes the value above it.",
            "# ? Is none of their cells empty for another reason?",
            f"fill_down: {yaml_list(list(sniffed.fill_down))}",
        ]
    if spec.format == "csv" and spec.encoding != "utf-8":
        lines.append(f"encoding: {spec.encoding}")
    if spec.format == "csv" and spec.delimiter != ",":
        lines.append(f"delimiter: {_delimiter(spec.delimiter)}")
    if spec.records:
        lines.append(f"records: {yaml_scalar(spec.records)}")
    return lines


def _delimiter(delimiter: str) -> str:
    return '"\\t"' if delimiter == "\t" else yaml_scalar(delimiter)


def _title(sniffed: Sniffed) -> str | None:
    """Return the title that is written above the column names; None if there is none."""
    above = [texts for number, texts in sniffed.rows if number < sniffed.header[0]]
    texts = [text.strip() for row in above for text in row if any(character.isalpha() for character in text)]
    return " ".join(texts[0].split())[:200] if texts else None


def _pattern(name: str) -> str:
    """Return a pattern for this file and its later editions, whose names differ only in numbers.

    A name with few letters besides its numbers would match too much, so its pattern matches this file alone.
    """
    stem, dot, suffix = name.rpartition(".")
    escaped = re.sub(r"([*?\[])", r"[\1]", stem or suffix)
    general = re.sub(r"\d[\d_.-]*\d|\d", "*", escaped)
    is_general = sum(character.isalpha() for character in general) >= 4
    return f"{general if is_general else escaped}{dot if stem else ''}{suffix if stem else ''}"
