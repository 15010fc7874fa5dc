"""Decides from word order which of two places is a supplier's seat: “Uganda uses China's cameras”, “exported from … to …”."""

from itertools import pairwise

from overt.queries import regions
from overt.queries.database import Reader
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import JOINS, TO
from overt.queries.questions.understood_question import PLACES, Part, Question

_TO = TO - {"for"}
_IN = (("in",), ("在",))
_IMPORTS = ("import", "进口", "引进")
_INTO = TO | {"in", "在", "到"}
"""Words before a place that borrows or imports."""
_PROJECT_INTENTS = frozenset({"suppliers", "places", "projects", "money"})


def settle_directions(reader: Reader, question: Question, lexicon: Lexicon) -> None:
    """Mark a country as a `seat` (where suppliers are based) if word order, or a region beside it, leaves no other reading.

    If the question names another place, a country is a seat after a buyer's verb, before “to” if there is a verb, before 的 if it
    is an exporter, and beside a region (“facial recognition China Africa”). If the question names no other place, an exporter is
    a seat if the question asks who has something from there, or what the exporter exports.

    There are two exceptions. In a question with a verb and another seat, “China's” becomes a place. A region that lends to a
    country is a seat (“what did the EU fund in Serbia”). Questions that combine regions in a way that has no answer are
    refused.
    """
    _settle_possessive(question)
    _settle_lending_region(question)
    areas = [part for part in question.parts if part.type == "area" and not part.alternatives]
    places = [part for part in question.parts if part.type in PLACES]
    if question.ids("organization") or question.agreement_kinds or not set(question.ids("intent")) <= _PROJECT_INTENTS:
        return
    seats = [part for part in areas if any(other is not part for other in places) and _is_seat(question, lexicon, part, places)]
    if not seats and (_sells_to_countries(question, lexicon, areas, places) or _exports(question, lexicon, places)):
        seats = areas
    if not seats and not question.ids("seat"):
        members = {code for part in places if part.type == "region" for code in regions.members(reader, part.id)}
        seats = _beside_regions(question, lexicon, areas, places, members)
    _refuse_regions(question)
    for part in seats:
        question.parts[question.parts.index(part)] = part._replace(type="seat")


def _settle_lending_region(question: Question) -> None:
    """Read a region as the seat of lenders if a country after “in” or “to” borrows: “what did the EU fund in Serbia”."""
    places = sorted((part for part in question.parts if part.type in PLACES), key=lambda part: part.start)
    types = [part.type for part in places]
    is_lent = "money" in question.ids("intent") and not (question.ids("organization") or question.ids("seat"))
    if not is_lent or types != ["region", "area"]:
        return
    region, area = places
    if question.tokens[area.start - 1] in _INTO and not JOINS & set(question.tokens[region.end : area.start]):
        question.parts[question.parts.index(region)] = region._replace(type="seat")


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
        return bought or (possessive and not JOINS & set(between))
    between = words[part.end : after[0].start] if after else ()
    if words[part.start - 1 : part.start] and words[part.start - 1] in _TO:
        return False
    if question.has_verb and _TO & set(between) and not JOINS & set(between):
        return True
    return words[part.end : part.end + 1] == ("的",) and part.id in lexicon.exporters and "suppliers" in question.ids("intent")


def _sells_to_countries(question: Question, lexicon: Lexicon, areas: list[Part], places: list[Part]) -> bool:
    """Return whether the question asks which countries have something from the only country that it names, as in
    “哪些国家使用中国的摄像头” (“which countries use Chinese cameras”).
    """
    is_only = len(areas) == len(places) == 1 and areas[0].id in lexicon.exporters
    if not is_only or "places" not in question.ids("intent"):
        return False
    is_place = question.tokens[areas[0].start - 1 : areas[0].start] in _IN
    return question.has_verb or (bool(question.ids("kind")) and not is_place)


def _exports(question: Question, lexicon: Lexicon, places: list[Part]) -> bool:
    """Return whether a question asks for the exports of the only country that it names: “中国卫星出口”
    (“China satellite exports”).

    It must name a kind, and not ask for exports to the country, as in “exports to Turkey”, or for imports.
    """
    exported = any(marker.id == "abroad" and not marker.text.startswith(_IMPORTS) for marker in question.markers)
    if not (exported and len(places) == 1 and question.ids("kind")):
        return False
    [place] = places
    return place.id in lexicon.exporters and _INTO.isdisjoint(question.tokens[max(place.start - 1, 0) : place.start])


def _beside_regions(question: Question, lexicon: Lexicon, areas: list[Part], places: list[Part], members: set[str]) -> list[Part]:
    """Return the countries of a question that are seats because of its regions.

    A country outside the regions can only be a seat. An exporter inside them is also a seat, unless “in” precedes it: as a
    place, it would make the region pointless. If some countries are inside the regions and others outside, none is a seat. If
    “and” or “or” joins a region and a country outside the regions, the question is refused.
    """
    named = [part for part in places if part.type == "region"]
    if not (areas and named) or len(named) + len(areas) != len(places):
        return []
    if any(_are_joined(question, area, region) for area in areas for region in named):
        question.reason = "" if all(area.id in members for area in areas) else "combination"
        return []
    outside = [area for area in areas if area.id not in members]
    inside = [area for area in areas if area.id in members]
    are_seats = all(area.id in lexicon.exporters and question.tokens[area.start - 1 : area.start] not in _IN for area in inside)
    return areas if (outside and not inside) or (not outside and are_seats) else []


def _are_joined(question: Question, area: Part, region: Part) -> bool:
    first, last = sorted((area, region), key=lambda part: part.start)
    between = question.tokens[first.end - 1 : last.start + 1]  # “And” beside a country can be read as part of its name.
    return bool(JOINS & set(between)) and last.start - first.end <= 1


def _refuse_regions(question: Question) -> None:
    """Refuse a question with two regions, unless “and” or “or” joins them or it compares them."""
    named = [part for part in question.parts if part.type == "region"]
    joined = all(
        first.start == second.start or JOINS & set(question.tokens[first.end - 1 : second.start + 1])
        for first, second in pairwise(named)
    )
    if not (joined or question.has("comparison")):
        question.reason = "combination"


def settle_excluded_sellers(reader: Reader, question: Question, lexicon: Lexicon) -> None:
    """Read an excluded exporter as a seat if the question asks who supplies other places: “who besides China sells to Kenya”.

    If the question names a region that includes the exporter, the exporter remains a place: “suppliers in Asia except China”.
    """
    if "suppliers" not in question.ids("intent") or "places" in question.ids("intent"):
        return
    members = {code for region in question.ids("region") for code in regions.members(reader, region)}
    elsewhere = bool(question.ids("area") or question.ids("region") or question.ids("place"))
    question.excluded = [
        part._replace(type="seat")
        if elsewhere and part.type == "area" and part.id in lexicon.exporters and part.id not in members
        else part
        for part in question.excluded
    ]
