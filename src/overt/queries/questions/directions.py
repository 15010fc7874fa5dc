"""Decide from word order which of two places is a supplier's seat: “Uganda uses China's cameras”, “exported from … to …”."""

from overt.queries import regions
from overt.queries.database import Reader
from overt.queries.questions.question_words import Lexicon
from overt.queries.questions.understood_question import Part, Question

_PLACES = frozenset({"area", "region", "place"})
_TO = frozenset({"to", "向", "给", "往"})
_JOINS = frozenset({"and", "or", "和", "与", "或", "及"})
_PROJECT_INTENTS = frozenset({"suppliers", "places", "projects"})


def settle_directions(reader: Reader, question: Question, lexicon: Lexicon) -> None:
    """Replace a country with a seat if another place is named and the words, or the map, leave no other meaning.

    It is a seat after a buyer's verb, before “to” with a seller's verb, before a Chinese possessive, and beside a region that it
    is not in: “facial recognition China Africa”. The possessive “China's” is a place if the question names another seat.
    """
    _settle_possessive(question)
    areas = [part for part in question.parts if part.type == "area" and not part.alternatives]
    places = [part for part in question.parts if part.type in _PLACES]
    if question.ids("organization") or not set(question.ids("intent")) <= _PROJECT_INTENTS:
        return
    seats = [part for part in areas if any(other is not part for other in places) and _is_seat(question, lexicon, part, places)]
    if not seats and not question.ids("seat"):
        seats = _outside(reader, question, areas, places)
    if len(seats) == len(areas) == len(places):
        return
    for part in seats:
        question.parts[question.parts.index(part)] = part._replace(type="seat")


def _settle_possessive(question: Question) -> None:
    seats = [part for part in question.parts if part.type == "seat"]
    owners = [part for part in seats if part.text.endswith(" s")]
    if len(owners) == 1 and len(seats) > 1 and question.has_verb:
        question.parts[question.parts.index(owners[0])] = owners[0]._replace(type="area")


def _is_seat(question: Question, lexicon: Lexicon, part: Part, places: list[Part]) -> bool:
    words = question.tokens
    before = [other for other in places if other.end <= part.start]
    after = [other for other in places if other.start >= part.end]
    if before:
        between = words[before[-1].end : part.start]
        bought = any(between[n : n + m] in lexicon.purchases for n in range(len(between)) for m in (1, 2))
        possessive = words[part.end : part.end + 1] == ("的",) and part.id in lexicon.exporters
        return bought or (possessive and not _JOINS & set(between))
    between = words[part.end : after[0].start] if after else ()
    if question.has_verb and _TO & set(between) and not _JOINS & set(between):
        return True
    return words[part.end : part.end + 1] == ("的",) and part.id in lexicon.exporters and "suppliers" in question.ids("intent")


def _outside(reader: Reader, question: Question, areas: list[Part], places: list[Part]) -> list[Part]:
    """Return the countries of a question if all are in none of the question's regions, nor joined with one by “and”."""
    named = [part for part in places if part.type == "region"]
    if not (areas and named) or len(named) + len(areas) != len(places):
        return []
    members = {code for part in named for code in regions.members(reader, part.id)}
    joined = any(_are_joined(question, area, region) for area in areas for region in named)
    return [] if joined or any(area.id in members for area in areas) else areas


def _are_joined(question: Question, area: Part, region: Part) -> bool:
    first, last = sorted((area, region), key=lambda part: part.start)
    return bool(_JOINS & set(question.tokens[first.end : last.start])) and last.start - first.end <= 1
