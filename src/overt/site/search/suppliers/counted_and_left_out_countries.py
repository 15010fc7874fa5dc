"""The countries of a question's projects, and which of them a count of countries includes."""

from overt.language.language import NN_
from overt.queries.projects_in_memory import Mask
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Note

_WHERE = frozenset({"where", "在哪里", "在哪", "哪里", "何处"})
_JOINS = frozenset({"and", "和", "以及", "又"})
_OF_ANY = NN_(
    "Documented projects are on record in %(n)s country: %(what)s.",
    "Documented projects are on record in %(n)s countries: %(what)s.",
)
_OF_SUPPLIER = NN_(
    "Documented projects with %(what)s as supplier are on record in %(n)s country.",
    "Documented projects with %(what)s as supplier are on record in %(n)s countries.",
)
_MAX_COUNTRIES = 40
"""Maximum number of countries in a sentence."""


def where_recorded(scope: ProjectScope, mask: Mask) -> str:
    """Return a sentence with the countries of a mask's projects, if the question also asks where: “and where does it land”."""
    places = [part for part in scope.question.parts if part.type == "intent" and part.id == "places" and part.text in _WHERE]
    if not any(part.start and scope.question.tokens[part.start - 1] in _JOINS for part in places):
        return ""
    names = scope.listed(scope.words.area(row["id"]) for row in scope.rows("countries", mask))
    return scope.language.gettext("Countries recorded for it: %(names)s.", names=names) if names else ""


def counted_countries(scope: ProjectScope, mask: Mask, excluded: set[str]) -> Mask:
    """Return the projects whose countries a list includes, and add the question's home countries to `excluded`.

    A list for “which countries” or “how many countries” leaves out projects that don't count as supplied, unless there are no
    others. It also leaves out the home countries in the question, unless the question is about domestic suppliers. Any other
    list includes all countries.
    """
    if not _counts_countries(scope):
        return mask
    excluded.update(() if scope.side == "domestic" else scope.seats)
    documented: Mask = mask & ~scope.disputed
    return documented if documented.any() else mask


def home_notes(scope: ProjectScope, mask: Mask) -> list[Note]:
    """Return a note on the countries that `counted_countries` leaves out, if the question has a home country."""
    if not _counts_countries(scope):
        return []
    home = set[str]()
    counted = {row["id"] for row in scope.rows("countries", counted_countries(scope, mask, home))} - home
    left_out = [row["id"] for row in scope.rows("countries", mask) if row["id"] not in counted]
    if not left_out:
        return []
    if not scope.seats:
        return []  # The sentence of `documented_countries` names them.
    text = scope.language.gettext(
        "The suppliers’ own country, and countries with only announced, cancelled, denied or unverified projects, aren’t "
        "counted: %(countries)s.",
        countries=scope.listed(map(scope.words.area, left_out)),
    )
    return [Note(text)]


def _counts_countries(scope: ProjectScope) -> bool:
    question = scope.question
    return "places" in question.ids("intent") and not (question.ids("status") or question.threshold or question.counts_suppliers)


def _are_all_supplied(scope: ProjectScope, mask: Mask) -> bool:
    """Return whether the question is only about one organisation, which supplies or carries out all projects of a mask."""
    limits = [part for part in scope.question.parts if part.type != "intent"]
    if [part.type for part in limits] != ["organization"] or scope.about() != scope.part_label(limits[0]):
        return False
    organizations = {*scope.organizations}
    supplied = {row["project"] for row in scope.rows_by_side("supplied_by_status", mask) if row["id"] in organizations}
    return supplied == {*scope.ids(mask)}


def documented_countries(scope: ProjectScope, mask: Mask, excluded: set[str]) -> str:
    """Return a sentence with the number of countries that have documented projects, for a question about countries.

    A second sentence names the countries where projects are only announced, cancelled, denied or unverified. Empty if no
    country has documented projects, and for other questions. Also empty for questions about suppliers from a home country, for
    which `home_notes` has a note. `excluded`: codes of countries that don't count.
    """
    if not _counts_countries(scope) or scope.seats:
        return ""
    documented = {row["id"] for row in scope.rows("countries", mask & ~scope.disputed)} - excluded
    less_sure = {row["id"] for row in scope.rows("countries", mask)} - documented - excluded
    if not documented:
        return ""
    messages = _OF_SUPPLIER if _are_all_supplied(scope, mask & ~scope.disputed) else _OF_ANY
    sentence = scope.language.ngettext(*messages, len(documented), what=scope.about())
    if not less_sure:
        return sentence
    more = scope.language.ngettext(
        "%(n)s more country isn’t counted, because projects there are only announced, cancelled, denied or unverified: "
        "%(names)s.",
        "%(n)s more countries aren’t counted, because projects there are only announced, cancelled, denied or unverified: "
        "%(names)s.",
        len(less_sure), names=scope.named(sorted(map(scope.words.area, less_sure)), _MAX_COUNTRIES),
    )  # fmt: skip
    return scope.sentences(sentence, more)
