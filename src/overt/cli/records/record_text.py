"""The output of `overt show` for a record or a country."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from overt.cli.english_number_formatting import with_unit
from overt.cli.records.property_and_value_labels import PropertyAndValueLabels
from overt.cli.reports.evidence_check_text import NOT_ARCHIVED
from overt.cli.text_truncation_and_sizes import MARK, cut
from overt.model.errors import format_count

Row = dict[str, Any]
_ORDER = ("commitment", "role", "place", "relation", "listing")
"""Types of records that refer to a record, in the order in which they are printed. Other types follow, sorted by name."""
HEADINGS = {
    "agreement": "agreements",
    "assessment": "assessments",
    "commitment": "money",
    "document": "document",
    "indicator": "indicator",
    "listing": "official lists",
    "organization": "organisation",
    "participation": "standards bodies and forums",
    "place": "places",
    "project": "projects",
    "project_programme": "programme",
    "provision": "provisions",
    "relation": "relations",
    "reported_figure": "reported figure",
    "restriction": "restrictions",
    "role": "who did what",
}
"""Headings for the records that refer to a record, by type."""
PHASES = {
    "current": "",
    "possibly-begun": "perhaps not begun",
    "possibly-ended": "perhaps ended",
    "planned": "not begun",
    "ended": "ended",
}
"""Words for the phases of records (`overt.model.values.current_on_day`), in the order in which these records are printed."""
_VALUE, _EXCERPT, _PART = 200, 120, 60
"""Maximum number of characters that are printed without --full: of a value, of an excerpt, and of a value in a list."""
_RECORDS, _PLACES, _VALUES = 20, 10, 5
"""Maximum number of items that are printed without --full.

In this order: records that refer to the record, places of a claim, values of a property in a list.
"""
_COUNTS = ("assessments", "indicators", "agreements", "restrictions", "participations")


def record_lines(record: Row, labels: PropertyAndValueLabels, *, full: bool) -> Iterator[str]:
    """Yield the lines that `overt show` prints for a record, from `record_data`. With `full`, nothing is truncated."""
    title = record.get("label") or record["id"]
    yield f"{title}  ({labels.record_type(record.get('type', 'withdrawn'))} {record['id']}, release {record['release']})"
    yield f"records: {', '.join(record['members'])}"
    if phase := record.get("phase"):
        yield f"{PHASES[phase] or 'current'} on the day of the release"
    yield from _claims(record, labels, full=full)
    for kind, phase, rows in _by_type(record["named_by"]):
        yield ""
        heading = ", ".join(filter(None, (HEADINGS.get(kind, kind.replace("_", " ")), PHASES[phase])))
        yield f"{heading}: {format_count(len(rows), 'record')} of type {labels.record_type(kind)}"
        for row in rows if full else rows[:_RECORDS]:
            reference = f"{labels.property(kind, row['property'])}: this record"
            yield f"  {'; '.join((row['id'], reference, *_parts(kind, row['values'], labels, full=full)))}"
        yield from _more(len(rows), _RECORDS, "record", full=full)
    if record["cited_for"]:
        yield ""
        yield f"cited for: {format_count(len(record['cited_for']), 'record')}"
        for row in record["cited_for"] if full else record["cited_for"][:_RECORDS]:
            yield f"  {cut(row['label'] or '', None if full else _VALUE)} ({labels.record_type(row['type'])} {row['id']})"
        yield from _more(len(record["cited_for"]), _RECORDS, "record", full=full)


def country_lines(country: Row) -> Iterator[str]:
    """Yield the lines that `overt show` prints for a country, from `country_data`."""
    yield f"{country['label']}  (country {country['id']}, release {country['release']})"
    yield ""
    yield f"projects: {country['projects']:,}"
    yield from map(_layer_line, country["layers"])
    if country["organizations"]:
        yield ""
        yield "organisations with a part in the most projects:"
        yield from (f"  {row['label'] or row['id']} ({row['id']}): {row['projects']:,}" for row in country["organizations"])
    if country["commitments"]:
        yield ""
        yield "money promised:"
    for row in country["commitments"]:
        promised = f"{with_unit(str(row['amount']), row['unit'])}, " if row["unit"] else "without an amount, "
        yield f"  {promised}{format_count(row['commitments'], 'commitment')}"
    yield ""
    yield "; ".join(f"{name}: {country[name]:,}" for name in _COUNTS)
    yield f"the rows: /country/{country['id']} of the site (`overt serve`)"


def _layer_line(row: Row) -> str:
    """Return the number of a country's projects in a layer, and how many of them the country's page counts separately."""
    apart = []
    if row["scanners"]:
        apart.append(f"{row['scanners']:,} only {'scans' if row['scanners'] == 1 else 'scan'} goods or baggage")
    if row["undocumented"]:
        apart.append(f"{row['undocumented']:,} only announced, cancelled, denied or unverified")
    of_these = f" (of these, {'; '.join(apart)})" if apart else ""
    return f"  {row['label']}: {row['projects']:,}{of_these}"


def _claims(record: Row, labels: PropertyAndValueLabels, *, full: bool) -> Iterator[str]:
    """Yield the lines for the values of each property, with the claims that state them.

    Shown values come first, retracted ones last.
    """
    values = {(value["property"], value["value"], value["unit"]): value for value in record["values"]}
    ranks = {key: value["rank"] for key, value in values.items()}

    def key(claim: Row) -> tuple[str, str, str | None]:
        return claim["property"], claim["target"] or claim["value"], claim["unit"]

    def sort_key(claim: Row) -> tuple[str, int, str, str]:
        name, value, unit = key(claim)
        return name, ranks.get(key(claim), len(ranks) + 1), value, unit or ""

    for _, group in groupby(sorted(record["claims"], key=sort_key), key=sort_key):
        claims = list(group)
        kind, (name, text, unit) = claims[0]["type"], key(claims[0])
        value = values.get((name, text, unit))
        label = f"{value['label']} ({text})" if value and value["label"] else labels.value(kind, name, text)
        yield ""
        yield f"{labels.property(kind, name)}: {cut(label, None if full else _VALUE)}{f' {unit}' if unit else ''}{_mark(value)}"
        for claim in claims:
            yield from _claim(claim, full=full)


def _mark(value: Row | None) -> str:
    """Return the mark after a value that is retracted or contested; empty for other values."""
    if value is None:
        return "  [taken back]"
    if not value["contested"]:
        return ""
    return f"  [contested: {'this one is shown' if value['shown'] else 'not shown'}]"


def _claim(claim: Row, *, full: bool) -> Iterator[str]:
    rule = f" by {claim['rule']}" if claim["rule"] else ""
    yield f"  {claim['basis']}{rule}, {claim['source']} ({claim['record']}){_standing(claim)}"
    for place in claim["evidence"] if full else claim["evidence"][:_PLACES]:
        where = f"{place['file'] or 'ledger'} {place['locator']}"
        if place["document_title"] or place["document_url"]:
            title = f"“{place['document_title']}”" if place["document_title"] else ""
            where += f", citing {' '.join(filter(None, (title, place['document_url'])))}"
        retrieved = f", retrieved {place['retrieved']}" if place["retrieved"] else ""
        yield f"    {where}{retrieved}: {cut(place['excerpt'], None if full else _EXCERPT)!r}"
        if not place["archived"]:
            yield f"      typed from a place {NOT_ARCHIVED}"
        if entry := place.get("entry"):
            yield f"      {entry['who']}, {entry['at'][:10]}: {entry['why']}"
    yield from _more(len(claim["evidence"]), _PLACES, "place", full=full, indent="    ")


def _standing(claim: Row) -> str:
    if claim["standing"] == "outweighed":
        return "; NOT COUNTED"
    if claim["standing"] != "retracted":
        return ""
    if not (retraction := claim.get("retraction")):
        return "; RETRACTED"
    return f"; RETRACTED by {retraction['who'] or 'an editor'}, {retraction['at'][:10]}: {retraction['why']}"


def _by_type(rows: Iterable[Row]) -> Iterator[tuple[str, str, list[Row]]]:
    """Yield records by type and phase, so that ended records are separate from current ones."""
    phases = list(PHASES)

    def sort_key(row: Row) -> tuple[int, str, int]:
        kind = row["type"]
        return (_ORDER.index(kind) if kind in _ORDER else len(_ORDER)), kind, phases.index(row.get("phase", "current"))

    for (_, kind, phase), group in groupby(sorted(rows, key=sort_key), key=sort_key):
        yield kind, phases[phase], list(group)


def _parts(kind: str, values: Iterable[Row], labels: PropertyAndValueLabels, *, full: bool) -> Iterator[str]:
    """Yield a string for each property of a record that refers to another, with its shown values."""
    shown_values = [value for value in values if value["shown"]]
    for name, group in groupby(shown_values, key=lambda value: value["property"]):
        texts = [_value(kind, value, labels, full=full) for value in group]
        more = f"{MARK} and {len(texts) - _VALUES:,} more" if not full and len(texts) > _VALUES else ""
        yield f"{labels.property(kind, name)}: {', '.join(texts if full else texts[:_VALUES])}{more}"


def _value(kind: str, value: Row, labels: PropertyAndValueLabels, *, full: bool) -> str:
    """Return a value in a list; the id of a record is never truncated."""
    if value["label"]:
        return f"{cut(value['label'], None if full else _PART)} ({value['value']})"
    text = with_unit(value["value"], value["unit"]) if value["unit"] else labels.value(kind, value["property"], value["value"])
    return cut(text, None if full else _PART)


def _more(count: int, printed: int, noun: str, *, full: bool, indent: str = "  ") -> Iterator[str]:
    if not full and count > printed:
        yield f"{indent}… and {format_count(count - printed, f'more {noun}')}; --full prints all"
