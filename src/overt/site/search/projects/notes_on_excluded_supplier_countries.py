"""Notes on projects that an answer leaves out because the question excludes a home country: “cameras not from China”."""

from collections.abc import Iterator

from overt.language.language import NN_
from overt.queries.projects_in_memory import Mask
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Note

_MAX_NAMED = 8
"""Maximum number of projects in a note."""


def notes_beside_seats(scope: ProjectScope, matching: Mask, mask: Mask) -> Iterator[Note]:
    """Yield notes on the projects of `matching` that are left out because the question excludes home countries of suppliers.

    One note is on projects with suppliers from these and from other countries, the other on projects for which no supplier's
    country is recorded. If no country is excluded, there are no notes. `mask`: the projects of the answer.
    """
    if not scope.excluded_seats:
        return
    elsewhere = [code for code in scope.words.areas if code not in scope.excluded_seats]
    from_there, from_elsewhere = (
        scope.with_organizations_from(matching, seats, ("supplier", "implementer"), ())
        for seats in (scope.excluded_seats, elsewhere)
    )
    mixed, unknown = from_there & from_elsewhere & ~mask, matching & ~from_there & ~from_elsewhere & ~mask
    message = NN_(
        "%(n)s project is left out because only some of its suppliers are from elsewhere: %(names)s.",
        "%(n)s projects are left out because only some of their suppliers are from elsewhere: %(names)s.",
    )
    yield from scope.notes_naming(mixed, message, size=_MAX_NAMED)
    message = NN_(
        "%(n)s project may be meant, too, but no supplier’s home country is on record for it: %(names)s.",
        "%(n)s projects may be meant, too, but no supplier’s home country is on record for them: %(names)s.",
    )
    yield from scope.notes_naming(unknown, message, size=_MAX_NAMED)
