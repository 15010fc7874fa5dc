"""Reads questions about what was denied or said, and by whom: “which reports has Huawei denied”, “what did NSO Group say”."""

from collections.abc import Iterator, Sequence

from overt.index.search_text import IS_HAN
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import JOINS, join, tokens
from overt.queries.questions.understood_question import Marker, Part, Question

DENIED, STATEMENTS = "denied", "statements"
_TWO = 2
_TOPICS = frozenset({"organization", "area", "region", "place", "kind", "project_name"})
_MAX_DISTANCE = 4
"""Maximum distance, in tokens, from a question word to its verb for a denial: 3 in “which of them deny”."""


def settle_denials(question: Question, lexicon: Lexicon) -> None:
    """Ignore words for what is denied, such as “reports”, and note which organisations deny it.

    “Rejected” also counts as a denial if the question has such a word and an organisation is right before “rejected”. An answer
    gives the number of denials, so “how many” is dropped.
    """
    things = _things(question, lexicon)
    if things and DENIED not in question.ids("status"):
        _read_rejection(question, lexicon)
    denied = [part for part in question.parts if part.type == "status" and part.id == DENIED]
    if not denied:
        return
    _drop_things(question, lexicon, things)
    question.markers = [marker for marker in question.markers if marker.id != "count"]
    if _asks_too(question, lexicon, denied[0]):  # “which use it, and which deny it” isn't only about denials
        question.parts = [part for part in question.parts if part not in denied]
        question.asks_who_denies = True
        return
    _leave_accusation_open(question, denied[0].end)
    named = [part for part in question.parts if part.type == "organization" and not _is_brand(lexicon, part)]
    question.denied_by = list(dict.fromkeys(part.id for part in _denying(question, lexicon, named, denied)))


def asks_who_denies(question: Question, lexicon: Lexicon, intent: str) -> bool:
    """Return whether a word with this intent asks who denied something: “which countries denied” (intent `places`)."""
    denied = [part for part in question.parts if part.type == "status" and part.id == DENIED]
    asking = [part for part in question.parts if (part.type, part.id) == ("intent", intent)]
    return any(_is_before(question, lexicon, part, word) for part in asking for word in denied)


def settle_statements(question: Question, lexicon: Lexicon) -> None:
    """Read “say” or “said” as asking for statements, in a question that names an organisation, a place, a project or a kind.

    The words no longer count as left out, or as unknown. In questions about agreements, official lists, blocking or money, they
    keep their other meaning.
    """
    _read_declarations(question, lexicon)
    words, longest = question.tokens, max(map(len, lexicon.saying), default=0)
    intents = set(question.ids("intent")) & {"agreements", "lists", "blocked", "money"}
    if intents or not any(part.type in _TOPICS for part in question.parts):
        return
    if question.has(STATEMENTS):
        _drop_things(question, lexicon, _things(question, lexicon))
        _leave_accusation_open(question, min(marker.end for marker in question.markers if marker.id == STATEMENTS))
        return
    spans = [(at, at + size) for size in range(longest, 0, -1) for at in range(len(words) - size + 1)]
    start, end = next(((start, end) for start, end in spans if words[start:end] in lexicon.saying), (0, 0))
    used = {at for part in question.parts for at in range(part.start, part.end)}
    if not end or used & {*range(start, end)}:
        return
    text = join(words[start:end])
    question.markers.append(Marker(STATEMENTS, text, start, end))
    question.unknown_at -= {*range(start, end)}
    question.unweighed = [word for word in question.unweighed if word != text]
    _drop_things(question, lexicon, _things(question, lexicon))
    _leave_accusation_open(question, end)


def _is_brand(lexicon: Lexicon, part: Part) -> bool:
    """Return whether an organisation is named by a product, such as Pegasus, which denies nothing itself.

    A name in Latin letters is a product if the organisation's label doesn't begin with it. A Chinese name can't be compared with
    an English label, so it must be among the grammar's words for products.
    """
    products = (tokens(word) for words in lexicon.grammar.products.values() for word in words)
    if IS_HAN.search(part.text):
        return tokens(part.text) in products
    return part.is_renamed and not part.label.lower().startswith(part.text.lower())


def _leave_accusation_open(question: Question, end: int) -> None:
    """Report the unknown words after a word for a statement as left out, because they describe what the statement is about.

    This is done only if an organisation is named before `end`, because its statements are listed whatever they are about.
    `end`: the index of the token after the word for a statement.
    """
    if question.is_refused or "organization" not in {part.type for part in question.parts if part.start < end}:
        return
    later = sorted(at for at in question.unknown_at if at >= end)
    question.unknown_at -= {*later}
    question.dropped += _runs(question, later)


def _runs(question: Question, positions: list[int]) -> list[str]:
    """Return the texts of the tokens at these positions. Tokens that are adjacent form one text."""
    runs = list[list[int]]()
    for at in positions:
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return [join(question.tokens[run[0] : run[-1] + 1]) for run in runs]


def _asks_too(question: Question, lexicon: Lexicon, denied: Part) -> bool:
    """Return whether a question asks who denies something as well as who does it: “which forces use it and which deny it”."""
    asking = [at for at in range(denied.start) if _is_asking(question.tokens, lexicon, at)]
    before = {part.type for part in question.parts if asking and part.start < asking[-1]}
    return len(asking) > 1 and denied.start - asking[-1] <= _MAX_DISTANCE and not before.isdisjoint(("organization", "kind"))


def _is_asking(words: tuple[str, ...], lexicon: Lexicon, at: int) -> bool:
    return any(words[at : at + len(asking)] == asking for asking in map(tokens, lexicon.grammar.denial_words.asking))


def _read_declarations(question: Question, lexicon: Lexicon) -> None:
    """Read 声明 (“statement”, “declaration”) as statements, not as a declaration of states, if the question names an organisation
    and at most one country.

    If the question has another word for agreements, nothing changes.
    """
    declared = [part for part in question.parts if part.type == "intent" and part.text in lexicon.grammar.denial_words.statements]
    agreed = [part for part in question.parts if part.type == "intent" and part.id == "agreements" and part not in declared]
    if declared and not agreed and question.ids("organization") and len(question.ids("area")) < _TWO:
        question.parts = [part for part in question.parts if part not in declared]
        question.agreement_kinds = []
        question.markers += [Marker(STATEMENTS, part.text, part.start, part.end) for part in declared]


def _drop_things(question: Question, lexicon: Lexicon, things: list[tuple[int, int]]) -> None:
    """Ignore words for what is denied or answered, such as “reports”. `things`: the result of `_things`."""
    question.unknown_at -= {at for start, end in things for at in range(start, end)}
    question.unweighed = [word for word in question.unweighed if not _ends_in_thing(word, lexicon)]


def _things(question: Question, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Return the positions of words for what is denied: for each, the index of its first token and of the token after it."""
    words = question.tokens
    return [
        (start, start + len(phrase))
        for phrase in lexicon.denied_things
        for start in range(len(words))
        if words[start : start + len(phrase)] == phrase
    ]


def _ends_in_thing(word: str, lexicon: Lexicon) -> bool:
    phrase = tokens(word)
    return any(phrase[-len(thing) :] == thing for thing in lexicon.denied_things)


def _read_rejection(question: Question, lexicon: Lexicon) -> None:
    """Read “rejected” right after an organisation as a denial."""
    rejections = tuple(lexicon.answer_words.rejections)
    for at, part in enumerate(question.parts):
        is_rejection = (part.type, part.id) == ("intent", "blocked") and part.text.startswith(rejections)
        if is_rejection and any(
            other.type == "organization" and _is_before(question, lexicon, other, part) for other in question.parts
        ):
            question.parts[at] = part._replace(type="status", id=DENIED, label="")


def _denying(question: Question, lexicon: Lexicon, organizations: Sequence[Part], denied: Sequence[Part]) -> Iterator[Part]:
    """Yield the organisations that deny something, and those that “and” joins to one of them: “ZTE and Huawei deny”."""
    lists, joins = list[list[Part]](), {*JOINS, *lexicon.grammar.denial_words.with_each}
    for part in sorted(organizations, key=lambda part: part.start):
        if lists and set(question.tokens[lists[-1][-1].end : part.start]) <= joins:
            lists[-1].append(part)
        else:
            lists.append([part])
    for listed in lists:
        if any(_denies(question, lexicon, part, word) for part in listed for word in denied):
            yield from listed


def _denies(question: Question, lexicon: Lexicon, organization: Part, denied: Part) -> bool:
    """Return whether an organisation denies something: it precedes the word, or follows it after “by”, “from” or “of”."""
    if question.tokens[denied.end : denied.end + 1] in (("by",), ("from",)):
        between = question.tokens[denied.end : organization.start]
        return organization.start >= denied.end and bool(between) and set(between) <= {*lexicon.grammar.denial_words.by}
    return _is_before(question, lexicon, organization, denied) or question.tokens[denied.end : organization.start] == ("of",)


def _is_before(question: Question, lexicon: Lexicon, organization: Part, word: Part) -> bool:
    between = {token for phrase in lexicon.grammar.denial_words.between for token in tokens(phrase)}
    return organization.end <= word.start and between.issuperset(question.tokens[organization.end : word.start])
