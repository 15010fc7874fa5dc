"""Answer a question about a state programme, and list projects whose names share words with the name of the programme."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from overt.queries import projects
from overt.queries.questions.names.non_name_words import is_function_word
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import tokens
from overt.queries.questions.understood_question import Question
from overt.queries.questions.words_sought_in_texts import SoughtWord, forms_in, sought_word, stem
from overt.site.search.conditions_by_reply import USED
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Reply
from overt.site.search.texts.record_items_with_excerpts import facts_of, record_items
from overt.site.search.texts.records_by_name import names_of, programmes_with_words, projects_with_stems
from overt.site.search.titled_record_reply import types_of

_PROGRAMME, _RECORD = "programme", "record"
_LEAST, _SHARED = 2, 3
"""Minimum numbers of the question's words in a programme's name: if the question has a word for programmes, and if it doesn't.

`_SHARED` is also the minimum number of words that the name of a project shares with that of the programme.
"""
_PLACES = frozenset({"area", "adjective", "region"})
_FACTS = frozenset({"area", "intent", "year", "seat", "organization", "place"})
"""Types of parts that don't name the subject of a programme."""


def answer_about_programme(scope: ProjectScope, records: Mapping[str, str]) -> tuple[Question, Reply] | None:
    """Return a question about a programme, changed so that it means the programme, and the reply; None for any other question.

    The question must have the title of a programme, or `_SHARED` words from it, or `_LEAST` words and a word for programmes.
    The reply also lists projects whose names share words with the title, and projects that the question names. Those in the
    question's countries come first. None if there are no such projects, if several programmes fit, or if the question excludes
    anything. `records`: the types of the records that the question names, by id.
    """
    question, lexicon = scope.question, scope.lexicon
    named = {**types_of(scope, question.ids("record")), **records}
    titled = [identity for identity, kind in named.items() if kind == _PROGRAMME]
    words = [*_sought(scope)]
    least = _LEAST if _has_word(scope, question) else _SHARED
    programmes = titled or programmes_with_words(scope.reader, lexicon, words, least)
    if question.excluded or len(programmes) != 1:
        return None
    [programme] = programmes
    names = names_of(scope.reader, lexicon, [programme])[programme]
    stems = {stem(word) for name in names for word in tokens(name) if _is_subject(lexicon, word)}
    related = {
        *projects_with_stems(scope.reader, lexicon, stems, _SHARED),
        *(id_ for id_, kind in named.items() if kind == "project"),
    }
    if not related:
        return None
    answered = replace(
        question,
        parts=[part._replace(is_wider=False) for part in question.parts],
        unweighed=[word for word in question.unweighed if not any(_has(name, word, words) for name in names)],
        intent=_RECORD,
        reason="",
        unknown_at=set(),
    )
    rows = projects.by_id(scope.reader, related)
    areas = question.ids("area")
    there = [id_ for id_ in sorted(rows) if {*areas} & {*rows[id_].countries}]
    elsewhere = [id_ for id_ in sorted(rows) if id_ not in there]
    types = {programme: _PROGRAMME} | dict.fromkeys([*there, *elsewhere], "project")
    items, facts = record_items(scope, types, [])[0], facts_of(scope, types)
    labels = {item.id: item.label for item in items}
    language = scope.language

    def listed(ids: Sequence[str]) -> str:
        return scope.named(
            [language.gettext("%(name)s (%(detail)s)", name=labels[id_], detail=facts[id_]) for id_ in ids], MAX_ITEMS
        )

    about = language.gettext(
        "On record as a programme: %(name)s.",
        name=language.gettext("%(name)s (%(detail)s)", name=labels[programme], detail=items[0].detail.removesuffix(".")),
    )
    inside = (
        language.ngettext(
            "Project there with words of its name: %(names)s.", "Projects there with words of its name: %(names)s.",
            len(there), names=listed(there),
        ) if there else ""
    )  # fmt: skip
    missing = [scope.words.area(code) for code in areas if not any(code in rows[id_].countries for id_ in there)]
    none = language.gettext(
        "No project with words of its name is on record in: %(places)s. That is not evidence of absence.",
        places=scope.listed(missing),
    )
    countries = {code for id_ in elsewhere for code in rows[id_].countries}
    if areas:
        text = language.ngettext(
            "Project elsewhere with words of its name: %(names)s.", "Projects elsewhere with words of its name: %(names)s.",
            len(elsewhere), names=listed(elsewhere),
        )  # fmt: skip
    else:
        text = language.ngettext(
            "A project with words of its name is on record in %(places)s: %(names)s.",
            "Projects with words of its name are on record in these countries: %(places)s. They are: %(names)s.", len(elsewhere),
            places=scope.listed(sorted(map(scope.words.area, countries))), names=listed(elsewhere),
        )  # fmt: skip
    more = text if elsewhere else ""
    reply = Reply(scope.sentences(about, inside, none if missing else "", more), items[0].address, items[:MAX_ITEMS], len(items))
    reply.used = USED[_RECORD]
    return answered, reply


def _is_subject(lexicon: Lexicon, word: str) -> bool:
    """Return whether an English word can show that two names have the same subject: it isn't a place, number or filler."""
    is_place = any(sense.type in _PLACES for sense in lexicon.senses((word,)))
    return word.isascii() and not (word.isdigit() or is_place or is_function_word(lexicon, word))


def _has(name: str, typed: str, words: Sequence[SoughtWord]) -> bool:
    return any(word.typed == typed and forms_in(name, word, is_name=True) for word in words)


def _has_word(scope: ProjectScope, question: Question) -> bool:
    words = {*scope.lexicon.answer_words.programmes}
    return any(part.type == "intent" and part.text in words for part in question.parts)


def _sought(scope: ProjectScope) -> Iterator[SoughtWord]:
    """Yield the words of a question that can be in the name of a programme, with their forms in both languages."""
    question, lexicon = scope.question, scope.lexicon
    spans = dict[tuple[int, int], list[str]]()
    for part in question.parts:
        if part.type not in _FACTS:
            spans.setdefault((part.start, part.end), []).extend(
                lexicon.grammar.kinds.get(part.id, ()) if part.type == "kind" else ()
            )
    for (start, end), forms in spans.items():
        text = " ".join(question.tokens[start:end])
        yield sought_word(text, [[text, *forms], *lexicon.text_words])
    for word in (*question.unweighed, *question.unknown):
        if not is_function_word(lexicon, word):
            yield sought_word(word, lexicon.text_words)
