"""What happened in a country when, in one list: what is measured to be blocked, restrictions that are reported, projects and who
supplies them, agreements.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from overt.language.language import N_
from overt.queries import countries, records
from overt.queries.database import Reader, Row
from overt.queries.records import Record
from overt.site.country.timeline import restriction_words
from overt.site.project_timeline import BEGINS, ENDS
from overt.site.site import Site

SIZE = 60
"""Entries of one page of the list."""
FIRST = 12
"""Of these that the page of a country has, the newest."""
KINDS = {
    "measured": N_("Measured to be blocked"),
    "restrictions": N_("Restriction, reported"),
    "agreements": N_("Agreement"),
    "projects": N_("Project"),
}
"""What an entry is; `?of=…` of the list, and the order of those of one day."""
_DAY = re.compile(r"(\d[\dX]{3})(?:-(\d\d))?(?:-(\d\d))?")
_SHOWN = 2
"""Suppliers that an entry names."""


@dataclass(frozen=True)
class Happening:
    """An entry of the list, before it is put into words."""

    of: str
    """A key of KINDS."""
    dates: tuple[tuple[str, str], ...]
    """What is known of when, EDTF by the name of the property, in order of time; empty where nothing is."""
    id: str
    """Of its record."""
    name: str
    row: Row
    """What else is needed to say it."""

    @property
    def year(self) -> str:
        """The year by which it stands in the list, or `201X` where no more is known than the decade; empty without a date."""
        return found[1] if self.dates and (found := _DAY.search(self.dates[0][1])) else ""

    @property
    def place(self) -> tuple[str, ...]:
        """By which the newest comes first: the first day that it can have been. A decade comes behind all of its first year."""
        found = _DAY.search(self.dates[0][1]) if self.dates else None
        if found is None:
            return ()
        year, *days = (part or "00" for part in found.groups())
        return (year.replace("X", "0"), "" if "X" in year else "1", *days)


@dataclass(frozen=True)
class When:
    """Everything that has a date, the newest first, and how much has none."""

    dated: list[Happening]
    undated: Mapping[str, int]
    counts: Mapping[str, int]
    """Of those with a date, by KINDS."""

    def of(self, kind: str) -> list[Happening]:
        """Those of one kind; all, where it is empty."""
        return [one for one in self.dated if one.of == kind] if kind else self.dated


def of_country(site: Site, reader: Reader, code: str) -> When:
    """Everything that happened in a country. A thing stands once, by the first of its dates."""
    agreements = records.linked(reader, code, "agreement", "party-country")
    found = [
        *(_restriction(row) for row in countries.restriction_dates(reader, code)),
        *(_agreement(site, held) for held in agreements),
        *(_project(site, row) for row in countries.spans(reader, code)),
    ]
    order = list(KINDS)
    dated = sorted((one for one in found if one.year), key=lambda one: (order.index(one.of), one.name, one.id))
    dated.sort(key=lambda one: one.place, reverse=True)
    undated = Counter(one.of for one in found if not one.year)
    return When(dated, undated, Counter(one.of for one in dated))


def _restriction(row: Row) -> Happening:
    """A restriction, told by whether a source measured it or reports it."""
    dates = tuple((name, row[name]) for name in ("start", "end") if row[name])
    return Happening("measured" if row["measured"] else "restrictions", dates, row["id"], "", row)


def _agreement(site: Site, held: Record) -> Happening:
    date = held.value("date")
    return Happening(
        "agreements", (("date", date),) if date else (), held.id, site.called(vars(held)), {"kind": held.value("kind")}
    )


def _project(site: Site, row: Row) -> Happening:
    dates = tuple((name, row["dates"][name]) for name in (*BEGINS, *ENDS, "ended") if name in row["dates"])
    return Happening("projects", dates, row["id"], site.called(row), row)


def described(site: Site, reader: Reader, entries: Sequence[Happening]) -> list[dict[str, Any]]:
    """Entries in words: `of`, `sign` (a layer), `year`, `when`, `label`, `address`, `detail`, and `suppliers` (rows)."""
    wanted = [one.id for one in entries if one.of in ("measured", "restrictions")]
    restrictions = {held.id: held for held in records.records(reader, wanted)}
    suppliers: dict[str, list[Row]] = {}
    for row in countries.suppliers(reader, [one.id for one in entries if one.of == "projects"]):
        suppliers.setdefault(row["project"], []).append(row)
    found = []
    for one in entries:
        said = {"of": one.of, "year": site.formats.date(one.year), "at": one.year, "when": _when(site, one), "label": one.name}
        if one.id in restrictions:
            held = restrictions[one.id]
            said |= {
                "sign": "censorship",
                "address": site.record_url("restriction", one.id),
                "label": restriction_words(site, held),
            }
            said["detail"] = _detail(site, held)
        elif one.of == "agreements":
            said |= {"sign": "agreements", "address": site.record_url("agreement", one.id)}
            said["detail"] = site.words.term("agreement-kinds", one.row["kind"])
        else:
            said |= {"sign": one.row["layer"] or "unknown", "address": site.record_url("project", one.id), "detail": ""}
        named = suppliers.get(one.id, [])
        found.append({**said, "suppliers": named[:_SHOWN], "more": len(named[_SHOWN:])})
    return found


def _when(site: Site, one: Happening) -> str:
    """Its dates, as exactly as they are known and no more."""
    date, dates = site.formats.date, dict(one.dates)
    if one.of == "projects":
        properties = site.schema.types["project"].properties
        said = (site.gettext("%(what)s: %(date)s", what=properties[name].label, date=date(value)) for name, value in one.dates)
        return site.gettext("; ").join(said)
    if one.of == "measured":
        start, end = _on(site, dates.get("start", "")), dates.get("end", "")
        if end.endswith("/.."):
            return site.gettext("%(start)s; still on the last list, of %(end)s", start=start, end=date(end.removesuffix("/..")))
        return site.gettext("%(start)s; not listed any more: %(end)s", start=start, end=_on(site, end)) if end else start
    if one.of == "restrictions":
        if "start" not in dates:
            return site.formats.period(None, dates["end"])
        if "end" not in dates:
            return site.gettext("from %(date)s; no end is told", date=date(dates["start"]))
        return site.formats.period(dates["start"], dates["end"])
    return date(dates["date"])


def _detail(site: Site, held: Record) -> str:
    """Where a restriction is, and, of one that is measured, which domain and what of a connection."""
    area, protocol = held.value("area"), held.value("protocol")
    parts = (
        site.language.translated(area),
        held.value("domain"),
        site.words.term("protocols", protocol) if protocol else "",
    )
    return site.language.comma.join(part for part in parts if part)


def _on(site: Site, when: str) -> str:
    """A day, or the days on one of which it was."""
    first, _, last = when.partition("/")
    if first in ("", "..") or last in ("", ".."):
        return site.formats.date(when)
    return site.gettext("between %(first)s and %(last)s", first=site.formats.date(first), last=site.formats.date(last))


def lines(site: Site, reader: Reader, entries: Iterable[Happening]) -> Iterator[Sequence[str]]:
    """The list as a table: dates in EDTF, and the address at which each is told in full."""
    yield ("kind", "start", "end", "id", "name", "detail", "page")
    held = list(entries)
    for one, said in zip(held, described(site, reader, held), strict=True):
        first, last = one.dates[0][1], one.dates[-1][1] if len(one.dates) > 1 else ""
        yield (one.of, first, last, one.id, said["label"], said["detail"], said["address"])
