"""`overt show`."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Annotated, Any

import typer

from overt.cli.common import HERE, JsonOption, WorkspaceOption, print_json, release_folder
from overt.cli.show_country import country_code, country_data, country_lines
from overt.cli.show_data import provenance_data, record_data
from overt.cli.words import MARK, cut, with_unit
from overt.model.errors import UsageError, format_count
from overt.model.schema import Schema
from overt.model.workspace import Workspace
from overt.release.release import Release

ReleaseOption = Annotated[str | None, typer.Option("--release", help="A release's id.", show_default="the newest one")]
Data = dict[str, Any]
_FIRST = ("commitment", "role", "place", "relation", "listing")
"""Types of records that name a thing, in the order in which they are told; others follow."""
_HEADINGS = {
    "commitment": "money", "role": "who did what", "place": "places", "relation": "relations", "listing": "official lists",
    "agreement": "agreements", "assessment": "assessments", "project": "projects", "restriction": "restrictions",
}  # fmt: skip
_VALUE, _EXCERPT, _PART = 200, 120, 60
"""Characters that are printed without --full: of a value, of a cell's words, and of a value in a list."""
_RECORDS, _PLACES, _VALUES = 20, 10, 5
"""Records that name a thing, places of a claim and values of a property in a list that are printed without --full."""


def show(
    record: Annotated[
        str,
        typer.Argument(
            help="A published id (ovt-…), a source's record id, a country's code, or a name that means one thing.", metavar="ID"
        ),
    ],
    full: Annotated[bool, typer.Option("--full", help="Print all of it, however long.")] = False,
    prov: Annotated[bool, typer.Option("--prov", help="Print where a record comes from, as PROV-O in JSON-LD.")] = False,
    json: JsonOption = False,
    release: ReleaseOption = None,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Print a record with every claim and where it comes from, and the records that name it: money, parts, places, relations."""
    atlas = Workspace.open(workspace)
    areas = atlas.content.areas
    with Release(release_folder(atlas, release)) as held:
        code = country_code(areas, record, code=True)
        if code is None:
            try:
                found = record_data(atlas, held, record)
            except UsageError:
                code = country_code(areas, record, code=False)
                if code is None:
                    raise
        if code and prov:
            raise UsageError(f"{record}: a country has no provenance of its own; ask for a record in it")
        if code:
            found = country_data(held, areas, code)
        if prov:
            found = provenance_data(atlas, held, found)
    if json or prov:
        print_json(found)
        return
    for line in country_lines(found) if code else _lines(found, atlas.content.schema, full=full):
        print(line)


def _lines(found: Data, schema: Schema, *, full: bool) -> Iterator[str]:
    yield f"{found.get('label') or found['id']}  ({found.get('type', 'withdrawn')} {found['id']}, release {found['release']})"
    yield f"records: {', '.join(found['members'])}"
    yield from _claims(found, full=full)
    for kind, rows in _by_type(found["named_by"]):
        yield ""
        yield f"{_HEADINGS.get(kind, schema.types[kind].label.lower())}: {format_count(len(rows), 'record')} of type {kind}"
        for row in rows if full else rows[:_RECORDS]:
            others = "; ".join(_parts(row["values"], full=full))
            yield f"  as {row['property']} of {row['id']}{f': {others}' if others else ''}"
        yield from _more(len(rows), _RECORDS, "record", full=full)
    if found["cited_for"]:
        yield ""
        yield f"cited for: {format_count(len(found['cited_for']), 'record')}"
        for row in found["cited_for"] if full else found["cited_for"][:_RECORDS]:
            yield f"  {cut(row['label'] or '', None if full else _VALUE)} ({row['type']} {row['id']})"
        yield from _more(len(found["cited_for"]), _RECORDS, "record", full=full)


def _claims(found: Data, *, full: bool) -> Iterator[str]:
    """Each value, the shown one first, with the claims that make it; then what was taken back."""
    values = {(value["property"], value["value"], value["unit"]): value for value in found["values"]}
    order = {key: value["rank"] for key, value in values.items()}

    def key(claim: Data) -> tuple[str, str, str | None]:
        return claim["property"], claim["target"] or claim["value"], claim["unit"]

    def place(claim: Data) -> tuple[str, int, str, str]:
        name, value, unit = key(claim)
        return name, order.get(key(claim), len(order) + 1), value, unit or ""

    for _, group in groupby(sorted(found["claims"], key=place), key=place):
        claims = list(group)
        name, text, unit = key(claims[0])
        value = values.get((name, text, unit))
        label = f"{value['label']} ({text})" if value and value["label"] else text
        yield ""
        yield f"{name}: {cut(label, None if full else _VALUE)}{f' {unit}' if unit else ''}{_mark(value)}"
        for claim in claims:
            yield from _claim(claim, full=full)


def _mark(value: Data | None) -> str:
    """What a value's standing among others is, where it is not the only one."""
    if value is None:
        return "  [taken back]"
    if not value["contested"]:
        return ""
    return f"  [contested: {'this one is shown' if value['shown'] else 'not shown'}]"


def _claim(claim: Data, *, full: bool) -> Iterator[str]:
    rule = f" by {claim['rule']}" if claim["rule"] else ""
    yield f"  {claim['basis']}{rule}, {claim['source']} ({claim['record']}){_taken_back(claim)}"
    for place in claim["evidence"] if full else claim["evidence"][:_PLACES]:
        where = f"{place['file'] or 'ledger'} {place['locator']}"
        if place["document_title"] or place["document_url"]:
            where += f", citing “{place['document_title'] or ''}” {place['document_url'] or ''}".rstrip()
        retrieved = f", retrieved {place['retrieved']}" if place["retrieved"] else ""
        yield f"    {where}{retrieved}: {cut(place['excerpt'], None if full else _EXCERPT)!r}"
        if entry := place.get("entry"):
            yield f"      {entry['who']}, {entry['at'][:10]}: {entry['why']}"
    yield from _more(len(claim["evidence"]), _PLACES, "place", full=full, indent="    ")


def _taken_back(claim: Data) -> str:
    if claim["standing"] != "retracted":
        return ""
    said = claim.get("retraction")
    return f"; RETRACTED by {said['who']}, {said['at'][:10]}: {said['why']}" if said else "; RETRACTED"


def _by_type(named_by: Iterable[Data]) -> Iterator[tuple[str, list[Data]]]:
    def place(row: Data) -> tuple[int, str]:
        return (_FIRST.index(row["type"]) if row["type"] in _FIRST else len(_FIRST)), row["type"]

    for (_, kind), rows in groupby(sorted(named_by, key=place), key=place):
        yield kind, list(rows)


def _parts(values: Iterable[Data], *, full: bool) -> Iterator[str]:
    """The shown values of a record that names another, a property once."""
    shown = [value for value in values if value["shown"]]
    for name, group in groupby(shown, key=lambda value: value["property"]):
        held = [_value(value, full=full) for value in group]
        more = f"{MARK} and {len(held) - _VALUES:,} more" if not full and len(held) > _VALUES else ""
        yield f"{name} {', '.join(held if full else held[:_VALUES])}{more}"


def _value(value: Data, *, full: bool) -> str:
    """A value in a list; the id of a record is never cut."""
    if value["label"]:
        return f"{cut(value['label'], None if full else _PART)} ({value['value']})"
    return cut(with_unit(value["value"], value["unit"]), None if full else _PART)


def _more(held: int, printed: int, what: str, *, full: bool, indent: str = "  ") -> Iterator[str]:
    if not full and held > printed:
        yield f"{indent}… and {format_count(held - printed, f'more {what}')}; --full prints all"
