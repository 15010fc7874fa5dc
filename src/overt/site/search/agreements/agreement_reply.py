"""Reply to questions about laws and agreements, by kind, country, subject and year."""

from collections import defaultdict
from collections.abc import Sequence

from overt.http.page_addresses import record_url
from overt.queries.database import Row
from overt.queries.questions.question_lexicon import Lexicon
from overt.site.search.agreements.agreement_dates_in_words import agreement_detail, first_agreement_date, words_for_force
from overt.site.search.agreements.agreement_list_address import link_to_agreements
from overt.site.search.agreements.agreement_matches import asks_for_pacts, match_agreements
from overt.site.search.agreements.agreement_notes import (
    by_name,
    has_unweighed,
    mentioned_in_translation,
    mentioning_organizations,
    mentions_of,
    naming_regions,
    no_ban_of,
    official_lists,
    other_subjects,
    partly_about,
    regions_named,
    undated_agreements,
    with_unweighed,
    without_organizations,
)
from overt.site.search.agreements.agreement_subjects import (
    mentioning_rows,
    mentions_in_translation,
    rows_with_kinds,
    wider_subjects,
)
from overt.site.search.agreements.agreements_with_subject_in_name import dates_by_name, rows_by_name
from overt.site.search.agreements.law_and_agreement_sentences import sentence_of, what_is_missing
from overt.site.search.agreements.law_status_conditions import drafts_among, in_no_row, of_unknown_status, without_status
from overt.site.search.agreements.projects_beside_agreements import only_trainings, projects_named, trainings
from overt.site.search.conditions_by_reply import USED
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Item, Note, Reply


def reply_about_agreements(scope: ProjectScope, lexicon: Lexicon) -> Reply:
    """Return the agreements that match the countries, regions, kinds, subjects and years in a question.

    If the question asks for countries, these are listed instead. If no agreement names all countries, agreements that name any
    of them match, unless the question asks for agreements between them. If no agreement in the question's years is about its
    subjects, undated agreements about them are listed. If there are none either, and the question isn't about bans, agreements
    about some of the subjects are listed, or else agreements about any subject. The sentence explains this.
    """
    force = words_for_force(scope)
    scope.question.unweighed = [word for word in scope.question.unweighed if word not in force]
    matches = match_agreements(scope, lexicon)
    countries, subjects, about, listed = matches.countries, matches.subjects, matches.about, matches.listed
    sentence = sentence_of(scope, matches)
    if listed and not matches.has_all:
        none = scope.language.gettext("No law or agreement here names all of these countries; these name one or more of them.")
        sentence = scope.sentences(none, sentence)
    of_organizations = mentioning_organizations(scope, listed)
    is_found = bool(about or matches.undated or not subjects)
    is_listed = matches.is_about_bans or "places" in scope.question.ids("intent")
    by_words = [] if is_listed else rows_by_name(scope, listed, subjects)
    is_ranked = any(map(scope.question.has, ("earliest", "latest")))
    if by_words and is_found and scope.question.has("dates") and not is_ranked:
        sentence = scope.sentences(dates_by_name(scope, by_words), sentence)
    elif listed and is_found and (is_ranked or scope.question.has("dates")):
        sentence = scope.sentences(first_agreement_date(scope, listed, of_organizations), sentence)
    named_too = "" if matches.is_about_bans else regions_named(scope, listed)
    notes_on_lists = official_lists(scope) if matches.is_about_bans else []
    lists_first = notes_on_lists if countries and set(countries) <= scope.lexicon.list_issuers else []
    notes_on_lists = [note for note in notes_on_lists if note not in lists_first]
    sentence = scope.sentences(
        *(note.text for note in lists_first),
        no_ban_of(scope, listed, of_organizations),
        sentence,
        mentions_of(scope, listed, of_organizations),
        named_too,
        by_name(scope),
    )
    path, left_out = link_to_agreements(scope, listed, countries, subjects, is_about=bool(about or matches.undated))
    is_other = about and not (wider_subjects(subjects) or matches.is_about_bans)
    remaining = [row for row in matches.rows if row not in about and row not in matches.partly]
    translated = [row for row in remaining if mentions_in_translation(scope, row, subjects)]
    remaining = [row for row in remaining if row not in translated]
    notes = (
        [*partly_about(scope, matches.partly, matches.named_subjects), *mentioned_in_translation(scope, translated, subjects)]
        if is_other
        else []
    )
    notes += other_subjects(scope, remaining, subjects) if is_other else []
    notes += [
        *undated_agreements(scope, matches.undated if about else []),
        *of_unknown_status(scope, matches.of_any_status),
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
        text = scope.language.gettext("The list behind the link isn’t limited to: %(what)s.", what=scope.listed(left_out))
        notes.append(Note(text))
    mentioning = mentioning_rows(scope, listed, subjects)
    mentioning += [row for row in listed if has_unweighed(scope, row) or row in by_words]
    mentioning = naming_regions(scope, listed) if named_too else [*mentioning, *of_organizations]
    mentioning += rows_with_kinds(scope, listed) if matches.is_about_bans and not mentioning else []
    by_country = "places" in scope.question.ids("intent")
    named_alone = [code for code in countries if code not in _grouped(scope)]
    items = _countries(scope, listed, named_alone, mentioning) if by_country else _items(scope, listed, mentioning)
    if by_country and items and scope.question.has("count"):
        counted = scope.language.ngettext(
            "%(n)s country is on record with such a law or agreement.",
            "%(n)s countries are on record with such a law or agreement.", len(items),
        )  # fmt: skip
        sentence = scope.sentences(counted, sentence)
    used = USED["agreements"] - {"seat"} | {"asks suppliers"} if matches.is_about_bans else None
    sentence = scope.sentences(sentence, without_status(scope, listed), drafts_among(scope, listed))
    sentence = scope.sentences(sentence, in_no_row(scope, listed, named_alone) if by_country else "")
    if not listed:
        none = only_trainings(scope) or scope.none(what_is_missing(scope, matches))
        sentence = scope.sentences(*(note.text for note in lists_first), none)
    if matches.unnamed and not by_country and len(matches.unnamed) <= MAX_ITEMS:
        sentence = scope.sentences(sentence, without_organizations(scope, matches.unnamed))
        items += _items(scope, matches.unnamed)
    beside = projects_named(scope, subjects)
    if scope.question.is_more_than_parts:
        sentence = scope.sentences(*(note.text for note in beside), sentence)
    else:
        notes[:0] = beside
    is_about_all = bool(about) or (bool(listed) and not subjects)
    return Reply(sentence, path, items[:MAX_ITEMS], len(items), notes, used, is_about_all=is_about_all)


def _items(scope: ProjectScope, rows: Sequence[Row], first: Sequence[Row] = ()) -> list[Item]:
    return [
        Item("agreement", row["id"], scope.called_row(row), agreement_detail(scope, row), record_url("agreement", row["id"]))
        for row in sorted(rows, key=lambda row: (row in first, str(row["date"] or "")), reverse=True)
    ]


def _grouped(scope: ProjectScope) -> set[str]:
    """Return the codes of countries that are in the question as members of a group, such as the Baltic states."""
    return {part.id for part in scope.question.parts if part.type == "area" and scope.question.is_grouped(part)}


def _countries(scope: ProjectScope, rows: Sequence[Row], countries: Sequence[str], first: Sequence[Row] = ()) -> list[Item]:
    """Return the countries of agreements, except those in `countries`, each with the names of its first agreements.

    If the question has regions or groups of countries, only their members are returned. Countries of the rows in `first` come
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
