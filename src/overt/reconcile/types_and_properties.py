"""The records, types and properties that clients can match or fetch. Roles, counts, sources and pages are properties, too."""

from collections import Counter
from collections.abc import Iterable, Sequence

from starlette.exceptions import HTTPException

from overt.http.served_release import Served
from overt.language.language import N_
from overt.queries.database import Reader, json_array
from overt.queries.records import records as plain_records
from overt.queries.rows.records import Fact, Record

COUNTRY = "country"
"""The type of countries and territories, which are not records."""
TYPES = ("organization", "project", COUNTRY, "agreement", "document", "place")
"""Types that can be matched; the types that clients request most come first."""
LIKELY = ("organization", "project", COUNTRY, "agreement")
"""Types that are searched if a query doesn't name any. Documents and places are left out: they often share another record's name.
"""
PAGE, SOURCES = "page", "sources"
"""Columns that are not in the schema: the page and sources of a record or country."""
COUNTED = {
    "projects": N_("Projects"),
    "assessments": N_("Assessments"),
    "agreements": N_("Agreements"),
    "restrictions": N_("Restrictions"),
    "indicators": N_("Indicator values"),
}
"""Columns with a country's numbers of records, and their labels."""
PROJECT, ORGANIZATION = "project", "organization"


def roles(site: Served) -> dict[str, str]:
    """Return the roles of organisations in projects (supplier, customer, owner …) with their labels.

    They are columns of projects, although they are stored in role records.
    """
    return {role: str(row.label) for role, row in site.words.terms["roles"].items()}


def properties_of(site: Served, types: Sequence[str]) -> list[dict[str, str]]:
    """Return the columns that records and countries of these types can have, with unique labels."""
    columns: dict[str, tuple[str, str]] = {}
    for kind in types:
        if kind in site.schema.types:
            labels = {name: prop.label for name, prop in site.schema.types[kind].properties.items()}
            for name, label in (labels | roles(site) if kind == PROJECT else labels).items():
                columns.setdefault(name, (label, site.schema.types[kind].label))
    if not columns:
        columns["name"] = site.gettext("Name"), ""
    if COUNTRY in types:
        columns |= {name: (site.gettext(label), site.gettext("Country")) for name, label in COUNTED.items()}
    columns |= {SOURCES: (site.gettext("Sources"), ""), PAGE: (site.gettext("Page"), "")}
    uses, seen = Counter(label for label, _ in columns.values()), set[str]()
    named = []
    for name, (label, kind) in columns.items():
        again = uses[label] > 1 and label in seen and kind
        seen.add(label)
        named.append({"id": name, "name": f"{label} ({kind})" if again else label})
    return named


def check_known(site: Served, where: str, names: Iterable[str]) -> None:
    """Raise HTTPException 400 for an unknown column. `where`: the part of the request, for the message.

    The protocol leaves this to the service. An empty column, or a score that ignores a column, would mislead users.
    """
    known = [column["id"] for column in properties_of(site, TYPES)]
    if unknown := [name for name in names if name not in known]:
        raise HTTPException(400, f"{where}: there is no property {unknown[0][:50]!r}; there are {', '.join(known)}.")


def records(reader: Reader, ids: Iterable[str]) -> list[Record]:
    """Return the records with these ids; unknown ids are left out.

    A project also has its organisations, as values of the role columns.
    """
    result = plain_records(reader, ids)
    projects = {record.id: record for record in result if record.type == PROJECT}
    parts = reader.rows("projects.roles", [json_array(projects)]) if projects else []
    for part in parts:
        fact = Fact(
            part["project"], part["role"], part["id"], None, None, True, False, "", 0, 0, None, "", None, None, None,
            part["label"] or part["id"], part["label_lang"], part["label_zh"], ORGANIZATION,
        )  # fmt: skip
        projects[fact.id].facts.setdefault(fact.property, []).append(fact)
    return result


def records_by_id(reader: Reader, ids: Sequence[str]) -> dict[str, Record]:
    """Return records by the given ids, without unknown ones. A former id gives the record into which it was merged."""
    moved = {row["old_id"]: row["id"] for row in reader.rows("records.redirects", [json_array(ids)])}
    current = {record.id: record for record in records(reader, {moved.get(identity, identity) for identity in ids})}
    return {identity: record for identity in ids if (record := current.get(moved.get(identity, identity)))}
