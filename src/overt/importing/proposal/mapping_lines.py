"""The lines of a proposed mapping: which column becomes which property, role, place, commitment or document."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from overt.importing.editing.yaml_scalars import yaml_comment, yaml_list, yaml_scalar
from overt.importing.proposal.column_guesses import ColumnGuess
from overt.importing.proposal.column_name_meanings import DATES, ROLES
from overt.importing.proposal.proposed_column_mappings import (
    ProposedValue,
    address_value,
    amount_value,
    country_value,
    date_value,
    length_value,
    name_value,
    party_value,
    term_value,
)
from overt.model.content_catalogue import Catalogue


@dataclass
class MappingLines:
    """The lines of a record's mapping, without indentation, and the lookups that they use."""

    lines: list[str] = field(default_factory=list)
    lookups: dict[str, list[str]] = field(default_factory=dict)

    def add(self, key: str, guess: ColumnGuess, value: ProposedValue, yaml: str | None = None) -> None:
        """Add comments on a column, a line with the key, and the lookups of the value.

        `yaml`: what follows the key; by default, the value itself.
        """
        self.lines += [*column_comments(guess, value), f"{key}: {yaml or value.yaml(guess.column.name)}"]
        self.take_lookups(value)

    def take_lookups(self, value: ProposedValue) -> None:
        """Add the lookups of a value. Columns that use the same lookup share it."""
        for name, words in value.lookups.items():
            known = self.lookups.setdefault(name, [])
            known += [word for word in words if word not in known]


def column_comments(guess: ColumnGuess, value: ProposedValue) -> list[str]:
    """Return comments about a column: the number of rows with a text, some texts, and questions to the editor."""
    column = guess.column
    samples = " · ".join(column.samples())
    comments = [f"{column.name} ({column.filled:,} of {column.rows:,} rows): {samples}"]
    if guess.reason and guess.meaning != "ignore":
        comments.append(f"? {guess.reason}")
    return [yaml_comment(comment) for comment in (*comments, *value.comments)]


def project_lines(guesses: Sequence[ColumnGuess], content: Catalogue) -> MappingLines:
    """Return the mapping of the record that each row describes."""
    result = MappingLines()
    by_meaning: dict[str, list[ColumnGuess]] = {}
    for guess in guesses:
        by_meaning.setdefault(guess.meaning, []).append(guess)
    _add_names(result, by_meaning.get("name") or by_meaning.get("key", []))
    vocabularies = content.vocabularies
    for meaning, vocabulary, lookup in (("kind", "project-kinds", "kinds"), ("status", "statuses", "statuses")):
        for guess in by_meaning.get(meaning, ()):
            # A project has one status, so `up and running` is not a list.
            result.add(meaning, guess, term_value(guess.column, vocabularies[vocabulary], lookup, many=meaning == "kind"))
    for guess in by_meaning.get("country", ()):
        result.add("country", guess, country_value(guess.column, content))
    _add_dates(result, by_meaning)
    for meaning in ("description", "sector", "website"):
        for guess in by_meaning.get(meaning, ()):
            result.add(meaning, guess, name_value(guess) if meaning != "website" else address_value(guess.column))
    for guess in by_meaning.get("length", ()):
        result.add("length", guess, length_value(guess.column))
    _add_parties(result, by_meaning, content)
    _add_place(result, by_meaning)
    _add_commitment(result, by_meaning, content)
    _add_document(result, by_meaning)
    return result


def _add_names(result: MappingLines, names: Sequence[ColumnGuess]) -> None:
    if len(names) == 1:
        value = name_value(names[0])
        if names[0].column.filled < names[0].column.rows:
            value.options.append("required: true")  # Otherwise the file would be refused for a row without a name.
        result.add("name", names[0], value)
        return
    values = [name_value(guess) for guess in names]
    for guess, value in zip(names, values, strict=True):
        result.lines += column_comments(guess, value)
    items = ", ".join(value.yaml(guess.column.name) for guess, value in zip(names, values, strict=True))
    result.lines.append(f"name: [{items}]")


def _add_dates(result: MappingLines, by_meaning: dict[str, list[ColumnGuess]]) -> None:
    used: set[str] = set()
    for meaning in (*DATES, "date"):
        for guess in by_meaning.get(meaning, ()):
            property_ = "started" if meaning == "date" else meaning
            value = date_value(guess.column)
            if meaning == "date":
                value.comments.append(f"? which date is it: {', '.join(DATES)}?")
            if property_ in used:
                value.comments.append(f"? a second date for `{property_}`: choose another of {', '.join(DATES)}")
                free = next((name for name in DATES if name not in used), None)
                if free is None:
                    result.lines += [
                        *column_comments(guess, ProposedValue()),
                        "# ? a date for which no property is left; ignore it",
                    ]
                    continue
                property_ = free
            used.add(property_)
            result.add(property_, guess, value)


def _add_parties(result: MappingLines, by_meaning: dict[str, list[ColumnGuess]], content: Catalogue) -> None:
    for role in ROLES:
        if role == "financier" and "amount" in by_meaning:
            continue
        values = [_party(result, by_meaning, guess, role, content) for guess in by_meaning.get(role, [])]
        if values:
            result.lines.append(f"{role}: {_joined(values)}")


def _party(
    result: MappingLines, by_meaning: dict[str, list[ColumnGuess]], guess: ColumnGuess, role: str, content: Catalogue
) -> str:
    """Return the value for an organisation with a role, with its country if a column has it. Add comments on both columns."""
    value = party_value(guess)
    result.lines += column_comments(guess, value)
    for country in by_meaning.get(f"{role}-country", []):
        of_party = country_value(country.column, content)
        result.lines += column_comments(country, of_party)
        value.options.append(f"country: {of_party.yaml(country.column.name)}")
        result.take_lookups(of_party)
    return value.yaml(guess.column.name)


def _add_place(result: MappingLines, by_meaning: dict[str, list[ColumnGuess]]) -> None:
    parts = [*by_meaning.get("town", []), *by_meaning.get("admin1", [])]
    points = [guess for name in ("latitude", "longitude") for guess in by_meaning.get(name, [])]
    has_point = len(points) == 2
    if not parts and not has_point:
        return
    options: list[str] = []
    value = ProposedValue()
    if parts:
        anchor = parts[0]
        options.append(f"column: {yaml_scalar(anchor.column.name)}")
        named = party_value(anchor)
        options += [option for option in named.options if option.startswith(("empty", "lang"))]
        certain = [separator for separator in (";", "|", "、", "\n") if any(separator in text for text in anchor.column.texts)]
        if certain and not has_point:
            options.append(f"split: {yaml_list(certain)}")
        if anchor.meaning == "town" and not has_point:
            options.append("geocode: true")
    if len(parts) > 1:
        options.append(f"admin1: {yaml_scalar(parts[1].column.name)}")
    options += [f"{guess.meaning}: {yaml_scalar(guess.column.name)}" for guess in points if has_point]
    for guess in [*parts, *(points if has_point else [])]:
        result.lines += column_comments(guess, value)
    result.lines.append(f"place: {{{', '.join(options)}}}")


def _add_commitment(result: MappingLines, by_meaning: dict[str, list[ColumnGuess]], content: Catalogue) -> None:
    for guess in by_meaning.get("amount", ()):
        currencies = by_meaning.get("currency", [])
        value = amount_value(guess.column, has_currency_column=bool(currencies))
        further = []
        if currencies:
            value.options = [option for option in value.options if not option.startswith("currency:")]
            value.options.append(f"currency: {{column: {yaml_scalar(currencies[0].column.name)}}}")
            further.append(currencies[0])
        for financier in by_meaning.get("financier", [])[:1]:
            value.options.append(f"financier: {_party(result, by_meaning, financier, 'financier', content)}")
        for flow in by_meaning.get("flow-type", [])[:1]:
            term = term_value(flow.column, content.vocabularies["flow-types"], "flow-types")
            value.options.append(f"flow-type: {term.yaml(flow.column.name)}")
            result.take_lookups(term)
            further.append(flow)
        for other in further:
            result.lines += column_comments(other, ProposedValue())
        result.add("commitment", guess, value)


def _add_document(result: MappingLines, by_meaning: dict[str, list[ColumnGuess]]) -> None:
    items = []
    for number, guess in enumerate(by_meaning.get("document", ())):
        value = address_value(guess.column)
        further = []
        if number == 0:
            for title in by_meaning.get("document-title", [])[:1]:
                split = [option for option in value.options if option.startswith("split")]
                titled = ProposedValue([option for option in split if any(";" in text for text in title.column.texts)])
                value.options.append(f"title: {titled.yaml(title.column.name)}")
                further.append(title)
            for published in by_meaning.get("document-published", [])[:1]:
                date = date_value(published.column)
                value.options.append(f"published: {date.yaml(published.column.name)}")
                value.comments += date.comments
                result.take_lookups(date)
                further.append(published)
        for each in (guess, *further):
            result.lines += column_comments(each, value if each is guess else ProposedValue())
        items.append(value.yaml(guess.column.name))
    if items:
        result.lines.append(f"document: {_joined(items)}")


def _joined(values: Sequence[str]) -> str:
    return values[0] if len(values) == 1 else f"[{', '.join(values)}]"
