"""Reply to questions that name laws, agreements or programmes by their titles."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from overt.http.page_addresses import record_url
from overt.language.language import N_
from overt.model.values.date_comparison import first_day, last_day
from overt.queries.agreements import law_kinds
from overt.queries.database import json_array
from overt.queries.labels import record_labels
from overt.queries.questions.question_tokens import tokens
from overt.queries.questions.titles_in_questions import known_titles
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Item, Reply

_KINDS = {"agreement": "agreement-kinds", "programme": "programme-kinds"}
_COUNTRIES, _SUPPLIERS, _OPERATORS = ("party-country", "country"), "supplier", "operator"
_PROPERTIES = (
    "kind",
    *_COUNTRIES,
    "adopted",
    "date",
    "in-force",
    "repealed",
    "amended",
    "status",
    "start",
    "end",
    _SUPPLIERS,
    _OPERATORS,
)
_IN_FORCE = "in-force"
_DATED = {"date": N_("dated %(years)s"), "adopted": N_("adopted %(date)s"), _IN_FORCE: N_("in force from %(date)s")}
"""Messages for the dates of a law or agreement, by property."""
_DATES = (*_DATED,)
_EXPECTED = frozenset({"in-force", "unknown"})
"""Statuses of laws and agreements that a text with the date of entry into force need not mention."""

Facts = Mapping[str, Sequence[str]]
"""The values of a record by property."""


def reply_about_records(scope: ProjectScope) -> Reply:
    """Return a reply with the records that a question names by their titles, and with their dates, countries and suppliers.

    If several records have the same title, all are listed.
    """
    ids = [*scope.question.ids("record"), *_family(scope)]
    types = types_of(scope, ids)
    details, labels = record_details(scope, ids), record_labels(scope.reader, ids)
    items = [
        Item(types[identity], identity, scope.called(labels[identity]), details[identity], record_url(types[identity], identity))
        for identity in ids
    ]
    if len(items) > 1 and (scope.question.has("latest") or scope.asks_for_earliest):
        sentence, order = _in_order(scope, ids)
        items.sort(key=lambda item: order.index(item.id))
    elif len(items) == 1:
        [item] = items
        values = {"name": item.label, "what": item.detail.removesuffix(".")}
        sentence = scope.language.gettext("On record under this title: %(name)s (%(what)s).", **values)
    else:
        sentence = scope.language.ngettext(
            "%(n)s record has a title from the question.", "%(n)s records have titles from the question.", len(items)
        )
        if "suppliers" in scope.question.ids("intent") and {*types.values()} == {"programme"}:
            sentence = _suppliers_of_each(scope, items)
    return Reply(sentence, items[0].address, items[:MAX_ITEMS], len(items))


def _family(scope: ProjectScope) -> list[str]:
    """Return the ids of other programmes in the families of the question's programmes, if it asks for suppliers.

    `record_families` in the grammar defines the families.
    """
    if "suppliers" not in scope.question.ids("intent"):
        return []
    titles, named = known_titles(scope.reader, scope.lexicon), {*scope.question.ids("record")}
    of_titles = [{title.id for title in titles.get(tokens(name), ())} for name in scope.lexicon.grammar.record_families]
    families = [
        family for family, ids in zip(scope.lexicon.grammar.record_families.values(), of_titles, strict=True) if ids & named
    ]
    listed = [title.id for family in families for name in family for title in titles.get(tokens(name), ())]
    return [identity for identity in dict.fromkeys(listed) if identity not in named]


def _suppliers_of_each(scope: ProjectScope, items: Sequence[Item]) -> str:
    """Return sentences with the suppliers of each programme, and on programmes without a recorded supplier."""
    facts, language = _facts(scope, [item.id for item in items], [_SUPPLIERS]), scope.language
    supplied = [
        language.gettext("%(name)s (%(detail)s)", name=item.label, detail=_names(scope, facts[item.id][_SUPPLIERS]))
        for item in items
        if facts[item.id][_SUPPLIERS]
    ]
    without = [item.label for item in items if not facts[item.id][_SUPPLIERS]]
    return scope.sentences(
        language.gettext("Suppliers on record: %(names)s.", names=language.gettext("; ").join(supplied)) if supplied else "",
        language.gettext("No supplier is recorded for: %(names)s.", names=language.gettext("; ").join(without))
        if without
        else "",
    )


def _in_order(scope: ProjectScope, ids: Sequence[str]) -> tuple[str, list[str]]:
    """Return a sentence with the dates of laws or agreements, sorted by date, and the ids in that order.

    They are sorted by entry into force or, if any of them has no such date, by adoption (by `date` without an adoption). The
    earliest comes first, or the latest if the question asks for that. Laws or agreements without a date come last.
    """
    facts, labels, language = _facts(scope, ids, _DATES), record_labels(scope.reader, ids), scope.language
    property_ = _IN_FORCE if all(facts[identity][_IN_FORCE] for identity in ids) else "adopted"
    dates = {identity: next(iter(facts[identity][property_] or facts[identity]["date"]), "") for identity in ids}
    is_latest = scope.question.has("latest")
    key = first_day if is_latest else last_day
    dated = sorted((identity for identity in ids if dates[identity]), key=lambda each: key(dates[each]), reverse=is_latest)
    order = [*dated, *(identity for identity in ids if not dates[identity])]
    texts = []
    for identity in order:
        known = [
            language.gettext(message, date=scope.formats.date(date), years=scope.formats.date(date))
            for name, message in _DATED.items()
            for date in facts[identity][name][:1]
        ]
        detail = language.comma.join(known) or language.gettext("no date")
        texts.append(language.gettext("%(name)s (%(detail)s)", name=scope.called(labels[identity]), detail=detail))
    names = language.gettext("; ").join(texts)
    if property_ == _IN_FORCE and is_latest:
        return language.gettext("By entry into force, the latest first: %(names)s.", names=names), order
    if property_ == _IN_FORCE:
        return language.gettext("By entry into force, the earliest first: %(names)s.", names=names), order
    if is_latest:
        return language.gettext("By date of adoption, the latest first: %(names)s.", names=names), order
    return language.gettext("By date of adoption, the earliest first: %(names)s.", names=names), order


def types_of(scope: ProjectScope, ids: Sequence[str]) -> dict[str, str]:
    """Return the types of records by id."""
    return {
        row["id"]: row["type"]
        for row in scope.reader.rows("question_restrictions_laws_and_scores.types", {"ids": json_array(ids)})
    }


def record_details(scope: ProjectScope, ids: Sequence[str]) -> dict[str, str]:
    """Return what is recorded about laws, agreements and programmes, in words, by id."""
    types = types_of(scope, ids)
    facts = _facts(scope, ids, _PROPERTIES)
    return {identity: _detail(scope, types[identity], facts[identity]) for identity in ids}


def _facts(scope: ProjectScope, ids: Sequence[str], properties: Sequence[str]) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Return the values of properties of records, by record and property. A property without a value has an empty list."""
    facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in scope.reader.rows(
        "question_restrictions_laws_and_scores.facts", {"ids": json_array(ids), "properties": json_array(properties)}
    ):
        facts[row["id"]][row["property"]].append(row["value"])
    return facts


def _detail(scope: ProjectScope, kind: str, facts: Facts) -> str:
    """Return a record's facts in words. For a law with neither a date of entry into force nor an end, the text says so."""
    language = scope.language
    texts = [scope.words.term(_KINDS[kind], value) for value in facts["kind"]]
    texts += dict.fromkeys(scope.words.area(code) for name in _COUNTRIES for code in facts[name])
    if kind == "agreement":
        is_law = any(value in law_kinds(scope.words) for value in facts["kind"])
        texts += [language.gettext("adopted %(date)s", date=scope.formats.date(date)) for date in facts["adopted"][:1]]
        texts += [language.gettext("dated %(years)s", years=scope.formats.date(date)) for date in facts["date"][:1]]
        begins = [language.gettext("in force from %(date)s", date=scope.formats.date(date)) for date in facts["in-force"][:1]]
        texts += [scope.words.term("statuses", status) for status in facts["status"] if status not in _EXPECTED]
        texts += [language.gettext("amended %(date)s", date=scope.formats.date(date)) for date in facts["amended"]]
        begins += [language.gettext("in force until %(date)s", date=scope.formats.date(date)) for date in facts["repealed"][:1]]
        texts += begins or ([language.gettext("no date of entry into force is recorded")] if is_law else [])
    else:
        texts += [language.gettext("began %(date)s", date=scope.formats.date(date)) for date in facts["start"][:1]]
        texts += [language.gettext("ended %(date)s", date=scope.formats.date(date)) for date in facts["end"][:1]]
        texts += [language.gettext("suppliers: %(names)s", names=_names(scope, facts[_SUPPLIERS]))] if facts[_SUPPLIERS] else []
        texts += [] if facts[_SUPPLIERS] else [language.gettext("no supplier is recorded")]
        texts += [language.gettext("operators: %(names)s", names=_names(scope, facts[_OPERATORS]))] if facts[_OPERATORS] else []
    return language.gettext("; ").join(texts)


def _names(scope: ProjectScope, organizations: Sequence[str]) -> str:
    labels = record_labels(scope.reader, organizations)
    return scope.listed(scope.called(labels[identity]) for identity in organizations if identity in labels)
