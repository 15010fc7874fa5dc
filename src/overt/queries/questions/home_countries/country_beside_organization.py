"""Reads words for an organisation's country beside its name: “Italian RCS Lab”, “exim bank china”."""

from collections.abc import Mapping, Sequence

from overt.index.search_text import IS_HAN
from overt.queries.database import Reader, json_array
from overt.queries.questions.understood_question import PLACES, Part, Question

_COMPANIES = frozenset(
    {"firm", "company", "vendor", "maker", "manufacturer", "giant", "group", "supplier"}
    | {"spyware", "surveillance", "telecom", "tech"}
    | {"公", "司", "企", "业", "厂", "商", "巨", "头"}
)
"""Words between a nationality and the name of a company."""
_OF = ("of",)
_OF_COUNTRY = " of "
"""Text before the country in the full name of a state's organisation: “The Export-Import Bank of China”."""


def stated_seats(reader: Reader, organizations: Sequence[str]) -> dict[str, list[str]]:
    """Return all countries that sources state as seats, by organisation id. The one that the release uses comes first."""
    seats: dict[str, list[str]] = {}
    rows = reader.rows("question_organizations.stated_seats", {"ids": json_array(organizations)}) if organizations else []
    for row in rows:
        seats.setdefault(str(row["id"]), []).append(str(row["country"]))
    return seats


def settle_own_seats(question: Question, seats: Mapping[str, Sequence[str]]) -> None:
    """Replace a country or its adjective with an `origin` if it describes an organisation: “Italian RCS Lab in Sudan”.

    An adjective is replaced even if sources state another seat: “the Israeli company Circles”. A noun is replaced only if a
    source states that seat, and if another place is named or the question asks for countries: “Kenya Safaricom” may be about
    Kenya. The same goes for a noun right after the name: “exim bank china tajikistan”. In Chinese, a noun is also replaced in a
    question about money: 中国国家开发银行贷款的项目 (“projects with loans from the China Development Bank”). `seats`: all
    countries that sources state as the seat, by organisation id.
    """
    more_places = len([part for part in question.parts if part.type in PLACES]) > 1 or "places" in question.ids("intent")
    is_lender = "money" in question.ids("intent")
    if more_places:
        _drop_namesakes(question, seats)
    for at, part in enumerate(question.parts):
        described = _described(question, part) or _named_before(question, part)
        own = any(part.id in seats.get(other.id, ()) for other in described)
        is_noun = own and part.type == "area" and (more_places or (is_lender and bool(IS_HAN.search(part.text))))
        if is_noun or (_described(question, part) and part.type == "seat"):
            recorded = [country for other in described for country in seats.get(other.id, ())]
            question.parts[at] = part._replace(type="origin", alternatives=(), countries=tuple(dict.fromkeys(recorded)))


def unlike_origins(question: Question) -> list[tuple[Part, Part]]:
    """Return the origins that differ from the seat in the release, each with the organisation that it describes."""
    origins = [part for part in question.parts if part.type == "origin" and part.countries[:1] != (part.id,)]
    return [(part, other) for part in origins for other in _described(question, part)]


def _described(question: Question, part: Part) -> list[Part]:
    """Return the organisations that a country describes, because it comes right before their names."""
    return [other for other in question.parts if other.type == "organization" and _is_right_before(question, part, other)]


def _named_before(question: Question, part: Part) -> list[Part]:
    """Return the organisation right before a country: “exim bank china tajikistan”."""
    return [other for other in question.parts if other.type == "organization" and other.end == part.start]


def _drop_namesakes(question: Question, seats: Mapping[str, Sequence[str]]) -> None:
    """Make a short name and the country after it unknown if the organisation is named after another country.

    “Exim bank india” isn't the Export-Import Bank of China.
    """
    for part in [part for part in question.parts if part.type == "area"]:
        for other in [other for other in question.parts if other.type == "organization" and other.is_renamed]:
            between = question.tokens[other.end : part.start]
            is_beside = other.end <= part.start and between in ((), _OF)
            if is_beside and _OF_COUNTRY in other.label and part.id not in seats.get(other.id, ()):
                question.parts = [each for each in question.parts if each not in (part, other)]
                question.unknown_at.update(range(other.start, part.end))
                question.is_refused = True  # Records of another country’s bank don’t answer it.


def _is_right_before(question: Question, part: Part, following: Part) -> bool:
    """Return whether nothing but a possessive, or a word for companies and their products, is between a place and a name."""
    between = question.tokens[part.end : following.start]
    if part.end > following.start:
        return False
    if not between or between in (("s",), ("的",)):
        return True
    suppliers = [other for other in question.parts if (other.type, other.id) == ("intent", "suppliers")]
    companies = {at for other in suppliers for at in range(other.start, other.end)}
    return all(at in companies or question.tokens[at] in _COMPANIES for at in range(part.end, following.start))
