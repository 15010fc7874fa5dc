"""The layers: names of failures, addresses, tags, headers, and that nothing sent to us stays in memory for being long."""

import pytest

from overt.measure import addresses, http, tags
from overt.measure.dns import answers, queries
from overt.measure.failures import kind, kind_of
from overt.measure.http import asks_for_a_person, exchanges, leads_inside, same_site
from overt.measure.tcp import connects, together
from tests.measure.generated import BOGON, CHALLENGE, PLAIN, SITE, connect, exchange, query


@pytest.mark.parametrize(
    ("failure", "meant"),
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
def test_failures(failure: object, meant: str) -> None:
    assert kind(failure) == meant


def test_an_entry_that_does_not_say_whether_it_failed() -> None:
    assert kind_of({}) == "odd"
    (one,) = connects([{"ip": SITE, "port": 443, "status": {"failure": None}}])
    assert one.failure == "odd"
    (one,) = connects([{"ip": SITE, "port": 443, "status": {"failure": False, "success": True}}])
    assert one.failure == "ok"


def test_answers_are_taken_together() -> None:
    none6 = query("a.example", [], "dns_no_answer") | {"query_type": "AAAA"}
    assert answers(queries([none6, query("a.example", [SITE])]))[0] == "ok"
    assert answers(queries([none6, query("a.example", [], "dns_nxdomain_error")]))[0] == "nxdomain"
    assert answers(queries([query("a.example", [], "dns_nxdomain_error"), none6]))[0] == "nxdomain"
    assert answers([]) == ("", set(), set())
    assert queries([query("a.example", [])])[0].failure == "odd"


def test_attempts_are_taken_together() -> None:
    assert together(["unreachable", "timeout", "refused"]) == "timeout"
    assert together(["timeout", "ok"]) == "ok"
    assert together([]) == ""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("example.org", "www.example.org", True),
        ("a.example.org", "b.example.org", True),
        ("example.org", "example.net", False),
        ("news.co.uk", "police.co.uk", False),
        ("news.co.uk", "www.news.co.uk", True),
        ("news.com.tr", "stop.gov.tr", False),
    ],
)
def test_same_site(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same


def test_addresses() -> None:
    for address in (BOGON, "127.0.0.1", "192.168.1.1", "::1", "0.0.0.0", "224.0.0.1", "fe80::1", "100.64.0.1"):
        assert addresses.address_kind(address) == "bogon"
    assert addresses.address_kind(SITE) == "public" and addresses.address_kind("web01.example.") == "none"
    assert leads_inside("http://10.1.1.1/x") and not leads_inside("http://example.org/") and not leads_inside("http://[")


def test_headers_of_all_forms() -> None:
    for headers in (
        {"Location": {"format": "base64", "data": "L3g="}},
        [["Location", ["/x"]]],
        [["Location", "/x"], ["Location", "/y"]],
    ):
        (one,) = exchanges([exchange(PLAIN, "", 302, headers=headers)])
        assert one.location == "/x"
    held = exchange(PLAIN, "", 302)
    del held["response"]["headers"]
    held["response"]["headers_list"] = [["LOCATION", "/x"]]
    assert exchanges([held])[0].location == "/x"
    assert exchanges([exchange(PLAIN, "", 302, headers={"Location": {"format": "base64", "data": "!"}})])[0].location == ""


def test_a_challenge_is_one_with_its_status_alone() -> None:
    assert asks_for_a_person(exchanges([exchange(PLAIN, CHALLENGE, 403)])[0])
    assert not asks_for_a_person(exchanges([exchange(PLAIN, CHALLENGE, 200)])[0])
    assert asks_for_a_person(exchanges([exchange(PLAIN, "", 403, headers={"CF-Mitigated": "challenge"})])[0])


def test_nothing_long_is_kept() -> None:
    addresses._kind.cache_clear(), http.host_of.cache_clear(), tags._place.cache_clear()
    long = "x" * 1_000_000
    connects([connect(long, 443) | {"tags": [long]}])
    (one,) = exchanges([exchange(long, "", 302, headers={"Location": f"http://{long}/"})])
    leads_inside(one.location)
    assert addresses._kind.cache_info().currsize == tags._place.cache_info().currsize == 0
    assert len(one.url) == len(one.location) == 2_000
