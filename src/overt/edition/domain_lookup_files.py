"""All domains on any blocklist, in small files, so that looking up a domain loads only one of them and an index.

A script reads them (`web/src/edition/domain-lookup.ts`). A hash of the domain's name determines the file: 32-bit FNV-1a
(draft-eastlake-fnv), which takes a few lines in any language. Browsers offer hash functions of their own only in secure contexts.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from typing import Any

import orjson

from overt.edition.javascript_data import script
from overt.queries.blocking import blocklists as observed
from overt.queries.blocking.blocklists import ObservedSeries
from overt.site.site import Site

FOLDER = "domain/lists"
_SIZE = 48_000
"""Maximum average size of a file, in bytes."""
_EPISODES = """
    SELECT domain, source, series, "start", "end", measurements, first_listed FROM observations
    ORDER BY domain, source, series, first_listed
"""


def lookup_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the name (below the edition's folder) and the content of each file.

    The file `index` has the number of other files, and the name of each series, with its country, in English and Chinese. The
    other files have the episodes of each domain: the number of the series and, if its lists are dated, start and end (EDTF) and
    the number of days with a list that contains the domain.
    """
    with site.database.lease() as reader:
        series = observed.series(reader)
    numbers = {(row.source, row.series): at for at, row in enumerate(series)}
    domains = list(_domains(site, numbers))
    count = 1
    while count * _SIZE < sum(len(body) for _, body in domains):
        count *= 2
    parts: list[list[bytes]] = [[] for _ in range(count)]
    for name, body in domains:
        parts[number_of(name, count)].append(body)
    for at, part in enumerate(parts):
        yield _file(f"{at:x}", orjson.Fragment(b"{" + b",".join(part) + b"}"))
    yield _file("index", {"files": count, "series": [_series_names(site, row) for row in series]})


def _series_names(site: Site, series: ObservedSeries) -> tuple[str, str]:
    """Return the English and the Chinese name of a series, as on the page of a domain."""
    area = site.words.areas[series.country]
    english, chinese = area.label, area.other
    if site.language.code != "en":
        english, chinese = chinese, english
    return f"{english}: {series.label}", f"{chinese}：{series.label_zh or series.label}"


def number_of(name: str, count: int) -> int:
    """Return the number (below `count`) of the file that contains a domain."""
    digest = 0x811C9DC5
    for byte in name.encode():
        digest = (digest ^ byte) * 0x01000193 & 0xFFFFFFFF
    return digest % count


def _file(name: str, data: Any) -> tuple[str, bytes]:
    return f"{FOLDER}/{name}.js", script(f"{FOLDER}/{name}", data)


def _domains(site: Site, numbers: dict[tuple[str, str], int]) -> Iterator[tuple[str, bytes]]:
    address = f"{site.prepared.database.resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        for domain, rows in groupby(connection.execute(_EPISODES), key=lambda row: str(row[0])):
            episodes = [
                [numbers[source, series], start, end, days] if first else [numbers[source, series]]
                for _, source, series, start, end, days, first in rows
            ]
            yield domain, orjson.dumps(domain) + b":" + orjson.dumps(episodes)
