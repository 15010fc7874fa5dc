"""Questions with fewer conditions than one without a matching record, closest first.

Organisations, countries, regions and services are never left out, because a record without them answers another question.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, combinations
from typing import NamedTuple

from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import tokens
from overt.queries.questions.understood_question import Part, Question

_BLOCKED, _MONEY = "blocked", "money"
_NAMES = frozenset({"organization", "area", "region", "service", "seat"})
"""A relaxed question must keep a part of one of these types, unless it is about restrictions."""
_SIDES = frozenset({"abroad", "domestic"})
_CONVERSE = frozenset({"both", "absence", "comparison"})
"""Markers of questions that compare or ask what is absent. With a condition left out, the question would be a different one."""


class Relaxed(NamedTuple):
    """A question with fewer conditions."""

    question: Question
    conditions: int
    """The number of conditions that were left out."""
    words: tuple[str, ...]
    """The words that were left out."""
    kinds: tuple[str, ...] = ()
    """The similar kinds that replaced the question's kinds."""


def relaxed_questions(question: Question, lexicon: Lexicon) -> Iterator[Relaxed]:
    """Yield versions of a question without one of its conditions, and then without two of them.

    A town is replaced by its country. A kind is left out if the question names an organisation or a home country, and is
    otherwise replaced by similar kinds. Yield nothing for questions that exclude something, have a threshold or compare.
    """
    if question.excluded or question.threshold or any(map(question.has, _CONVERSE)):
        return
    steps: list[Callable[[Question], Relaxed | None]] = [
        _in_country,
        partial(_without_parts, kind="restriction"),
        partial(_without_parts, kind="status"),
        partial(_of_other_kinds, near_kinds=lexicon.near_kinds),
        partial(_without_flows, lexicon=lexicon),
        _in_any_year,
        _from_any_side,
        partial(_without_parts, kind="seat"),
    ]
    for chosen in chain(combinations(steps, 1), combinations(steps, 2)):
        relaxed = _after(question, chosen)
        if relaxed and (question.intent == _BLOCKED or any(part.type in _NAMES for part in relaxed.question.parts)):
            yield relaxed


def _after(question: Question, steps: Sequence[Callable[[Question], Relaxed | None]]) -> Relaxed | None:
    """Apply all steps to a question; return None if one of them doesn't apply."""
    relaxed = Relaxed(question, 0, ())
    for step in steps:
        if (after := step(relaxed.question)) is None:
            return None
        relaxed = Relaxed(after.question, relaxed.conditions + 1, (*relaxed.words, *after.words), after.kinds or relaxed.kinds)
    return relaxed


def _changed(question: Question, parts: Sequence[Part], words: Sequence[str], kinds: Sequence[str] = ()) -> Relaxed:
    changed = replace(question, parts=[*parts], unweighed=[*question.unweighed], is_relaxed=True)
    return Relaxed(changed, 1, tuple(dict.fromkeys(words)), tuple(kinds))


def _in_country(question: Question) -> Relaxed | None:
    towns = [part for part in question.parts if part.type == "place" and part.countries]
    if not towns:
        return None
    areas = {town.countries[0]: town._replace(type="area", id=town.countries[0], label="") for town in reversed(towns)}
    more = [area for code, area in areas.items() if code not in question.ids("area")]
    parts = [*(part for part in question.parts if part not in towns), *reversed(more)]
    return _changed(question, parts, [town.text for town in towns])


def _without_parts(question: Question, kind: str) -> Relaxed | None:
    """Leave out the parts of a type; return None if there are none.

    A question without its kinds of restrictions asks for restrictions of any kind.
    """
    dropped = [part for part in question.parts if part.type == kind]
    if not dropped:
        return None
    parts = [part for part in question.parts if part not in dropped]
    if kind == "restriction" and _BLOCKED not in question.ids("intent"):
        parts.append(dropped[0]._replace(type="intent", id=_BLOCKED))
    return _changed(question, parts, [part.text for part in dropped])


def _of_other_kinds(question: Question, near_kinds: Mapping[str, Sequence[str]]) -> Relaxed | None:
    """Leave out the kinds if an organisation or a home country is named; otherwise, replace them with similar kinds.

    Return None if the question has no kinds, or if there are no similar ones.
    """
    kinds = [part for part in question.parts if part.type == "kind"]
    rest = [part for part in question.parts if part.type != "kind"]
    if not kinds:
        return None
    if question.ids("organization") or question.ids("seat"):
        return _changed(question, rest, [part.text for part in kinds])
    near = dict.fromkeys(kind for part in kinds for kind in near_kinds.get(part.id, ()))
    instead = [kinds[0]._replace(id=kind, label="", is_wider=False) for kind in near]
    return _changed(question, [*rest, *instead], [part.text for part in kinds], [*near]) if near else None


def _without_flows(question: Question, lexicon: Lexicon) -> Relaxed | None:
    """Leave out the types of commitment; return None if there are none, or if no word of the question stands for them."""
    words = [text for text in (*(part.text for part in question.parts), *question.unweighed) if lexicon.flow_type(tokens(text))]
    words = words or [part.text for part in question.parts if (part.type, part.id) == ("intent", _MONEY)]
    if not question.flow_types or not words:
        return None
    relaxed = _changed(question, question.parts, words)
    return relaxed._replace(question=replace(relaxed.question, flow_types=[]))


def _in_any_year(question: Question) -> Relaxed | None:
    years = [part for part in question.parts if part.type == "year"]
    if not question.years or not years:
        return None
    relaxed = _changed(question, [part for part in question.parts if part not in years], [year.text for year in years])
    return relaxed._replace(question=replace(relaxed.question, years=None))


def _from_any_side(question: Question) -> Relaxed | None:
    sides = [marker for marker in question.markers if marker.id in _SIDES]
    if not sides:
        return None
    relaxed = _changed(question, question.parts, [marker.text for marker in sides])
    markers = [marker for marker in question.markers if marker not in sides]
    return relaxed._replace(question=replace(relaxed.question, markers=markers))
