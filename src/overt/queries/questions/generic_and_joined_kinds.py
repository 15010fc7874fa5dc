"""Decides which kinds of project a question means if it has generic words (“4G networks”) or joins kinds with “and”."""

from itertools import pairwise

from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import JOINS, are_listed, join, tokens
from overt.queries.questions.understood_question import Marker, Part, Question

_TOPICS = frozenset({"security", "defence", "defense", "policing", "安全", "安防", "国防"})
"""Topics among the words that answers can't take into account. The other such words are about people and times."""
_CABLES, _TWO, _TRAINING = frozenset({"submarine-cable", "terrestrial-cable"}), 2, "training"
_ANDS = (("and",), ("和",), ("与",), ("及",))


def settle_kinds(question: Question, lexicon: Lexicon) -> None:
    """Remove generic words beside another kind, and mark kinds and lists that are wider than their words.

    “Networks” beside “4G” adds no kind, and neither does “surveillance” beside “facial recognition”. If “and” joins
    the words, both kinds count.
    """
    kinds = [part for part in question.parts if part.type == "kind"]
    spans = sorted({(part.start, part.end) for part in kinds})
    for first, second in pairwise(spans):
        if first[1] == second[0]:
            _drop_generic(question, lexicon, first, second)
    question.parts = [part._replace(is_wider=True) if _is_narrow(lexicon, part) else part for part in question.parts]
    _settle_joined_kinds(question)


def _settle_joined_kinds(question: Question) -> None:
    """Leave out a kind that “and” joins to a topic that answers can't consider, so that no answer is about only one of the two.

    The answer to a question about “telecoms and security” reports both as left out. A topic right before another kind belongs
    to that kind.
    """
    starts = {part.start for part in question.parts if part.type == "kind"}
    for part in [part for part in question.parts if part.type == "kind"]:
        for word in (tokens(text) for text in question.unweighed if text in _TOPICS):
            end = part.end + 1 + len(word)
            if (
                question.tokens[part.end : part.end + 1] in _ANDS
                and question.tokens[part.end + 1 : end] == word
                and end not in starts
            ):
                question.parts = [other for other in question.parts if (other.type, other.start) != ("kind", part.start)]
                question.unweighed = [text for text in question.unweighed if tokens(text) != word]
                question.unweighed.append(join(question.tokens[part.start : end]))
                return


def _is_narrow(lexicon: Lexicon, part: Part) -> bool:
    return (part.type == "kind" or part.id == "lists") and tokens(part.text) in lexicon.narrow_kinds


def _drop_generic(question: Question, lexicon: Lexicon, first: tuple[int, int], second: tuple[int, int]) -> None:
    generic = [span for span in (first, second) if question.tokens[span[0] : span[1]] in lexicon.generic_kinds]
    ids = [{part.id for part in question.parts if _is_at(part, span)} for span in (first, second)]
    if len(generic) == 1 or (generic and ids[0] == ids[1]):  # “telecom network”: both words mean the same
        question.parts = [part for part in question.parts if not _is_at(part, generic[-1])]


def _is_at(part: Part, span: tuple[int, int]) -> bool:
    return part.type == "kind" and (part.start, part.end) == span


def settle_cable_ends(question: Question) -> None:
    """Read two countries side by side as the ends of a cable: “the Pakistan–Kenya cable”, not “cables in Iran, Oman”."""
    areas = sorted((part for part in question.parts if part.type == "area"), key=lambda part: part.start)
    are_ends = len(areas) == _TWO and areas[0].end == areas[1].start and bool(_CABLES & {*question.ids("kind")})
    if not are_ends or question.has("links"):
        return
    if not are_listed(question.text, areas[0].text, areas[1].text):
        question.markers.append(Marker("links", "", areas[1].start, areas[1].start))


def joins_training(question: Question) -> bool:
    """Return whether “and” joins training and another kind: “forensic tools and training”. No agreement has both."""
    kinds = sorted((part for part in question.parts if part.type == "kind"), key=lambda part: part.start)
    return any(
        (first.id == _TRAINING) != (second.id == _TRAINING) and JOINS & set(question.tokens[first.end : second.start])
        for first, second in pairwise(kinds)
    )
