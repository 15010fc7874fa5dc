"""Sentences that name the countries of a list, so that the answer doesn't only count them."""

from overt.queries import projects
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Reply

_SEVERAL = 2
_COUNTRY = "country"


def country_names_sentence(scope: ProjectScope, reply: Reply) -> str:
    """Return sentences that name a reply's countries: those with documented projects, then those with other projects only.

    Empty unless the question asks for countries, and the reply's items are all of the countries, at least two. Also empty if
    the question asks for the most, or if the reply leaves out some of its conditions.
    """
    codes = [item.id for item in reply.items if item.type == _COUNTRY]
    is_complete = len(codes) == len(reply.items) == reply.total >= _SEVERAL
    if not is_complete or scope.question.is_relaxed or "places" not in scope.intents or scope.question.has("most"):
        return ""
    mask = scope.seated(scope.mask(scope.filter()))
    rows = projects.by_id(scope.reader, scope.ids(mask & ~scope.disputed))
    documented = {code for row in rows.values() for code in row.countries}
    sure = sorted(scope.words.area(code) for code in codes if code in documented)
    undocumented = sorted(scope.words.area(code) for code in codes if code not in documented)
    named = scope.language.gettext("Countries: %(names)s.", names=scope.listed(sure)) if sure else ""
    unsure = scope.language.gettext(
        "With projects that are only announced, cancelled, denied or unverified: %(names)s.", names=scope.listed(undocumented)
    )
    return scope.sentences(named, unsure if undocumented else "")
