"""Reply to questions about laws and agreements, by kind, country, subject and year."""

from collections import defaultdict
from collections.abc import Sequence

import orjson

from overt.http.addresses import address, record_url
from overt.queries.database import Row, json_array
from overt.queries.questions.question_words import Lexicon
from overt.site.search.agreement_dates import earliest_agreement
from overt.site.search.agreement_notes import (
    about_organizations,
    has_unweighed,
    mentioning_organizations,
    other_subjects,
    trainings,
    undated_agreements,
    with_unweighed,
)
from overt.site.search.agreement_parties import parties_of
from overt.site.search.agreement_subjects import Subject, is_about_subject, mentioning_rows, subjects_of, wider_subjects
from overt.site.search.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Reply
from overt.site.search.reply_words import Item, Note

_BETWEEN = frozenset({"between", "with", "之", "与", "同"})
"""Words that ask for agreements of all countries in the question with one another; 之 begins 之间."""


def reply_about_agreements(scope: ProjectScope, lexicon: Lexicon) -> Reply:
    """Return the agreements that match the countries, regions, kinds, subjects and years in a question.

    If it asks for countries, these are listed instead. If no agreement names all countries, those that name any of them count.
    If none in the years is about the subjects, undated ones are listed or, failing that, agreements on any subject. The sentence
    says so.
    """
    countries, subjects = [*scope.areas, *scope.seats], subjects_of(scope, lexicon)
    parties, of_kinds = parties_of(scope), _rows(scope)
    matching = [row for row in of_kinds if parties.match(row["countries"])]
    has_all = bool(matching) or not parties.several or not _BETWEEN.isdisjoint(scope.question.tokens)
    if not has_all:
        matching = [row for row in of_kinds if parties.match_any(row["countries"])]
    rows = [row for row in matching if _is_dated(scope, row)]
    about = [row for row in rows if all(is_about_subject(row, subject) for subject in subjects)]
    undated = [row for row in matching if not row["date"] and all(is_about_subject(row, subject) for subject in subjects)]
    named = scope.listed(subject.label for subject in subjects)
    listed = about or undated or rows
    number = len(listed)
    if undated and not about:
        sentence = scope.language.ngettext(
            "No dated law or agreement is on record: %(what)s. %(n)s without a date may be meant.",
            "No dated law or agreement is on record: %(what)s. %(n)s without a date may be meant.",
            number, what=_what(scope, countries, named),
        )  # fmt: skip
    elif about or not rows:
        sentence = scope.language.ngettext(
            "%(n)s law or agreement is on record: %(what)s.", "%(n)s laws or agreements are on record: %(what)s.",
            number, what=_what(scope, countries, named),
        )  # fmt: skip
    else:
        sentence = scope.language.ngettext(
            "No name or summary here mentions “%(subject)s”. Without that, %(n)s law or agreement is on record: %(what)s.",
            "No name or summary here mentions “%(subject)s”. Without that, %(n)s laws or agreements are on record: %(what)s.",
            number, subject=named, what=_what(scope, countries),
        )  # fmt: skip
    sentence = _of_wider_topics(scope, subjects, listed, countries) if about and wider_subjects(subjects) else sentence
    if listed and not has_all:
        message = scope.language.gettext("No law or agreement here names all of these countries; these name one or more of them.")
        sentence = scope.language.gettext("%(first)s %(second)s", first=message, second=sentence)
    if listed and scope.question.has("dates"):
        message = earliest_agreement(scope, listed, mentioning_organizations(scope, listed))
        sentence = scope.language.gettext("%(first)s %(second)s", first=message, second=sentence)
    path, left_out = _link(scope, listed, countries, subjects, is_about=bool(about or undated))
    remaining = [row for row in rows if row not in about]
    notes = other_subjects(scope, remaining, named) if about and not wider_subjects(subjects) else []
    notes += [
        *undated_agreements(scope, undated if about else []),
        *with_unweighed(scope, listed),
        *trainings(scope),
        *scope.groups(),
        *about_organizations(scope, listed),
    ]
    if left_out:
        text = scope.language.gettext("The list behind the link isn’t limited to: %(what)s.", what=scope.listed(left_out))
        notes.append(Note(text))
    mentioning = mentioning_rows(scope, listed, subjects)
    mentioning += [row for row in listed if has_unweighed(scope, row)]
    mentioning += mentioning_organizations(scope, listed)
    by_country = "places" in scope.question.ids("intent")
    items = _countries(scope, listed, countries, mentioning) if by_country else _items(scope, listed, mentioning)
    if by_country and items and scope.question.has("count"):
        counted = scope.language.ngettext(
            "%(n)s country is on record with such a law or agreement.",
            "%(n)s countries are on record with such a law or agreement.", len(items),
        )  # fmt: skip
        sentence = scope.language.gettext("%(first)s %(second)s", first=counted, second=sentence)
    return Reply(sentence if listed else scope.none(_what(scope, countries, named)), path, items[:MAX_ITEMS], len(items), notes)


def _what(scope: ProjectScope, countries: Sequence[str], subjects: str = "") -> str:
    """Return kinds, subjects, countries, regions and years as a list in words."""
    kinds = [scope.words.term("agreement-kinds", kind) for kind in scope.question.agreement_kinds]
    grouped = {part.id: part for part in scope.question.parts if scope.question.is_grouped(part)}
    where = [scope.part_label(grouped[code]) if code in grouped else scope.words.area(code) for code in countries]
    where += [scope.part_label(grouped[region]) if region in grouped else scope.words.region(region) for region in scope.regions]
    return scope.listed(text for text in (*kinds, subjects, *where, scope.years() if scope.question.years else "") if text)


def _rows(scope: ProjectScope) -> list[Row]:
    rows = scope.reader.rows("questions.agreements", {"kinds": json_array(_kinds(scope))})
    return [{**row, "countries": orjson.loads(row["countries"]), "topics": orjson.loads(row["topics"])} for row in rows]


def _kinds(scope: ProjectScope) -> list[str]:
    """Return the kinds that the question asks for, including narrower kinds."""
    terms, chosen = scope.words.terms.get("agreement-kinds", {}), set(scope.question.agreement_kinds)
    return sorted(chosen | {kind for kind, term in terms.items() if term.broader in chosen})


def _of_wider_topics(scope: ProjectScope, subjects: Sequence[Subject], rows: Sequence[Row], countries: Sequence[str]) -> str:
    """Return a sentence that says that the topic is wider than the question's subject, and how many texts mention the subject."""
    [subject, *_] = wider_subjects(subjects)
    topic = scope.words.term("provision-topics", subject.wider)
    mentioning = len(mentioning_rows(scope, rows, subjects))
    what = scope.listed([topic, *filter(None, [_what(scope, countries)])])
    message = scope.language.ngettext(
        "“%(subject)s” is no topic of its own here. %(n)s law or agreement is on record under the wider topic: %(what)s.",
        "“%(subject)s” is no topic of its own here. %(n)s laws or agreements are on record under the wider topic: %(what)s.",
        len(rows), subject=subject.label, what=what,
    )  # fmt: skip
    more = scope.language.ngettext(
        "%(n)s of them mentions it in a name, a summary or a note, and is listed first.",
        "%(n)s of them mention it in a name, a summary or a note, and are listed first.", mentioning,
    )  # fmt: skip
    if not mentioning:
        more = scope.language.gettext("None of them mentions it in a name, a summary or a note.")
    return scope.language.gettext("%(first)s %(second)s", first=message, second=more)


def _is_dated(scope: ProjectScope, row: Row) -> bool:
    if not scope.question.years:
        return True
    first, last = scope.question.years
    year = str(row["date"] or "")[:4]
    return year.isdigit() and (first is None or int(year) >= first) and (last is None or int(year) <= last)


def _link(
    scope: ProjectScope, rows: Sequence[Row], countries: Sequence[str], subjects: Sequence[Subject], *, is_about: bool
) -> tuple[str, list[str]]:
    """Return the address of a list with these agreements, and the conditions of the question that the list ignores."""
    laws = {"law", *(kind for kind, term in scope.words.terms.get("agreement-kinds", {}).items() if term.broader == "law")}
    groups = {row["kind"] in laws for row in rows}
    country = countries[-1] if countries else ""
    left_out = [scope.words.area(code) for code in countries[:-1]] + [scope.words.region(region) for region in scope.regions]
    years = [scope.years()] if scope.question.years else []
    if len(groups) != 1 and country:
        return f"/country/{country}", [*left_out, *(subject.label for subject in subjects if is_about), *years]
    pairs = [("group", "laws")] if groups == {True} else []
    pairs += [("country", country)] if country else []
    topics = [s.topic for s in subjects if rows and is_about and all(s.topic in row["topics"] for row in rows)]
    pairs += [("topic", topic) for topic in topics[:1]]
    left_out += [subject.label for subject in subjects if is_about and subject.topic not in topics[:1]]
    left_out += years
    kinds = scope.question.agreement_kinds
    if len(set(kinds)) == 1 and kinds[0] != "law":
        pairs.append(("kind", kinds[0]))
    return address("/agreements", pairs), left_out


def _items(scope: ProjectScope, rows: Sequence[Row], first: Sequence[Row] = ()) -> list[Item]:
    return [
        Item("agreement", row["id"], scope.called_row(row), _detail(scope, row), record_url("agreement", row["id"]))
        for row in sorted(rows, key=lambda row: (row in first, str(row["date"] or "")), reverse=True)
    ]


def _detail(scope: ProjectScope, row: Row) -> str:
    kind = scope.words.term("agreement-kinds", row["kind"]) if row["kind"] else ""
    where = [scope.words.area(code) for code in row["countries"]]
    date = str(row["date"] or "")[:4]
    if scope.question.has("dates"):
        date = scope.formats.date(row["date"]) if row["date"] else scope.language.gettext("no date")
    return scope.listed(text for text in (kind, *where, date) if text)


def _countries(scope: ProjectScope, rows: Sequence[Row], countries: Sequence[str], first: Sequence[Row] = ()) -> list[Item]:
    """Return the countries of agreements, without the question's, each with the names of its first agreements.

    The countries of the rows in `first` come first.
    """
    by_code: dict[str, list[Row]] = defaultdict(list)
    members = {code for code in scope.codes() if code not in scope.areas} if scope.regions else None
    for row in sorted(rows, key=lambda row: row not in first):
        for code in row["countries"]:
            if code not in countries and (members is None or code in members):
                by_code[code].append(row)

    def item(code: str, listed: Sequence[Row]) -> Item:
        number = scope.language.ngettext("%(n)s law or agreement", "%(n)s laws or agreements", len(listed))
        detail = scope.language.gettext("; ").join([number, scope.named(map(scope.called_row, listed))])
        return Item("country", code, scope.words.area(code), detail, f"/country/{code}")

    ranked = sorted(by_code.items(), key=lambda pair: (pair[1][0] not in first, -len(pair[1]), pair[0]))
    return [item(code, listed) for code, listed in ranked]
