"""Reply about the records that a question names."""

from collections.abc import Mapping, Sequence

from overt.language.language import N_
from overt.queries.questions.words_sought_in_texts import SoughtWord
from overt.site.search.conditions_by_reply import USED, unused_conditions
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Reply
from overt.site.search.texts.mentions_reply import words_with_forms
from overt.site.search.texts.met_and_unmet_question_conditions import unused_costs
from overt.site.search.texts.record_items_with_excerpts import facts_of, record_items

_TITLE = N_("On record under this title: %(name)s (%(what)s).")
_WORDS = N_("The name of this record has words from the question: %(name)s (%(what)s).")


def reply_about_named(
    scope: ProjectScope, types: Mapping[str, str], sought: Sequence[SoughtWord], left_out: Sequence[str], *, is_title: bool
) -> Reply:
    """Return a reply with what is on record about named records, and with the passages that mention the sought words.

    `types`: the types of the records by id. `left_out`: words of the question that count as unused. Sought words that no text
    mentions also count as unused. `is_title`: whether the question has a record's name, and not only words from the name.
    """
    language = scope.language
    items, forms = record_items(scope, types, sought)
    if len(items) == 1:
        [item] = items
        facts = facts_of(scope, types)[item.id].removesuffix(".")
        sentence = language.gettext(_TITLE if is_title else _WORDS, name=item.label, what=facts)
    else:
        names = scope.named(item.label for item in items)
        sentence = language.ngettext(
            "%(n)s record has a name from the question: %(names)s.",
            "%(n)s records have names from the question: %(names)s.", len(items), names=names,
        )  # fmt: skip
    sentence = scope.sentences(sentence, _without_suppliers(scope, types))
    mentioned = [word for word in sought if any(word in of_record for of_record in forms)]
    if mentioned:
        message = language.gettext("Texts on record mention %(words)s.", words=words_with_forms(scope, mentioned, forms))
        sentence = scope.sentences(sentence, message)
    reply = Reply(sentence, items[0].address, items[:MAX_ITEMS], len(items))
    missing = [word.typed for word in sought if word not in mentioned]
    reply.unused = [*missing, *left_out, *unused_costs(scope, [*types]), *unused_conditions(scope, USED["record"])]
    return reply


def _without_suppliers(scope: ProjectScope, types: Mapping[str, str]) -> str:
    """Return a sentence on the projects without a supplier among the records; empty unless the question asks for suppliers."""
    projects = [identity for identity, kind in types.items() if kind == "project"] if "suppliers" in scope.intents else []
    mask = scope.reader.vectors.mask_of(projects)
    supplied = {row["id"] for row in scope.rows("supplied_parts", mask)} if projects else set()
    unnamed = [identity for identity in projects if identity not in supplied]
    if not unnamed:
        return ""
    if len(unnamed) == len(types):
        return scope.language.gettext("No supplier is named.")
    return scope.language.gettext(
        "No supplier is named for: %(names)s.",
        names=scope.names_of(scope.reader.vectors.mask_of(unnamed)),
    )


def quoted(scope: ProjectScope, words: Sequence[str]) -> str:
    """Join words with commas, each in quotation marks."""
    return scope.listed(scope.language.gettext("“%(name)s”", name=word) for word in words)
