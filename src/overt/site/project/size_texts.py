"""How large a project is and what it cost, in the words of our own register, with the documents that say so."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from overt.queries.rows.records import Claim, Record, cited_documents
from overt.site.country.blocking_and_surveillance_texts import join_sentences
from overt.site.sentence_parts import evidence_mark, join
from overt.site.site import Site

_SCALE = re.compile(r"\brow=(\d+);col=scale\b")
"""Matches the locator of a register's words on the size of a project."""
_BREAK = re.compile(r"[;；]\s*")
_MONEY = re.compile(r"[A-Z][^:;]{2,70}: [^;]*\d[^;]*\b[A-Z]{3}\b")
"""Matches a part of these words that gives a sum of money with a label, such as `Budget: 400,000,000 THB`."""
_DOCUMENTS = 2
"""Maximum number of documents that are named for a part."""


class Scale(NamedTuple):
    """One text of the register on the size of a project."""

    claim: Claim
    clauses: Sequence[str]
    """Its parts between semicolons."""


class Size(NamedTuple):
    """Sentences on a project's size and cost, and the texts of the register that they repeat."""

    size: Markup
    """A sentence for the lead; empty if the register gives only sums."""
    sums: Markup
    """Sentences on sums of money, which may be those of a larger programme; they belong beside the register's note."""
    repeated: frozenset[str]
    """Values of the property `description` that needn't be shown again, because the sentences have all their parts."""


def project_size(site: Site, record: Record, claims: Sequence[Claim], documents: Mapping[str, Record]) -> Size:
    """Return what the register's first text on a project's size says: the size first, then each sum of money apart.

    Each is followed by the documents for which the register has the same words. Empty if the register has no such text.
    `claims`: those of the project; `documents`: the documents that they cite, by id.
    """
    scales = _scales(claims)
    if not scales:
        return Size(Markup(), Markup(), frozenset())
    first = scales[0]
    translated = site.language.phrase(first.claim.value)
    words = _BREAK.split(translated.rstrip(".。")) if translated else list(first.clauses)
    money = [bool(_MONEY.match(clause)) for clause in first.clauses]
    if len(words) != len(money):  # the translation can't be matched with the parts
        words, money = ([translated] if translated else words), [False]
    lang = None if translated else first.claim.lang

    def with_sources(texts: Sequence[str], clauses: Sequence[str]) -> Markup:
        separator = "；" if site.language.code == "zh" else "; "
        text = separator.join(texts)
        marked = escape(text) if translated else site.foreign(text, lang)
        sources = next(
            (fact.independent_sources for fact in record.shown("description") if fact.value == first.claim.value), None
        )
        mark = evidence_mark(site, site.url(f"/claim/{first.claim.claim_id}"), sources or 1)
        named = _named(site, scales, clauses, documents)
        return marked + mark + named

    size = [(text, clause) for text, clause, is_money in zip(words, first.clauses, money, strict=False) if not is_money]
    sums = [(text, clause) for text, clause, is_money in zip(words, first.clauses, money, strict=False) if is_money]
    sentence = site.markup("Size: %(words)s.", words=with_sources(*map(list, zip(*size, strict=True)))) if size else Markup()
    of_money = [site.markup("%(words)s.", words=with_sources([text], [clause])) for text, clause in sums]
    repeated = {row.claim.value for row in scales if {*row.clauses} <= {*first.clauses}}
    return Size(sentence, join_sentences(site, *of_money), frozenset(repeated))


def _scales(claims: Sequence[Claim]) -> list[Scale]:
    """Return the register's current texts on the size, in the order of its rows."""
    rows = [
        (int(row[1]), claim)
        for claim in claims
        if claim.own and claim.property == "description" and claim.standing == "current"
        for place in claim.places
        if (row := _SCALE.search(place.locator))
    ]
    ordered = sorted(rows, key=lambda row: (row[0], row[1].claim_id))
    return [Scale(claim, _BREAK.split(claim.value.removesuffix("."))) for _, claim in ordered]


def _named(site: Site, scales: Sequence[Scale], clauses: Sequence[str], documents: Mapping[str, Record]) -> Markup:
    """Return the publishers and dates of the documents for which the register has all these parts; empty without any."""
    ids = dict.fromkeys(cited.id for scale in scales if {*clauses} <= {*scale.clauses} for cited in cited_documents(scale.claim))
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
