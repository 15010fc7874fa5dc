"""Counts separate sources: each publisher, cited document and copied text counts once.

The *origin* of a claim is the document that it cites, or its source if it cites none. Two origins count as one voice if they have
the same publisher, are the same document, report the same announcement, or give the same text for a record. A document that cites
another only passes it on. A collection of other publishers' reports counts only if there are no other voices.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import duckdb

from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from overt.model.geography.country_name_lookup import CountryNames
from overt.model.record_ids import EDITORIAL_SOURCE
from overt.model.values.document_url_normalization import WEB_ARCHIVES, normalize_address, registered_domain
from overt.release.release_sql import release_query
from overt.release.source_independence.near_duplicate_texts import ComparableText, copied_pairs
from overt.release.source_independence.publisher_names import is_area, publisher_key, publisher_keys_of, read_publisher
from overt.release.source_independence.same_and_cited_documents import (
    Document,
    cited_documents,
    same_documents,
)
from overt.release.source_independence.shared_announcements import ANNOUNCED, Announced, announcement_keys
from overt.resolve.names import NameKeys

Value = tuple[str, str, str]
"""Property, value (the published id if it is a record), and unit (empty if there is none)."""


class Origin(NamedTuple):
    """Where a claim comes from: the document that it cites or, if it cites none, its source."""

    source: str
    record: str
    """Id of the source record that the claim is about."""
    document: str | None
    """Published id of the document that the claim cites; None if it cites none."""


class IndependentSources(NamedTuple):
    """Numbers of separate sources. Values and records are left out if their number can't differ from that of publishers."""

    values: Mapping[str, Mapping[Value, int]]
    """The number for each value of a record, by record id."""
    records: Mapping[str, int]
    """The number for each record, by record id."""


def publisher_keys(content: Catalogue, sources: Iterable[str]) -> dict[str, str]:
    """Return a key for each source's publisher, and one for editors' claims; sources of one publisher have equal keys.

    A source that content doesn't define, or whose publisher isn't named (“Government”), is its own publisher.
    """
    forms, countries = NameKeys(), content.areas.names
    names = {slug: content.sources[slug].publisher if slug in content.sources else slug for slug in sources}
    return {slug: publisher_key(forms, name, countries) or slug for slug, name in names.items()} | {
        EDITORIAL_SOURCE: EDITORIAL_SOURCE
    }


def count_independent_sources(
    connection: duckdb.DuckDBPyConnection,
    content: Catalogue,
    sources: Iterable[str],
    *,
    condition: str = "true",
    voices: "Voices | None" = None,
) -> IndependentSources:
    """Count the separate sources of records that have copied texts or a claim that cites a document.

    The claims are read from the view `claims_out`. `condition`: an SQL condition on the `id` of the records that are counted.
    `voices`: the voices of the documents, if they have been computed already. Creates the temporary table `copied_ids`.
    """
    voices = voices or Voices(connection, content, sources)
    origins: dict[str, dict[Value, set[Origin]]] = defaultdict(lambda: defaultdict(set))
    copied = _copied_texts(connection, condition)
    connection.execute("CREATE OR REPLACE TEMP TABLE copied_ids (id VARCHAR)")
    if copied:
        connection.executemany("INSERT INTO copied_ids VALUES (?)", [[identity] for identity in sorted(copied)])
    for row in connection.execute(release_query("independent_sources.origins", condition=condition)).fetchall():
        identity, prop, value, unit, source, record, document = row
        origins[identity][prop, value, unit or ""].add(Origin(source, record, document))
    values, records = {}, {}
    for identity, by_value in origins.items():
        pairs = copied.get(identity, ())
        values[identity] = {value: voices.count(of_value, pairs) for value, of_value in by_value.items()}
        records[identity] = voices.count({origin for of_value in by_value.values() for origin in of_value}, pairs)
    for identity, apart in denied_origins(connection, condition).items():
        if identity in records:
            # The documents of a denial don't support the project, but the source that names it counts.
            records[identity] = max(1, voices.count(apart, copied.get(identity, ())))
    return IndependentSources(values, records)


def denied_origins(connection: duckdb.DuckDBPyConnection, condition: str = "true") -> dict[str, set[Origin]]:
    """Return, for each project that a claim calls denied, the origins of its kinds and participants apart from the denial.

    The set is empty for a project without other origins. `condition`: an SQL condition on the `id` of the projects.
    """
    origins: dict[str, set[Origin]] = {}
    for (project,) in connection.execute(release_query("denied_projects.denied", condition=condition)).fetchall():
        origins[project] = set()
    if origins:
        for project, source, record, document in connection.execute(
            release_query("denied_projects.origins", condition=condition)
        ).fetchall():
            origins[project].add(Origin(source, record, document))
    return origins


class Voice(NamedTuple):
    """The keys of an origin; origins that share a key are one voice."""

    keys: frozenset[str]
    passes_on: frozenset[str] = frozenset()
    """Keys of what the origin cites. If one of them belongs to another voice, this origin is not a voice of its own."""
    collects: bool = False
    """Whether the origin is a collection of other publishers' reports. It counts only if all other voices are collections."""


class Voices:
    """Counts how many independent voices a set of origins has. The documents are read from the view `claims_out`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, content: Catalogue, sources: Iterable[str]) -> None:
        slugs = sorted(sources)
        self._publishers = publisher_keys(content, slugs)
        self._own_registers = {slug for slug in slugs if slug in content.sources and content.sources[slug].own}
        sites = {
            site: slug for slug in slugs if slug in content.sources and (site := registered_domain(content.sources[slug].address))
        }
        site_publishers = {site: self._publishers[slug] for site, slug in sites.items()}
        self._documents = document_voices(_read_documents(connection), content.areas.names, site_publishers)

    def count(self, origins: Iterable[Origin], copied: Sequence[tuple[str, str]]) -> int:
        """Count the voices among these origins.

        `copied`: pairs of records with the same text. A register of our own that cites a document only passes it on, so it is not
        a separate voice.
        """
        voices: list[Voice] = []
        ties = [{f"text {left}", f"text {right}"} for left, right in copied]
        ordered = sorted(origins, key=str)
        citing = self._own_registers & {origin.source for origin in ordered if origin.document is not None}
        for origin in ordered:
            if origin.document is None and origin.source in citing:
                continue
            voice = self._voice(origin)
            if any(f"text {origin.record}" in pair for pair in ties):
                voice = voice._replace(keys=voice.keys | {f"text {origin.record}"})
            voices.append(voice)
        return count_voices(voices, ties)

    def _voice(self, origin: Origin) -> Voice:
        if origin.document is not None:
            return self._documents.get(origin.document) or Voice(frozenset({f"document {origin.document}"}))
        return Voice(frozenset({f"publisher {self._publishers.get(origin.source, origin.source)}"}))


def document_voices(
    documents: Mapping[str, Document], countries: CountryNames | None, site_publishers: Mapping[str, str] | None = None
) -> dict[str, Voice]:
    """Return the voice of each document, by id.

    `countries`: names of countries. In brackets, such a name isn't a publisher; after a publisher's name, it marks a national
    section. `site_publishers`: publisher keys by registered domain, for the documents on these sites.
    """
    forms = NameKeys()
    same: dict[str, set[str]] = defaultdict(set)
    for left, right in same_documents(list(documents.values()), forms, countries):
        pair = f"same {left} {right}"
        same[left].add(pair)
        same[right].add(pair)
    own = {identity: {f"document {document.address or identity}", *same[identity]} for identity, document in documents.items()}
    cited = cited_documents(documents)
    voices = {}
    for identity, document in documents.items():
        names = [read_publisher(forms, publisher) for publisher in document.publishers]
        keys, site = set(own[identity]), registered_domain(f"//{document.address}") if document.address else ""
        keys |= {f"publisher {key}" for each in names for key in publisher_keys_of(forms, each.outlets, countries)}
        if site_publishers and site in site_publishers:
            keys.add(f"publisher {site_publishers[site]}")
        elif site and not document.publishers and site not in WEB_ARCHIVES:
            keys.add(f"site {site}")
        # A country in brackets, as in "Nation (Kenya)", is not another publisher.
        bracketed = (name for each in names for name in each.bracketed if countries is None or not is_area(countries, name))
        origins = publisher_keys_of(forms, (*(name for each in names for name in each.origins), *bracketed), countries)
        passes_on = {f"publisher {key}" for key in origins}
        passes_on = passes_on.union(*(own.get(other, {f"document {other}"}) for other in cited[identity]))
        keys |= document.announcements
        voices[identity] = Voice(frozenset(keys), frozenset(passes_on - keys), document.collects)
    return voices


def count_voices(voices: Iterable[Voice], ties: Sequence[set[str]] = ()) -> int:
    """Count the independent voices.

    Voices that only pass on or repeat another don't count. Collections count only if there are no other voices.
    `ties`: pairs of keys whose voices count as one.
    """
    distinct = set(voices)
    reports = {voice for voice in distinct if not voice.collects} or distinct
    ordered = sorted(reports, key=lambda voice: (bool(voice.passes_on), sorted(voice.keys)))
    groups = _merge_groups([set(voice.keys) for voice in ordered if not voice.passes_on], ties)
    rest: list[Voice] = []
    for voice in ordered:
        if voice.passes_on:
            origin = next((group for group in groups if group & voice.passes_on), None)
            if origin is None:
                rest.append(voice)
            else:
                origin |= voice.keys
    return len(_merge_groups([*groups, *(set(voice.keys | voice.passes_on) for voice in rest)], ties))


def repeated_voices(voices: Mapping[str, Voice]) -> dict[str, str]:
    """Return the ids of voices that depend on another voice, each with the id of that voice.

    A voice that cites what another publishes passes it on. A voice that shares a key with an earlier one, or cites the same
    third party, repeats it. A collection repeats what it cites if that is among the voices, and otherwise the first voice that
    isn't a collection.
    """
    ordered = sorted(voices.items(), key=lambda entry: entry[1].collects)
    repeats: dict[str, str] = {}
    for position, (identity, voice) in enumerate(ordered):
        sources = (entry for entry in ordered if voice.collects or not entry[1].collects)
        cited = (other for other, its in sources if repeats.get(other) != identity and its.keys & voice.passes_on)
        earlier = (
            other
            for other, its in ordered[:position]
            if repeats.get(other) != identity and (its.keys & voice.keys or its.passes_on & voice.passes_on)
        )
        first = ordered[0][0] if voice.collects and not ordered[0][1].collects else None
        if origin := next(cited, None) or first or next(earlier, None):
            repeats[identity] = origin
    return repeats


def _read_documents(connection: duckdb.DuckDBPyConnection) -> dict[str, Document]:
    rows = connection.execute(release_query("independent_sources.documents")).fetchall()
    dates = {identity: published or "" for identity, _, _, _, published, _, _ in rows}
    kinds = ", ".join(map(quote_literal, ANNOUNCED))
    reports = connection.execute(release_query("independent_sources.announcements", kinds=kinds)).fetchall()
    announcements = announcement_keys(
        Announced(record, document, kind, dates.get(document, "")) for record, document, kind in reports
    )
    return {
        identity: Document(
            identity,
            normalize_address(url) if url else "",
            title or "",
            tuple(publishers or ()),
            published or "",
            tuple(cites or ()),
            collects,
            announcements.get(identity, frozenset()),
        )
        for identity, url, title, publishers, published, cites, collects in rows
    }


def _merge_groups(groups: Sequence[set[str]], ties: Sequence[set[str]]) -> list[set[str]]:
    """Merge groups that share a key, or that a tie between two keys connects.

    Ties with a key that is in no group are ignored.
    """
    merged: list[set[str]] = []
    keys = set().union(*groups) if groups else set()
    for group in [*groups, *(tie for tie in ties if tie <= keys)]:
        overlapping = [other for other in merged if other & group]
        merged = [other for other in merged if not other & group] + [set(group).union(*overlapping)]
    return merged


def _copied_texts(connection: duckdb.DuckDBPyConnection, condition: str) -> dict[str, list[tuple[str, str]]]:
    """Return, by record id, the pairs of members whose texts are copies of each other."""
    texts: dict[str, dict[str, ComparableText]] = defaultdict(dict)
    for identity, record, text in connection.execute(release_query("independent_sources.texts", condition=condition)).fetchall():
        texts[identity][record] = ComparableText(text)
    copied = {identity: copied_pairs(of_record) for identity, of_record in texts.items() if len(of_record) > 1}
    return {identity: pairs for identity, pairs in copied.items() if pairs}
