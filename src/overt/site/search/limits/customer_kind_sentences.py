"""Sentences on the customers of a certain kind in an answer, and on projects whose customers may be of that kind."""

from collections.abc import Collection, Mapping, Sequence

from overt.model.values.span import NOT_DOCUMENTED
from overt.queries import projects
from overt.site.search.limits.customer_kinds import is_of_kind
from overt.site.search.projects.project_scope import ProjectScope

_POLICE, _INTERIOR = "police", "interior"
_MAX_CUSTOMERS = 40
"""Maximum number of customers that a sentence names."""
_MAX_SIMILAR = 10
"""Maximum number of projects of similar kinds that a sentence names."""
_MAX_REST = 25
"""Maximum number of other projects that a sentence names."""


def about_customers(
    scope: ProjectScope, words: Sequence[str], kinds: Collection[str], named: Mapping[str, Sequence[str]], any_kind: Sequence[str]
) -> str:
    """Return sentences that name the customers of an answer's projects by country.

    `words`: the question's words for its customers, which stand for `kinds`. `named`: the labels of the customers by project;
    empty if only the project's name has a word for its users. `any_kind`: words that were read as any kind of project.
    """
    rows = projects.by_id(scope.reader, named)
    quoted = scope.listed(scope.language.gettext("“%(name)s”", name=word) for word in words)
    if not named:
        return scope.language.gettext(
            "No customer or operator on record here is of this kind (%(words)s), as far as names say so.", words=quoted
        )
    by_country, unbuilt = dict[str, dict[str, None]](), dict[str, dict[str, None]]()
    for identity, names in named.items():
        row = rows[identity]
        groups = unbuilt if row.status in NOT_DOCUMENTED else by_country
        place = scope.listed(scope.words.area(code) for code in row.countries)
        groups.setdefault(place, {}).update(dict.fromkeys(names or [scope.called(row)]))
    number = sum(map(len, by_country.values()))
    counted = scope.language.ngettext(
        "%(n)s customer or operator is of this kind (%(words)s), as far as names say so: %(names)s.",
        "%(n)s customers or operators are of this kind (%(words)s), as far as names say so: %(names)s.",
        number, words=quoted, names=_by_country(scope, by_country),
    )  # fmt: skip
    only = scope.language.gettext(
        "Only in projects that are announced, cancelled, denied or unverified: %(names)s.", names=_by_country(scope, unbuilt)
    )
    kind = scope.listed(scope.language.gettext("“%(name)s”", name=word) for word in dict.fromkeys(any_kind))
    wider = scope.language.gettext("%(words)s is read as any kind of project.", words=kind) if any_kind else ""
    are_police = {_POLICE, _INTERIOR} <= {*kinds} and len({*kinds}) == len((_POLICE, _INTERIOR))
    police = scope.language.gettext("Interior ministries count like the police.") if are_police else ""
    return scope.sentences(counted if number else "", only if unbuilt else "", police, wider)


def about_rest(scope: ProjectScope, rest: Mapping[str, Mapping[str, str]], kinds: Collection[str]) -> list[str]:
    """Return sentences on the projects that meet a question's other conditions, by what is known about their customers.

    Projects are named if they have no customer, or if the customer's name doesn't show its kind, as for a company or a
    government. Projects with customers of other kinds are only counted. `rest`: the names and labels of customers by project.
    """
    rows = projects.by_id(scope.reader, rest)
    other = [kind for kind in scope.lexicon.grammar.customer_names if kind not in kinds and kind not in ("government", "state")]
    known = [id_ for id_, names in rest.items() if any(is_of_kind(scope.lexicon.grammar, name, other) for name in names)]
    unclear = [id_ for id_ in rest if rest[id_] and id_ not in known]
    without = [id_ for id_ in rest if not rest[id_]]
    sentences = list[str]()
    if unclear:
        details = [
            scope.language.gettext("%(name)s (%(detail)s)", name=scope.called(rows[id_]), detail=scope.listed(rest[id_].values()))
            for id_ in unclear
        ]
        text = scope.language.ngettext(
            "%(n)s more project meets the rest, with a customer whose name doesn’t say its kind: %(names)s.",
            "%(n)s more projects meet the rest, with customers whose names don’t say their kind: %(names)s.",
            len(unclear), names=scope.named(details, _MAX_REST),
        )  # fmt: skip
        sentences.append(text)
    if without:
        text = scope.language.ngettext(
            "%(n)s more project meets the rest and has no named customer: %(names)s.",
            "%(n)s more projects meet the rest and have no named customer: %(names)s.",
            len(without), names=scope.named([scope.called(rows[id_]) for id_ in without], _MAX_REST),
        )  # fmt: skip
        sentences.append(text)
    if known:
        text = scope.language.ngettext(
            "%(n)s more project has customers of another kind only.", "%(n)s more projects have customers of other kinds only.",
            len(known),
        )  # fmt: skip
        sentences.append(text)
    return sentences


def about_similar(scope: ProjectScope, similar: Mapping[str, Sequence[str]]) -> str:
    """Return a sentence on projects of similar kinds with customers of the question's kinds; empty if there are none."""
    rows = projects.by_id(scope.reader, similar)
    names = [
        scope.language.gettext("%(name)s (%(detail)s)", name=scope.called(rows[id_]), detail=scope.listed(similar[id_]))
        for id_ in similar
    ]
    if not names:
        return ""
    return scope.language.ngettext(
        "%(n)s more project with such a customer is recorded under a similar kind: %(names)s.",
        "%(n)s more projects with such customers are recorded under similar kinds: %(names)s.",
        len(names), names=scope.named(names, _MAX_SIMILAR),
    )  # fmt: skip


def _by_country(scope: ProjectScope, groups: Mapping[str, Mapping[str, None]]) -> str:
    colon, parts, left = scope.language.gettext(": "), list[str](), _MAX_CUSTOMERS
    for place in sorted(groups):
        names = [*groups[place]][:left]
        left -= len(names)
        if names:
            parts.append(f"{place}{colon}{scope.listed(names)}")
    listed = scope.language.gettext("; ").join(parts)
    return listed if left else listed + scope.language.gettext("…")
