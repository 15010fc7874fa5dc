"""Decide whether names of state bodies and large firms in two languages are translations of each other.

The meanings of words come from `institution_words`. The comparison word by word (`name_comparison`) treats unknown words as
brands, so foreign words count as differences there. Here they do so only if both names are in one language. Words
without a known meaning agree if they are spelled alike, or sound alike in two scripts.
"""

from collections.abc import Set
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from overt.resolve.names.consonant_comparison import are_spelled_alike, share_stem, sound_alike
from overt.resolve.names.folding_and_scripts import latin
from overt.resolve.names.institution_name_meanings import SOUNDLESS, TranslatedName

Comparison = Literal["equal", "unknown", "different"]
_NEAR = (
    frozenset({"communications", "telecommunications"}),
    frozenset({"security", "safety"}),
    frozenset({"space", "aerospace"}),
    frozenset({"army", "army-adjective"}),
    frozenset({"information", "computer"}),
    frozenset({"information", "intelligence"}),
    frozenset({"control", "supervision"}),
    frozenset({"maritime", "navy"}),
    frozenset({"exploitation", "operational"}),
)
"""Meanings that translators use interchangeably."""
_WIDE = frozenset({"africa", "america", "asia", "eurasia", "europe", "global", "gulf", "international", "pacific"})
"""Meanings of words that say in which part of the world a firm works."""
FIRMS = frozenset({"company", "corporation", "enterprise", "society"})
"""Kinds of bodies that are legal forms."""
AUTHORITIES = frozenset(
    (
        *("administration", "agency", "authority", "bureau", "commission", "committee", "council", "department", "directorate"),
        *("office", "organisation", "presidency", "secretariat", "service", "superintendence"),
    )
)
"""Kinds of bodies that translators use interchangeably."""
_APART = (2, 3)
"""Numbers of words into which a one-word name may be split: Da Nang, Ho Chi Minh."""
_MIN_EXONYM, _EXONYM_LIKENESS = 6, 0.6
"""Minimum number of letters, and minimum similarity, of a place's names in two languages."""
_MIN_SLIP = 8
"""Minimum length of a word with a known meaning that may be misspelled: Indentification."""


def compare_translated(left: TranslatedName, right: TranslatedName, *, strict: bool = True) -> Comparison:
    """Return whether two names of one country's bodies are translations of each other.

    `equal`: no word is left over, and the names share at least two words. `different`: both names have words left over, and
    these contradict each other, or the names are in one language. Otherwise `unknown`.

    Without `strict`, the kind of body (agency, administration) may differ. So may “national”, “federal” and “state”. Unknown
    words may be misspelled.
    """
    over_left, over_right, rest_left, rest_right = left_over(left, right, strict=strict)
    if not (over_left or over_right or rest_left or rest_right):
        shared = max(_agreeing(left, right), _agreeing(right, left)) + (left.names_country and right.names_country)
        free = not strict or (_same_bodies(left, right) and _same_bodies(right, left))
        return "equal" if shared >= 2 and free else "unknown"
    if contradict(over_left, over_right):
        return "different"
    has_left, has_right = bool(over_left or rest_left), bool(over_right or rest_right)
    return "different" if has_left and has_right and is_one_language(left, right) else "unknown"


def contradict(left: Set[str], right: Set[str]) -> bool:
    """Return whether the meanings that two names have left over contradict each other.

    Meanings for a part of the world (Moov Africa) contradict only each other.
    """
    return bool(left and right) and bool(left - _WIDE) == bool(right - _WIDE)


class LeftOver(NamedTuple):
    """Words of each of two names that have no counterpart in the other."""

    left: set[str]
    """Meanings of words of the first name."""
    right: set[str]
    unknown_left: list[str]
    """Words of the first name without a known meaning."""
    unknown_right: list[str]


def left_over(left: TranslatedName, right: TranslatedName, *, strict: bool = True) -> LeftOver:
    """Return the words of each name that have no counterpart in the other, ignoring kinds of bodies and optional words.

    If not `strict`, long unknown words may match despite a misspelling.
    """
    over_left, over_right = _without_near(set(left.words) - set(right.words), set(right.words) - set(left.words))
    over_left, over_right = _without_alternatives(over_left, left, right), _without_alternatives(over_right, right, left)
    rest_left, rest_right = _unmatched(left, right, strict=strict)
    rest_left, over_right = _without_cognates(rest_left, over_right, left, right)
    rest_right, over_left = _without_cognates(rest_right, over_left, right, left)
    return LeftOver(over_left, over_right, rest_left, rest_right)


def _agreeing(name: TranslatedName, other: TranslatedName) -> int:
    """Return how many words of a name agree with the other name, if neither name has words left over."""
    kinds = name.bodies.keys() | name.optional
    return len(name.words) + len(name.unknown) + len(kinds - _without_alternatives(kinds, name, other))


def _same_bodies(name: TranslatedName, other: TranslatedName) -> bool:
    """Return whether `other` has all kinds of bodies of `name`, except legal forms, and its words such as “national”.

    If the names are in two languages, and `name` has at least two other words, agency, authority and so on count as the same.
    """
    rest = _without_alternatives((name.bodies.keys() - FIRMS) | _proper(name.optional), name, other)
    is_near = len(name.words) + len(name.unknown) >= 2 and bool(AUTHORITIES & other.meanings) and not is_one_language(name, other)
    return not (rest - AUTHORITIES if is_near else rest)


def _proper(optional: frozenset[str]) -> frozenset[str]:
    return optional - {"republic", "kingdom", "general", "force"}


def _without_near(left: set[str], right: set[str]) -> tuple[set[str], set[str]]:
    for pair in _NEAR:
        if left & pair and right & pair:
            left, right = left - pair, right - pair
    return left, right


def _without_alternatives(over: Set[str], name: TranslatedName, other: TranslatedName) -> set[str]:
    """Return the meanings in `over` that the other name lacks, if it also lacks all their alternatives."""
    return {meaning for meaning in over if not ({meaning} | name.alternatives.get(meaning, frozenset())) & other.meanings}


def _unmatched(left: TranslatedName, right: TranslatedName, *, strict: bool) -> tuple[list[str], list[str]]:
    """Return the unknown words of each side that the other side lacks. In two scripts, words that sound alike count as equal.

    Several words of one side may be one word of the other: Tamil Nadu, தமிழ்நாடு; Hà Nội, Hanoi. Without `strict`, a long word
    may be misspelled.
    """
    by_sound = left.script != right.script and not {left.script, right.script} <= SOUNDLESS
    rest = list(right.unknown)
    unmatched = []
    for word in left.unknown:
        match = next((other for other in rest if word == other or (not strict and _is_one_word(word, other))), None)
        if match is None and by_sound:
            match = next((other for other in rest if sound_alike(left.written[word], right.written[other])), None)
        if match is None:
            unmatched.append(word)
        else:
            rest.remove(match)
    if left.script == right.script == "latin" and unmatched and rest:
        unmatched, rest = _without_exonyms(unmatched, rest, left, right)
        unmatched, rest = _without_written_apart(unmatched, rest, right)
        rest, unmatched = _without_written_apart(rest, unmatched, left)
    if by_sound and (_is_compound(unmatched, left, rest, right) or _is_compound(rest, right, unmatched, left)):
        return [], []
    return unmatched, rest


def _without_exonyms(
    words: list[str], foreign: list[str], left: TranslatedName, right: TranslatedName
) -> tuple[list[str], list[str]]:
    """Return unknown words of two names without those that are a place's names in two languages: Catalonia, Catalunya."""
    if is_one_language(left, right):
        return words, foreign
    for word in list(words):
        if match := next((other for other in foreign if _is_exonym(word, other)), None):
            words, foreign = [rest for rest in words if rest != word], [rest for rest in foreign if rest != match]
    return words, foreign


def _is_exonym(word: str, other: str) -> bool:
    return min(len(word), len(other)) >= _MIN_EXONYM and word[0] == other[0] and are_spelled_alike(word, other, _EXONYM_LIKENESS)


def _without_written_apart(words: list[str], foreign: list[str], other: TranslatedName) -> tuple[list[str], list[str]]:
    """Return unknown words of two names without those that the second name writes as two or three words: Hanoi, Hà Nội.

    `words`: unknown words of the first name. `foreign`: unknown words of the second name, `other`.
    """
    runs = {
        "".join(run): run
        for size in _APART
        for at in range(len(other.tokens) - size + 1)
        if not set(run := other.tokens[at : at + size]).isdisjoint(foreign)
    }
    for word in [word for word in words if word in runs]:
        words = [rest for rest in words if rest != word]
        foreign = [rest for rest in foreign if rest not in runs[word]]
    return words, foreign


def _is_compound(words: list[str], name: TranslatedName, compound: list[str], other: TranslatedName) -> bool:
    """Return whether unknown words of a name, joined, sound like the only unknown word that is left of the other name."""
    if len(words) < 2 or len(compound) != 1:
        return False
    joined = "".join(name.written[word] for word in sorted(words, key=name.tokens.index))
    return sound_alike(joined, other.written[compound[0]])


def _without_cognates(rest: list[str], over: set[str], name: TranslatedName, other: TranslatedName) -> tuple[list[str], set[str]]:
    """Return the unknown words of one name and the meanings of the other, without those that are the same word.

    Two words are the same if they differ by a misspelling (Indentification) and perhaps a plural s, or share a stem in two
    scripts, as Georgian დოკუმენტაციის and documentation do.
    """
    unmatched, over = [], set(over)
    for word in rest:
        spellings = {meaning: latin(other.words[meaning]) for meaning in sorted(over)}
        match = next(
            (
                meaning
                for meaning, spelling in spellings.items()
                if (min(len(word), len(spelling)) >= _MIN_SLIP and _is_slip(word, spelling))
                or (name.script != other.script and any(share_stem(word, form) for form in (spelling, meaning)))
            ),
            None,
        )
        if match is None:
            unmatched.append(word)
        else:
            over.remove(match)
    return unmatched, over


def _is_slip(word: str, spelling: str) -> bool:
    return OSA.distance(word.rstrip("s"), spelling.rstrip("s"), score_cutoff=1) <= 1


def _is_one_word(left: str, right: str) -> bool:
    longest = max(len(left), len(right))
    return longest >= 6 and not left.isdigit() and OSA.distance(left, right, score_cutoff=longest // 5) <= longest // 5


def is_one_language(left: TranslatedName, right: TranslatedName) -> bool:
    """Return whether both names are in one script and spell alike the known words that they share. False if they share none."""
    if left.script != right.script:
        return False
    pairs = [
        (first[meaning], second[meaning])
        for first, second in ((left.words, right.words), (left.bodies, right.bodies))
        for meaning in first.keys() & second.keys()
    ]
    return bool(pairs) and all(first == second for first, second in pairs)
