"""Tables of facts that support or contradict a match: money, stated numbers, sounds of places, resellers, city or region."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa

from overt.model.values.dates import date_bounds
from overt.resolve.evidence_beyond_names import name_keys
from overt.resolve.names import fold
from overt.resolve.names.folding_and_scripts import script_of
from overt.resolve.names.institution_name_meanings import read_translated
from overt.resolve.projects.lender_keys import AMOUNTS
from overt.resolve.projects.participants import Participant, only_country
from overt.resolve.projects.places.place_sounds import place_sounds
from overt.resolve.projects.project_model import ProjectNameRules
from overt.resolve.projects.stated_numbers import NumberReader, significant_digits

Write = Callable[[str, Sequence[tuple[str, pa.DataType]], Iterable[tuple[Any, ...]]], None]
Values = Mapping[str, Mapping[str, set[str]]]
"""Property → project → values."""
_TEXT, _INTEGER, _REAL = pa.string(), pa.int64(), pa.float64()
_Column = tuple[str, pa.DataType]
_PROJECT: _Column = ("project", _TEXT)
_DATES = ("agreed", "construction-start", "started", "operational", "completed", "ended")
_CITY = frozenset({"city", "municipality", "capital"})
_REGION = frozenset({"province", "region"})


def write_money(
    write: Write,
    values: Values,
    measured: Iterable[tuple[str, str, float, str | None]],
    rates: Iterable[tuple[str, int, str, int]],
) -> None:
    """Write `project_amount`: sums, each with its value in US dollars at the rate of the year of the project's first date.

    The value is missing if the year or the rate is unknown. Sums of zero are left out, because they say nothing about whether
    two projects are one.

    `measured`: project, property, number and unit. `rates`: rows of `Catalogue.exchange_rates`.
    """
    prices = {(currency, year): float(price) for currency, year, price, _ in rates}

    def dollars(project: str, number: float, unit: str | None) -> float | None:
        if unit == "USD":
            return number
        dates = [date_bounds(date)[0].year for name in _DATES for date in values[name].get(project, ())]
        price = prices.get((unit or "", min(dates))) if dates else None
        return number * price if price else None

    write(
        "project_amount",
        [_PROJECT, ("amount", _REAL), ("unit", _TEXT), ("amount_kind", _TEXT), ("usd", _REAL)],
        (
            (project, number, unit, property_, dollars(project, number, unit))
            for project, property_, number, unit in measured
            if property_ in AMOUNTS and number > 0
        ),
    )


def write_stated_numbers(write: Write, values: Values, rules: ProjectNameRules) -> None:
    """Write `project_stated`: the numbers in names and descriptions, and the sums that sources give as values.

    `in_text` is false for these sums. `in_title`: whether the number is in a name.
    """
    reader = NumberReader(rules.multipliers, rules.units, rules.numerals)
    rows = {
        (project, number.value, number.digits, number.unit, True, property_ == "name")
        for property_ in ("name", "description")
        for project, texts in values[property_].items()
        for text in texts
        for number in reader.read(text)
    }
    rows |= {
        (project, float(sum_), significant_digits(float(sum_)), "", False, False)
        for property_ in AMOUNTS
        for project, sums in values[property_].items()
        for sum_ in sums
        if float(sum_) > 0
    }
    columns: list[_Column] = [
        _PROJECT, ("number", _REAL), ("digits", _INTEGER), ("unit", _TEXT), ("in_text", pa.bool_()), ("in_title", pa.bool_())
    ]  # fmt: skip
    write("project_stated", columns, sorted(rows))


def write_place_sounds(write: Write, places: Iterable[Any], countries: Mapping[str, set[str]]) -> None:
    """Write `project_place_sound`: names of places with their consonants, and with those of the Latin names that they mean."""
    columns: list[_Column] = [
        _PROJECT, ("place", _TEXT), ("name", _TEXT), ("sound", _TEXT), ("script", _TEXT), ("located", pa.bool_()),
        ("usual_sound", _TEXT)
    ]  # fmt: skip
    write("project_place_sound", columns, place_sounds(places, countries))


def resold_projects(values: Values, resellers: Collection[str]) -> list[tuple[str]]:
    """Return the projects whose names or descriptions mention a reseller.

    `resellers`: beginnings of words for resellers. Those in scripts other than Latin also match inside words.
    """
    beginnings = "|".join(
        rf"\b{re.escape(word)}" if script_of(word[0]) == "latin" else re.escape(word) for word in sorted(map(fold, resellers))
    )
    pattern = re.compile(beginnings or "(?!)")
    texts = ((project, text) for of in ("name", "description") for project, texts in values[of].items() for text in texts)
    return [(project,) for project in sorted({project for project, text in texts if pattern.search(fold(text))})]


def project_levels(
    participants: Iterable[Participant], places: Iterable[Any], countries: Mapping[str, set[str]]
) -> Iterator[tuple[str, str]]:
    """Yield project and level of government (`city` or `region`), if the names of its customers and places have only one."""
    texts: dict[str, set[str]] = {}
    for participant in participants:
        if participant.role == "customer":
            texts.setdefault(participant.project, set()).update(participant.names)
    for project, name, *_ in places:
        texts.setdefault(project, set()).add(name)
    for project, of in sorted(texts.items()):
        country = only_country(project, countries)
        levels = frozenset().union(*(_levels(text, country) for text in of if text))
        if len(levels) == 1:
            yield project, min(levels)


@lru_cache(maxsize=1 << 15)
def _levels(text: str, country: str) -> frozenset[str]:
    meanings = read_translated(name_keys().key(text) or "", country).meanings
    return frozenset(level for level, words in (("city", _CITY), ("region", _REGION)) if meanings & words)
