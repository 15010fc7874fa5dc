"""What the preview of a record or a country shows, in a frame of another program."""

from collections.abc import Sequence
from typing import Any

from starlette.exceptions import HTTPException

from overt.http.served import Served
from overt.queries.database import Reader
from overt.queries.records import Fact
from overt.reconcile.properties import PAGE, PROJECT, SOURCES, properties_of, records, roles

_FIRST = ("kind", "country", "status", "supplier")
"""What tells one thing from another, before all else that is known of it."""
_MOST_LINES, _MOST_VALUES, _MOST_SOURCES = 5, 4, 3
_NEVER = ("name", "description", SOURCES, PAGE)


def previewed(site: Served, identity: str, page: str) -> dict[str, Any]:
    """What a preview shows. Raises HTTPException 404."""
    with site.database.lease() as reader:
        if identity in site.words.areas:
            return _of_country(site, reader, identity, page)
        found = next(iter(records(site, reader, [identity])), None)
        if found is None:
            raise HTTPException(404, "No record of this release has this id.")
        slugs = {row["source"] for row in reader.rows("records.row_sources", [f'["{identity}"]'])}
    columns = {one["id"]: one["name"] for one in properties_of(site, [found.type]) if one["id"] not in _NEVER}
    order = [name for name in _FIRST if name in columns] + [name for name in columns if name not in _FIRST]
    facts = [
        (columns[name], [_words(site, found.type, fact) for fact in held[:_MOST_VALUES]], max(0, len(held) - _MOST_VALUES))
        for name in order
        if (held := found.shown(name))
    ]
    kind = site.schema.types[found.type].label
    return {
        "kind": kind,
        "label": found.label or found.id,
        "facts": facts[:_MOST_LINES],
        "origin": _origin(site, sorted(site.title_of(slug) for slug in slugs)),
        "page": site.record_url(found.type, identity),
    }


def _of_country(site: Served, reader: Reader, code: str, page: str) -> dict[str, Any]:
    many = next((row["projects"] for row in reader.rows("countries.all") if row["code"] == code), 0)
    told = [(site.gettext("Projects"), [site.formats.rounded(many)], 0)]
    return {"kind": site.gettext("Country"), "label": site.words.area(code), "facts": told, "origin": "", "page": page}


def _origin(site: Served, titles: Sequence[str]) -> str:
    """A sentence of where a record is from."""
    named = site.language.comma.join(titles[:_MOST_SOURCES])
    if more := len(titles) - _MOST_SOURCES if len(titles) > _MOST_SOURCES else 0:
        return site.gettext("This is from %(sources)s and %(n)s more.", sources=named, n=more)
    return site.gettext("This is from %(sources)s.", sources=named) if named else ""


def _words(site: Served, kind: str, fact: Fact) -> str:
    value = fact.label or fact.value
    held = site.schema.types.get(kind)
    prop = held.properties.get(fact.property) if held else None
    if prop is None or (kind == PROJECT and fact.property in roles(site)):  # or a release of before the schema of today
        return value
    if prop.type == "area":
        return site.words.area(value)
    return site.words.term(prop.vocabulary or "", value) if prop.type == "term" else value
