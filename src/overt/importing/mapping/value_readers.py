"""Compiles the values of a mapping to functions that read them from a row."""

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from overt.importing.cells import Cell
from overt.importing.errors import Problem
from overt.importing.import_context import Context
from overt.importing.mapping.folded_lookups import folded_lookup
from overt.importing.mapping.property_of_each_value import DATE
from overt.importing.mapping.row_cells import RowCells
from overt.importing.mapping.row_conditions import compile_conditions
from overt.importing.mapping.written_amounts import Amount, is_money, read_money, read_number, reads_money
from overt.importing.mapping.written_dates import read_date
from overt.model.errors import ValueProblem, quote_text
from overt.model.record_ids import fill_key, key_parts
from overt.model.schema import Property
from overt.model.values.amounts import canonical_number
from overt.model.values.language_codes import check_language
from overt.model.values.regular_expressions import compile_pattern
from overt.model.values.source_mapping_values import Value

_SHEET_ERRORS = frozenset(
    ("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA", "#SPILL!", "#CALC!")
)


class Reading(NamedTuple):
    """A value that was read: a cell with our interpretation as its text, and further details."""

    cell: Cell
    at: list[Cell]
    """The cells that state the value."""
    unit: str | None = None
    lang: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    original: str | None = None
    """The source's words, if a lookup replaced them or the mapping has `words:`."""

    @property
    def words(self) -> str:
        """The cell's text in the source's words."""
        return self.cell.text if self.cell.original is None else self.cell.original


Reader = Callable[[RowCells, Sequence[Cell]], list[Reading]]
"""Function that reads a value from a row. Its second argument is the evidence of a constant without `at:`. Problems are
collected in the row's cells.
"""
_Interpret = Callable[[RowCells, Cell], tuple[Cell, str | None]]
"""Function that interprets a string as a value of the property and returns it with its unit. Raises Problem or ValueProblem."""


def compile_value(ctx: Context, value: Value, property_: Property | None) -> Reader:
    """Return a function that reads a value. Without a property, the value is read as text, such as a part of a key."""
    condition = compile_conditions(ctx, value.when)
    split = _splitter(value.split)
    pattern = compile_pattern(value.match) if value.match is not None else None
    empty = {text.casefold() for text in value.empty}
    interpret = _interpreter(ctx, value, property_)
    # The result of a lookup is our word, so it is not in a language of the source.
    lang = value.lang if isinstance(value.lang, str) else None if value.lookup or value.among else ctx.spec.lang
    has_lang = property_ is not None and property_.type in ("name", "text")
    lang_value = compile_value(ctx, value.lang, None) if isinstance(value.lang, Value) else None
    bounds = [compile_value(ctx, bound, DATE) if bound is not None else None for bound in (value.valid_from, value.valid_to)]
    extra = value.at or []
    lookups = ctx.spec.lookups
    among = folded_lookup(lookups, value.among)
    not_among = folded_lookup(lookups, value.not_among)
    corrections = folded_lookup(lookups, value.corrections)
    translates = any((value.lookup, value.corrections, value.among)) and has_lang
    origin = _origin(value)
    selects = any(each is not None for each in (pattern, corrections, among, not_among))
    has_bounds = any(bounds)

    def parts(cells: RowCells, key_cells: Sequence[Cell]) -> Iterable[tuple[Cell, list[Cell]]]:
        for cell, evidence in origin(cells, key_cells):
            cell = ctx.html_text(cell) if value.html else cell
            if value.if_empty is not None and not cell.text:
                cell = cell.read_as(value.if_empty)
            if cell.text in _SHEET_ERRORS:
                cells.add_problem(Problem(f"the cell has the error {cell.text}; mend the formula", cell.locator, value=cell.text))
                continue
            for part in split(cell) if split and cell else (cell,):
                if part.text and not (empty and part.text.casefold() in empty):
                    yield part, evidence

    def select(part: Cell) -> Cell | None:
        if pattern is not None:
            if (match := pattern.search(part.text)) is None:
                raise Problem(f"{quote_text(part.text)} does not fit the pattern {value.match}", part.locator, value=part.text)
            groups = match.groupdict()
            text = groups["value"] if "value" in groups else match[1] if match.re.groups else match[0]
            if not (text or "").strip():
                return None
            part = part.read_as(text.strip())
        folded = part.text.casefold()
        if corrections is not None and folded in corrections:
            part = part.read_as(corrections[folded])
        if among is not None:
            return part.read_as(among[folded]) if among.get(folded) else None
        return None if not_among is not None and folded in not_among else part

    def read(cells: RowCells, key_cells: Sequence[Cell]) -> list[Reading]:
        before = len(cells.problems)
        try:
            if condition is not None and not condition(cells):
                return []
        except Problem as problem:
            cells.add_problem(problem)
            return []
        support = [cell for cell in map(cells.get, extra) if cell] if extra else []
        readings = []
        for part, evidence in parts(cells, key_cells):
            try:
                selected = select(part) if selects else part
                if selected is None:
                    continue
                cell, unit = interpret(cells, selected)
                if not cell.text:
                    continue
            except Problem as problem:
                cells.add_problem(problem)
                continue
            except ValueProblem as error:
                cells.add_problem(Problem(_named(property_, error), part.locator, value=part.text))
                continue
            language = ((_language(lang_value, cells) if lang_value else lang) or None) if has_lang else None
            since, until = (bound and _first(bound, cells) for bound in bounds) if has_bounds else (None, None)
            original = value.words if value.words is not None else part.text if translates and cell.text != part.text else None
            readings.append(Reading(cell, [*evidence, *support], unit, language, since, until, original))
        if value.required and not readings and len(cells.problems) == before:
            name = value.column or (property_.name if property_ else "the value")
            cells.add_problem(Problem(f"{name}: is empty, but required", cells.get(name).locator))
        return readings

    return read


_Origin = Callable[[RowCells, Sequence[Cell]], Iterable[tuple[Cell, list[Cell]]]]
"""Function that yields the cells of a value, each with the cells that are its evidence."""


def _origin(value: Value) -> _Origin:
    """Return the function that finds a value's cells: the cells of a column, a constant or a template."""
    if value.column is not None:
        column = value.column
        return lambda cells, key_cells: ((cell, [cell]) for cell in cells.all(column))
    if value.constant is not None:
        constant, has_evidence = value.constant, value.at is not None

        def constant_cell(cells: RowCells, key_cells: Sequence[Cell]) -> Iterable[tuple[Cell, list[Cell]]]:
            evidence = [cell for cell in map(cells.get, value.at or ()) if cell] if has_evidence else list(key_cells)
            if evidence:
                yield evidence[0].with_text(constant, ""), [] if has_evidence else evidence

        return constant_cell
    template = value.template or ""
    names = key_parts(template)

    def filled(cells: RowCells, key_cells: Sequence[Cell]) -> Iterable[tuple[Cell, list[Cell]]]:
        parts = {name: cells.get(name) for name in names}
        if all(parts.values()):
            first = next(iter(parts.values()))
            text = fill_key(template, {name: cell.text for name, cell in parts.items()})
            yield first.with_text(text, None), [*parts.values()]

    return filled


def _first(reader: Reader, cells: RowCells) -> str | None:
    return next((reading.cell.text for reading in reader(cells, ())), None)


def _language(reader: Reader, cells: RowCells) -> str | None:
    """Return the language code in another column; None if there is no valid one. An invalid code is collected as a problem."""
    for reading in reader(cells, ()):
        try:
            return check_language(reading.cell.text)
        except ValueProblem as error:
            cells.add_problem(Problem(f"lang: {error}", reading.cell.locator, value=reading.cell.text))
    return None


def _named(property_: Property | None, error: ValueProblem) -> str:
    return f"{property_.name}: {error}" if property_ is not None else str(error)


def _splitter(separators: Sequence[str]) -> Callable[[Cell], list[Cell]] | None:
    if not separators:
        return None
    patterns = [
        rf"(?<=\s){text.strip()}(?=\s)" if text.strip().isalpha() and text.strip().isascii() else re.escape(text)
        for text in separators
    ]
    pattern = re.compile("|".join(patterns), re.IGNORECASE)
    return lambda cell: [cell.part(part) for part in pattern.split(cell.text)]


def _interpreter(ctx: Context, value: Value, property_: Property | None) -> _Interpret:
    """Return the function that reads one cell as a value of the property."""
    type_ = property_.type if property_ is not None else "text"
    lookup, formats, content = value.lookup, tuple(value.dates), ctx.content
    table = folded_lookup(ctx.spec.lookups, lookup)
    vocabulary = content.vocabularies[property_.vocabulary] if property_ and property_.vocabulary else None
    currency = value.currency if isinstance(value.currency, str) else None
    currency_column = value.currency.column if isinstance(value.currency, Value) else None
    currency_reader = compile_value(ctx, value.currency, None) if isinstance(value.currency, Value) else None
    unit_text = value.unit if isinstance(value.unit, str) else None
    unit_reader = compile_value(ctx, value.unit, None) if isinstance(value.unit, Value) else None
    times = Decimal(value.times) if value.times else None

    def as_written(cells: RowCells, cell: Cell) -> tuple[Cell, str | None]:
        if table is None:
            return cell, None
        word = table.get(cell.text.casefold())
        return (ctx.lookup(lookup or "", cell) if word is None else cell.read_as(word)), None

    def as_term(cells: RowCells, cell: Cell) -> tuple[Cell, str | None]:
        word = table.get(cell.text.casefold()) if table is not None else None
        if word is None and vocabulary is not None:
            word = vocabulary.find(cell.text)
        if word is not None:
            return (cell if word == cell.text else cell.read_as(word)), None
        if lookup is not None:
            return ctx.lookup(lookup, cell), None
        name, word = vocabulary.name if vocabulary else "", property_.name if property_ else "word"
        message = (
            f"unknown {word} {quote_text(cell.text)}; write a lookup with the words of {content.list_of_terms(name)}"
            if ctx.editable
            else f"{word}: {quote_text(cell.text)} is not a word that Overt knows here"
        )
        raise Problem(message, cell.locator, value=cell.text)

    def as_area(cells: RowCells, cell: Cell) -> tuple[Cell, str | None]:
        if table is not None and (code := table.get(cell.text.casefold())) is not None:
            return cell.read_as(code), None
        return ctx.area(cell, lookup), None

    def as_date(cells: RowCells, cell: Cell) -> tuple[Cell, str | None]:
        cell, _ = as_written(cells, cell)
        date = read_date(cell.text, formats)
        return (cell if date == cell.text else cell.read_as(date)), None

    def as_money(cells: RowCells, cell: Cell) -> tuple[Cell, str | None]:
        before = len(cells.problems)
        default = currency or (_first(currency_reader, cells) if currency_reader else None)
        if (
            currency_column
            and default is None
            and is_money(cell.text, value.decimal)
            and not reads_money(cell.text, None, value.decimal)
        ):
            if len(cells.problems) > before:
                return cell.read_as(""), None  # The text in the currency column is already a problem.
            raise ValueProblem(f"{quote_text(cell.text)} doesn't say in which currency, and column {currency_column} is empty")
        amount = read_money(cell.text, default, value.decimal)
        unit = f"{amount.unit}@{value.prices_of}" if value.prices_of else amount.unit
        return _number(cell, amount, times), unit

    def as_number(cells: RowCells, cell: Cell) -> tuple[Cell, str | None]:
        cell, _ = as_written(cells, cell)
        amount = read_number(cell.text, value.decimal)
        unit = unit_text or (_first(unit_reader, cells) if unit_reader else None)
        own_unit = property_.unit if property_ is not None else None
        if amount.unit is not None and amount.unit != (unit or own_unit):
            if unit or own_unit:
                raise ValueProblem(f"{quote_text(cell.text)} is in {amount.unit}, not in {unit or own_unit}")
            unit = amount.unit
        return _number(cell, amount, times), unit

    match type_:
        case "term":
            return as_term
        case "area":
            return as_area
        case "date":
            return as_date
        case "money":
            return as_money
        case "number":
            return as_number
        case _:
            return as_written


def _number(cell: Cell, amount: Amount, times: Decimal | None) -> Cell:
    number = amount.number
    if times is not None:
        if amount.has_scale:
            raise ValueProblem(
                f"{quote_text(cell.text)} has a scale of its own beside `times: {times:f}`; write it under `corrections:`"
            )
        number = canonical_number(format(Decimal(number) * times, "f"))
    return cell if number == cell.text else cell.read_as(number)
