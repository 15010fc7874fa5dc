"""References to the documents and sources behind a page, which are cited as well if the site has no public address."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from overt.language.number_and_money_formats import web_address
from overt.queries import records, sources
from overt.queries.database import Reader
from overt.queries.rows.records import Claim, Record, cited_documents
from overt.queries.sources import Source
from overt.site.site import Site

_LISTED, _READ = 4, 12
"""Maximum number of references in a citation, and of documents that are read to find those with a web address."""


class CitedSources(NamedTuple):
    """References to documents and to sources of other publishers."""

    references: Sequence[Markup] = ()
    more: int = 0
    """Number of further documents and sources without a reference."""


def sources_behind(
    site: Site, reader: Reader, claims: Iterable[Claim] = (), *, documents: Iterable[str] = (), slugs: Iterable[str] = ()
) -> CitedSources:
    """Return references to documents and then to sources of other publishers. Documents with a web address come first.

    Empty if the site has a public address, because citations then have the address of the page. `claims`: the claims on the
    page. Among documents with an address, and among those without, the ones that most claims cite come first. `documents`: ids
    of further documents, which precede those of the claims. `slugs`: further sources, which precede those of the claims.
    """
    if site.address_of_site:
        return CitedSources()
    listed = list(claims)
    counts = Counter(document.id for claim in listed for document in cited_documents(claim))
    ids = list(dict.fromkeys([*documents, *(identity for identity, _ in counts.most_common())]))
    names = dict.fromkeys([*slugs, *(claim.source for claim in listed)])
    published = [row for name in names if name in site.sources and (row := sources.find(reader, name)) and not row.own]
    by_id = {record.id: record for record in records.records(reader, ids[:_READ])}
    cited = [by_id[identity] for identity in ids if identity in by_id]
    cited.sort(key=lambda record: not web_address(record.value("url") or ""))
    references = [*(document_reference(site, record) for record in cited), *(source_reference(site, row) for row in published)]
    return CitedSources(references[:_LISTED], len(references[_LISTED:]) + len(ids[_READ:]))


def document_reference(site: Site, document: Record) -> Markup:
    """Return a reference to a document: its publisher, title, date and web address, as far as they are known."""
    publisher, address = document.value("publisher"), web_address(document.value("url") or "")
    published = document.value("published")
    date = site.formats.date(published) if published else site.gettext("undated")
    name = site.foreign(site.called(document), document.label_lang)
    if document.id in site.document_names:  # The name consists of the publisher and, if known, the date.
        words = name if published else site.markup("%(document)s, %(date)s", document=name, date=date)
    elif publisher:
        who = site.language.phrase(publisher) or site.foreign(publisher)
        if document.value("title"):
            words = site.markup("%(publisher)s, “%(title)s”, %(date)s", publisher=who, title=name, date=date)
        else:
            untitled = site.markup("Untitled page of %(publisher)s", publisher=who)
            words = site.markup("%(document)s, %(date)s", document=untitled, date=date)
    else:
        words = site.markup("“%(title)s”, %(date)s", title=name, date=date)
    return _with_address(site, words, address)


def source_reference(site: Site, source: Source) -> Markup:
    """Return a reference to a source: its required attribution, or else its publisher and title, and its web address."""
    if source.attribution:
        words = site.foreign(source.attribution.rstrip("."), "en")
    else:
        publisher, title = site.foreign(source.publisher or ""), site.foreign(site.title_of(source.source))
        words = site.markup("%(publisher)s, “%(title)s”", publisher=publisher, title=title) if source.publisher else title
    return _with_address(site, words, web_address(source.address or ""))


def _with_address(site: Site, words: Markup, address: str | None) -> Markup:
    if not address:
        return site.markup("%(reference)s.", reference=words)
    link = Markup('<a class="address" href="{}" rel="noopener noreferrer">{}</a>').format(address, address)
    return site.markup("%(reference)s, %(address)s", reference=words, address=link)
