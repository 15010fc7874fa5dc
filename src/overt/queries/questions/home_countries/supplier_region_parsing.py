"""Decides whether a region is the seat of suppliers: “European vendors”, “spyware from Europe in Mexico”."""

from overt.index.search_text import IS_HAN
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import FROM, JOINS
from overt.queries.questions.understood_question import PLACES, Part, Question

_INTO = frozenset({"in", "to", "into", "across", "for", "在", "给", "向", "卖", "出", "售"})
_FUNDING = ("funds", "funded", "finances", "financed", "sponsored", "lent", "lends", "资助", "出资", "援助")
_MIN_KEYWORDS = 3
_ADJECTIVE_ENDS = ("an", "ern", "ic", "洲", "美", "方")


def settle_supplier_regions(question: Question, lexicon: Lexicon) -> None:
    """Replace a region, or the members of a group of countries, with seats.

    A region is a seat right before a word for suppliers, even if kinds come between. After “from”, it is a seat if the question
    names another place, or asks for suppliers or money. An adjective before a kind is a seat if a place follows: “European
    spyware in Africa”. A region is also a seat before a lender's verb, as in “EU-funded”, and if “and” or “or” joins it to the
    next seat.
    """
    spans = {part.start: part.end for part in question.parts if part.type == "region" or question.is_grouped(part)}
    joined: set[int] = set()
    for start in sorted(spans, reverse=True):
        following = [part for part in question.parts if part.start >= spans[start]]
        between = set(question.tokens[spans[start] : min(joined, default=start)])
        if _is_seat(question, start, spans[start], following) or (joined and spans[start] < min(joined) and between <= JOINS):
            joined.add(start)
    question.parts = [
        part._replace(type="seat") if part.start in joined and part.type in ("area", "region") and part.start in spans else part
        for part in question.parts
    ]


def _is_seat(question: Question, start: int, end: int, following: list[Part]) -> bool:
    if _is_before_suppliers(question, end, following):
        return True
    if _funds(question, end):
        return True
    more_places = [part for part in question.parts if part.type in PLACES and part.start != start]
    if _comes_from(question, start):
        return bool(more_places) or bool({"suppliers", "money"} & set(question.ids("intent")))
    kinds = [part for part in following if part.type == "kind" and part.start == end]
    if not (kinds and question.tokens[end - 1].endswith(_ADJECTIVE_ENDS)):
        return False
    places = [part for part in more_places if part.start >= kinds[0].end]
    return any(_INTO & set(question.tokens[kinds[-1].end : place.start]) for place in places)


def _funds(question: Question, end: int) -> bool:
    """Return whether a verb of a lender follows a region: “EU-funded cameras”, “欧盟资助的监控”."""
    return any(
        part.start == end and part.type == "intent" and part.id == "money" and part.text.startswith(_FUNDING)
        for part in question.parts
    )


def _is_before_suppliers(question: Question, end: int, following: list[Part]) -> bool:
    """Return whether nothing but kinds comes between a region and a word for suppliers.

    If 的 follows the region, another place must follow, too: “欧洲的供应商” (“Europe's suppliers”) may be suppliers of
    projects in Europe.
    """
    position = end
    if question.tokens[end : end + 1] == ("的",) and any(part.type in PLACES and part.end > end for part in following):
        position = end + 1
    while kinds := [part for part in following if part.start == position and part.type == "kind"]:
        position = kinds[0].end
    suppliers = [part for part in following if part.start == position and (part.type, part.id) == ("intent", "suppliers")]
    return any(_is_noun(part) and not _is_keyword(question, end, part) for part in suppliers)


def _is_keyword(question: Question, end: int, suppliers: Part) -> bool:
    """Return whether a Chinese word for suppliers is a keyword of its own after the region, beside others: 过滤 非洲 供应商
    (“filtering Africa suppliers”).
    """
    words = [word for word in question.text.split() if IS_HAN.search(word)]
    return suppliers.start == end and suppliers.text in words and len(words) >= _MIN_KEYWORDS


def _comes_from(question: Question, start: int) -> bool:
    before = question.tokens[:start]
    if before[-1:] == ("the",):
        before = before[:-1]
    return bool(before) and before[-1] in FROM


def _is_noun(part: Part) -> bool:
    return not part.text.startswith(("who ", "谁", "which ", "哪"))
