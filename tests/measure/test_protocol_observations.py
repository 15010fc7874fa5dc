"""Protocol layers: failures, addresses, sites and headers are read, attempts are combined, and long values are not cached."""

import pytest

from overt.measure.protocols import http, ip_addresses
from overt.measure.protocols import web_connectivity_entry_tags as entry_tags
from overt.measure.protocols.dns import combined_answer, parse_queries
from overt.measure.protocols.failures import entry_failure, failure_kind
from overt.measure.protocols.http import has_internal_host, is_challenge, parse_exchanges, same_site
from overt.measure.protocols.tcp import combined_failure, parse_connections
from tests.measure.scenarios.measurement_parts import BOGON, CHALLENGE, PLAIN, SITE, connect, exchange, query


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (None, "ok"),
        ("generic_timeout_error", "timeout"),
        ("connection_refused_error", "refused"),
        ("eof_error", "closed"),
        ("dns_name_error", "nxdomain"),
        ("android_dns_cache_no_data", "no-answer"),
        ("ssl_invalid_hostname", "certificate"),
        ("unknown_failure: net/http: TLS handshake timeout", "timeout"),
        ("unknown_failure: read tcp: connection reset by peer", "reset"),
        ("unknown_failure: remote error: tls: internal error", "handshake"),
        ("unknown_failure: stopped after too many redirects", "redirect-loop"),
        ("unknown_failure: lookup x: no such host", "nxdomain"),
        ("ssl_error: error:14094410", "handshake"),
        ("unknown_failure: read: connection timed out", "timeout"),
        (
            "unknown_failure: dial tcp: connectex: No connection could be made because the target machine actively refused it.",
            "refused",
        ),
        ("unknown_failure: wsarecv: An existing connection was forcibly closed by the remote host.", "reset"),
        ("unknown_failure: a connection attempt failed because the connected party did not properly respond", "timeout"),
        ("unknown_failure: lookup x: getaddrinfow: No such host is known.", "nxdomain"),
        ("unknown_failure: connect: no route to host", "unreachable"),
        ('unknown_failure: Get "/": stopped after 10 redirects', "redirect-loop"),
        ('unknown_failure: Get "x:": unsupported protocol scheme "x"', "bad-redirect"),
        ("unknown_failure 1000", "closed"),
        ("connection_aborted", "closed"),
        ("connection_done", "closed"),
        ("task_timed_out", "timeout"),
        ("tcp_timed_out_error", "timeout"),
        ("network_down", "unreachable"),
        ("connect_error", "other"),
        ("socks_host_unreachable", "other"),
        ("socks_connection_refused", "other"),
        ("socks_error", "other"),
        ("dns_lookup_error", "dns-unnamed"),
        ("dns_servfail_error", "dns-failed"),
        ("dns_name_failure", "dns-failed"),
        ("dns_bogon_error", "dns-bogon"),
        ("dns_temporary_failure", "dns-other"),
        ("address_family_not_supported_error", "other"),
        ("something new", "other"),
        ("", "odd"),
        (False, "odd"),
        (["connection_reset"], "odd"),
    ],
)
def test_failures_are_classified(failure: object, kind: str) -> None:
    assert failure_kind(failure) == kind


def test_an_entry_without_a_failure_is_odd() -> None:
    assert entry_failure({}) == "odd"
    (connection,) = parse_connections([{"ip": SITE, "port": 443, "status": {"failure": None}}])
    assert connection.failure == "odd"
    (connection,) = parse_connections([{"ip": SITE, "port": 443, "status": {"failure": False, "success": True}}])
    assert connection.failure == "ok"


def test_answers_are_combined() -> None:
    none6 = query("a.example", [], "dns_no_answer") | {"query_type": "AAAA"}
    assert combined_answer(parse_queries([none6, query("a.example", [SITE])]))[0] == "ok"
    assert combined_answer(parse_queries([none6, query("a.example", [], "dns_nxdomain_error")]))[0] == "nxdomain"
    assert combined_answer(parse_queries([query("a.example", [], "dns_nxdomain_error"), none6]))[0] == "nxdomain"
    assert combined_answer([]) == ("", set(), set())
    assert parse_queries([query("a.example", [])])[0].failure == "odd"


def test_attempts_are_combined() -> None:
    assert combined_failure(["unreachable", "timeout", "refused"]) == "timeout"
    assert combined_failure(["timeout", "ok"]) == "ok"
    assert combined_failure([]) == ""


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("example.org", "www.example.org", True),
        ("a.example.org", "b.example.org", True),
        ("example.org", "example.net", False),
        ("news.co.uk", "police.co.uk", False),
        ("news.co.uk", "www.news.co.uk", True),
        ("news.com.tr", "stop.gov.tr", False),
    ],
)
def test_same_site(first: str, second: str, same: bool) -> None:
    assert same_site(first, second) is same


def test_addresses_are_classified() -> None:
    for address in (BOGON, "127.0.0.1", "192.168.1.1", "::1", "0.0.0.0", "224.0.0.1", "fe80::1", "100.64.0.1"):
        assert ip_addresses.address_kind(address) == "bogon"
    assert ip_addresses.address_kind(SITE) == "public" and ip_addresses.address_kind("web01.example.") == "none"
    assert (
        has_internal_host("http://10.1.1.1/x")
        and not has_internal_host("http://example.org/")
        and not has_internal_host("http://[")
    )


def test_headers_are_read_in_all_forms() -> None:
    for headers in (
        {"Location": {"format": "base64", "data": "L3g="}},
        [["Location", ["/x"]]],
        [["Location", "/x"], ["Location", "/y"]],
    ):
        (redirect,) = parse_exchanges([exchange(PLAIN, "", 302, headers=headers)])
        assert redirect.location == "/x"
    entry = exchange(PLAIN, "", 302)
    del entry["response"]["headers"]
    entry["response"]["headers_list"] = [["LOCATION", "/x"]]
    assert parse_exchanges([entry])[0].location == "/x"
    assert parse_exchanges([exchange(PLAIN, "", 302, headers={"Location": {"format": "base64", "data": "!"}})])[0].location == ""


def test_a_challenge_needs_its_status_code() -> None:
    assert is_challenge(parse_exchanges([exchange(PLAIN, CHALLENGE, 403)])[0])
    assert not is_challenge(parse_exchanges([exchange(PLAIN, CHALLENGE, 200)])[0])
    assert is_challenge(parse_exchanges([exchange(PLAIN, "", 403, headers={"CF-Mitigated": "challenge"})])[0])


def test_long_values_are_not_cached() -> None:
    ip_addresses._kind.cache_clear()
    http.host_of.cache_clear()
    entry_tags._parse.cache_clear()
    long = "x" * 1_000_000
    parse_connections([connect(long, 443) | {"tags": [long]}])
    (redirect,) = parse_exchanges([exchange(long, "", 302, headers={"Location": f"http://{long}/"})])
    has_internal_host(redirect.location)
    assert ip_addresses._kind.cache_info().currsize == entry_tags._parse.cache_info().currsize == 0
    assert len(redirect.url) == len(redirect.location) == 2_000
