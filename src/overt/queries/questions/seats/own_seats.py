"""Words for the country of the organisation that follows them: “Italian RCS Lab”."""

from collections.abc import Mapping

from overt.index.search_text import IS_HAN
from overt.queries.questions.understood_question import PLACES, Part, Question


def settle_own_seats(question: Question, seats: Mapping[str, str]) -> None:
    """Replace a country or its adjective with an `origin` right before an organisation from there: “Italian RCS Lab in Sudan”.

    A noun is replaced only if another place is named or the question asks for countries: “Kenya Safaricom” may be about Kenya.
    In Chinese, it is also replaced in a question about money: 中国国家开发银行贷款的项目.
    `seats`: countries by organisation id.
    """
    more_places = len([part for part in question.parts if part.type in PLACES]) > 1 or "places" in question.ids("intent")
    for at, part in enumerate(question.parts):
        own = any(
            following.type == "organization"
            and seats.get(following.id) == part.id
            and _is_right_before(question, part, following)
            for following in question.parts
        )
        is_lender = "money" in question.ids("intent") and bool(IS_HAN.search(part.text))
        if own and (part.type == "seat" or (part.type == "area" and (more_places or is_lender))):
            question.parts[at] = part._replace(type="origin", alternatives=())


def _is_right_before(question: Question, part: Part, following: Part) -> bool:
    between = question.tokens[part.end : following.start]
    return part.end <= following.start and (not between or between in (("s",), ("的",)))
