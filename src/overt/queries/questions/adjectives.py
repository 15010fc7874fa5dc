"""Decides whether an adjective of a country means the country or the seat of a supplier: “Kenyan police”, “Kenyan firms”."""

from overt.queries.questions.question import Part, Question
from overt.queries.questions.question_words import Lexicon, tokens

_JOINS = {"or", "and", "和", "或"}
_PLACES = {"area", "region", "place"}


def settle_adjectives(question: Question, lexicon: Lexicon) -> None:
    """Replace the parts of type `adjective` by a seat or an area, and countries before a Chinese word for companies by a seat."""
    places = any(part.type in _PLACES for part in question.parts)
    settled: list[Part] = []
    for part in reversed(question.parts):
        following = settled[-1] if settled else None
        settled.append(_settled(question, lexicon, part, following, places=places))
    question.parts = settled[::-1]


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
