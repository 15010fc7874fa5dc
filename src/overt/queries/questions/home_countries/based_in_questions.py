"""Reads words about the seats of organisations: “companies based in Israel”, “where is Candiru based”."""

from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.understood_question import Part, Question

_BASED_IN = (("based", "in"), ("headquartered", "in"))
_HAN_BASED_IN = ("总部在", "总部位于", "总部设在")
_BASED = "based"
_HAVE, _HAN_COMPANIES = ("有", "哪", "些"), ("公司", "企业", "厂商")
_PLACES = frozenset({"area", "region", "adjective"})


def settle_based_in(question: Question, lexicon: Lexicon) -> None:
    """Read a country or region after “based in”, or before “based”, as the seat of suppliers, if the question asks for
    suppliers.

    An exporter before 有哪些 (“has which”) is read in the same way if a word for companies ends the question:
    “以色列有哪些监控公司” (“which surveillance companies does Israel have”).
    """
    if "suppliers" not in question.ids("intent"):
        return
    for at, part in enumerate(question.parts):
        before, after = question.tokens[: part.start], question.tokens[part.end : part.end + 1]
        is_based = after == (_BASED,) or before[-2:] in _BASED_IN or "".join(before).endswith(_HAN_BASED_IN)
        is_based = is_based or (part.id in lexicon.exporters and _has_companies(question, part))
        if is_based and part.type in _PLACES:
            question.parts[at] = part._replace(type="seat")


def asks_for_seat(question: Question) -> bool:
    """Return whether a question asks where its organisation is from or based, and not where it has projects."""
    is_based = question.tokens[-1:] == (_BASED,) and "places" in question.ids("intent")
    return question.has("origin") or question.has("headquarters") or is_based


def _has_companies(question: Question, part: Part) -> bool:
    """Return whether 有哪些 (“has which”) follows a country, and a word for companies ends the question."""
    words = question.tokens
    return words[part.end : part.end + len(_HAVE)] == _HAVE and "".join(words).rstrip("吗呢").endswith(_HAN_COMPANIES)
