"""Name projects with the suppliers' home country in their names, although no supplier from there is on record for them."""

from overt.index.search_text import fold
from overt.queries import projects
from overt.site.search.related_projects import RelatedProjects
from overt.site.search.reply import size_of

_MAX_CHECKED = 500
"""If there are more projects than this, their names aren't searched."""
_MAX_NAMES = 5
_FINANCIER = ("financier",)
_LIMITING = frozenset({"area", "place", "region"})


def named_after_home_country(scope: RelatedProjects) -> str:
    """Return a sentence on projects that meet all conditions except the home country, but have that country in their names.

    “Reported Chinese AI cameras” is such a name. Projects with a financier from that country don't count. Empty if there is no
    such project, if more than `_MAX_CHECKED` projects would have to be checked, or if the question names no place or no kind,
    is about money, or has been relaxed.
    """
    question = scope.question
    is_limited = bool(scope.kinds) and any(part.type in _LIMITING for part in question.parts)
    if not scope.seats or not is_limited or question.is_relaxed or "money" in scope.intents:
        return ""
    matching = scope.mask(scope.filter())
    more = matching & ~scope.seated(matching) & ~scope.with_organizations_from(matching, scope.seats, _FINANCIER)
    if not more.any() or size_of(more) > _MAX_CHECKED:
        return ""
    words = [word for code in scope.seats for word in (scope.words.area(code), *scope.lexicon.grammar.adjectives.get(code, ()))]
    named = scope.titled_with(scope.rows("titles", more), [fold(word) for word in words])
    rows = projects.by_id(scope.reader, scope.ids(named))
    if not rows:
        return ""
    names = [
        scope.language.gettext("%(name)s (%(detail)s)", name=scope.called(row), detail=scope.project_detail(row))
        for _, row in sorted(rows.items())
    ]
    return scope.language.ngettext(
        "%(n)s more project has this country in its name, but no supplier from there is on record for it: %(names)s.",
        "%(n)s more projects have this country in their names, but no supplier from there is on record for them: %(names)s.",
        len(rows), names=scope.named(names, _MAX_NAMES),
    )  # fmt: skip
