"""How many sources that do not copy one another tell of something: each publisher, cited document and copied text counts once.

What a claim comes from is its *origin*: the document that it cites, else its source. Two origins are one voice where they have
one publisher, are one document, or where what they tell of a record is the same text.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import NamedTuple

import duckdb

from overt.model.content import Catalogue
from overt.model.duckdb_connection import sql
from overt.model.values.document_addresses import normalize_address, registered_domain
from overt.release.text_copies import Text, copies
from overt.resolve.names import NameForms

_SQL = files("overt") / "release" / "sql" / "independence"
EDITORIAL = "editorial"
_ARCHIVES = {
    "archive.org",
    "archive.ph",
    "archive.is",
    "archive.today",
    "archive.vn",
    "archive.li",
    "archive.md",
    "archive.fo",
    "perma.cc",
}
"""Sites of what others publish."""
Value = tuple[str, str, str]
"""property, value (of a record its published id), unit or nothing"""


class Origin(NamedTuple):
    """Where a claim comes from."""

    source: str
    record: str
    document: str | None
    """Published id of the document that the claim cites."""


class Independence(NamedTuple):
    """How many independent sources tell of things, where it is not the number of publishers of their sources."""

    values: Mapping[str, Mapping[Value, int]]
    """By the thing's id."""
    things: Mapping[str, int]


def publishers(content: Catalogue, sources: Iterable[str]) -> dict[str, str]:
    """Who publishes each source, in a form that is equal for one publisher; a source without one is its own."""
    forms = NameForms()
    found = {slug: content.sources[slug].publisher if slug in content.sources else slug for slug in sources}
    return {slug: _publisher(forms, name) for slug, name in found.items()} | {EDITORIAL: EDITORIAL}


def independence(connection: duckdb.DuckDBPyConnection, content: Catalogue, sources: Iterable[str]) -> Independence:
    """What the claims shown as `claims_out` come from, of things for which a document is cited or whose texts are copied."""
    voices = _Voices(connection, content, sources)
    told: dict[str, dict[Value, set[Origin]]] = defaultdict(lambda: defaultdict(set))
    copied = _copied(connection)
    connection.execute("CREATE OR REPLACE TEMP TABLE copied_ids (id VARCHAR)")
    if copied:
        connection.executemany("INSERT INTO copied_ids VALUES (?)", [[identity] for identity in sorted(copied)])
    for identity, prop, value, unit, source, record, document in connection.execute(sql(_SQL, "origins")).fetchall():
        told[identity][prop, value, unit or ""].add(Origin(source, record, document))
    values, things = {}, {}
    for identity, held in told.items():
        pairs = copied.get(identity, ())
        values[identity] = {value: voices.count(origins, pairs) for value, origins in held.items()}
        things[identity] = voices.count({origin for origins in held.values() for origin in origins}, pairs)
    return Independence(values, things)


class _Voices:
    """What makes two origins one voice."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, content: Catalogue, sources: Iterable[str]) -> None:
        slugs = sorted(sources)
        forms = NameForms()
        self._publishers = publishers(content, slugs)
        self._own = {slug for slug in slugs if slug in content.sources and content.sources[slug].own}
        sites = {
            site: slug for slug in slugs if slug in content.sources and (site := registered_domain(content.sources[slug].address))
        }
        self._documents: dict[str, set[str]] = {}
        for identity, address, publisher in connection.execute(sql(_SQL, "documents")).fetchall():
            keys = {f"document {normalize_address(address) if address else identity}"}
            if publisher:
                keys.add(f"publisher {_publisher(forms, publisher)}")
            site = registered_domain(f"//{normalize_address(address)}") if address else ""
            if site in sites:  # what stands at the site of a source is that publisher's
                keys.add(f"publisher {self._publishers[sites[site]]}")
            elif site and not publisher and site not in _ARCHIVES:
                keys.add(f"site {site}")
            self._documents[identity] = keys

    def count(self, origins: Iterable[Origin], copied: Sequence[tuple[str, str]]) -> int:
        """How many voices these origins are. `copied`: pairs of records whose texts are one.

        A register of the project only passes on the documents that it cites: beside them it is no voice.
        """
        groups: list[set[str]] = []
        tied = [{f"text {one}", f"text {other}"} for one, other in copied]
        told = sorted(origins, key=str)
        citing = self._own & {origin.source for origin in told if origin.document is not None}
        for origin in (held for held in told if held.document is not None or held.source not in citing):
            keys = self._keys(origin)
            keys |= {f"text {origin.record}"} if any(f"text {origin.record}" in pair for pair in tied) else set()
            groups.append(keys)
        return len(_joined(groups, tied))

    def _keys(self, origin: Origin) -> set[str]:
        if origin.document is not None:
            return set(self._documents.get(origin.document) or {f"document {origin.document}"})
        return {f"publisher {self._publishers.get(origin.source, origin.source)}"}


def _joined(groups: Sequence[set[str]], ties: Sequence[set[str]]) -> list[set[str]]:
    """Groups with a key in common, or whose keys a tie brings together, are one; ties by themselves are none."""
    found: list[set[str]] = []
    told = set().union(*groups) if groups else set()
    for group in [*groups, *(tie for tie in ties if tie <= told)]:
        met = [held for held in found if held & group]
        found = [held for held in found if not held & group] + [set(group).union(*met)]
    return found


def _copied(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, str]]]:
    """By thing, the pairs of its records, of two sources, whose texts are copies of one another."""
    texts: dict[str, dict[str, Text]] = defaultdict(dict)
    for identity, record, said in connection.execute(sql(_SQL, "texts")).fetchall():
        texts[identity][record] = Text(said)
    found = {identity: copies(held) for identity, held in texts.items() if len(held) > 1}
    return {identity: pairs for identity, pairs in found.items() if pairs}


def _publisher(forms: NameForms, name: str) -> str:
    """A publisher's name without what stands in brackets, a legal form, case and punctuation."""
    plain = re.sub(r"\s*[(（][^)）]*[)）]", "", name).strip() or name
    return forms.key(plain) or plain.casefold()
