"""What is on record about an organisation besides projects: relations with other organisations, official lists, agreements."""

from collections.abc import Iterator, Mapping, Sequence

from overt.http.page_addresses import record_url
from overt.index.project_filter_declarations import ProjectFilter
from overt.language.language import NN_
from overt.queries.database import json_array
from overt.queries.project_filter_masks import matching_projects
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Note, size_of

_TYPES = {
    "relation": NN_("%(n)s relation with another organisation", "%(n)s relations with other organisations"),
    "listing": NN_("%(n)s entry on official lists", "%(n)s entries on official lists"),
    "agreement": NN_("%(n)s law or agreement", "%(n)s laws or agreements"),
    "programme": NN_("%(n)s programme", "%(n)s programmes"),
}
"""By type of record: the message, in singular and plural, with the number of such records."""
_MAX_ORGANIZATIONS = 8
"""Maximum number of organisations whose other records are counted."""


def other_records(scope: ProjectScope, types: Sequence[str] = (*_TYPES,)) -> Mapping[str, str]:
    """Return, in words, the numbers of relations, list entries, agreements and programmes of the question's organisations.

    Keys are ids of organisations. Only the first `_MAX_ORGANIZATIONS` are considered, and those without such records are left
    out. `types`: types of records that count.
    """
    counts: dict[str, dict[str, int]] = {}
    named = {"ids": json_array(scope.organizations[:_MAX_ORGANIZATIONS])}
    for row in scope.reader.rows("question_organizations.other_records", named):
        if row["type"] in types:
            counts.setdefault(row["organization"], {})[row["type"]] = row["records"]
    return {
        identity: scope.listed(scope.language.ngettext(*_TYPES[name], number[name]) for name in _TYPES if name in number)
        for identity, number in counts.items()
    }


def relations_and_lists(scope: ProjectScope) -> Iterator[Note]:
    """Yield a note on the projects, relations and list entries of each of the question's organisations that has any."""
    other = other_records(scope, ("relation", "listing"))
    for identity in scope.organizations[:_MAX_ORGANIZATIONS]:
        number = size_of(matching_projects(scope.reader, ProjectFilter(company=(identity,))))
        projects = scope.language.ngettext("%(n)s project", "%(n)s projects", number) if number else ""
        records = scope.listed(filter(None, [projects, other.get(identity, "")]))
        if not records:
            continue
        name = scope.label("organization", identity, identity)
        text = scope.language.gettext("On record of %(countries)s: %(what)s.", countries=name, what=records)
        yield Note(text, record_url("organization", identity))
