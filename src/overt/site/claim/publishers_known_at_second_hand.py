"""Publishers whose reports are on record only at second hand, according to the publisher fields of the documents.

An origin is a publisher whose report another publisher's document passes on.
"""

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from overt.language.language import N_, NN_
from overt.queries.rows.records import Record
from overt.release.source_independence.publisher_names import publisher_key, read_publisher
from overt.resolve.names import NameKeys
from overt.site.sentences.joined_parts import join, join_sentences
from overt.site.sentences.linked_record_and_company_names import text_link
from overt.site.site import Site

_ABSENT_ORIGIN = N_("It reports what comes from %(origin)s; Overt has no document of %(origin)s itself on this.")
_FOR_OTHER_FACTS = NN_(
    "%(document)s is on record too, but for other facts.", "%(document)s are on record too, but for other facts."
)


def absent_origins(publishers: Sequence[str], *, with_articles: bool, same: Iterable[str] = ()) -> list[list[str]]:
    """Return, for the publisher field of each document, the origins in it that published none of the documents.

    An origin in lower case, such as “press” in “copy of a press report”, isn't a name and is left out. `with_articles`: whether
    origins keep their English article. `same`: publisher fields of other documents that say the same. Their publishers are left
    out, too.
    """
    forms = NameKeys()
    named = [read_publisher(forms, text) for text in publishers]
    published = [*named, *(read_publisher(forms, text) for text in same)]
    here = {publisher_key(forms, outlet, None) for names in published for outlet in names.outlets}
    return [
        [
            _with_article(text, origin) if with_articles else origin
            for origin in names.origins
            if not origin[:1].islower() and publisher_key(forms, origin, None) not in here
        ]
        for text, names in zip(publishers, named, strict=True)
    ]


def second_hand_sentence(
    site: Site, publishers: Iterable[str], besides: Sequence[Record] = (), same: Iterable[str] = ()
) -> Markup:
    """Return sentences on the `absent_origins` of these publisher fields; empty if there are none.

    `besides`: documents on the same project that are evidence for other facts. If an origin published one of them, the sentence
    has a link to this document instead of stating that Overt has none of this origin. `same`: as for `absent_origins`.
    """
    in_english = site.language.code == "en"
    of_texts = absent_origins([*publishers], with_articles=in_english, same=same)
    origins = dict.fromkeys(origin for of_text in of_texts for origin in of_text)
    own = {origin: _published_by(origin, besides) for origin in origins}
    absent = [_name(site, origin) for origin in origins if not own[origin]]
    sentences = [_for_other_facts(site, origin, documents) for origin, documents in own.items() if documents]
    if absent:
        names = join(site, absent)
        sentence = site.markup("Overt has no document of %(names)s itself on this, only what others report from it.", names=names)
        sentences.insert(0, sentence)
    return join_sentences(site, *sentences)


def origin_sentence(site: Site, origins: Sequence[str], besides: Sequence[Record] = ()) -> Markup:
    """Return sentences on a document that passes on what the given origins report; empty if `origins` is empty.

    `origins`, `besides`: as for `second_hand_sentence`.
    """
    if not origins:
        return Markup()
    own = {origin: _published_by(origin, besides) for origin in origins}
    absent = join(site, [_name(site, origin) for origin in origins if not own[origin]])
    known = [_for_other_facts(site, origin, documents) for origin, documents in own.items() if documents]
    if len(known) == len(origins):
        names = join(site, [_name(site, origin) for origin in origins])
        return join_sentences(site, site.markup("It reports what comes from %(origin)s.", origin=names), *known)
    return join_sentences(site, site.markup(_ABSENT_ORIGIN, origin=absent), *known)


def _published_by(origin: str, documents: Sequence[Record]) -> list[Record]:
    """Return the documents that an origin published. The name of the origin may have its article."""
    forms = NameKeys()
    key = publisher_key(forms, origin.removeprefix("the "), None)
    return [
        document
        for document in documents
        if key and key in {publisher_key(forms, outlet, None) for outlet in read_publisher(forms, _publisher(document)).outlets}
    ]


def _publisher(document: Record) -> str:
    return document.value("publisher") or ""


def _for_other_facts(site: Site, origin: str, documents: Sequence[Record]) -> Markup:
    """Return a sentence that documents of an origin are evidence for other facts, with a link to the first document."""
    words = site.language.nmarkup(
        "A document of %(name)s itself", "%(n)s documents of %(name)s itself", len(documents), name=_name(site, origin)
    )
    link = text_link(site.record_url("document", documents[0].id), words)
    return site.language.nmarkup(*_FOR_OTHER_FACTS, len(documents), document=link)


def _name(site: Site, origin: str) -> Markup:
    return escape(site.language.phrase(origin) or "") or site.foreign(origin)


def _with_article(text: str, origin: str) -> str:
    """Return an origin, with a lower-case “the” if the text has this article before it."""
    return f"the {origin}" if re.search(rf"\bthe\s+{re.escape(origin)}", text, re.IGNORECASE) else origin
