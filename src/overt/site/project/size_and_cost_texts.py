"""The size and cost of a project, in the words of our own register, with the documents that give them."""

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup, escape

from overt.queries.rows.records import Claim, Record, cited_documents
from overt.site.sentences.evidence_marks import evidence_mark
from overt.site.sentences.joined_parts import join, join_sentences
from overt.site.site import Site

_SCALE = re.compile(r"\brow=(\d+);col=scale\b")
"""Matches the locator of a register's words on the size of a project."""
_BREAK = re.compile(r"[;；]\s*")
_MONEY = re.compile(r"[A-Z][^:;]{2,70}: [^;]*\d[^;]*\b[A-Z]{3}\b")
"""Matches a part of these words that gives a sum of money with a label, such as `Budget: 400,000,000 THB`."""
_CLAUSES = 4
"""Maximum number of parts of the size, unless the first text has more."""
_DOCUMENTS = 2
"""Maximum number of documents to name for a part of the size."""


class Scale(NamedTuple):
    """One text of the register on the size of a project."""

    claim: Claim
    clauses: Sequence[str]
    """The parts of the text between semicolons."""
    words: Sequence[Markup]
    """The parts as the page shows them, in its language if the text is translated."""


class Size(NamedTuple):
    """Sentences on a project's size and cost, and the texts of the register that they repeat."""

    size: Markup
    """A sentence with the size, beginning with “Reported size”; empty if the register gives only sums of money."""
    sums: Markup
    """Sentences on sums of money. They belong beside the register's note, because a sum may be for a larger programme."""
    repeated: frozenset[str]
    """Values of the property `description` that needn't be shown again, because the sentences have all their parts."""


def project_size(site: Site, record: Record, claims: Sequence[Claim], documents: Mapping[str, Record]) -> Size:
    """Return sentences on a project's size and cost, from the register's texts. All parts are empty if it has no such text.

    The sizes are from the first text and, as long as there are at most `_CLAUSES`, from the next texts. Each is followed by the
    number of separate sources and by the documents for which the register has the same words. The sums of money are from the
    first text. `claims`: claims about the project. `documents`: the documents that they cite, by id.
    """
    scales = _scales(site, claims)
    if not scales:
        return Size(Markup(), Markup(), frozenset())
    counts = {fact.value: fact.independent_sources or 1 for fact in record.shown("description")}
    first, *further = scales
    listed = _words(first, money=False)
    for scale in further:
        new = {clause: words for clause, words in _words(scale, money=False).items() if clause not in listed}
        if listed and len(listed) + len(new) <= _CLAUSES:
            listed |= new

    def with_sources(clauses: Sequence[str], words: Sequence[Markup]) -> Markup:
        of_clauses = [scale for scale in scales if {*clauses} <= {*scale.clauses}]
        mark = evidence_mark(
            site,
            site.url(f"/claim/{of_clauses[0].claim.claim_id}"),
            max(counts.get(scale.claim.value, 1) for scale in of_clauses),
        )
        return _separated(site, words) + mark + _named(site, of_clauses, documents)

    groups = [
        with_sources(clauses := list(group), [listed[clause] for clause in clauses])
        for _, group in groupby(listed, key=lambda clause: [clause in scale.clauses for scale in scales])
    ]
    money = _words(first, money=True)
    of_money = [site.markup("%(words)s.", words=with_sources([clause], [words])) for clause, words in money.items()]
    repeated = {row.claim.value for row in scales if {*row.clauses} <= {*listed, *money}}
    sentence = site.markup("Reported size: %(words)s.", words=_separated(site, groups)) if groups else Markup()
    return Size(sentence, join_sentences(site, *of_money), frozenset(repeated))


def _words(scale: Scale, *, money: bool) -> dict[str, Markup]:
    """Return the parts of a text that give a sum of money (`money`), or all other parts. Keys are the register's words."""
    return {
        clause: words for clause, words in zip(scale.clauses, scale.words, strict=True) if bool(_MONEY.match(clause)) is money
    }


def _separated(site: Site, parts: Sequence[Markup]) -> Markup:
    return escape(site.gettext("; ")).join(parts)


def _scale_of(site: Site, claim: Claim) -> Scale:
    """Split a text into its parts. If its translation has a different number of parts, the whole text is one part."""
    clauses = _BREAK.split(claim.value.removesuffix("."))
    translated = site.language.phrase(claim.value)
    words = _BREAK.split(translated.rstrip(".。")) if translated else clauses
    if len(words) != len(clauses):
        clauses, words = [claim.value], [translated or claim.value]
    return Scale(claim, clauses, [escape(text) if translated else site.foreign(text, claim.lang) for text in words])


def _scales(site: Site, claims: Sequence[Claim]) -> list[Scale]:
    """Return the register's current texts on the size, in the order of its rows."""
    rows = [
        (int(row[1]), claim)
        for claim in claims
        if claim.own and claim.property == "description" and claim.standing == "current"
        for place in claim.places
        if (row := _SCALE.search(place.locator))
    ]
    ordered = sorted(rows, key=lambda row: (row[0], row[1].claim_id))
    return [_scale_of(site, claim) for _, claim in ordered]


def _named(site: Site, scales: Sequence[Scale], documents: Mapping[str, Record]) -> Markup:
    """Return the publishers and dates of the documents for which the register has these texts; empty if there are none."""
    ids = dict.fromkeys(cited.id for scale in scales for cited in cited_documents(scale.claim))
    cited = [documents[identity] for identity in ids if identity in documents]
    names = []
    for document in cited[:_DOCUMENTS]:
        published = document.value("published")
        date = site.formats.date(published) if published else site.gettext("undated")
        publisher = site.foreign(document.value("publisher") or site.called(document))
        names.append(site.markup("%(publisher)s, %(date)s", publisher=publisher, date=date))
    if not names:
        return Markup()
    more = len(cited) - len(names)
    separated = escape(site.gettext("; ")).join(names)
    listed = join(site, [separated], more) if more else separated
    return Markup('<span class="small muted">{}</span>').format(site.markup(" (%(details)s)", details=listed))
