"""What sources report about one service in one country: the sentence, and its restrictions as items."""

import re
from typing import NamedTuple

from overt.http.page_addresses import record_url
from overt.queries import records
from overt.queries.database import Row
from overt.site.blocking_sentences import has_sentence, restriction_sentence
from overt.site.platform.country_states import EARLIER, RECENT, state_of_country
from overt.site.platform.restriction_rows import restriction_rows
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply_words import Item
from overt.site.search.texts.searchable_texts import restrictions_of

_MAX_SENTENCES = 3
"""Maximum number of restrictions in the sentences; the items have all."""
_YES_OR_NO = frozenset({"is", "are", "was", "were", "has", "have", "did", "does", "do"})
"""English words that begin a question which “yes” can answer."""
_YES_OR_NO_ZH = re.compile("吗|嘛|是否|有没有|是不是")


class ServiceInCountry(NamedTuple):
    """A reply’s sentences on one service in one country, and its restrictions."""

    sentence: str
    items: list[Item]


def service_in_country(scope: ProjectScope, row: Row) -> ServiceInCountry | None:
    """Return sentences on what sources report about a platform in a country, and its restrictions.

    Only restrictions of the question’s kinds and years count. The one that decides whether the platform counts as blocked comes
    first, with the date of the newest document on it. If the question can be answered by yes, that document has a date, and no
    source reports that this block ended, the answer begins with yes. None for other services, if measurements are on record as
    well, or if no restriction has words. `row`: a row of `answer_services`.
    """
    if row["measurements"] or row["vocabulary"] != "platforms":
        return None
    facts = restrictions_of(scope, [row["country"]], [row["service"]], scope.question.ids("restriction"))
    restricting = [record for record in records.records(scope.reader, [*facts]) if has_sentence(record)]
    if not restricting:
        return None
    rows = restriction_rows(scope.reader, restricting).rows
    state = state_of_country(row["country"], rows)
    ordered = sorted(rows, key=lambda restriction: restriction.record.id != state.row.record.id)
    name = scope.words.term(row["vocabulary"], row["service"])
    sentences = [
        restriction_sentence(scope.language, scope.words, name, restriction.record) for restriction in ordered[:_MAX_SENTENCES]
    ]
    if reported := state.row.reported:
        date = scope.formats.date(reported)
        if state.state in (RECENT, EARLIER) and _is_yes_or_no(scope):
            sentences[0] = scope.language.gettext(
                "Yes, by the newest report (%(date)s): %(sentence)s", date=date, sentence=sentences[0]
            )
        else:
            sentences.insert(1, scope.language.gettext("The newest report on it is of %(date)s.", date=date))
    ids = [*dict.fromkeys([*(restriction.record.id for restriction in ordered), *facts])]
    items = [Item("restriction", identity, facts[identity].label, facts[identity].detail, _page(identity)) for identity in ids]
    if more := len(ids) - len(ordered[:_MAX_SENTENCES]):
        sentences.append(
            scope.language.ngettext("One more restriction is on record.", "%(n)s more restrictions are on record.", more)
        )
    return ServiceInCountry(scope.sentences(*sentences), items)


def _page(identity: str) -> str:
    return record_url("restriction", identity)


def _is_yes_or_no(scope: ProjectScope) -> bool:
    tokens = scope.question.tokens
    return tokens[0] in _YES_OR_NO or bool(_YES_OR_NO_ZH.search("".join(tokens)))
