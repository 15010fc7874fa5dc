"""The user's way out of all that a probe tried: by marks, and where there are none by who gave which address."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from overt.measure.facts_web import layers
from overt.measure.judging import Judge
from overt.measure.path import path
from overt.measure.reading import Document, documents
from overt.measure.rules import Rules
from tests.measure.generated import HOST, OTHER, PLAIN, SECURE, SITE, connect, exchange, handshake, query
from tests.measure.test_judging import LABELLED
from tests.measure.web_made import SIX, WWW, WWW_URL, at, moved, tags

_PARTS = ("queries", "tcp_connect", "tls_handshakes", "requests")


def way(tested: str, told: tuple[str, ...] = (), **keys: Any) -> dict[str, list[Any]]:
    return path(layers(keys), tested, told)._asdict()


def test_marks_alone_count_where_there_are_any() -> None:
    found = way(SECURE, tcp_connect=[connect(SITE, 443) | tags(), connect(OTHER, 443) | tags(classic=False)])
    assert [one.address for one in found["tcp"]] == [SITE]


def test_addresses_that_others_gave_are_no_user_s() -> None:
    asked = [query(HOST, [SITE]), query(HOST, [SITE, OTHER], engine="udp"), query(HOST, [SIX], engine="doh")]
    tried = [connect(one, 443) for one in (SITE, OTHER, SIX, "192.0.2.7")]
    shakes = [handshake(HOST, SITE), handshake(HOST, OTHER)]
    found = way(SECURE, ("192.0.2.7",), queries=asked, tcp_connect=tried, tls_handshakes=shakes)
    assert [one.address for one in found["tcp"]] == [SITE]
    assert [one.endpoint for one in found["tls"]] == [f"{SITE}:443"]
    assert len(found["dns"]) == 1


def test_steps_are_counted_by_servers() -> None:
    found = way(
        PLAIN,
        queries=[query(HOST, [SITE]), query(WWW, [OTHER])],
        tcp_connect=[connect(SITE, 80), connect(SITE, 443), connect(OTHER, 443)],
        tls_handshakes=[handshake(HOST, SITE), handshake(WWW, OTHER)],
        requests=[exchange(WWW_URL + "en/"), moved(WWW_URL, WWW_URL + "en/"), moved(PLAIN, WWW_URL)],
    )
    assert [one.depth for one in found["http"]] == [1, 1, 0]
    assert [(one.host, one.depth) for one in found["dns"]] == [(HOST, 0), (WWW, 1)]
    assert [(one.depth, one.page) for one in found["tcp"]] == [(0, True), (0, False), (1, True)]
    assert [(one.depth, one.page) for one in found["tls"]] == [(0, False), (1, True)]


def test_the_first_versions_tell_the_oldest_page_first() -> None:
    found = way(PLAIN, requests=[moved(PLAIN, WWW_URL), exchange(WWW_URL)])
    assert [one.url for one in found["http"]] == [WWW_URL, PLAIN]


@pytest.mark.parametrize("tested", ["", "http://[", "//", "\x00", "http://:99999999/", "news.example", "x" * 3000])
def test_an_input_that_is_no_address(tested: str) -> None:
    found = way(tested, tcp_connect=[connect(SITE, 443)], requests=[moved(SECURE, "http://[")])
    assert len(found["tcp"]) == len(found["http"]) == 1


def test_what_is_behind_a_redirect_that_no_user_gets() -> None:
    found = way(SECURE, requests=[at(OTHER, exchange(WWW_URL)) | tags(1)], tcp_connect=[connect(SITE, 443) | tags()])
    assert not found["http"] and len(found["tcp"]) == 1


def test_entries_behind_redirects_stay_where_no_page_was_published() -> None:
    found = way(SECURE, requests=None, tcp_connect=[connect(SITE, 443) | tags(), connect(OTHER, 443) | tags(1)])
    assert [one.depth for one in found["tcp"]] == [0, 1]


def _without_marks(entry: dict[str, Any]) -> None:
    entry["tags"] = [tag for tag in entry.get("tags") or () if tag != "classic"]


def _without_tags(entry: dict[str, Any]) -> None:
    entry["tags"] = []


@pytest.mark.data
@pytest.mark.parametrize("act", [_without_marks, _without_tags], ids=["no marks (to 0.5.27)", "no tags (to 0.5.26)"])
def test_labelled_ones_keep_their_verdict_as_older_probes_would_have_written_them(
    data: Path, act: Callable[[dict[str, Any]], None]
) -> None:
    judge = Judge(Rules.load())
    for document in documents([str(data / "ooni" / "qa")]):
        made, expected = json.loads(document.data), LABELLED["qa"][Path(document.file).stem]
        for part in _PARTS:
            for entry in made["test_keys"].get(part) or ():
                act(entry)
        found = judge.judge(Document(document.file, "", json.dumps(made).encode()))
        assert (found.verdict, found.mechanism) == (expected["verdict"], expected.get("mechanism")), found
