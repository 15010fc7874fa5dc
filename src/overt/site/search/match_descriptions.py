"""Descriptions of search matches in the site's language, with the addresses of their pages."""

from typing import Any

import orjson

from overt.http.served_release import Served
from overt.queries.name_search.match_marks import Parts
from overt.queries.name_search.name_lookup import Entry, Match
from overt.queries.name_search.subject_in_country import CountryMatch

_MAX_COUNTRIES = 3
_LISTS = {
    "programme-kind": "/programmes#{}", "measure": "/totals#{}", "restriction-kind": "/countries?sort=restrictions&order=desc",
}  # fmt: skip
"""Address of the page that lists an entry's records, by type of entry. The entry's id replaces the braces."""
_TERMS = {"agreement": "agreement-kinds", "organization": "organization-kinds", "project": "project-kinds"}


def describe_match(site: Served, match: Match) -> dict[str, Any]:
    """Return the description of a match for a page.

    `label`: its label, in the site's language if possible (`lang`: the language of the label). `name`: another name, if the
    query matched that. `what`: a description in a few words. `address`: its page. `label` and `name` are lists of pieces.
    Every second piece matched the query.
    """
    entry = match.entry
    label = site.called(entry)
    on_label = _on_label(label, match.name)
    return {
        "type": entry.type,
        "id": entry.id,
        "label": on_label or [label],
        "lang": entry.label_lang if label == entry.label else site.language.code,
        "name": None if on_label else match.name,
        "what": describe_entry(site, entry),
        "address": entry_address(site, entry),
    }


def describe_country_match(site: Served, match: CountryMatch) -> dict[str, Any]:
    """Return the description of a subject in a country.

    If the subject is a filter of projects, the address is that of the explorer with both filters. Otherwise, it is that of one
    of the country's pages.
    """
    subject = site.language.localized(match.subject, "label") or match.subject.id
    country = site.words.area(match.country.id)
    items = match.filter.items() if match.filter else []
    return {
        "type": "projects",
        "id": "&".join(f"{name}={value}" for name, value in items) or f"{match.country.id}#{match.section}",
        "label": [site.gettext("%(what)s in %(where)s", what=subject, where=country)],
        "lang": None,
        "name": None,
        "what": site.gettext("page of the country") if match.section else _projects(site, match.projects),
        "address": site.url(f"/country/{match.country.id}/{match.section}")
        if match.section
        else site.address("/explorer", items),
    }


def _on_label(label: str, name: Parts) -> Parts | None:
    """Return the pieces of the label if the query matched it, or None.

    A name may be incomplete, because the index stores only the beginning of long names.
    """
    *before, last = name
    name_text = "".join(name)
    if name_text == label:
        return name
    if last.endswith("…") and label.startswith(name_text[:-1]):
        return [*before, last[:-1] + label[len(name_text) - 1 :]]
    return None


def entry_address(site: Served, entry: Entry) -> str:
    """Return an entry's address. For kinds, layers, and towns with projects, it is that of the explorer."""
    kind, identity = entry.type, entry.id
    if kind in ("kind", "layer"):
        return site.address("/explorer", [(kind, identity)])
    if kind == "place" and entry.projects:
        countries = [("country", code) for code in _countries(entry)]
        return site.address("/explorer", [*countries, ("q", entry.label)])
    if kind in ("country", "region", "figure", "series", "source", "platform", "topic"):
        return site.url(f"/{kind}/{identity}")
    if kind in _LISTS:
        return site.url(_LISTS[kind].format(identity))
    return site.record_url(kind, identity)


def describe_entry(site: Served, entry: Entry) -> str:
    """Return a description of an entry in a few words."""
    comma = site.language.comma
    codes = _countries(entry)
    if entry.type == "organization" and entry.id in site.rival_seats:
        where = site.seat(entry.id, None)
    else:
        names = comma.join(site.words.area(code) for code in codes[:_MAX_COUNTRIES])
        where = f"{names} …" if len(codes) > _MAX_COUNTRIES else names
    parts = [_kind(site, entry), where]
    if entry.projects is not None:
        parts.append(_projects(site, entry.projects))
    if entry.year:
        parts.append(site.formats.date(str(entry.year)))
    return comma.join(part for part in parts if part)


def _kind(site: Served, entry: Entry) -> str:
    kind = entry.type
    if entry.kind and kind in _TERMS:
        return site.words.term(_TERMS[kind], entry.kind)
    if kind in site.schema.types:
        return site.schema.types[kind].label
    names = {
        "country": site.gettext("Country"),
        "region": site.gettext("Region"),
        "layer": site.gettext("Layer"),
        "kind": site.gettext("Kind of project"),
        "figure": site.gettext("Figure"),
        "series": site.gettext("Series"),
        "source": site.gettext("Source"),
        "platform": site.gettext("Platform"),
        "topic": site.gettext("Topic of laws"),
        "programme-kind": site.gettext("Kind of programme"),
        "restriction-kind": site.gettext("Kind of restriction"),
        "measure": site.gettext("Reported totals"),
    }
    return names[kind]


def _countries(entry: Entry) -> list[str]:
    return list(orjson.loads(entry.countries or "[]"))


def _projects(site: Served, count: int) -> str:
    return site.ngettext("%(n)s project", "%(n)s projects", count) if count else site.gettext("no project")
