"""Interpret a capital as its country if no record of the town answers a question: “What did Riyadh pay for Pegasus?”"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from overt.language.language import Language
from overt.queries.labels import Words
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import join, tokens
from overt.queries.questions.understood_question import Question
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Reply

_OF_PROJECTS = frozenset({"organization", "kind", "place", "project_name", "intent", "year", "status"})
_ASKING = frozenset({"suppliers", "projects", "money", "places"})
_TREATY = "treaty"
"""The kind of agreement that conventions are. Many conventions are named after a capital."""


class Capital(NamedTuple):
    """A capital in a question."""

    start: int
    end: int
    name: str
    """The label of the town if the atlas has it and the typed name is ASCII; otherwise, the typed name in title case."""
    country: str
    """The code of the capital's country."""
    is_known: bool
    """Whether the atlas has a town of this name in the country."""


def capitals_to_widen(lexicon: Lexicon, read: Question, question: Question, reply: Reply | None) -> list[Capital]:
    """Return a question's capitals if it has no answer, or if its answer is a denial, is near (`is_near`) or ignores a capital.

    Capitals that are towns in the atlas or unknown words count, but not those within the name of an organisation or project.
    The list is empty if one of them names a treaty, as in “the Budapest Convention”, or if a currency wasn't understood.
    `read`: the question as it was read; `question`: the question that `reply` answers.
    """
    if read.reason == "currency":  # `with_countries` drops the sign, so “€5 million” would be read as dollars.
        return []
    capitals = [*_capitals(lexicon, read)]
    treaties = {part.start for part in read.parts if lexicon.agreement_kind(tokens(part.text)) == _TREATY}
    if any(capital.end in treaties for capital in capitals):
        return []
    is_open = not question.understood or reply is None or reply.is_denied or reply.is_near
    return capitals if is_open or any(_is_ignored(read, reply, capital) for capital in capitals) else []


def _is_ignored(read: Question, reply: Reply | None, capital: Capital) -> bool:
    """Return whether an answer leaves out a capital or, if it is no town in the atlas, has no item that mentions it."""
    typed = join(read.tokens[capital.start : capital.end])
    if reply is None or typed in reply.unused:
        return True
    mentions = any(typed in f"{item.label} {item.detail}".lower() for item in reply.items)
    return not (capital.is_known or mentions)


def has_records_in_town(scope: ProjectScope, capitals: Sequence[Capital]) -> bool:
    """Return whether projects in the capitals meet all parts of a question that isn't understood because of unknown words.

    Return False if the atlas lacks one of the capitals, or if the question has a part of a type that projects don't have,
    because the capital then stands for its country.
    """
    question = scope.question
    is_about_projects = {part.type for part in question.parts} <= _OF_PROJECTS and {*question.ids("intent")} <= _ASKING
    is_known = all(capital.is_known for capital in capitals)
    return question.reason == "words" and is_known and is_about_projects and bool(scope.mask(scope.filter()).any())


def with_town_first(items: Sequence[dict[str, Any]], capitals: Sequence[Capital]) -> list[dict[str, Any]]:
    """Sort the items of an answer about countries. Items that name one of the capitals come first."""
    return sorted(items, key=lambda item: not _names_town(item, capitals))


def _names_town(item: Mapping[str, Any], capitals: Sequence[Capital]) -> bool:
    return any(capital.name.lower() in f"{item['label']} {item['detail']}".lower() for capital in capitals)


def with_countries(words: Words, question: Question, capitals: Sequence[Capital]) -> str:
    """Return the text of a question in which the names of countries replace their capitals."""
    by_start = {capital.start: capital for capital in capitals}
    inside = {at for capital in capitals for at in range(capital.start + 1, capital.end)}
    return join(
        words.area(by_start[at].country) if at in by_start else word
        for at, word in enumerate(question.tokens)
        if at not in inside
    )


def sentence_about_capitals(
    words: Words, language: Language, capitals: Sequence[Capital], items: Sequence[Mapping[str, Any]]
) -> str:
    """Return a sentence for each capital's country, which says that the answer is about that country.

    If the capital is a town in the atlas but no item of the answer (`items`) names it, the sentence also says that no record
    there matches the question.
    """
    texts = []
    for capital in {capital.country: capital for capital in capitals}.values():
        country = words.area(capital.country)
        texts.append(
            language.gettext(
                "No record in %(town)s meets this, so the answer is about its country, %(country)s.",
                town=capital.name, country=country,
            )
            if capital.is_known and not any(_names_town(item, [capital]) for item in items)
            else language.gettext(
                "The answer is about all of %(country)s; what names %(town)s comes first.", town=capital.name, country=country
            )
            if capital.is_known
            else language.gettext("“%(town)s” is read as its country here, %(country)s.", town=capital.name, country=country)
        )  # fmt: skip
    return language.gap.join(texts)


def _capitals(lexicon: Lexicon, question: Question) -> Iterator[Capital]:
    """Yield the capitals in a question: towns of the atlas, and words that aren't fully understood."""
    towns = {(part.start, part.end): part for part in question.parts if part.type == "place"}
    words, at = question.tokens, 0
    longest = max(map(len, lexicon.capitals), default=0)
    while at < len(words):
        for end in range(min(len(words), at + longest), at, -1):
            country, town = lexicon.capitals.get(words[at:end]), towns.get((at, end))
            is_known = town is not None and country in town.countries
            if country and (is_known or _is_unknown(question, at, end)):
                typed = join(words[at:end]).title()
                name = town.label if town and town.label and typed.isascii() else typed
                yield Capital(at, end, name, country, is_known)
                at = end - 1
                break
        at += 1


def _is_unknown(question: Question, start: int, end: int) -> bool:
    """Return whether one of the words isn't understood. The others may only be part of a shorter town's name.

    For example, 德里 (Delhi) is part of 马德里 (Madrid).
    """
    overlapping = [part for part in question.parts if part.start < end and start < part.end]
    is_free = all(part.type == "place" and start <= part.start and part.end <= end for part in overlapping)
    return is_free and not question.unknown_at.isdisjoint(range(start, end))
