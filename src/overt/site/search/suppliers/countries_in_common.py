"""Reply to questions that ask which countries have each of several things: “countries with both Pegasus and Predator”."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from overt.index.project_filter_declarations import ProjectFilter
from overt.index.search_text import fold
from overt.queries.projects_in_memory import Mask
from overt.queries.questions.question_tokens import JOINS
from overt.queries.questions.understood_question import Part
from overt.site.search.conditions_by_reply import USED
from overt.site.search.reply import MAX_ITEMS, Note, Reply, size_of
from overt.site.search.suppliers.supplier_and_country_conditions_and_notes import ListConditions

_BOTH = "both"
_OR = frozenset({"or", "either", "或"})
_TYPES = ("organization", "kind", "seat")
_POSSESSIVES = frozenset({"s", "的"})
_MAX_BRANDED = 8
"""Maximum number of projects to name in a note of `_notes_on_names`."""
_MAX_CHECKED = 2_000
"""Maximum number of projects whose titles are compared with a name."""
_MAX_COUNTRIES = 60
"""Maximum number of countries in a sentence."""


class _Side(NamedTuple):
    """What a country must have: projects of an organisation, of a product's makers, of a kind, or of suppliers from a country."""

    label: str
    mask: Mask
    """The projects, including those that are announced, cancelled, denied or unverified."""
    by_name: Mask
    """Projects that don't name the organisation, but count because their titles have one of `names`."""
    names: tuple[str, ...]
    """The names that were typed."""


def reply_about_countries_with_each(scope: ListConditions) -> Reply | None:
    """Return a reply with the countries that have a documented project of each side of a question.

    Countries where one side's projects are only announced, cancelled, denied or unverified are named separately. None if the
    question doesn't have “both” or has fewer than two sides.
    """
    sides = _sides(scope) if scope.question.has(_BOTH) else []
    if len(sides) < 2:
        return None
    left_out = scope.excluded_countries | scope.contrasted
    documented = [_countries(scope, side.mask & ~scope.disputed) - left_out for side in sides]
    in_each = set.intersection(*documented)
    less_sure = set.intersection(*(_countries(scope, side.mask) for side in sides)) - in_each - left_out
    every = np.logical_or.reduce([side.mask for side in sides])
    rows = [row for row in scope.rows("countries", every & ~scope.disputed) if row["id"] in in_each]
    named = scope.customers(every)
    items = [scope.country_item(row, named.get(row["id"], ())) for row in rows[:MAX_ITEMS]]
    there = [row["id"] for row in rows] + sorted(less_sure)
    inside = every & scope.reader.vectors.mask(*map(scope.reader.vectors.facets["country"].projects_with, there))
    condition = scope.condition_beside({scope.part_label(part) for part in scope.question.parts if part.type in _TYPES})
    what = scope.language.gettext("; ").join([*(side.label for side in sides), *([condition] if condition else [])])
    notes = [*_notes_on_names(scope, sides, inside), *(scope.not_built(inside) if inside.any() else []), *scope.groups()]
    notes += scope.seatless(scope.mask(scope.filter()), "supplier", "implementer")
    path, link_notes = scope.link(scope.filter(), every)
    used = USED[scope.question.intent] | {_BOTH}
    sentence = scope.sentences(
        _of_each(scope, [scope.words.area(row["id"]) for row in rows], what),
        _of_each_side(scope, sides, documented),
        _less_sure(scope, sorted(map(scope.words.area, less_sure))),
    )
    scope.is_denied = not rows and not less_sure
    return Reply(sentence, path, items, len(rows), [*notes, *link_notes], used)


def countries_in_each(scope: ListConditions) -> str:
    """Return the sentence that names the countries with each of several organisations, for a question without “both” or “or”.

    “Countries with Huawei and ZTE” may mean either or both companies, so the answer has both numbers. Empty for any other
    question, or if no country has all of the organisations.
    """
    question = scope.question
    is_other = question.threshold or question.ids("status") or not _OR.isdisjoint(question.tokens)
    if is_other or question.has(_BOTH) or question.has("comparison"):
        return ""
    organizations = {(part.start, part.end) for part in question.parts if part.type == "organization"}
    if len(organizations) < 2 or "places" not in scope.intents or question.are_together or JOINS.isdisjoint(question.tokens):
        return ""
    sides = _sides(scope)
    in_each = set.intersection(*(_countries(scope, side.mask & ~scope.disputed) for side in sides)) if sides else set()
    if not in_each:
        return ""
    what = scope.language.gettext("; ").join(side.label for side in sides)
    return _of_each(scope, sorted(map(scope.words.area, in_each)), what)


def _sides(scope: ListConditions) -> list[_Side]:
    """Return the sides of a question: home countries, organisations or kinds, or an organisation and a kind joined by “and”."""
    spans = _spans(scope.question.parts)
    seats = [parts for parts in spans if parts[0].type == "seat"]
    if len(seats) > 1:
        return [_of_seat(scope, parts) for parts in seats]
    organizations = [parts for parts in spans if parts[0].type == "organization"]
    kinds = [parts for parts in spans if parts[0].type == "kind"]
    if len(organizations) > 1:
        own = _own_kinds(scope, organizations, kinds)
        return [_side(scope, parts, own.get(parts[0].start)) for parts in organizations]
    if len(kinds) > 1:
        return [_side(scope, parts) for parts in kinds]
    if not (organizations and kinds):
        return []
    first, second = sorted((organizations[0], kinds[0]), key=lambda parts: parts[0].start)
    between = set(scope.question.tokens[first[0].end : second[0].start])
    return [_side(scope, parts, ()) for parts in (first, second)] if between & JOINS else []


def _spans(parts: Sequence[Part]) -> list[list[Part]]:
    """Return the organisations, kinds and home countries among the parts of a question, in order and without repetitions.

    Parts from the same words, such as the makers of one product, are in one list.
    """
    spans: dict[tuple[int, int, str], list[Part]] = {}
    for part in parts:
        if part.type in _TYPES:
            spans.setdefault((part.start, part.end, part.type), []).append(part)
    distinct = {(group[0].type, *sorted({part.id for part in group})): group for group in reversed(list(spans.values()))}
    return sorted(distinct.values(), key=lambda group: group[0].start)


def _own_kinds(
    scope: ListConditions, organizations: Sequence[Sequence[Part]], kinds: Sequence[Sequence[Part]]
) -> dict[int, tuple[str, ...]]:
    """Return the kinds right after the name of each organisation, by the position of the name: “Huawei cameras and Pegasus”.

    Empty if no name but the last has a kind after it, because the kind then belongs to all: “Hikvision and Dahua cameras”.
    """
    every = [part for part in scope.question.parts if part.type == "kind"] if kinds else []
    own: dict[int, tuple[str, ...]] = {}
    for group in organizations:
        end = group[0].end
        after = [part.id for part in every if set(scope.question.tokens[end : part.start]) <= _POSSESSIVES and part.start >= end]
        own[group[0].start] = tuple(dict.fromkeys(after))
    *first, _ = sorted(own)
    return own if any(own[start] for start in first) else {}


def _side(scope: ListConditions, parts: Sequence[Part], kinds: tuple[str, ...] | None = None) -> _Side:
    """Return the side that these parts describe: a kind, or the organisations that one name means.

    `kinds`: the kinds of the organisations' projects; None for the question's kinds.
    """
    ids = tuple(part.id for part in parts)
    label = scope.joined(list(dict.fromkeys(scope.part_label(part) for part in parts)))
    chosen = scope.filter()
    if parts[0].type == "kind":
        is_joined = kinds is not None  # The organisation is then the other side.
        chosen = replace(chosen, kind=ids, company=() if is_joined else chosen.company)
        mask = scope.seated(scope.mask(chosen))
        return _Side(label, mask, np.zeros_like(mask), ())
    chosen = replace(chosen, company=ids, kind=chosen.kind if kinds is None else kinds)
    if kinds:
        label = scope.language.comma.join([label, *(scope.label("kind", kind, kind) for kind in kinds)])
    mask, names = scope.seated(scope.mask(chosen)), tuple(scope.typed_names(parts))
    by_name = _titled(scope, chosen, names) & ~mask
    return _Side(label, mask | by_name, by_name, names)


def _of_seat(scope: ListConditions, parts: Sequence[Part]) -> _Side:
    """Return the side of suppliers from a home country or region: “both Chinese and Israeli surveillance”."""
    members = [code for part in parts for code in (scope.members_of(part.id) if part.id in scope.words.regions else [part.id])]
    own = scope.with_organizations_from(scope.mask(scope.filter()), members, ("supplier", "implementer"), ())
    return _Side(scope.part_label(parts[0]), own, np.zeros_like(own), ())


def _titled(scope: ListConditions, chosen: ProjectFilter, names: Sequence[str]) -> Mask:
    """Return the projects that match a filter, whatever their organisations, and have one of these names in their titles."""
    titled: Mask = np.zeros_like(scope.reader.vectors.every)
    for name in names:
        named = replace(chosen, company=(), q=" ".join(filter(None, (chosen.q, name))))
        mask = scope.mask(named)
        if 0 < size_of(mask) <= _MAX_CHECKED:
            titled = titled | scope.titled_with(scope.rows("titles", mask), [fold(name)])
    return titled


def _countries(scope: ListConditions, mask: Mask) -> set[str]:
    return {row["id"] for row in scope.rows("countries", mask)} if mask.any() else set()


def _of_each(scope: ListConditions, countries: Sequence[str], what: str) -> str:
    """Return the sentence that names the countries with a documented project of each side."""
    if not countries:
        return scope.language.gettext(
            "No country has a documented project of each here: %(what)s. That is not evidence of absence.", what=what
        )
    return scope.language.ngettext(
        "%(n)s country has documented projects of each: %(names)s (%(what)s).",
        "%(n)s countries have documented projects of each: %(names)s (%(what)s).",
        len(countries), names=scope.named(countries, _MAX_COUNTRIES), what=what,
    )  # fmt: skip


def _of_each_side(scope: ListConditions, sides: Sequence[_Side], documented: Sequence[set[str]]) -> str:
    colon, stop = scope.language.gettext(": "), scope.language.gettext(".")
    counts = [scope.language.ngettext("%(n)s country", "%(n)s countries", len(codes)) for codes in documented]
    named = [f"{side.label}{colon}{count}" for side, count in zip(sides, counts, strict=True)]
    return scope.language.gettext("; ").join(named) + stop


def _less_sure(scope: ListConditions, countries: Sequence[str]) -> str:
    """Return the sentence on countries where a side has only projects that don't count; empty if there are none."""
    if not countries:
        return ""
    return scope.language.ngettext(
        "In %(n)s more, the projects of one of them are only announced, cancelled, denied or unverified: %(names)s.",
        "In %(n)s more, the projects of one of them are only announced, cancelled, denied or unverified: %(names)s.",
        len(countries), names=scope.named(countries, _MAX_COUNTRIES),
    )  # fmt: skip


def _notes_on_names(scope: ListConditions, sides: Sequence[_Side], inside: Mask) -> list[Note]:
    """Return notes on projects in the answer's countries that count only because a typed name is in their titles."""
    return [
        Note(
            scope.language.ngettext(
                "%(n)s project counts because it has “%(brand)s” in its name, although it doesn’t name the organisation: "
                "%(names)s.",
                "%(n)s projects count because they have “%(brand)s” in their names, although they don’t name the organisation: "
                "%(names)s.",
                size_of(side.by_name & inside), brand=side.names[0], names=scope.names_of(side.by_name & inside, _MAX_BRANDED),
            )
        )
        for side in sides
        if (side.by_name & inside).any()
    ]  # fmt: skip
