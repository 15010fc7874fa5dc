"""Feeds in Atom (RFC 4287), and the entries and ids that JSON feeds share with them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

_ATOM = "http://www.w3.org/2005/Atom"


class Entry(NamedTuple):
    """One entry of a feed."""

    key: str
    """Key that identifies the entry. Equal keys give the same id in every feed."""
    title: str
    summary: str
    day: str
    """Date of the release, YYYY-MM-DD. Feeds do not depend on the clock."""
    address: str = ""
    """Address of the entry's page; empty if it has none, or if the site has no address."""
    category: str = ""


def feed(
    key: str,
    title: str,
    entries: Sequence[Entry],
    *,
    day: str,
    author: str,
    subtitle: str = "",
    language: str = "",
    address: str = "",
    own: str = "",
) -> bytes:
    """Encode a feed as UTF-8 XML. Equal arguments give equal bytes.

    `day`: the date of the last change, YYYY-MM-DD. `address`: the page that the feed is about. `own`: the feed's own address.
    `language`: a BCP 47 tag. Optional values are left out if they are empty. Ids are UUIDs made from `key` and the keys of the
    entries (RFC 4122, version 5), so that they stay the same when a site moves.
    """
    ElementTree.register_namespace("", _ATOM)
    root = _element(None, "feed")
    if language:
        root.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    _text(root, "title", title)
    if subtitle:
        _text(root, "subtitle", subtitle)
    _text(root, "id", urn(key))
    _text(root, "updated", f"{day}T00:00:00Z")
    _text(_element(root, "author"), "name", author)
    _links(root, address, own)
    for entry in entries:
        element = _element(root, "entry")
        _text(element, "title", entry.title)
        _text(element, "id", urn(entry.key))
        _text(element, "updated", f"{entry.day}T00:00:00Z")
        _links(element, entry.address, "")
        if entry.category:
            _element(element, "category").set("term", entry.category)
        _text(element, "summary", entry.summary)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _element(parent: ElementTree.Element | None, name: str) -> ElementTree.Element:
    tag = f"{{{_ATOM}}}{name}"
    return ElementTree.Element(tag) if parent is None else ElementTree.SubElement(parent, tag)


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    _element(parent, name).text = printable(text)


def _links(parent: ElementTree.Element, address: str, own: str) -> None:
    for relation, place in (("alternate", address), ("self", own)):
        if place:
            link = _element(parent, "link")
            link.set("rel", relation)
            link.set("href", place)


def printable(text: str) -> str:
    """Remove the characters that XML does not allow (XML 1.0, 2.2). Text from sources can contain any character."""
    return "".join(character for character in text if _allowed(ord(character)))


def _allowed(code: int) -> bool:
    return code in (0x9, 0xA, 0xD) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def urn(key: str) -> str:
    """Return an id for a key: its UUID (RFC 4122, version 5) as a URN. Equal keys have equal ids."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'overt:{key}')}"


def join_parts(parts: Iterable[str]) -> str:
    """Join the non-empty parts of a summary."""
    return " · ".join(part for part in parts if part)
