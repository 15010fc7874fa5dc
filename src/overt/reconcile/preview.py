"""The preview of a record or country, shown in a frame of another program."""

from collections.abc import Sequence
from typing import Any

from starlette.exceptions import HTTPException

from overt.http.served_release import Served
from overt.queries import countries
from overt.queries.database import Reader
from overt.queries.rows.records import Fact
from overt.reconcile.types_and_properties import PAGE, PROJECT, SOURCES, properties_of, records_by_id, roles

_FIRST = ("kind", "country", "status", "supplier")
"""Properties that best distinguish records, shown first."""
_MAX_LINES, _MAX_VALUES, _MAX_SOURCES = 5, 4, 3
_NEVER = ("name", "description", SOURCES, PAGE)


def preview_context(site: Served, identity: str, page: str) -> dict[str, Any]:
    """Return the context of the preview template. `page`: the path of a country's page.

    Raises HTTPException 404 if there is no such record or country.
    """
    with site.database.lease() as reader:
        if identity in site.words.areas:
            return _country_context(site, reader, identity, page)
        record = records_by_id(reader, [identity]).get(identity)
        if record is None:
            raise HTTPException(404, "No record of this release has this id.")
        slugs = {row["source"] for row in reader.rows("records.row_sources", [f'["{record.id}"]'])}
    columns = {column["id"]: column["name"] for column in properties_of(site, [record.type]) if column["id"] not in _NEVER}
    order = [name for name in _FIRST if name in columns] + [name for name in columns if name not in _FIRST]
    facts = [
        (columns[name], [_words(site, record.type, fact) for fact in values[:_MAX_VALUES]], max(0, len(values) - _MAX_VALUES))
        for name in order
        if (values := record.shown(name))
    ]
    kind = site.schema.types[record.type].label
    return {
        "kind": kind,
        "label": record.label or record.id,
        "facts": facts[:_MAX_LINES],
        "origin": _origin(site, sorted(site.title_of(slug) for slug in slugs)),
        "page": site.record_url(record.type, record.id),
    }


def _country_context(site: Served, reader: Reader, code: str, page: str) -> dict[str, Any]:
    row = countries.find(reader, code)
    facts = [(site.gettext("Projects"), [site.formats.rounded(row.projects if row else 0)], 0)]
    return {"kind": site.gettext("Country"), "label": site.words.area(code), "facts": facts, "origin": "", "page": page}


def _origin(site: Served, titles: Sequence[str]) -> str:
    """Return a sentence that names a record's first sources and counts the others; empty if there are no sources."""
    named = site.language.comma.join(titles[:_MAX_SOURCES])
    if more := len(titles) - _MAX_SOURCES if len(titles) > _MAX_SOURCES else 0:
        return site.gettext("This is from %(sources)s and %(n)s more.", sources=named, n=more)
    return site.gettext("This is from %(sources)s.", sources=named) if named else ""


def _words(site: Served, kind: str, fact: Fact) -> str:
    value = fact.label or fact.value
    schema_type = site.schema.types.get(kind)
    prop = schema_type.properties.get(fact.property) if schema_type else None
    # The current schema may lack a property that an older release has, and it has no properties for roles.
    if prop is None or (kind == PROJECT and fact.property in roles(site)):
        return value
    if prop.type == "area":
        return site.words.area(value)
    return site.words.term(prop.vocabulary or "", value) if prop.type == "term" else value
