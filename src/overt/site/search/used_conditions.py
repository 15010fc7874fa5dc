"""Which conditions of a question the replies use. A reply names all others as left out."""

from collections.abc import Iterator, Mapping

from overt.site.search.reply_words import ReplyWords

_PROJECTS = frozenset({"organization", "kind", "area", "region", "place", "project_name", "years"})
_EXCLUDED = frozenset({"not organization", "not kind", "not area", "not region", "not absent"})
USED: Mapping[str, frozenset[str]] = {
    "answer": _PROJECTS,
    "projects": _PROJECTS | _EXCLUDED | {"seat", "status"},
    "places": _PROJECTS | _EXCLUDED | {"seat", "status", "number of suppliers", "number of projects"},
    "suppliers": _PROJECTS | _EXCLUDED | {"seat", "not seat"},
    "dates": _PROJECTS | _EXCLUDED | {"seat"},
    "amounts": _PROJECTS | _EXCLUDED | {"seat", "number of amount", "flows"},
    "money": _PROJECTS | {"seat", "flows"},
    "owners": _PROJECTS | {"seat"},
    "absent": _PROJECTS | {"absent"},
    "listed": frozenset({"kind", "area", "region", "seat"}),
    "lists": frozenset({"organization"}),
    "blocked": frozenset({"area", "region", "service", "restriction", "years"}),
    "agreements": frozenset({"organization", "area", "region", "seat", "kind", "service", "restriction", "subject", "years"}),
    "organization": frozenset({"organization"}),
    "country": frozenset({"area"}),
    "region": frozenset({"region"}),
    "kind": frozenset({"kind"}),
}
"""The conditions by intent: types of parts, with “not” of excluded parts, years, types of commitment and numbers to exceed."""
_NO_CONDITIONS = frozenset({"intent", "origin", "year"})
"""Types of parts that don't narrow an answer. An `origin` only describes an organisation; years are a condition of their own."""


def unused_conditions(words: ReplyWords, used: frozenset[str]) -> Iterator[str]:
    """Yield the words of the conditions of a question that are not among those used."""
    question = words.question
    yield from (part.text for part in question.parts if part.type not in used | _NO_CONDITIONS)
    yield from (part.text for part in question.excluded if f"not {part.type}" not in used)
    if question.threshold and f"number of {question.threshold.counted}" not in used:
        yield question.threshold.text
    if question.years and "years" not in used:
        yield words.years()
    if "flows" not in used:
        yield from (words.words.term("flow-types", flow) for flow in question.flow_types)
