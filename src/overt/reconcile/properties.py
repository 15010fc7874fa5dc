"""What lists of others can have of records: properties, the parts that organisations have in projects, sources and pages."""

from collections import Counter
from collections.abc import Iterable, Sequence

import orjson
from starlette.exceptions import HTTPException

from overt.http.served import Served
from overt.language.language import N_
from overt.queries.database import Reader
from overt.queries.records import Fact, Record
from overt.queries.records import records as plain

COUNTRY = "country"
"""The type of the countries and territories that records name; not a record itself."""
TYPES = ("organization", "project", COUNTRY, "agreement", "document", "place")
"""What lists of others can be matched with; the likeliest to be asked for first."""
LIKELY = ("organization", "project", COUNTRY, "agreement")
"""Those that are looked for where a query says no type: documents and places often bear the names of others."""
PAGE, SOURCES = "page", "sources"
"""Columns that are no property of the schema: a record's page, and who says what is known of it."""
COUNTED = {
    "projects": N_("Projects"),
    "assessments": N_("Assessments"),
    "agreements": N_("Agreements"),
    "restrictions": N_("Restrictions"),
    "indicators": N_("Indicator values"),
}
"""Columns of countries: of how many records a release says that they are in one, with their labels."""
PROJECT, ORGANIZATION = "project", "organization"


def roles(site: Served) -> dict[str, str]:
    """The parts that an organisation can have in a project (supplier, customer, owner …), with their labels: columns of projects
    that no property has, since records of their own tell of them.
    """
    return {role: str(row["label"]) for role, row in site.words.terms["roles"].items()}


def properties_of(site: Served, types: Sequence[str]) -> list[dict[str, str]]:
    """The columns that records of these types can have, with their labels, of which no two are alike."""
    found: dict[str, tuple[str, str]] = {}
    for kind in types:
        if kind in site.schema.types:
            held = {name: prop.label for name, prop in site.schema.types[kind].properties.items()}
            for name, label in (held | roles(site) if kind == PROJECT else held).items():
                found.setdefault(name, (label, site.schema.types[kind].label))
    if not found:
        found["name"] = site.gettext("Name"), ""
    if COUNTRY in types:
        found |= {name: (site.gettext(label), site.gettext("Country")) for name, label in COUNTED.items()}
    found |= {SOURCES: (site.gettext("Sources"), ""), PAGE: (site.gettext("Page"), "")}
    uses, seen = Counter(label for label, _ in found.values()), set[str]()
    named = []
    for name, (label, kind) in found.items():
        again = uses[label] > 1 and label in seen and kind
        seen.add(label)
        named.append({"id": name, "name": f"{label} ({kind})" if again else label})
    return named


def check_known(site: Served, where: str, names: Iterable[str]) -> None:
    """Raise HTTPException 400 for a column that there is not. The protocol leaves to a service what it does then; an empty
    column, or a score that the column has no part in, would be taken for what is known.
    """
    known = [one["id"] for one in properties_of(site, TYPES)]
    if unknown := [name for name in names if name not in known]:
        raise HTTPException(400, f"{where}: there is no property {unknown[0][:50]!r}; there are {', '.join(known)}.")


def records(site: Served, reader: Reader, ids: Iterable[str]) -> list[Record]:
    """Records, of projects with those who have a part in them as values of the columns `roles`."""
    found = plain(reader, ids)
    projects = {record.id: record for record in found if record.type == PROJECT}
    parts = reader.rows("projects.roles", [orjson.dumps(list(projects)).decode()]) if projects else []
    for part in parts:
        fact = Fact(
            part["project"], part["role"], part["id"], None, None, True, False, "", 0, 0, None, "", None, None, None,
            part["label"] or part["id"], part["label_lang"], part["label_zh"], ORGANIZATION,
        )  # fmt: skip
        projects[fact.id].facts.setdefault(fact.property, []).append(fact)
    return found
