"""Sentences with the number of laws and agreements that match a question, and what they are about."""

from collections.abc import Sequence

from overt.site.search.agreements.agreement_matches import AgreementMatches
from overt.site.search.agreements.agreement_notes import quoted_subjects
from overt.site.search.agreements.agreement_subjects import (
    is_about_bans,
    mentioning_rows,
    mentions_in_translation,
    wider_subjects,
)
from overt.site.search.agreements.projects_beside_agreements import projects_of_kinds
from overt.site.search.projects.project_scope import ProjectScope


def sentence_of(scope: ProjectScope, matches: AgreementMatches) -> str:
    """Return the sentence with the number of agreements about the question's subjects, or saying that there are none.

    If there are none, and other agreements are listed instead, a sentence on projects of the question's kinds comes first.
    Readers could otherwise think that there are no such projects either.
    """
    if matches.about and wider_subjects(matches.subjects):
        return _of_wider_topics(scope, matches)
    counted = _counted(scope, matches)
    if matches.about or matches.is_about_bans or not matches.listed:
        return counted
    return scope.sentences(projects_of_kinds(scope), counted)


def _counted(scope: ProjectScope, matches: AgreementMatches) -> str:
    number = len(matches.listed)
    if matches.undated and not matches.about:
        return scope.language.ngettext(
            "No dated law or agreement is on record: %(what)s. %(n)s without a date may be meant.",
            "No dated law or agreement is on record: %(what)s. %(n)s without a date may be meant.",
            number, what=what_agreements(scope, matches.countries, matches.named_subjects),
        )  # fmt: skip
    if matches.about or not matches.rows:
        return scope.language.ngettext(
            "%(n)s law or agreement is on record: %(what)s.", "%(n)s laws or agreements are on record: %(what)s.",
            number,
            what=what_agreements(scope, matches.countries, matches.named_subjects) or scope.language.gettext("all countries"),
        )  # fmt: skip
    if matches.partly:
        return scope.language.ngettext(
            "No law or agreement here mentions all of this: %(subject)s. "
            "%(n)s mentions a part of it: %(what)s.",
            "No law or agreement here mentions all of this: %(subject)s. "
            "%(n)s mention a part of it: %(what)s.",
            number, subject=matches.named_subjects,
            what=what_agreements(scope, matches.countries) or scope.language.gettext("all countries"),
        )  # fmt: skip
    if in_translation := [row for row in matches.rows if mentions_in_translation(scope, row, matches.subjects)]:
        return scope.language.ngettext(
            "Only Chinese translations mention %(subject)s: %(names)s. "
            "Without that, %(n)s law or agreement is on record: %(what)s.",
            "Only Chinese translations mention %(subject)s: %(names)s. "
            "Without that, %(n)s laws or agreements are on record: %(what)s.",
            number, subject=quoted_subjects(scope, matches.subjects), names=scope.named(map(scope.called_row, in_translation)),
            what=what_agreements(scope, matches.countries),
        )  # fmt: skip
    return scope.language.ngettext(
        "No name, summary or provision here mentions %(subject)s. "
        "Without that, %(n)s law or agreement is on record: %(what)s.",
        "No name, summary or provision here mentions %(subject)s. "
        "Without that, %(n)s laws or agreements are on record: %(what)s.",
        number, subject=quoted_subjects(scope, matches.subjects), what=what_agreements(scope, matches.countries),
    )  # fmt: skip


def what_agreements(scope: ProjectScope, countries: Sequence[str], subjects: str = "") -> str:
    """Return the question's kinds, statuses, subjects, countries, organisations, regions, exclusions and years, with commas.

    Organisations are left out if the question is about bans.
    """
    kinds = [scope.words.term("agreement-kinds", kind) for kind in dict.fromkeys(scope.question.agreement_kinds)]
    grouped = {part.id: part for part in scope.question.parts if scope.question.is_grouped(part)}
    where = [scope.part_label(grouped[code]) if code in grouped else scope.words.area(code) for code in countries]
    where += [] if is_about_bans(scope) else [scope.label("organization", identity, identity) for identity in scope.organizations]
    where += [scope.part_label(grouped[region]) if region in grouped else scope.words.region(region) for region in scope.regions]
    where += scope.excluded_labels()
    statuses = [scope.words.term("statuses", status) for status in scope.question.law_statuses]
    texts = (*map(scope.joined, filter(None, (kinds, statuses))), subjects, *where, scope.years() if scope.question.years else "")
    return scope.listed(filter(None, texts))


def what_is_missing(scope: ProjectScope, matches: AgreementMatches) -> str:
    """Return words for what was searched for and not found. For bans, they include the question's organisations."""
    names = [scope.label("organization", identity, identity) for identity in scope.organizations]
    what = what_agreements(scope, matches.countries, matches.named_subjects)
    return scope.listed(filter(None, [what, *names])) if is_about_bans(scope) else what


def _of_wider_topics(scope: ProjectScope, matches: AgreementMatches) -> str:
    """Return sentences saying that the topic is wider than the question's subject, and how many texts mention the subject.

    Texts that mention the subject without being under the topic are counted separately.
    """
    [subject, *_] = wider_subjects(matches.subjects)
    under = [row for row in matches.listed if subject.wider in row["topics"]]
    topic = scope.words.term("provision-topics", subject.wider)
    mentioning = len(mentioning_rows(scope, matches.listed, matches.subjects))
    what = scope.listed([topic, *filter(None, [what_agreements(scope, matches.countries)])])
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
    if outside := len(matches.listed) - len(under):
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
