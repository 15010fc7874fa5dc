"""Reads words about the seats of organisations: “companies based in Israel”, “where is Candiru based”, “总部在哪”."""

from overt.queries.questions.understood_question import Question

_BASED_IN = (("based", "in"), ("headquartered", "in"))
_HAN_BASED_IN = ("总部在", "总部位于", "总部设在")
_BASED = "based"
_PLACES = frozenset({"area", "region", "adjective"})


def settle_based_in(question: Question) -> None:
    """Read a country or region after “based in” as the seat of suppliers, if the question asks for suppliers."""
    if "suppliers" not in question.ids("intent"):
        return
    for at, part in enumerate(question.parts):
        before = question.tokens[max(part.start - 2, 0) : part.start]
        is_based = before in _BASED_IN or "".join(question.tokens[: part.start]).endswith(_HAN_BASED_IN)
        if is_based and part.type in _PLACES:
            question.parts[at] = part._replace(type="seat")


def asks_for_seat(question: Question) -> bool:
    """Return whether a question asks where its organisation is from or based, and not where it has projects."""
    is_based = question.tokens[-1:] == (_BASED,) and "places" in question.ids("intent")
    return question.has("origin") or question.has("headquarters") or is_based
