"""Reply to questions about laws and agreements, by kind, country, subject and year."""

from collections import defaultdict
from collections.abc import Sequence

import orjson

from overt.http.page_addresses import record_url
from overt.queries.agreements import law_kinds
from overt.queries.database import Row, json_array
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import tokens
from overt.site.search.agreements.agreement_dates import agreement_detail, first_agreement_date, words_for_force
from overt.site.search.agreements.agreement_link import link_to_agreements
from overt.site.search.agreements.agreement_notes import (
    by_name,
    has_unweighed,
    mentioned_in_translation,
    mentioning_organizations,
    mentions_of,
    naming_regions,
    no_ban_of,
    official_lists,
    only_trainings,
    other_subjects,
    partly_about,
    quoted_subjects,
    regions_named,
    trainings,
    undated_agreements,
    with_unweighed,
)
from overt.site.search.agreements.agreement_subjects import (
    Subject,
    is_about_bans,
    is_about_each,
    is_about_subject,
    joined_subjects,
    mentioning_rows,
    mentions_in_translation,
    rows_with_kinds,
    subjects_of,
    wider_subjects,
)
from overt.site.search.agreements.counted_agreements import drafts_among, in_no_row
from overt.site.search.agreements.countries_to_match import governed_areas, parties_of
from overt.site.search.projects.project_notes import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Reply
from overt.site.search.reply_words import Item, Note
from overt.site.search.used_conditions import USED

_BETWEEN = frozenset({"between", "with", "之", "与", "同"})
"""Words that ask for agreements of all countries in the question with one another; 之 begins 之间."""


def reply_about_agreements(scope: ProjectScope, lexicon: Lexicon) -> Reply:
    """Return the agreements that match the countries, regions, kinds, subjects and years in a question.

    If it asks for countries, these are listed instead. If no agreement names all countries, those that name any of them count,
    unless the question asks for agreements between them. If none in the years is about the subjects, undated ones are listed or,
    failing that and except for bans, those about some of the subjects or else about any. The sentence says so.
    """
    force = words_for_force(scope)
    scope.question.unweighed = [word for word in scope.question.unweighed if word not in force]
    countries, subjects = [*scope.areas, *([] if is_about_bans(scope) else scope.seats)], subjects_of(scope, lexicon)
    parties, of_kinds = parties_of(scope), _of_organizations(scope, _not_excluded(scope, agreement_rows(scope)))
    members = [code for region in scope.regions for code in scope.members_of(region)]
    naming = {row["id"] for row in naming_regions(scope, of_kinds)}  # a union's agreement names none of its members
    countries_of = {row["id"]: [*row["countries"], *(members if row["id"] in naming else ())] for row in of_kinds}
    matching = [row for row in of_kinds if parties.match(countries_of[row["id"]])]
    has_all = bool(matching) or not parties.several or not _BETWEEN.isdisjoint(scope.question.tokens)
    if not has_all:
        matching = [row for row in of_kinds if parties.match_any(countries_of[row["id"]])]
    rows = [row for row in matching if scope.question.is_in_years(row["date"])]
    groups = joined_subjects(scope, subjects)
    about = [row for row in rows if is_about_each(row, groups)]
    undated = [row for row in matching if not row["date"] and is_about_each(row, groups)]
    partly = [row for row in rows if row not in about and any(is_about_subject(row, subject) for subject in subjects)]
    named = scope.listed(scope.joined(list(dict.fromkeys(subject.label for subject in group))) for group in groups)
    listed = about or undated or ([] if is_about_bans(scope) else partly or rows)
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
    elif partly:
        sentence = scope.language.ngettext(
            "No law or agreement here mentions all of this: %(subject)s. "
            "%(n)s mentions a part of it: %(what)s.",
            "No law or agreement here mentions all of this: %(subject)s. "
            "%(n)s mention a part of it: %(what)s.",
            number, subject=named, what=_what(scope, countries) or scope.language.gettext("all countries"),
        )  # fmt: skip
    elif in_translation := [row for row in rows if mentions_in_translation(scope, row, subjects)]:
        sentence = scope.language.ngettext(
            "Only Chinese translations mention %(subject)s: %(names)s. "
            "Without that, %(n)s law or agreement is on record: %(what)s.",
            "Only Chinese translations mention %(subject)s: %(names)s. "
            "Without that, %(n)s laws or agreements are on record: %(what)s.",
            number, subject=quoted_subjects(scope, subjects), names=scope.named(map(scope.called_row, in_translation)),
            what=_what(scope, countries),
        )  # fmt: skip
    else:
        sentence = scope.language.ngettext(
            "No name, summary or provision here mentions %(subject)s. "
            "Without that, %(n)s law or agreement is on record: %(what)s.",
            "No name, summary or provision here mentions %(subject)s. "
            "Without that, %(n)s laws or agreements are on record: %(what)s.",
            number, subject=quoted_subjects(scope, subjects), what=_what(scope, countries),
        )  # fmt: skip
    sentence = _of_wider_topics(scope, subjects, listed, countries) if about and wider_subjects(subjects) else sentence
    if listed and not has_all:
        none = scope.language.gettext("No law or agreement here names all of these countries; these name one or more of them.")
        sentence = scope.sentences(none, sentence)
    of_organizations = mentioning_organizations(scope, listed)
    is_found = bool(about or undated or not subjects)
    if listed and is_found and any(map(scope.question.has, ("dates", "earliest", "latest"))):
        sentence = scope.sentences(first_agreement_date(scope, listed, of_organizations), sentence)
    named_too = "" if is_about_bans(scope) else regions_named(scope, listed)
    notes_on_lists = official_lists(scope) if is_about_bans(scope) else []
    sentence = scope.sentences(
        no_ban_of(scope, listed, of_organizations),
        sentence,
        mentions_of(scope, listed, of_organizations),
        named_too,
        by_name(scope),
    )
    path, left_out = link_to_agreements(scope, listed, countries, subjects, is_about=bool(about or undated))
    is_other = about and not (wider_subjects(subjects) or is_about_bans(scope))
    remaining = [row for row in rows if row not in about and row not in partly]
    translated = [row for row in remaining if mentions_in_translation(scope, row, subjects)]
    remaining = [row for row in remaining if row not in translated]
    notes = [*partly_about(scope, partly, named), *mentioned_in_translation(scope, translated, subjects)] if is_other else []
    notes += other_subjects(scope, remaining, subjects) if is_other else []
    notes += [
        *undated_agreements(scope, undated if about else []),
        *with_unweighed(scope, listed),
        *(trainings(scope) if listed else ()),
        *notes_on_lists,
        *scope.groups(),
    ]
    if scope.regions and listed:
        names = scope.listed(scope.words.region(region) for region in scope.regions)
        notes.append(Note(scope.language.gettext("Each names at least one country of %(regions)s.", regions=names)))
    if asks_for_pacts(scope):
        notes.append(Note(scope.language.gettext("Laws of single countries aren’t in the answer. Ask for laws to find them.")))
    if left_out:
        text = scope.language.gettext(
            "The list behind the link isn’t limited to: %(what)s.", what=scope.listed(left_out).removesuffix(".")
        )
        notes.append(Note(text))
    mentioning = mentioning_rows(scope, listed, subjects)
    mentioning += [row for row in listed if has_unweighed(scope, row)]
    mentioning = naming_regions(scope, listed) if named_too else [*mentioning, *of_organizations]
    mentioning += rows_with_kinds(scope, listed) if is_about_bans(scope) and not mentioning else []
    by_country = "places" in scope.question.ids("intent")
    named_alone = [code for code in countries if code not in _grouped(scope)]
    items = _countries(scope, listed, named_alone, mentioning) if by_country else _items(scope, listed, mentioning)
    if by_country and items and scope.question.has("count"):
        counted = scope.language.ngettext(
            "%(n)s country is on record with such a law or agreement.",
            "%(n)s countries are on record with such a law or agreement.", len(items),
        )  # fmt: skip
        sentence = scope.sentences(counted, sentence)
    used = USED["agreements"] - {"seat"} | {"asks suppliers"} if is_about_bans(scope) else None
    sentence = scope.sentences(sentence, drafts_among(scope, listed), in_no_row(scope, listed, named_alone) if by_country else "")
    sentence = sentence if listed else only_trainings(scope) or scope.none(_searched(scope, countries, named))
    is_about_all = bool(about) or (bool(listed) and not subjects)
    return Reply(sentence, path, items[:MAX_ITEMS], len(items), notes, used, is_about_all=is_about_all)


def _what(scope: ProjectScope, countries: Sequence[str], subjects: str = "") -> str:
    """Return kinds, subjects, countries, regions and years as a list in words."""
    kinds = [scope.words.term("agreement-kinds", kind) for kind in dict.fromkeys(scope.question.agreement_kinds)]
    grouped = {part.id: part for part in scope.question.parts if scope.question.is_grouped(part)}
    where = [scope.part_label(grouped[code]) if code in grouped else scope.words.area(code) for code in countries]
    where += [] if is_about_bans(scope) else [scope.label("organization", identity, identity) for identity in scope.organizations]
    where += [scope.part_label(grouped[region]) if region in grouped else scope.words.region(region) for region in scope.regions]
    where += scope.excluded_labels()
    texts = (scope.joined(kinds) if kinds else "", subjects, *where, scope.years() if scope.question.years else "")
    return scope.listed(filter(None, texts)).removesuffix(".")  # the sentence has its own full stop


def _searched(scope: ProjectScope, countries: Sequence[str], subjects: str) -> str:
    """Return what was searched in vain, in words. For bans, the question's organisations are included."""
    names = [scope.label("organization", identity, identity) for identity in scope.organizations]
    what = _what(scope, countries, subjects)
    return scope.listed(filter(None, [what, *names])) if is_about_bans(scope) else what


def agreement_rows(scope: ProjectScope) -> list[Row]:
    """Return the agreements of the question's kinds, with countries, parties and topics as lists, and dates by property.

    If the question asks for accords and not for laws, national laws are left out.
    """
    rows = scope.reader.rows("question_records.agreements", {"kinds": json_array(_kinds(scope))})
    decoded = [{**row, **{name: orjson.loads(row[name]) for name in ("countries", "parties", "topics", "dated")}} for row in rows]
    decoded = [{**row, "countries": [*row["countries"], *governed_areas(scope, row)]} for row in decoded]
    return [row for row in decoded if row["kind"] not in law_kinds(scope.words)] if asks_for_pacts(scope) else decoded


def asks_for_pacts(scope: ProjectScope) -> bool:
    """Return whether the question asks for agreements, and not for laws, bans or a kind of agreement."""
    texts = [tokens(part.text) for part in scope.question.parts if part.type == "intent" and part.id == "agreements"]
    is_general = not scope.question.agreement_kinds and not is_about_bans(scope)
    return is_general and bool(texts) and all(text in scope.lexicon.pacts for text in texts)


def _of_organizations(scope: ProjectScope, rows: Sequence[Row]) -> list[Row]:
    """Return the agreements to which the question's organisations are parties, or that mention them; for bans, all."""
    if not scope.organizations or is_about_bans(scope):
        return [*rows]
    mentioning = {row["id"] for row in mentioning_organizations(scope, rows)}
    return [row for row in rows if row["id"] in mentioning or not set(scope.organizations).isdisjoint(row["parties"])]


def _not_excluded(scope: ProjectScope, rows: Sequence[Row]) -> list[Row]:
    """Return the agreements without a country that the question leaves out, and laws that also have another country."""
    excluded, laws = scope.excluded_countries, law_kinds(scope.words)
    return [
        row for row in rows if excluded.isdisjoint(row["countries"]) or (row["kind"] in laws and set(row["countries"]) - excluded)
    ]


def _kinds(scope: ProjectScope) -> list[str]:
    """Return the kinds that the question asks for, including narrower kinds."""
    terms, chosen = scope.words.terms.get("agreement-kinds", {}), set(scope.question.agreement_kinds)
    return sorted(chosen | {kind for kind, term in terms.items() if term.broader in chosen})


def _of_wider_topics(scope: ProjectScope, subjects: Sequence[Subject], rows: Sequence[Row], countries: Sequence[str]) -> str:
    """Return a sentence that says that the topic is wider than the question's subject, and how many texts mention the subject.

    Those that mention it without being under the topic are counted apart.
    """
    [subject, *_] = wider_subjects(subjects)
    under = [row for row in rows if subject.wider in row["topics"]]
    topic = scope.words.term("provision-topics", subject.wider)
    mentioning = len(mentioning_rows(scope, rows, subjects))
    what = scope.listed([topic, *filter(None, [_what(scope, countries)])])
    if not under:
        return scope.language.ngettext(
            "“%(subject)s” is no topic of its own here. %(n)s law or agreement mentions it, and is not under the wider topic: "
            "%(what)s.",
            "“%(subject)s” is no topic of its own here. %(n)s laws or agreements mention it, and are not under the wider topic: "
            "%(what)s.",
            mentioning, subject=subject.label, what=what,
        )  # fmt: skip
    message = scope.language.ngettext(
        "“%(subject)s” is no topic of its own here. %(n)s law or agreement is on record under the wider topic: %(what)s.",
        "“%(subject)s” is no topic of its own here. %(n)s laws or agreements are on record under the wider topic: %(what)s.",
        len(under), subject=subject.label, what=what,
    )  # fmt: skip
    if outside := len(rows) - len(under):
        beside = scope.language.ngettext(
            "%(n)s more mentions it without being under that topic.", "%(n)s more mention it without being under that topic.",
            outside,
        )  # fmt: skip
        message = scope.sentences(message, beside)
    more = scope.language.ngettext(
        "%(n)s of them mentions it in a name, a summary or a note, and is listed first.",
        "%(n)s of them mention it in a name, a summary or a note, and are listed first.", mentioning,
    )  # fmt: skip
    if not mentioning:
        more = scope.language.gettext("None of them mentions it in a name, a summary or a note.")
    return scope.sentences(message, more)


def _items(scope: ProjectScope, rows: Sequence[Row], first: Sequence[Row] = ()) -> list[Item]:
    return [
        Item("agreement", row["id"], scope.called_row(row), agreement_detail(scope, row), record_url("agreement", row["id"]))
        for row in sorted(rows, key=lambda row: (row in first, str(row["date"] or "")), reverse=True)
    ]


def _grouped(scope: ProjectScope) -> set[str]:
    """Return the codes of the members of groups of countries in the question, such as the Baltic states."""
    return {part.id for part in scope.question.parts if part.type == "area" and scope.question.is_grouped(part)}


def _countries(scope: ProjectScope, rows: Sequence[Row], countries: Sequence[str], first: Sequence[Row] = ()) -> list[Item]:
    """Return the countries of agreements, each with the names of its first agreements, but not those in `countries`.

    If the question has regions or groups of countries, only their members are returned. The countries of the rows in `first` come
    first.
    """
    by_code: dict[str, list[Row]] = defaultdict(list)
    grouped = _grouped(scope)
    members = grouped | {code for code in scope.codes() if code not in scope.areas} if scope.regions or grouped else None
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
