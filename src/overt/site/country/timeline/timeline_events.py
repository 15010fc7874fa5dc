"""The list of events in a country: measured blocking, reported restrictions, projects, agreements, and laws."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from overt.language.language import N_
from overt.queries import agreements, countries, records
from overt.queries.database import Reader
from overt.queries.labels import Area
from overt.queries.projects import DatedProject
from overt.queries.rows.countries import RestrictionDates, Supplier
from overt.queries.rows.records import Record
from overt.site.agreement.first_date import FirstDate, first_date, first_date_words
from overt.site.country.timeline.country_timelines import restriction_words
from overt.site.site import Site
from overt.site.timelines_of_several_projects import BEGINS, ENDS

SIZE = 60
"""Maximum number of events on a page of the list."""
KINDS = {
    "measured": N_("Measured to be blocked"),
    "restrictions": N_("Restriction, reported"),
    "agreements": N_("Agreement"),
    "laws": N_("Law or rule"),
    "projects": N_("Project"),
}
"""Kinds of events, in the order of events on the same day. `?of=…` filters by kind."""
EVENT_COLUMNS = ("kind", "start", "end", "id", "name", "detail", "page")
"""Columns of the CSV file of events."""
_DAY = re.compile(r"(\d[\dX]{3})(?:-(\d\d))?(?:-(\d\d))?")
_MAX_SUPPLIERS = 2
"""Maximum number of suppliers to name for an event."""


@dataclass(frozen=True)
class CountryEvent:
    """An event in a country, before it is described in words."""

    of: str
    """A key of KINDS."""
    dates: tuple[tuple[str, str], ...]
    """Pairs of a property and an EDTF date, dates of the beginning first; empty if no date is known."""
    id: str
    """Id of the event's record."""
    name: str
    kind: str | None = None
    """For an agreement or law: its kind, from the vocabulary `agreement-kinds`."""
    layer: str | None = None
    """For a project: its layer."""

    @property
    def year(self) -> str:
        """The year under which the event is listed: `201X` if only the decade is known, empty without a date."""
        return match[1] if self.dates and (match := _DAY.search(self.dates[0][1])) else ""

    @property
    def place(self) -> tuple[str, ...]:
        """Sort key: the earliest possible day. A decade comes before its first year, although both begin on the same day."""
        match = _DAY.search(self.dates[0][1]) if self.dates else None
        if match is None:
            return ()
        year, *days = (part or "00" for part in match.groups())
        return (year.replace("X", "0"), "" if "X" in year else "1", *days)


@dataclass(frozen=True)
class CountryEvents:
    """The events of a country: dated events, newest first, and the numbers of undated ones."""

    dated: list[CountryEvent]
    undated: Mapping[str, int]
    """Number of undated events by kind."""
    counts: Mapping[str, int]
    """Number of dated events by kind."""

    def by_kind(self, kind: str) -> list[CountryEvent]:
        """Return the dated events of one kind, or of all kinds if `kind` is empty."""
        return [entry for entry in self.dated if entry.of == kind] if kind else self.dated


def country_events(site: Site, reader: Reader, code: str) -> CountryEvents:
    """Return all events in a country. Each record appears only once, on its first date."""
    signed = records.linked(reader, code, "agreement", "party-country")
    entries = [
        *(_restriction(row) for row in countries.restriction_dates(reader, code)),
        *(_agreement(site, record) for record in signed),
        *(_project(site, row) for row in countries.spans(reader, code)),
    ]
    order = list(KINDS)
    dated = sorted((entry for entry in entries if entry.year), key=lambda entry: (order.index(entry.of), entry.name, entry.id))
    dated.sort(key=lambda entry: entry.place, reverse=True)
    undated = Counter(entry.of for entry in entries if not entry.year)
    return CountryEvents(dated, undated, Counter(entry.of for entry in dated))


def _restriction(row: RestrictionDates) -> CountryEvent:
    """Return a restriction as an event of the kind `measured` or `restrictions`."""
    dates = tuple((name, date) for name, date in (("start", row.start), ("end", row.end)) if date)
    return CountryEvent("measured" if row.measured else "restrictions", dates, row.id, "")


def _agreement(site: Site, record: Record) -> CountryEvent:
    """Return an agreement as an event of the kind `agreements` or, if it is a law, `laws`, on its first known date."""
    date, of = first_date(record), "laws" if agreements.is_law(site.words, record) else "agreements"
    return CountryEvent(of, ((date.step, date.day),) if date else (), record.id, site.called(record), kind=record.value("kind"))


def _project(site: Site, row: DatedProject) -> CountryEvent:
    dates = tuple((name, row.dates[name]) for name in (*BEGINS, *ENDS, "ended") if name in row.dates)
    return CountryEvent("projects", dates, row.id, site.called(row), layer=row.layer)


def describe_events(site: Site, reader: Reader, entries: Sequence[CountryEvent]) -> list[dict[str, Any]]:
    """Describe events for a template.

    Each event is a mapping. `of`: its kind. `sign`: its layer, or `unknown`. `label`, `detail`, `year`, `when`: texts. `at`:
    `CountryEvent.year`. `address`: the record's page. `suppliers`: a project's first few suppliers. `more`: the number of other
    suppliers.
    """
    ids = [entry.id for entry in entries if entry.of in ("measured", "restrictions")]
    restrictions = {restriction.id: restriction for restriction in records.records(reader, ids)}
    suppliers: dict[str, list[Supplier]] = {}
    for row in countries.suppliers(reader, [entry.id for entry in entries if entry.of == "projects"]):
        suppliers.setdefault(row.project, []).append(row)
    described_entries = []
    for entry in entries:
        words = {
            "of": entry.of,
            "year": site.formats.date(entry.year),
            "at": entry.year,
            "when": _when(site, entry),
            "label": entry.name,
        }
        if entry.id in restrictions:
            restriction = restrictions[entry.id]
            words |= {
                "sign": "censorship",
                "address": site.record_url("restriction", entry.id),
                "label": restriction_words(site, restriction),
            }
            words["detail"] = _detail(site, restriction)
        elif entry.of in ("agreements", "laws"):
            words |= {"sign": "agreements", "address": site.record_url("agreement", entry.id)}
            words["detail"] = site.words.term("agreement-kinds", entry.kind)
        else:
            words |= {"sign": entry.layer or "unknown", "address": site.record_url("project", entry.id), "detail": ""}
        named = suppliers.get(entry.id, [])
        described_entries.append({**words, "suppliers": named[:_MAX_SUPPLIERS], "more": len(named[_MAX_SUPPLIERS:])})
    return described_entries


def _when(site: Site, entry: CountryEvent) -> str:
    """Return the dates of an event in words, as precisely as they are known."""
    date, dates = site.formats.date, dict(entry.dates)
    if entry.of == "projects":
        properties = site.schema.types["project"].properties
        parts = (site.gettext("%(what)s: %(date)s", what=properties[name].label, date=date(value)) for name, value in entry.dates)
        return site.gettext("; ").join(parts)
    if entry.of == "measured":
        start, end = _on(site, dates.get("start", "")), dates.get("end", "")
        if end.endswith("/.."):
            return site.gettext("%(start)s; still on the last list, of %(end)s", start=start, end=date(end.removesuffix("/..")))
        return site.gettext("%(start)s; no longer listed: %(end)s", start=start, end=_on(site, end)) if end else start
    if entry.of == "restrictions":
        if "start" not in dates:
            return site.formats.period(None, dates["end"])
        if "end" not in dates:
            return site.gettext("from %(date)s; end not reported", date=date(dates["start"]))
        return site.formats.period(dates["start"], dates["end"])
    return first_date_words(site, FirstDate(*entry.dates[0]))


def _detail(site: Site, record: Record) -> str:
    """Return the area or scope of a restriction and, if on record (as for measured blocking), its domain and protocol."""
    area, scope, protocol = record.value("area"), record.value("scope"), record.value("protocol")
    parts = (
        site.language.translated(area) if area or not scope else site.words.term("restriction-scopes", scope),
        record.value("domain"),
        site.words.term("protocols", protocol) if protocol else "",
    )
    return site.language.comma.join(part for part in parts if part)


def _on(site: Site, when: str) -> str:
    """Return a day in words, or the possible range if it is uncertain."""
    first, _, last = when.partition("/")
    if first in ("", "..") or last in ("", ".."):
        return site.formats.date(when)
    return site.gettext("between %(first)s and %(last)s", first=site.formats.date(first), last=site.formats.date(last))


def event_lines(site: Site, reader: Reader, entries: Iterable[CountryEvent]) -> Iterator[Sequence[str]]:
    """Yield a header and a row for each event, with its dates in EDTF and the address of its page.

    Every event must have a date.
    """
    yield EVENT_COLUMNS
    listed = list(entries)
    for entry, words in zip(listed, describe_events(site, reader, listed), strict=True):
        first, last = entry.dates[0][1], entry.dates[-1][1] if len(entry.dates) > 1 else ""
        yield (entry.of, first, last, entry.id, words["label"], words["detail"], words["address"])


def timeline_parts(site: Site, area: Area, when: CountryEvents, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the template variables of the list, such as `years` with their events, `kinds` with counts, and the totals.

    `rows`: events in the order of the list, as `describe_events` returns them.
    """
    return {
        "country": area,
        "years": [
            (entries[0]["year"], at, entries)
            for at, group in groupby(rows, key=lambda row: row["at"])
            if (entries := list(group))
        ],
        "kinds": [(kind, site.gettext(words), when.counts[kind]) for kind, words in KINDS.items() if when.counts[kind]],
        "kind_words": {kind: site.gettext(words) for kind, words in KINDS.items()},
        "dated": len(when.dated),
        "undated": when.undated,
        "of": "",
    }
