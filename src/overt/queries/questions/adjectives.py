"""Decides whether a word for a country means the country or the seat of a supplier: “Kenyan police”, “Kenyan firms”."""

from overt.queries.questions.question import Part, Question
from overt.queries.questions.question_words import Lexicon, tokens

_JOINS = {"or", "and", "和", "或", "与", "及"}
_TWO = 2
_PLACES = {"area", "region", "place"}


def settle_adjectives(question: Question, lexicon: Lexicon) -> None:
    """Replace the parts of type `adjective` by a seat or an area, and countries before a Chinese word for companies by a seat."""
    places = any(part.type in _PLACES for part in question.parts)
    settled: list[Part] = []
    for part in reversed(question.parts):
        following = settled[-1] if settled else None
        settled.append(_settled(question, lexicon, part, following, places=places))
    question.parts = settled[::-1]


def mark_exporter(question: Question, lexicon: Lexicon) -> None:
    """Make a country ambiguous that may be the supplier’s: an exporter beside another country, as in “SORM Russia Kyrgyzstan”."""
    if {part.type for part in question.parts} - {"intent", "year"} != {"area", "kind"} or set(question.ids("intent")) > {
        "projects"
    }:
        return
    areas = [part for part in question.parts if part.type == "area"]
    exporters = [part for part in areas if part.id in lexicon.exporters]
    if len(areas) != _TWO or len(exporters) != 1 or any(part.alternatives for part in areas):
        return
    first, second = areas
    if not _JOINS.isdisjoint(question.tokens[first.end : second.start]):
        return
    [exporter] = exporters
    han = not exporter.text.isascii()
    companies = f"{exporter.text}公司" if han else f"{lexicon.adjective(exporter.id)} companies"
    both = f"{first.text}{'和' if han else ' and '}{second.text}"
    at = question.parts.index(exporter)
    question.parts[at] = exporter._replace(alternatives=((companies, companies), (both, both)))


def _settled(question: Question, lexicon: Lexicon, part: Part, following: Part | None, *, places: bool) -> Part:
    between = question.tokens[part.end : following.start] if following else question.tokens[part.end :]
    of_companies = (
        following is not None and following.type == "intent" and not between and tokens(following.text) in lexicon.companies
    )
    if part.type == "area" and of_companies and not part.text.isascii():
        return part._replace(type="seat")
    if part.type != "adjective":
        return part
    joined = following is not None and following.type in ("seat", "area") and bool(between) and set(between) <= _JOINS
    if joined and following is not None and _is_adjective(lexicon, following):
        return part._replace(type=following.type)
    if of_companies:
        return part._replace(type="seat")
    if any(" ".join(between).startswith(word) for word in question.unweighed):
        return part._replace(type="area")
    return part._replace(type="seat" if part.id in lexicon.exporters or places else "area")


def _is_adjective(lexicon: Lexicon, part: Part) -> bool:
    return any(sense.type == "adjective" for sense in lexicon.senses(tokens(part.text)))
