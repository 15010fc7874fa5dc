"""Reply with the records whose names or texts mention words of a question."""

from collections.abc import Mapping, Sequence

from overt.index.search_text import written
from overt.queries.labels import record_labels
from overt.queries.questions.words_sought_in_texts import SoughtWord
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Reply
from overt.site.search.texts.met_and_unmet_question_conditions import unused_costs
from overt.site.search.texts.record_items_with_excerpts import (
    RecordTexts,
    address_of_items,
    items_with_texts,
    subject_in_words,
    texts_of,
    word_forms,
)
from overt.site.search.texts.searchable_texts import Passage

_MAX_MENTIONING = 12
"""Maximum number of records that mention the words. Words that more records mention are too common."""
_MAX_SILENT, _MAX_ADDED = 8, 3
"""Maximum numbers of records that mention fewer of the words: to name in the sentence, and to add to the items."""
_MAX_DATED = 100
"""`_MAX_MENTIONING` for restrictions and list entries, whose texts are only dates, causes and names."""
_WEAK = 3
"""Records must mention at least one in this many of the words."""
_MAX_FORMS = 4
"""Maximum number of forms of a word in a sentence."""


def reply_with_mentions(scope: ProjectScope, sought: Sequence[SoughtWord], *, of_any_kind: bool = False) -> Reply | None:
    """Return a reply with the records that match a question's parts and mention the highest number of the sought words.

    A sentence counts the records that match the parts but mention fewer words, because sources may use another word. It names
    them if they are few, and very few are also listed after the others. Words that no listed record mentions count as unused.
    None if the highest number is less than a third of the words, if there are too many records, or if no record mentions a
    service from the question. `of_any_kind`: whether restrictions of other kinds than the question's count, too.
    """
    texts = texts_of(scope, None, of_any_kind=of_any_kind)
    forms_of = {identity: word_forms(passages, sought) for identity, passages in texts.passages.items()}
    dated = {identity: [Passage(facts.searched, facts.searched, is_name=True)] for identity, facts in texts.dated.items()}
    forms_of |= {identity: word_forms(passages, sought) for identity, passages in dated.items()}
    most = max(map(len, forms_of.values()), default=0)
    most = most if most * _WEAK >= len(sought) else 0
    listed = [identity for identity in texts.ids if most and len(forms_of.get(identity, ())) == most]
    if not 0 < len(listed) <= (_MAX_DATED if texts.dated else _MAX_MENTIONING):
        return None
    used = [word for word in sought if any(word in forms_of[identity] for identity in listed)]
    services = {part.text for part in scope.question.parts if part.type == "service"}
    if any(word.typed in services for word in sought if word not in used):
        return None  # A text that doesn't mention a service isn't about the service.
    items = items_with_texts(scope, texts, listed, used)
    named = words_with_forms(scope, used, [forms_of[identity] for identity in listed])
    if len(used) == most:
        message = scope.language.ngettext(
            "%(n)s record mentions %(words)s in its name or texts: %(what)s.",
            "%(n)s records mention %(words)s in their names or texts: %(what)s.",
            len(listed), words=named, what=subject_in_words(scope),
        )  # fmt: skip
    else:
        message = scope.language.gettext(
            "%(n)s records mention some of these words in their names or texts: %(words)s. They are about: %(what)s.",
            n=len(listed), words=named, what=subject_in_words(scope),
        )  # fmt: skip
    if texts.dated:
        more = scope.language.ngettext(
            "This word was only looked for in names, dates and causes.",
            "These words were only looked for in names, dates and causes.", len(used),
        )  # fmt: skip
    else:
        more = scope.language.ngettext(
            "This word was only looked for in names, descriptions, statements and provisions.",
            "These words were only looked for in names, descriptions, statements and provisions.", len(used),
        )  # fmt: skip
    silent = [identity for identity in texts.ids if identity not in listed] if scope.question.parts else []
    added = silent if len(silent) <= _MAX_ADDED and (scope.organizations or scope.kinds) and not texts.dated else []
    items += items_with_texts(scope, texts, added, [])[: MAX_ITEMS - len(items)]
    sentence = scope.sentences(message, more, _about_silent(scope, texts, silent))
    reply = Reply(sentence, address_of_items(scope, items), items, len(listed) + len(added), is_by_date=bool(texts.dated))
    reply.unused = [*(word.typed for word in sought if word not in used), *unused_costs(scope, listed)]
    return reply


def _about_silent(scope: ProjectScope, texts: RecordTexts, ids: Sequence[str]) -> str:
    """Return a sentence with the number of further records that match the parts of a question, and with their names if few.

    Empty if there are no such records.
    """
    if not ids:
        return ""
    if len(ids) > _MAX_SILENT:
        return scope.language.gettext("%(n)s more records match the rest of the question.", n=len(ids))
    labels = record_labels(scope.reader, [identity for identity in ids if identity not in texts.dated])
    names = [texts.dated[identity].label if identity in texts.dated else scope.called(labels[identity]) for identity in ids]
    return scope.language.ngettext(
        "%(n)s more record matches the rest of the question: %(names)s.",
        "%(n)s more records match the rest of the question: %(names)s.",
        len(ids), names=scope.named(names, _MAX_SILENT),
    )  # fmt: skip


def words_with_forms(
    scope: ProjectScope, words: Sequence[SoughtWord], records: Sequence[Mapping[SoughtWord, Sequence[str]]]
) -> str:
    """Join sought words with commas. A word that texts contain in other forms is preceded by them: “stops” (for “stopped”).

    `records`: the forms of the words in each record.
    """
    language = scope.language
    texts = []
    for word in words:
        forms = [of_record[word] for of_record in records if word in of_record]
        own = written(word.typed)
        typed = language.gettext("“%(name)s”", name=word.typed)
        if all(own in of_record for of_record in forms):
            texts.append(typed)
            continue
        every = [*dict.fromkeys(form for of_record in forms for form in of_record)]
        named = "/".join(language.gettext("“%(name)s”", name=form) for form in every[:_MAX_FORMS])
        named += "/…" if len(every) > _MAX_FORMS else ""
        texts.append(language.gettext("%(forms)s (for %(word)s)", forms=named, word=typed))
    return scope.listed(texts)
