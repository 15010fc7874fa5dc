"""Every domain that a list names, in files so small that a reader who asks for one loads but one of them.

A script reads them (`web/src/edition/domain-lookup.ts`). Which file a domain is in follows from its name alone: FNV-1a of 32 bits
(draft-eastlake-fnv), which is a few lines in any language and needs no secure context, as pages on a disk are none.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from typing import Any

import orjson

from overt.edition.search_files import script
from overt.queries import blocklists as observed
from overt.queries.database import Row
from overt.site.site import Site

FOLDER = "domain/lists"
_SIZE = 48_000
"""Bytes that a file has on average, at most."""
_EPISODES = """
    SELECT domain, source, series, "start", "end", measurements, first_listed FROM observations
    ORDER BY domain, source, series, first_listed
"""


def lookup_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The files, with their names below the edition's folder: `index` says how many others there are, and of which country each
    series is and what it is called, in English and Chinese; of each domain the others have its episodes: the number of the
    series, and if that has days when it began and ended (EDTF), and on how many lists it was.
    """
    with site.database.lease() as reader:
        series = observed.series(reader)
    numbers = {(row["source"], row["series"]): at for at, row in enumerate(series)}
    held = list(_domains(site, numbers))
    count = 1
    while count * _SIZE < sum(len(body) for _, body in held):
        count *= 2
    parts: list[list[bytes]] = [[] for _ in range(count)]
    for name, body in held:
        parts[number_of(name, count)].append(body)
    for at, part in enumerate(parts):
        yield _file(f"{at:x}", orjson.Fragment(b"{" + b",".join(part) + b"}"))
    yield _file("index", {"files": count, "series": [_called(site, row) for row in series]})


def _called(site: Site, series: Row) -> tuple[str, str]:
    """As the server's page of a domain has it."""
    area = site.words.areas[series["country"]]
    english, chinese = area["label"], area["other"]
    if site.language.code != "en":
        english, chinese = chinese, english
    return f"{english}: {series['label']}", f"{chinese}：{series['label_zh'] or series['label']}"


def number_of(name: str, count: int) -> int:
    """Which of `count` files a domain is in."""
    digest = 0x811C9DC5
    for sign in name.encode():
        digest = (digest ^ sign) * 0x01000193 & 0xFFFFFFFF
    return digest % count


def _file(name: str, held: Any) -> tuple[str, bytes]:
    return f"{FOLDER}/{name}.js", script(f"{FOLDER}/{name}", held)


def _domains(site: Site, numbers: dict[tuple[str, str], int]) -> Iterator[tuple[str, bytes]]:
    address = f"{site.prepared.database.resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        for domain, rows in groupby(connection.execute(_EPISODES), key=lambda row: str(row[0])):
            episodes = [
                [numbers[source, series], start, end, days] if first else [numbers[source, series]]
                for _, source, series, start, end, days, first in rows
            ]
            yield domain, orjson.dumps(domain) + b":" + orjson.dumps(episodes)
