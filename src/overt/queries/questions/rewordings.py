"""Replaces phrases that the grammar reads as other words, and drops words that introduce another name of the same thing, such
as “formerly”.
"""

from itertools import pairwise

from overt.queries.questions.question_focus import asks_for_removals
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import join, tokens
from overt.queries.questions.understood_question import Question, Reading

_MAX_GAP = 6
"""Maximum number of words in the gap of a phrase such as “keep … out of”."""

_ABOUT_RENAMING = ("dates", "reasons")

_OR_NOT = (("没", "有"), ("没",), ("没", "呢"))
_DONE, _ASKING = frozenset({"了", "过"}), frozenset({"哪", "谁", "几", "何"})


def without_ending_or_not(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words without a Chinese “or not” that asks whether something was done.

    Examples are “建成了没有” (“was it built or not”) and “用没用过Pegasus” (“was Pegasus used or not”).

    An “or not” at the end counts only after 了 or 过, which mark past events. After a question word, as in “哪些国家没有”
    (“which countries have none”), it asks what is absent.
    """
    if at := next((at for at in range(1, len(words) - 1) if _is_or_not(words, at)), 0):
        words = (*words[:at], *words[at + 2 :])
    ending = next((ending for ending in _OR_NOT if words[-len(ending) :] == ending), ())
    before = words[: len(words) - len(ending)]
    return before if ending and not _DONE.isdisjoint(before) and _ASKING.isdisjoint(before) else words


def _is_or_not(words: tuple[str, ...], at: int) -> bool:
    """Return whether 没 or 不 (“not”) is between two equal characters: 买没买 (“buy or not”). Phrases of the grammar, such as
    有没有 (“is there”), don't count.
    """
    return words[at] in ("没", "不") and words[at - 1] == words[at + 1] and words[at - 1] not in ("有", "是", "会")


def reworded(lexicon: Lexicon, words: tuple[str, ...]) -> tuple[tuple[str, ...], list[Reading]]:
    """Return the words after replacing phrases that the grammar reads as other words, and what was replaced.

    Phrases with a gap come first, then the others, longest first. Each phrase is replaced once.
    """
    words, readings = _reworded_around(lexicon, words)
    for typed in sorted(lexicon.rewordings, key=len, reverse=True):
        meant = lexicon.rewordings[typed]
        for start in range(len(words) - len(typed) + 1):
            if words[start : start + len(typed)] == typed:
                words = (*words[:start], *meant, *words[start + len(typed) :])
                readings.append(Reading(join(typed), join(meant)))
                break
    return words, readings


def _reworded_around(lexicon: Lexicon, words: tuple[str, ...]) -> tuple[tuple[str, ...], list[Reading]]:
    """Replace split phrases, such as “keep … out of” in “keep Huawei out of 5G”, with words that the grammar knows.

    At most `_MAX_GAP` words can come between the two parts.
    """
    readings = []
    for (before, after), (meant_before, meant_after) in lexicon.split_rewordings:
        for start in range(len(words) - len(before) + 1):
            inside = start + len(before)
            if words[start:inside] != before:
                continue
            ends = range(inside + 1, min(inside + _MAX_GAP, len(words) - len(after)) + 1)
            end = next((end for end in ends if words[end : end + len(after)] == after), 0)
            if end:
                between = words[inside:end]
                readings.append(
                    Reading(f"{join(before)} … {join(after)}", f"{join(meant_before)} … {join(meant_after)}".strip(" …"))
                )
                words = (*words[:start], *meant_before, *between, *meant_after, *words[end + len(after) :])
                break
    return words, readings


def drop_other_names(question: Question, lexicon: Lexicon) -> None:
    """Drop words such as “formerly” between two names of the same thing. The names stay.

    In a question with a single name, such words ask for other names, which no answer gives, so they are unknown. They are also
    unknown in a question about when or why a name changed.
    """
    for first, second in pairwise(question.parts):
        between = question.tokens[first.end : second.start]
        text = join(between)
        if (first.type, first.id) == (second.type, second.id) and between in lexicon.other_names and text in question.unweighed:
            question.unweighed.remove(text)
            if any(map(question.has, _ABOUT_RENAMING)):
                question.unknown_at.update(range(first.end, second.start))
    asking = {tokens(text) for text in question.unweighed} & lexicon.other_names
    if asking and len(question.parts) == 1:
        question.unweighed = [text for text in question.unweighed if tokens(text) not in asking]
        for phrase in asking:
            starts = range(len(question.tokens) - len(phrase) + 1)
            start = next(at for at in starts if question.tokens[at : at + len(phrase)] == phrase)
            question.unknown_at.update(range(start, start + len(phrase)))


def approximated(question: Question, lexicon: Lexicon) -> list[Reading]:
    """Return readings for the words that were read as a part or marker with only a similar meaning."""
    removed = asks_for_removals(question)  # “removed from the list” asks for removals, not for restrictions
    parts = [part for part in question.parts if not (removed and (part.type, part.id) == ("intent", "blocked"))]
    read = [(part.text, part.type, part.id, part.label) for part in parts]
    read += [(marker.text, "marker", marker.id, "") for marker in question.markers if marker.id in ("costliest", "most")]
    return [Reading(text, label, kind, identity) for text, kind, identity, label in read if tokens(text) in lexicon.approximate]
