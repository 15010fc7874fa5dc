"""Independent sources: each publisher, cited document and copied text counts once.

The *origin* of a claim is the document that it cites, or its source if it cites none. Two origins count as one voice if they have
the same publisher, are the same document, or give the same text for a record.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import duckdb

from overt.model.catalogue import Catalogue
from overt.model.record_ids import EDITORIAL_SOURCE
from overt.model.values.document_addresses import normalize_address, registered_domain
from overt.release.copied_texts import ComparableText, copied_pairs
from overt.release.release_queries import release_query
from overt.resolve.names import NameKeys

_WEB_ARCHIVES = {
    "archive.org", "archive.ph", "archive.is", "archive.today", "archive.vn", "archive.li", "archive.md", "archive.fo",
    "perma.cc",
}  # fmt: skip
"""Sites that archive copies of other sites' pages."""
Value = tuple[str, str, str]
"""Property, value (the published id if it is a record), and unit (empty if there is none)."""


class Origin(NamedTuple):
    """The origin of a claim."""

    source: str
    record: str
    document: str | None
    """Published id of the document that the claim cites."""


class IndependentSources(NamedTuple):
    """Numbers of independent sources, for values and records where they can differ from the number of publishers."""

    values: Mapping[str, Mapping[Value, int]]
    """By record id and value."""
    records: Mapping[str, int]
    """By record id."""


def publisher_keys(content: Catalogue, sources: Iterable[str]) -> dict[str, str]:
    """Return a key for the publisher of each source; sources of one publisher have equal keys. A source without a publisher is
    its own publisher.
    """
    forms = NameKeys()
    names = {slug: content.sources[slug].publisher if slug in content.sources else slug for slug in sources}
    return {slug: _publisher_key(forms, name) for slug, name in names.items()} | {EDITORIAL_SOURCE: EDITORIAL_SOURCE}


def count_independent_sources(
    connection: duckdb.DuckDBPyConnection, content: Catalogue, sources: Iterable[str]
) -> IndependentSources:
    """Count the independent sources of records that cite a document or have copied texts.

    The claims are read from the view `claims_out`.
    """
    voices = _Voices(connection, content, sources)
    origins: dict[str, dict[Value, set[Origin]]] = defaultdict(lambda: defaultdict(set))
    copied = _copied_texts(connection)
    connection.execute("CREATE OR REPLACE TEMP TABLE copied_ids (id VARCHAR)")
    if copied:
        connection.executemany("INSERT INTO copied_ids VALUES (?)", [[identity] for identity in sorted(copied)])
    for row in connection.execute(release_query("independent_sources.origins")).fetchall():
        identity, prop, value, unit, source, record, document = row
        origins[identity][prop, value, unit or ""].add(Origin(source, record, document))
    values, records = {}, {}
    for identity, by_value in origins.items():
        pairs = copied.get(identity, ())
        values[identity] = {value: voices.count(of_value, pairs) for value, of_value in by_value.items()}
        records[identity] = voices.count({origin for of_value in by_value.values() for origin in of_value}, pairs)
    return IndependentSources(values, records)


class _Voices:
    """The keys of origins; origins that share a key are one voice."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, content: Catalogue, sources: Iterable[str]) -> None:
        slugs = sorted(sources)
        forms = NameKeys()
        self._publishers = publisher_keys(content, slugs)
        self._own_registers = {slug for slug in slugs if slug in content.sources and content.sources[slug].own}
        sites = {
            site: slug for slug in slugs if slug in content.sources and (site := registered_domain(content.sources[slug].address))
        }
        self._documents: dict[str, set[str]] = {}
        for identity, address, publisher in connection.execute(release_query("independent_sources.documents")).fetchall():
            keys = {f"document {normalize_address(address) if address else identity}"}
            if publisher:
                keys.add(f"publisher {_publisher_key(forms, publisher)}")
            site = registered_domain(f"//{normalize_address(address)}") if address else ""
            if site in sites:  # A document on a source's site has the publisher of that source.
                keys.add(f"publisher {self._publishers[sites[site]]}")
            elif site and not publisher and site not in _WEB_ARCHIVES:
                keys.add(f"site {site}")
            self._documents[identity] = keys

    def count(self, origins: Iterable[Origin], copied: Sequence[tuple[str, str]]) -> int:
        """Return the number of voices among these origins.

        `copied`: pairs of records with the same text. A register of our own that cites a document only passes it on, so it is not
        a separate voice.
        """
        groups: list[set[str]] = []
        ties = [{f"text {left}", f"text {right}"} for left, right in copied]
        ordered = sorted(origins, key=str)
        citing = self._own_registers & {origin.source for origin in ordered if origin.document is not None}
        for origin in ordered:
            if origin.document is None and origin.source in citing:
                continue
            keys = self._keys(origin)
            keys |= {f"text {origin.record}"} if any(f"text {origin.record}" in pair for pair in ties) else set()
            groups.append(keys)
        return len(_merge_groups(groups, ties))

    def _keys(self, origin: Origin) -> set[str]:
        if origin.document is not None:
            return set(self._documents.get(origin.document) or {f"document {origin.document}"})
        return {f"publisher {self._publishers.get(origin.source, origin.source)}"}


def _merge_groups(groups: Sequence[set[str]], ties: Sequence[set[str]]) -> list[set[str]]:
    """Merge groups that share a key, or that a tie between two keys connects. Ties with a key in no group are ignored."""
    merged: list[set[str]] = []
    keys = set().union(*groups) if groups else set()
    for group in [*groups, *(tie for tie in ties if tie <= keys)]:
        overlapping = [other for other in merged if other & group]
        merged = [other for other in merged if not other & group] + [set(group).union(*overlapping)]
    return merged


def _copied_texts(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, str]]]:
    """Return, by record id, the pairs of its members whose texts are copies of each other."""
    texts: dict[str, dict[str, ComparableText]] = defaultdict(dict)
    for identity, record, text in connection.execute(release_query("independent_sources.texts")).fetchall():
        texts[identity][record] = ComparableText(text)
    copied = {identity: copied_pairs(of_record) for identity, of_record in texts.items() if len(of_record) > 1}
    return {identity: pairs for identity, pairs in copied.items() if pairs}


def _publisher_key(forms: NameKeys, name: str) -> str:
    """Return a publisher's name without brackets, legal form, case and punctuation."""
    plain = re.sub(r"\s*[(（][^)）]*[)）]", "", name).strip() or name
    return forms.key(plain) or plain.casefold()
