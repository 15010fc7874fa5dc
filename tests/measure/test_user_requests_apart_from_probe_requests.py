"""The user's requests are told apart from a probe's other requests, by tags or by the resolver that returned an address."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from overt.measure.facts.requests_a_browser_would_make import user_requests
from overt.measure.measurement_file_reader import Document, read_documents
from overt.measure.measurement_judge import Judge
from overt.measure.observations_by_protocol_layer import parse_layers
from overt.measure.verdict_rules import Rules
from tests.measure.scenarios.measurement_parts import HOST, OTHER, PLAIN, SECURE, SITE, connect, exchange, handshake, query
from tests.measure.scenarios.web_measurement_parts import SIX, WWW, WWW_URL, at, moved, tags
from tests.measure.test_basic_and_labelled_verdicts import LABELLED

_PARTS = ("queries", "tcp_connect", "tls_handshakes", "requests")


def path(tested: str, helper_addresses: tuple[str, ...] = (), **keys: Any) -> dict[str, list[Any]]:
    return user_requests(parse_layers(keys), tested, helper_addresses)._asdict()


def test_only_tagged_entries_count_if_there_are_tags() -> None:
    layers = path(SECURE, tcp_connect=[connect(SITE, 443) | tags(), connect(OTHER, 443) | tags(classic=False)])
    assert [entry.address for entry in layers["tcp"]] == [SITE]


def test_addresses_of_other_resolvers_are_left_out() -> None:
    queries = [query(HOST, [SITE]), query(HOST, [SITE, OTHER], engine="udp"), query(HOST, [SIX], engine="doh")]
    connections = [connect(address, 443) for address in (SITE, OTHER, SIX, "192.0.2.7")]
    handshakes = [handshake(HOST, SITE), handshake(HOST, OTHER)]
    layers = path(SECURE, ("192.0.2.7",), queries=queries, tcp_connect=connections, tls_handshakes=handshakes)
    assert [entry.address for entry in layers["tcp"]] == [SITE]
    assert [entry.endpoint for entry in layers["tls"]] == [f"{SITE}:443"]
    assert len(layers["dns"]) == 1


def test_redirects_are_counted_by_servers() -> None:
    layers = path(
        PLAIN,
        queries=[query(HOST, [SITE]), query(WWW, [OTHER])],
        tcp_connect=[connect(SITE, 80), connect(SITE, 443), connect(OTHER, 443)],
        tls_handshakes=[handshake(HOST, SITE), handshake(WWW, OTHER)],
        requests=[exchange(WWW_URL + "en/"), moved(WWW_URL, WWW_URL + "en/"), moved(PLAIN, WWW_URL)],
    )
    assert [entry.depth for entry in layers["http"]] == [1, 1, 0]
    assert [(entry.host, entry.depth) for entry in layers["dns"]] == [(HOST, 0), (WWW, 1)]
    assert [(entry.depth, entry.for_page) for entry in layers["tcp"]] == [(0, True), (0, False), (1, True)]
    assert [(entry.depth, entry.for_page) for entry in layers["tls"]] == [(0, False), (1, True)]


def test_pages_of_the_first_versions_are_reversed() -> None:
    layers = path(PLAIN, requests=[moved(PLAIN, WWW_URL), exchange(WWW_URL)])
    assert [entry.url for entry in layers["http"]] == [WWW_URL, PLAIN]


@pytest.mark.parametrize("tested", ["", "http://[", "//", "\x00", "http://:99999999/", "news.example", "x" * 3000])
def test_an_input_that_is_not_a_url_changes_nothing(tested: str) -> None:
    layers = path(tested, tcp_connect=[connect(SITE, 443)], requests=[moved(SECURE, "http://[")])
    assert len(layers["tcp"]) == len(layers["http"]) == 1


def test_entries_behind_a_missing_redirect_are_left_out() -> None:
    layers = path(SECURE, requests=[at(OTHER, exchange(WWW_URL)) | tags(1)], tcp_connect=[connect(SITE, 443) | tags()])
    assert not layers["http"] and len(layers["tcp"]) == 1


def test_entries_behind_redirects_stay_if_there_are_no_pages() -> None:
    layers = path(SECURE, requests=None, tcp_connect=[connect(SITE, 443) | tags(), connect(OTHER, 443) | tags(1)])
    assert [entry.depth for entry in layers["tcp"]] == [0, 1]


def _without_classic_tag(entry: dict[str, Any]) -> None:
    entry["tags"] = [tag for tag in entry.get("tags") or () if tag != "classic"]


def _without_tags(entry: dict[str, Any]) -> None:
    entry["tags"] = []


@pytest.mark.data
@pytest.mark.parametrize("change", [_without_classic_tag, _without_tags], ids=["not classic (to 0.5.27)", "no tags (to 0.5.26)"])
def test_labelled_measurements_keep_their_verdict_without_newer_tags(
    data: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    judge = Judge(Rules.load())
    for document in read_documents([str(data / "ooni" / "qa")]):
        measurement, expected = json.loads(document.data), LABELLED["qa"][Path(document.file).stem]
        for part in _PARTS:
            for entry in measurement["test_keys"].get(part) or ():
                change(entry)
        finding = judge.judge(Document(document.file, "", json.dumps(measurement).encode()))
        assert (finding.verdict, finding.mechanism) == (expected["verdict"], expected.get("mechanism")), finding
