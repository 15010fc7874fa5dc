"""What sources report about one service in one country: sentences, and restrictions as items."""

import re
from typing import NamedTuple

from overt.http.page_addresses import record_url
from overt.queries import records
from overt.queries.database import Row
from overt.site.blocking_sentences import has_sentence, restriction_sentence
from overt.site.platform.restriction_reporters import restriction_rows
from overt.site.platform.restriction_state_by_country import (
    BEGAN,
    EARLIER,
    RECENT,
    over_on_platform,
    state_of_country,
    year_before,
)
from overt.site.search.blocking.words_for_current_and_ended_restrictions import words_for_ended
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Item
from overt.site.search.texts.searchable_texts import restrictions_of

BLOCKING = "blocking"
"""The kind of a restriction that blocks a service as a whole."""
_MAX_SENTENCES = 3
"""Maximum number of restrictions in the sentences. The items include all of them."""
_YES_OR_NO = frozenset({"is", "are", "was", "were", "has", "have", "did", "does", "do"})
"""First words of English questions that “yes” can answer."""
_YES_OR_NO_ZH = re.compile("吗|嘛|是否|有没有|是不是")


class ServiceInCountry(NamedTuple):
    """A reply's sentences on one service in one country, and the restrictions of the service there."""

    sentence: str
    items: list[Item]


def service_in_country(scope: ProjectScope, row: Row) -> ServiceInCountry | None:
    """Return sentences on what sources report about a platform in a country, and its restrictions.

    Only restrictions in the question's years and, unless it asks for dates, of its kinds count (`kinds_of`). A sentence names
    kinds in the question that aren't on record.

    The restriction that decides whether the platform counts as blocked comes first, unless `_first_kinds` puts others before
    it. The sentences give the date of the newest document about that restriction. In the answer to a yes-or-no question, its
    sentence begins with “yes” if the document is from the last year and no source reports an end; if the document is older, it
    says when the block was last reported. The sentence on a block that a later one shows to have ended says so.

    Return None for services that aren't platforms, if measurements are on record as well, or if no restriction has a sentence
    (`has_sentence`). `row`: a row of `answer_services`.
    """
    if row["measurements"] or row["vocabulary"] != "platforms":
        return None
    facts = restrictions_of(scope, [row["country"]], [row["service"]], kinds_of(scope))
    restricting = [record for record in records.records(scope.reader, [*facts]) if has_sentence(record)]
    if not restricting:
        return None
    rows = restriction_rows(scope.reader, restricting).rows
    state = state_of_country(row["country"], rows, year_before(scope.words.meta["manifest"]["date"]))
    first = _first_kinds(scope)
    ordered = sorted(
        rows,
        key=lambda each: (bool(first) and each.record.value("kind") not in first, each.record.id != state.row.record.id),
    )
    name = scope.words.term(row["vocabulary"], row["service"])
    sentences = [
        restriction_sentence(
            scope.language, scope.words, name, restriction.record, restriction.reported, over_on_platform(rows, restriction)
        )
        for restriction in ordered[:_MAX_SENTENCES]
    ]
    at = [row.record.id for row in ordered].index(state.row.record.id)
    if (reported := state.row.reported) and at < _MAX_SENTENCES:
        date = scope.formats.date(reported)
        if state.state == RECENT and _is_yes_or_no(scope):
            sentences[at] = scope.language.gettext(
                "Yes, by the newest report (%(date)s): %(sentence)s", date=date, sentence=sentences[at]
            )
        elif state.state in (EARLIER, BEGAN) and _is_yes_or_no(scope):
            sentences[at] = scope.language.gettext(
                "It was, when last reported (%(date)s). Overt has no newer report on whether that lasted. %(sentence)s",
                date=date, sentence=sentences[at],
            )  # fmt: skip
        else:
            sentences.insert(at + 1, scope.language.gettext("The newest report on it is of %(date)s.", date=date))
    ids = [*dict.fromkeys([*(restriction.record.id for restriction in ordered), *facts])]
    items = [Item("restriction", identity, facts[identity].label, facts[identity].detail, _page(identity)) for identity in ids]
    if more := len(ids) - len(ordered[:_MAX_SENTENCES]):
        sentences.append(
            scope.language.ngettext("One more restriction is on record.", "%(n)s more restrictions are on record.", more)
        )
    recorded = {restriction.record.value("kind") for restriction in ordered}
    if missing := [kind for kind in scope.question.ids("restriction") if kind not in recorded]:
        years = [scope.years()] if scope.question.years else []
        kinds = [scope.words.term("restriction-kinds", kind) for kind in missing]
        what = scope.listed([*kinds, name, scope.words.area(row["country"]), *years])
        message = scope.language.gettext("No record here: %(what)s. That is not evidence of absence.", what=what)
        sentences.insert(len(sentences) if BLOCKING in first else 0, message)
    return ServiceInCountry(scope.sentences(*sentences), items)


def asks_when(scope: ProjectScope) -> bool:
    """Return whether a question asks when restrictions of certain kinds, of a service in a country, began or ended."""
    question = scope.question
    return question.has("dates") and all(question.ids(name) for name in ("restriction", "service", "area"))


def kinds_of(scope: ProjectScope) -> list[str]:
    """Return the kinds of restriction to which an answer is limited; empty if it isn't limited.

    An answer about dates isn't limited to the kinds that the question names: “when did Russia block WhatsApp, and when its
    calls”.
    """
    return [] if asks_when(scope) else scope.question.ids("restriction")


def _first_kinds(scope: ProjectScope) -> frozenset[str]:
    """Return the kinds of restriction that come first if the question asks for dates (`asks_when`); empty if it doesn't.

    If the question has a separate word for blocking, blocks of the service as a whole come first. Otherwise, the kinds that it
    names come first.
    """
    if not asks_when(scope):
        return frozenset()
    return frozenset({BLOCKING} if "blocked" in scope.intents else scope.question.ids("restriction"))


def _page(identity: str) -> str:
    return record_url("restriction", identity)


def _is_yes_or_no(scope: ProjectScope) -> bool:
    """Return whether “yes” can mean that a service is blocked. It can't if the question asks if it works, or is unblocked."""
    tokens = scope.question.tokens
    if scope.question.is_relaxed or _asks_for_access(scope) or words_for_ended(scope):
        return False
    return tokens[0] in _YES_OR_NO or bool(_YES_OR_NO_ZH.search("".join(tokens)))


def _asks_for_access(scope: ProjectScope) -> bool:
    """Return whether a question asks if a service works. “Yes” would then mean that it isn't blocked."""
    tokens, words = scope.question.tokens, scope.lexicon.answer_words.available
    return any(word in tokens if word.isascii() else word in "".join(tokens) for word in words)
