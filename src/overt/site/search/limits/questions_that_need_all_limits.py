"""Questions whose answers need all limits: those that ask for the first, the largest or a number.

An answer to such a question is wrong, rather than only too wide, if it leaves a limit out.
"""

from collections.abc import Iterable

from overt.queries.questions.understood_question import Marker, Question

_RANKING = frozenset({"most", "earliest", "latest", "highest", "lowest", "costliest"})
_COUNT = "count"
_SUPERLATIVES = frozenset({"most", "first", "last", "top", "leading"})
_ENDS_IN = "est"
_HAN_SUPERLATIVE = "最"


def is_decisive(question: Question) -> bool:
    """Return whether the answer to a question is wrong if it leaves out one of its limits."""
    return question.has(_COUNT) or any(map(_is_superlative, question.markers))


def is_left_open(question: Question, intent: str) -> bool:
    """Return whether a decisive question remains open if an answer of this intent leaves out one of its limits.

    Answers of the intent `record` give neither a first nor a number, and those of `texts` give no number.
    """
    if intent == "texts":
        return any(map(_is_superlative, question.markers))
    return intent != "record" and is_decisive(question)


def counts_word(question: Question, phrase: tuple[str, ...]) -> bool:
    """Return whether a question asks for the number of what a phrase stands for, as with “villages” in “how many villages”.

    In “how many police projects”, the phrase “police” only describes what is counted.
    """
    ends = [marker.end for marker in question.markers if marker.id == _COUNT]
    described = {part.start - len(phrase) for part in question.parts}
    return any(end not in described and question.tokens[end : end + len(phrase)] == phrase for end in ends)


def superlatives_among(question: Question, words: Iterable[str]) -> list[str]:
    """Return the superlatives among some words of a question."""
    texts = {marker.text for marker in question.markers if _is_superlative(marker)}
    return [word for word in dict.fromkeys(words) if word in texts]


def _is_superlative(marker: Marker) -> bool:
    """Return whether a marker's words are a superlative. “Cost” isn't one, although it has the marker of “costliest”."""
    words = marker.text.split()
    is_superlative = _HAN_SUPERLATIVE in marker.text or any(word in _SUPERLATIVES or word.endswith(_ENDS_IN) for word in words)
    return marker.id in _RANKING and is_superlative
