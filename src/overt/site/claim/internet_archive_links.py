"""Addresses at which the Internet Archive lists its copies of the documents that a claim cites."""

from collections.abc import Iterable
from urllib.parse import quote, urldefrag

from overt.language.number_and_money_formats import web_address
from overt.model.values.document_url_normalization import is_in_web_archive, normalize_address
from overt.queries.rows.records import Claim, Record

_COPIES = "https://web.archive.org/web/*/"
_ADDRESS_CHARACTERS = "%:/?[]@!$&'()*+,;=~"
"""Characters of an address that must not be escaped: its punctuation, and `%`, because it may begin an escaped character."""


def archived_copies(claim: Claim, documents: Iterable[Record]) -> dict[str, str]:
    """Return the address of the list of copies of each document that a claim cites, by the document's id.

    Three sorts of documents are left out: those without an http or https address, those with an address in a web archive, and
    those that were themselves retrieved as evidence of the claim. An address may lead to an empty list, because the Internet
    Archive may have no copy.
    """
    retrieved = {normalize_address(place.address or "") for place in claim.places if web_address(place.address)}
    copies = {}
    for document in documents:
        address = web_address(document.value("url"))
        if address and not is_in_web_archive(address) and normalize_address(address) not in retrieved:
            copies[document.id] = _COPIES + quote(urldefrag(address).url, safe=_ADDRESS_CHARACTERS)
    return copies
