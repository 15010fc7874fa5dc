"""Replies to questions about laws and agreements, by kind, countries, subject and years."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import orjson

from overt.http.addresses import address, record_url
from overt.index.search_text import fold
from overt.language.language import N_
from overt.queries.database import Row
from overt.queries.questions.question import Part
from overt.queries.questions.question_words import Lexicon
from overt.site.search.project_scope import Note, ProjectScope, as_json
from overt.site.search.reply import MOST_ITEMS, Reply
from overt.site.search.reply_words import Item

_SUBJECTS = ("subject", "kind", "service", "restriction")
_TRAINING = "training"
"""The kind of project that is a kind of agreement, too."""


class _Subject(NamedTuple):
    """What laws and agreements are to be about."""

    topic: str
    words: tuple[str, ...]
    label: str


def reply_about_agreements(scope: ProjectScope, lexicon: Lexicon) -> Reply:
    """Return the agreements with the countries, of the kinds and about the subjects that a question names."""
    countries, subjects = [*scope.areas, *scope.seats], _subjects(scope, lexicon)
    rows = [row for row in _rows(scope) if _has_parties(scope, row, countries) and _is_dated(scope, row)]
    about = [row for row in rows if all(_is_about(row, subject) for subject in subjects)]
    listed, what = about or rows, scope.about()
    if not rows:
        sentence = scope.none()
    elif about:
        sentence = scope.language.ngettext(
            "%(n)s law or agreement is on record: %(what)s.",
            "%(n)s laws or agreements are on record: %(what)s.",
            len(about),
            what=what,
        )
    else:
        sentence = scope.language.ngettext(
            "No name or summary here mentions this: %(subject)s. Without it, %(n)s law or agreement is on record.",
            "No name or summary here mentions this: %(subject)s. Without it, %(n)s laws or agreements are on record.",
            len(rows), subject=scope.listed(subject.label for subject in subjects),
        )  # fmt: skip
    path, left_out = _link(scope, listed, countries, subjects, is_about=bool(about))
    notes = []
    if about and len(rows) > len(about):
        notes.append(
            Note(
                scope.language.ngettext(
                    "%(n)s other is on record whose name and summary don’t mention this: %(subject)s.",
                    "%(n)s others are on record whose names and summaries don’t mention this: %(subject)s.",
                    len(rows) - len(about), subject=scope.listed(subject.label for subject in subjects),
                )
            )
        )  # fmt: skip
    if left_out:
        notes.append(
            Note(scope.language.gettext(N_("The list behind the link isn’t limited to: %(what)s."), what=scope.listed(left_out)))
        )
    items = _countries(scope, listed, countries) if "places" in scope.question.ids("intent") else _items(scope, listed)
    return Reply(sentence, path, items[:MOST_ITEMS], len(items), notes)


def _rows(scope: ProjectScope) -> list[Row]:
    rows = scope.reader.rows("questions.agreements", {"kinds": as_json(_kinds(scope))})
    return [{**row, "countries": orjson.loads(row["countries"]), "topics": orjson.loads(row["topics"])} for row in rows]


def _kinds(scope: ProjectScope) -> list[str]:
    """Return the kinds that the question asks for, with those below them."""
    terms, chosen = scope.words.terms.get("agreement-kinds", {}), set(scope.question.agreement_kinds)
    return sorted(chosen | {kind for kind, term in terms.items() if term.broader in chosen})


def _subjects(scope: ProjectScope, lexicon: Lexicon) -> list[_Subject]:
    parts = [part for part in scope.question.parts if part.type in _SUBJECTS and part.id != _TRAINING]
    return [_Subject(part.id, _words(part, lexicon), scope.label(part.type, part.id, part.label)) for part in parts]


def _words(part: Part, lexicon: Lexicon) -> tuple[str, ...]:
    return tuple(fold(word) for word in (part.text, *lexicon.words_of(part.type, part.id)))


def _has_parties(scope: ProjectScope, row: Row, countries: Sequence[str]) -> bool:
    parties = set(row["countries"])
    members = {code for code in scope.codes() if code not in scope.areas}
    return parties.issuperset(countries) and (not scope.regions or bool(parties & members - set(countries)))


def _is_dated(scope: ProjectScope, row: Row) -> bool:
    if not scope.question.years:
        return True
    first, last = scope.question.years
    year = str(row["date"] or "")[:4]
    return year.isdigit() and (first is None or int(year) >= first) and (last is None or int(year) <= last)


def _is_about(row: Row, subject: _Subject) -> bool:
    text = f" {fold(row['texts'] or '')} {fold(row['label_zh'] or '')} "
    return subject.topic in row["topics"] or any(f" {word}" in text if word.isascii() else word in text for word in subject.words)


def _link(
    scope: ProjectScope, rows: Sequence[Row], countries: Sequence[str], subjects: Sequence[_Subject], *, is_about: bool
) -> tuple[str, list[str]]:
    """Return the address of the list with these agreements, and what it isn't limited to."""
    laws = {"law", *(kind for kind, term in scope.words.terms.get("agreement-kinds", {}).items() if term.broader == "law")}
    groups = {row["kind"] in laws for row in rows}
    country = countries[-1] if countries else ""
    if len(groups) != 1 and country:
        return f"/country/{country}", []
    pairs = [("group", "laws")] if groups == {True} else []
    pairs += [("country", country)] if country else []
    topics = [s.topic for s in subjects if rows and is_about and all(s.topic in row["topics"] for row in rows)]
    pairs += [("topic", topic) for topic in topics[:1]]
    left_out = [scope.words.area(code) for code in countries[:-1]] + [scope.words.region(region) for region in scope.regions]
    left_out += [subject.label for subject in subjects if is_about and subject.topic not in topics[:1]]
    left_out += [scope.years()] if scope.question.years else []
    kinds = scope.question.agreement_kinds
    if len(set(kinds)) == 1 and kinds[0] != "law":
        pairs.append(("kind", kinds[0]))
    return address("/agreements", pairs), left_out


def _items(scope: ProjectScope, rows: Sequence[Row]) -> list[Item]:
    return [
        Item("agreement", row["id"], scope.called_row(row), _detail(scope, row), record_url("agreement", row["id"]))
        for row in sorted(rows, key=lambda row: str(row["date"] or ""), reverse=True)
    ]


def _detail(scope: ProjectScope, row: Row) -> str:
    kind = scope.words.term("agreement-kinds", row["kind"]) if row["kind"] else ""
    where = [scope.words.area(code) for code in row["countries"]]
    return scope.listed(text for text in (kind, *where, str(row["date"] or "")[:4]) if text)


def _countries(scope: ProjectScope, rows: Sequence[Row], countries: Sequence[str]) -> list[Item]:
    counts = Counter(code for row in rows for code in row["countries"] if code not in countries)
    return [
        Item(
            "country", code, scope.words.area(code),
            scope.language.ngettext("%(n)s law or agreement", "%(n)s laws or agreements", number), f"/country/{code}",
        )
        for code, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]  # fmt: skip
