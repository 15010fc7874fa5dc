"""Documents that an entry cites for its values."""

from dataclasses import dataclass
from typing import Any

from overt.ledger import SourceDocument
from overt.model.content_catalogue import Catalogue
from overt.model.errors import ValueProblem
from overt.model.spelling_suggestions import similar_hint
from overt.model.values.canonical_texts_urls_and_identifiers import canonical_url
from overt.resolve.additions.entry_field_normalization import plain_text

DOCUMENT_KEYS = ("title", "url", "place", "publisher", "published", "lang")
DETAILS = ("publisher", "published", "lang")
"""Keys that become properties of the document's own record."""


@dataclass(frozen=True)
class EntryDocuments:
    """The documents of an entry, or of a part of an entry."""

    default: tuple[SourceDocument, ...]
    details: tuple[tuple[SourceDocument, str, str], ...] = ()
    """The DETAILS that the entry gives for its documents, each as a document, a key and a value."""


def read_documents(content: Catalogue, data: Any, problems: list[str]) -> EntryDocuments:
    """Return the documents under `document:` that have a title and a place, and no invalid value.

    A missing document, missing and unknown keys, and the first invalid value of each document are added to `problems`.
    """
    documents, details = [], []
    for item in data if isinstance(data, list) and data else [data]:
        if not isinstance(item, dict):
            problems.append("document: is missing; write its `title:`, the `place:` in it (page, section) and its `url:`")
            continue
        problems += [
            f"document: there is no key {key!r}{similar_hint(str(key), DOCUMENT_KEYS)}; use {', '.join(DOCUMENT_KEYS)}"
            for key in item
            if key not in DOCUMENT_KEYS
        ]
        missing = [key for key in ("title", "place") if not str(item.get(key) or "").strip()]
        problems += [f"document: {key}: is missing" for key in missing]
        try:
            texts = {key: text for key in DOCUMENT_KEYS if (text := plain_text(item.get(key)))}
            url = canonical_url(texts["url"]) if "url" in texts else None
            further = [(key, _canonical(content, key, texts[key])) for key in DETAILS if key in texts]
        except ValueProblem as error:
            problems.append(f"document: {error}")
            continue
        if not missing:
            document = SourceDocument(texts["title"], texts["place"], url)
            documents.append(document)
            details += [(document, key, value) for key, value in further]
    return EntryDocuments(tuple(documents), tuple(details))


def _canonical(content: Catalogue, name: str, text: str) -> str:
    return content.canonical(content.schema.types["document"].properties[name], text)[0]
