"""Reads words such as “agreed” and “operational” as statuses where they describe projects, and not what somebody did."""

from collections.abc import Iterator

from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import join, tokens
from overt.queries.questions.understood_question import PLACES, Part, Question

_OF_PROJECTS = frozenset({"projects", "places"})
"""Intents of questions whose answers can be limited by status."""
_NO_PROJECTS = frozenset({"service", "restriction", "subject"})
"""Types of parts that show that a question is about restrictions or laws."""
_DESCRIBING = frozenset({"organization", "area", "adjective", "region", "seat"})
"""Types of parts between a status and the projects it describes: “suspended Pegasus projects”, “agreed Chinese systems”."""
_STATUSES = "project_statuses"
_OF_DATES = frozenset({"dates", "earliest", "latest"})


def settle_project_statuses(question: Question, lexicon: Lexicon) -> None:
    """Read the words of `QuestionGrammar.project_statuses` as statuses where they describe projects, kinds or “systems”.

    A status can come before such a word (“agreed projects in Kenya”), right after it (“systems operational in Turkey”) or after
    “are” (“which projects in Serbia are agreed”). It can also be the only word beside places (“under construction in Ghana”).

    Answers about anything but projects and countries can't be limited by status, so in other questions the word is reported as
    left out. A word that describes nothing is also reported as left out, unless it can be a verb. In questions for a date, and
    beside services, restrictions and topics of laws, the words keep their other meaning.
    """
    if _NO_PROJECTS & {part.type for part in question.parts} or any(map(question.has, _OF_DATES)):
        return
    for status, start, end in list(_statuses(question, lexicon)):
        own = [part for part in question.parts if start <= part.start and part.end <= end]
        if any((part.type, part.id) != ("intent", "blocked") for part in own) or _is_inside(question, start, end):
            continue  # Part of a name or of another phrase.
        text = join(question.tokens[start:end])
        if not (
            _is_before_projects(question, lexicon, start, end, is_ban=bool(own))
            or _is_after(question, lexicon, start, end)
            or _is_beside_places(question, lexicon, start, end)
        ):
            if not own and lexicon.date_event(text) is None and text not in question.unweighed:
                question.unknown_at -= {*range(start, end)}
                question.unweighed.append(text)
            continue
        question.parts = [part for part in question.parts if part not in own]
        question.markers = [marker for marker in question.markers if not (start <= marker.start and marker.end <= end)]
        question.verbs = [verb for verb in question.verbs if not (start <= verb[0] and verb[1] <= end)]
        question.unknown_at -= {*range(start, end)}
        question.unweighed = [word for word in question.unweighed if not {*tokens(word)} <= {*tokens(text)}]
        if {*question.ids("intent")} <= _OF_PROJECTS:
            question.parts.append(Part("status", status, text, start, end))
            question.parts.sort(key=lambda part: part.start)
        else:
            question.unweighed.append(text)


def _statuses(question: Question, lexicon: Lexicon) -> Iterator[tuple[str, int, int]]:
    """Yield each status of projects that a question names, with the start and end of its words, the longest phrases first."""
    used = set[int]()
    statuses = _statuses_by_phrase(lexicon)
    for phrase in sorted(statuses, key=lambda phrase: (-len(phrase), phrase)):
        for start in range(len(question.tokens) - len(phrase) + 1):
            span = {*range(start, start + len(phrase))}
            if question.tokens[start : start + len(phrase)] == phrase and not span & used:
                used |= span
                yield statuses[phrase], start, start + len(phrase)


def _statuses_by_phrase(lexicon: Lexicon) -> dict[tuple[str, ...], str]:
    """Return the statuses of projects, by the phrases that mean them. The labels of a status are among these phrases."""
    statuses: dict[tuple[str, ...], str] | None = lexicon.derived.get(_STATUSES)
    if statuses is None:
        statuses = lexicon.derived[_STATUSES] = {
            tokens(phrase): status
            for status, phrases in lexicon.grammar.project_statuses.items()
            for phrase in (*phrases, *lexicon.labels("statuses", status))
        }
    return statuses


def _is_inside(question: Question, start: int, end: int) -> bool:
    """Return whether words are only a piece of a part: “completed” in the name of a project."""
    return any(part.start < end and start < part.end and not (start <= part.start and part.end <= end) for part in question.parts)


def _is_before_projects(question: Question, lexicon: Lexicon, start: int, end: int, *, is_ban: bool) -> bool:
    """Return whether a word for projects follows, perhaps after 的 and names that describe it.

    Right after a name, words for an event are a verb: “Huawei completed cameras in Kenya”. So is a word for bans before the
    name of an organisation and a kind: “countries that suspended Huawei cameras”.
    """
    is_event = lexicon.date_event(join(question.tokens[start:end])) is not None
    if is_event and any(part.end == start and part.type in _DESCRIBING for part in question.parts):
        return False
    names_organization, at = False, end
    while True:
        at += question.tokens[at : at + 1] == ("的",)
        if _noun_end(question, lexicon, at):
            return not (
                is_ban and names_organization and any(part.start == at and part.type == "kind" for part in question.parts)
            )
        name = next((part for part in question.parts if part.start == at and part.type in _DESCRIBING), None)
        if name is None:
            return False
        names_organization |= name.type == "organization"
        at = name.end


def _is_after(question: Question, lexicon: Lexicon, start: int, end: int) -> bool:
    """Return whether words at the end or before a place say what projects are: “projects in Serbia are agreed”.

    Right after a word for projects, “are” isn't needed. If the question has a year, words for an event ask when it happened
    instead.
    """
    words = lexicon.grammar.status_context
    following = question.tokens[end : end + 1]
    if following and following[0] not in words.after and following[0] not in lexicon.present_words:
        return False
    if lexicon.date_event(join(question.tokens[start:end])) is not None and (question.years or question.ids("year")):
        return False
    last = max((_noun_end(question, lexicon, at) for at in range(start)), default=0)
    if not last or question.ids("project_name"):
        return False
    before = {*words.before}
    linked = start
    while linked > last and question.tokens[linked - 1] in before:
        linked -= 1
    return linked == last or not before.isdisjoint(question.tokens[linked:start])


def _is_beside_places(question: Question, lexicon: Lexicon, start: int, end: int) -> bool:
    """Return whether a question consists of words for a status, names of places, and words such as “is” and “in”.

    If the question has a year, words for an event ask when it happened instead.
    """
    if not question.parts or {part.type for part in question.parts} - {*PLACES, "year"}:
        return False
    if lexicon.date_event(join(question.tokens[start:end])) is not None and question.ids("year"):
        return False
    words = lexicon.grammar.status_context
    named = {at for part in question.parts for at in range(part.start, part.end)}
    around = {*range(len(question.tokens))} - named - {*range(start, end)}
    return {question.tokens[at] for at in around} <= {*words.before, *words.after, *words.beside_places}


def _noun_end(question: Question, lexicon: Lexicon, at: int) -> int:
    """Return the position after the word for projects, a kind or “systems” that begins at a token; 0 if there is none."""
    named = [part for part in question.parts if part.type == "kind" or (part.type, part.id) == ("intent", "projects")]
    ends = [part.end for part in named if part.start == at]
    nouns = map(tokens, lexicon.grammar.status_context.systems)
    ends += [at + len(noun) for noun in nouns if question.tokens[at : at + len(noun)] == noun]
    return max(ends, default=0)
