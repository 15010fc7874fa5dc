"""Notes and sentences on what an answer about laws and agreements leaves out, and on further records."""

from collections.abc import Mapping, Sequence

from overt.http.page_addresses import record_url
from overt.index.search_text import fold
from overt.queries.database import Row
from overt.site.search.agreements.agreement_subjects import (
    Subject,
    has_word,
    is_about_bans,
    rows_with_kinds,
    text_of,
    translation_of,
)
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Note

_MAX_COUNTED = 20
"""Maximum number of agreements on other subjects for which a note names some. For more, it gives only their number."""
_MAX_OTHERS = 5
"""Maximum number of other agreements that a note names."""


_OF_NETWORKS = frozenset({"5g-network", "mobile-network", "telecom-ict", "fixed-network"})
"""Kinds of project that bans on suppliers are about, even if their texts don't mention them."""


def quoted_subjects(scope: ProjectScope, subjects: Sequence[Subject]) -> str:
    """Return the names of subjects in quotation marks, with “or” before the last."""
    labels = dict.fromkeys(subject.label for subject in subjects)
    return scope.joined([scope.language.gettext("“%(name)s”", name=label) for label in labels])


def partly_about(scope: ProjectScope, rows: Sequence[Row], subjects: str) -> list[Note]:
    """Return a note on the agreements (`rows`) that mention only a part of the subjects; an empty list if there are none."""
    if not rows:
        return []
    text = scope.language.ngettext(
        "%(n)s other mentions only a part of this (%(subject)s): %(names)s.",
        "%(n)s others mention only a part of this (%(subject)s): %(names)s.",
        len(rows), subject=subjects, names=_some_names(scope, rows),
    )  # fmt: skip
    return [Note(text)]


def mentioned_in_translation(scope: ProjectScope, rows: Sequence[Row], subjects: Sequence[Subject]) -> list[Note]:
    """Return a note on the agreements (`rows`) that mention the subjects only in Chinese translations; empty if none do."""
    if not rows:
        return []
    text = scope.language.ngettext(
        "%(n)s other mentions %(subject)s only in the Chinese translation of its texts: %(names)s.",
        "%(n)s others mention %(subject)s only in the Chinese translation of their texts: %(names)s.",
        len(rows), subject=quoted_subjects(scope, subjects), names=_some_names(scope, rows),
    )  # fmt: skip
    return [Note(text)]


def _some_names(scope: ProjectScope, rows: Sequence[Row]) -> str:
    """Join the names of up to `_MAX_OTHERS` agreements, those with the fewest countries first, with semicolons."""
    return scope.named(map(scope.called_row, sorted(rows, key=lambda row: len(row["countries"]))), _MAX_OTHERS)


def other_subjects(scope: ProjectScope, rows: Sequence[Row], of_question: Sequence[Subject]) -> list[Note]:
    """Return a note on the agreements (`rows`) that mention none of the question's subjects; an empty list if there are none.

    If there are at most `_MAX_COUNTED`, the note names some of them, those with the fewest countries first.
    """
    if not rows:
        return []
    subjects = quoted_subjects(scope, of_question)
    if len(rows) > _MAX_COUNTED:
        text = scope.language.ngettext(
            "%(n)s other is on record whose name, summary and provisions don’t mention %(subject)s.",
            "%(n)s others are on record whose names, summaries and provisions don’t mention %(subject)s.",
            len(rows), subject=subjects,
        )  # fmt: skip
        return [Note(text)]
    text = scope.language.ngettext(
        "%(n)s other is on record whose name, summary and provisions don’t mention %(subject)s: %(names)s.",
        "%(n)s others are on record whose names, summaries and provisions don’t mention %(subject)s: %(names)s.",
        len(rows), subject=subjects, names=_some_names(scope, rows),
    )  # fmt: skip
    return [Note(text)]


def without_organizations(scope: ProjectScope, rows: Sequence[Row]) -> str:
    """Return a sentence on the rows of `AgreementMatches.unnamed`."""
    organizations = scope.joined([scope.label("organization", identity, identity) for identity in scope.organizations])
    return scope.language.ngettext(
        "%(n)s law or agreement there on the same subject doesn’t name %(organizations)s or is of another kind, and is listed "
        "last: %(names)s.",
        "%(n)s laws or agreements there on the same subject don’t name %(organizations)s or are of another kind, and are listed "
        "last: %(names)s.",
        len(rows), organizations=organizations, names=_some_names(scope, rows),
    )  # fmt: skip


def undated_agreements(scope: ProjectScope, rows: Sequence[Row]) -> list[Note]:
    """Return a note on undated agreements; an empty list if there are none, or if the question has no years."""
    if not (rows and scope.question.years):
        return []
    text = scope.language.ngettext(
        "%(n)s law or agreement without a date is not in the answer, but may be meant: %(names)s.",
        "%(n)s laws or agreements without a date are not in the answer, but may be meant: %(names)s.",
        len(rows), names=scope.named(map(scope.called_row, rows)),
    )  # fmt: skip
    return [Note(text)]


def has_unweighed(scope: ProjectScope, row: Row) -> bool:
    """Return whether an agreement mentions a word of the question that the answer isn't limited to."""
    texts = text_of(row), translation_of(scope, row)
    return any(has_word(text, fold(word)) for word in scope.question.unweighed for text in texts)


def with_unweighed(scope: ProjectScope, rows: Sequence[Row]) -> list[Note]:
    """Return a note on agreements that mention a word of the question to which the answer isn't limited, such as “police”."""
    mentioning = [row for row in rows if has_unweighed(scope, row)]
    if not mentioning:
        return []
    words = scope.listed(f"“{word}”" for word in scope.question.unweighed)
    text = scope.language.ngettext(
        "%(n)s of them mentions %(words)s in its name, summary or provisions, and is listed first.",
        "%(n)s of them mention %(words)s in their names, summaries or provisions, and are listed first.",
        len(mentioning), words=words,
    )  # fmt: skip
    return [Note(text)]


def mentioning_organizations(scope: ProjectScope, rows: Sequence[Row]) -> list[Row]:
    """Return the agreements whose names, summaries or provisions mention the question's organisations."""
    if not scope.organizations:
        return []
    names = {name for row in scope.rows_of("names_of") for name in str(row["names"]).replace("\t", "\n").split("\n")}
    words = [fold(name) for name in names if len(name) > 1]
    return [row for row in rows if any(has_word(text_of(row), word) for word in words)]


def by_name(scope: ProjectScope) -> str:
    """Return a sentence saying that the “laws of” an organisation are laws that mention it; empty for other questions."""
    if not scope.organizations or is_about_bans(scope) or "law" not in scope.question.agreement_kinds:
        return ""
    return scope.language.gettext("These laws mention it in their names, summaries or provisions; it didn’t make them.")


def naming_regions(scope: ProjectScope, rows: Sequence[Row]) -> list[Row]:
    """Return the agreements whose text names one of the question's organisations of states, such as ASEAN, and not just members.

    The text must have its label in either language, or the abbreviation in brackets at the end of a label. Other regions, such
    as Africa, don't count, because they sign no agreements.
    """
    regions = [scope.words.regions[region] for region in scope.regions]
    labels = [label for region in regions if region.kind == "grouping" for label in (region.label, region.other)]
    names = {fold(part.strip(" )")) for label in labels for part in label.split("(")} - {""}
    return [row for row in rows if any(has_word(text_of(row), name) for name in names)]


def regions_named(scope: ProjectScope, rows: Sequence[Row]) -> str:
    """Return a sentence on the agreements that name the question's organisations of states; empty if none or all of them do."""
    naming = naming_regions(scope, rows)
    if not naming or len(naming) == len(rows):
        return ""
    names = scope.listed(scope.words.region(region) for region in scope.regions)
    return scope.language.ngettext(
        "%(n)s of them names %(region)s itself, and is listed first: %(names)s. The others name one or more of its members.",
        "%(n)s of them name %(region)s itself, and are listed first: %(names)s. The others name one or more of its members.",
        len(naming), region=names, names=scope.named(map(scope.called_row, naming)),
    )  # fmt: skip


def official_lists(scope: ProjectScope) -> list[Note]:
    """Return a note for each of the question's organisations that is or was on official lists, such as the FCC's covered list.

    If an organisation was removed from a list and added again, the list is only named among the current ones.
    """
    rows = scope.rows_of("listings")
    notes = []
    for identity in dict.fromkeys(scope.organizations):
        own = [row for row in rows if row["organization"] == identity]
        present = {row["list"]: row["start"] for row in own if row["is_current"]}
        former = [row["list"] for row in own if row["list"] not in present]
        if own:
            text = scope.sentences(_on_lists(scope, identity, present), _formerly(scope, identity, former))
            notes.append(Note(text, f"{record_url('organization', identity)}#lists"))
    return notes


def _on_lists(scope: ProjectScope, identity: str, lists: Mapping[str, str | None]) -> str:
    """Return a sentence with the lists that an organisation is on, each with the first day; empty if there are none."""
    name = scope.label("organization", identity, identity)
    texts = [
        scope.language.comma.join(filter(None, [scope.words.term("lists", key), scope.formats.period(start, None)]))
        for key, start in lists.items()
    ]
    named = scope.language.gettext("; ").join(texts)
    return scope.language.gettext("%(names)s: on official lists (%(lists)s).", names=name, lists=named) if lists else ""


def _formerly(scope: ProjectScope, identity: str, lists: Sequence[str]) -> str:
    name, named = scope.label("organization", identity, identity), scope.listed(scope.words.term("lists", key) for key in lists)
    return scope.language.gettext("%(names)s: formerly on official lists (%(lists)s).", names=name, lists=named) if lists else ""


def no_ban_of(scope: ProjectScope, rows: Sequence[Row], mentioning: Sequence[Row]) -> str:
    """Return a sentence saying that no ban mentions the question's organisations or its kind of equipment.

    Empty if a ban mentions them, if the question isn't about bans, or if the equipment is for networks (`_OF_NETWORKS`).
    `mentioning`: the rows that mention the organisations.
    """
    if not (is_about_bans(scope) and rows):
        return ""
    if scope.organizations:
        names = scope.listed(scope.label("organization", identity, identity) for identity in scope.organizations)
        if mentioning:
            return ""
        return scope.language.gettext("No name, summary or provision of a ban here mentions %(names)s.", names=names)
    if not scope.kinds or rows_with_kinds(scope, rows) or _OF_NETWORKS.issuperset(scope.kinds):
        return ""
    return scope.language.gettext(
        "No ban here has “%(kind)s” in its name, summary or provisions; these exclude suppliers.", kind=_kind_words(scope)
    )


def _kind_words(scope: ProjectScope) -> str:
    return scope.listed(part.text for part in scope.question.parts if part.type == "kind")


def mentions_of(scope: ProjectScope, rows: Sequence[Row], mentioning: Sequence[Row]) -> str:
    """Return sentences with the number of bans that mention the question's organisations and kinds.

    Empty if the question isn't about bans. If no ban mentions them, there is usually no sentence, because `no_ban_of` returns
    one. It doesn't for kinds of networks, or for kinds in a question with an organisation, so these are covered here.
    `mentioning`: the rows that mention the organisations.
    """
    if not (is_about_bans(scope) and rows):
        return ""
    of_organizations = _mentions_of_organizations(scope, len(mentioning)) if mentioning else ""
    with_kinds = rows_with_kinds(scope, rows)
    if not (scope.kinds and (scope.organizations or with_kinds or _OF_NETWORKS.issuperset(scope.kinds))):
        return of_organizations
    kinds = scope.language.gettext("“%(name)s”", name=_kind_words(scope))
    return scope.sentences(of_organizations, _mentions(scope, len(with_kinds), kinds))


def _mentions(scope: ProjectScope, number: int, words: str) -> str:
    if not number:
        return scope.language.gettext("None of them mentions %(words)s in its name, summary or provisions.", words=words)
    return scope.language.ngettext(
        "%(n)s of them mentions %(words)s in its name, summary or provisions.",
        "%(n)s of them mention %(words)s in their names, summaries or provisions.", number, words=words,
    )  # fmt: skip


def _mentions_of_organizations(scope: ProjectScope, number: int) -> str:
    called = scope.listed(scope.label("organization", identity, identity) for identity in scope.organizations)
    return scope.language.ngettext(
        "%(n)s of them mentions %(names)s in its name, summary or provisions; the others may exclude other suppliers.",
        "%(n)s of them mention %(names)s in their names, summaries or provisions; the others may exclude other suppliers.",
        number, names=called,
    )  # fmt: skip
