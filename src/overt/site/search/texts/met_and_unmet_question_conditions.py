"""Which conditions of a question some records meet: places, kinds, parties, years, words and costs."""

from collections.abc import Sequence
from dataclasses import replace

from overt.index.project_filter_declarations import ProjectFilter
from overt.index.search_text import written
from overt.queries import regions
from overt.queries.database import json_array
from overt.queries.questions.titles_in_questions import Title
from overt.queries.questions.understood_question import Part
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.texts.records_by_name import names_of

_PLACES = frozenset({"area", "region", "place", "seat"})
_COUNTED = frozenset({"kind", "organization", "place"})
"""Types of parts that only projects can meet. Only projects can meet years and home countries, too."""


def in_its_places(scope: ProjectScope, titles: Sequence[Title]) -> list[Title]:
    """Return the records that are in the highest number of the question's countries, regions and towns; all if it names none.

    A group of countries, such as the Baltic states, is one place.
    """
    places: dict[tuple[int, int], list[Part]] = {}
    for part in scope.question.parts:
        if part.type in _PLACES:
            places.setdefault((part.start, part.end), []).append(part)
    met = {title.id: sum(any(_meets(scope, title, part) for part in parts) for parts in places.values()) for title in titles}
    most = max(met.values(), default=0)
    return [title for title in titles if not places or (most and met[title.id] == most)]


def unmet_conditions(scope: ProjectScope, titles: Sequence[Title]) -> list[str]:
    """Return the question's words for kinds, parties, years and similar conditions that not all of these records meet.

    Words that weren't understood, and words that no answer takes into account, are returned too. A word is left out if every
    record has it in a name.
    """
    question = scope.question
    names = names_of(scope.reader, scope.lexicon, [title.id for title in titles])
    parts = [part for part in question.parts if part.type not in ("intent", "origin", *_PLACES)]
    unmet = [part.text for part in parts if not all(_meets(scope, title, part) for title in titles)]
    words = [*unmet, *question.unknown, *question.unweighed]
    return [word for word in dict.fromkeys(words) if not all(_is_in(word, names[title.id]) for title in titles)]


def _meets(scope: ProjectScope, title: Title, part: Part) -> bool:
    if part.type == "area":
        return part.id in title.countries
    if part.type == "region":
        return not set(regions.members(scope.reader, part.id)).isdisjoint(title.countries)
    if title.type != "project" or part.type not in _COUNTED | {"year", "seat"}:
        return False
    limited = replace(scope.question, parts=[part], years=scope.question.years if part.type == "year" else None, excluded=[])
    of_part = ProjectScope(scope.reader, scope.words, scope.language, limited, scope.lexicon)
    chosen = of_part.filter() if part.type != "seat" else ProjectFilter()
    return title.id in of_part.ids(of_part.seated(of_part.mask(chosen)))


def _is_in(word: str, names: Sequence[str]) -> bool:
    return any(written(word).replace(" ", "") in name.replace(" ", "") for name in names)


def unused_costs(scope: ProjectScope, ids: Sequence[str]) -> list[str]:
    """Return the words of a question that ask for money or for a cost, if none of these records has an amount.

    The names of lenders and donors also answer a question about money, but not a question about a cost.
    """
    costs = [marker.text for marker in scope.question.markers if marker.id == "costliest"]
    money = [part.text for part in scope.question.parts if part.type == "intent" and part.id == "money"]
    if not (costs or money):
        return []
    mask = scope.reader.vectors.mask_of(ids)
    if scope.reader.rows("question_texts_and_facts.amounts", {"ids": json_array(ids)}) or scope.rows("contract_values", mask):
        return []
    return [*costs, *([] if scope.rows("operators", mask, roles=("financier",), seats=()) else money)]
