"""Projects with several kinds and several suppliers, where no source says who supplied which part."""

from collections.abc import Iterator, Sequence

import orjson

from overt.language.language import NN_
from overt.queries.database import Row
from overt.queries.projects_in_memory import Mask
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Note


def several_kinds_notes(scope: ProjectScope, mask: Mask) -> Iterator[Note]:
    """Yield a note on projects with several kinds and suppliers, if the question names an organisation and a kind."""
    if not (scope.organizations and scope.kinds):
        return
    mixed = scope.reader.vectors.mask_of(_mixed(scope, mask))
    message = NN_(
        "%(n)s of them has several kinds and several suppliers; who supplied which part isn’t recorded: %(names)s.",
        "%(n)s of them have several kinds and several suppliers; who supplied which part isn’t recorded: %(names)s.",
    )
    yield from scope.notes_naming(mixed, message)


def with_certainty(scope: ProjectScope, suppliers: Sequence[Row], mask: Mask) -> list[Row]:
    """Return suppliers with a field `sure`: whether any project shows that the supplier supplied one of the question's kinds.

    Sure suppliers come first. If the question has no kind, the suppliers are returned unchanged, without that field.
    """
    if not scope.kinds:
        return [*suppliers]
    rows = {row["id"]: row for row in scope.rows("supplied_parts", mask)}
    mixed = set(_mixed(scope, mask))
    sure = {name for identity, row in rows.items() if identity not in mixed for name in orjson.loads(row["suppliers"])}
    marked = [{**row, "sure": row["id"] in sure} for row in suppliers]
    return sorted(marked, key=lambda row: not row["sure"])


def _mixed(scope: ProjectScope, mask: Mask) -> list[str]:
    """Return the ids of the projects with several suppliers and with a kind that is unrelated to the question's kinds.

    A kind is related if it is one of the question's kinds, or broader or narrower than one of them.
    """
    terms, asked_for = scope.words.terms.get("project-kinds", {}), set(scope.kinds)

    def above(kind: str | None) -> set[str]:
        return {kind, *above(terms[kind].broader)} if kind in terms else set()

    broader = {kind for wanted_kind in asked_for for kind in above(wanted_kind)}
    mixed = []
    for row in scope.rows("supplied_parts", mask):
        other = [kind for kind in orjson.loads(row["kinds"]) if kind not in broader and not above(kind) & asked_for]
        if other and len(orjson.loads(row["suppliers"])) > 1:
            mixed.append(row["id"])
    return mixed
