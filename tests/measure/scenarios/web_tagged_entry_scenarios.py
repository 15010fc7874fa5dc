"""Scenarios of version 0.5 with tags: addresses, IPv6, resolvers, both ports, handshakes, redirects and QUIC."""

from tests.measure.scenarios.measurement_parts import (
    BLOCK_PAGE,
    FORGED,
    HOST,
    OTHER,
    PLAIN,
    SECURE,
    SITE,
    connect,
    exchange,
    handshake,
    query,
)
from tests.measure.scenarios.web_measurement_parts import (
    DENIED,
    DIFFER,
    EMPTY,
    FAILED,
    MATCH,
    REFUSED,
    RESET,
    SILENT,
    SIX,
    Scenario,
    at,
    both,
    lte,
    moved,
    names,
    tagged,
    tags,
)


def tagged_scenarios() -> dict[str, Scenario]:
    """Return scenarios of version 0.5 with tags."""
    forged, good, both_forms = query(HOST, [FORGED]), query(HOST, [SITE]), query(HOST, [SITE, SIX])
    two = tagged(names(query(HOST, [SITE, OTHER])))
    wrong = {"status": False, "failure": "ssl_invalid_hostname"}
    other_server = both(443, FORGED) | {
        "tls_handshake": {f"{SITE}:443": {"status": True, "failure": None}, f"{FORGED}:443": wrong}
    }
    cut = {"status": False, "failure": RESET}
    proof = [connect(SITE, 80) | tags(), connect(SITE, 443) | tags(page=False)]
    return {
        "one-address-of-two-cut": Scenario(
            lte(
                queries=two,
                tcp_connect=[connect(SITE, 443) | tags(), connect(OTHER, 443) | tags()],
                tls_handshakes=[handshake(HOST, SITE, RESET) | tags(), handshake(HOST, OTHER) | tags()],
                requests=[at(OTHER, exchange(SECURE)) | tags()],
                control=both(443, OTHER),
            ),
            "ok",
            None,
            "One address fails, the page comes from the other over checked TLS, as it does in a browser.",
        ),
        "one-address-of-two-refused-plain": Scenario(
            lte(
                PLAIN,
                queries=two,
                tcp_connect=[connect(SITE, 80, REFUSED) | tags(), connect(OTHER, 80) | tags()],
                requests=[at(OTHER, exchange(PLAIN), 80) | tags()],
                control=both(80, OTHER),
                **MATCH,
            ),
            "ok",
            None,
            "The same in plain HTTP: the control's page came.",
        ),
        "all-addresses-cut-and-no-ipv6": Scenario(
            lte(
                queries=tagged(names(both_forms)),
                tcp_connect=[connect(SIX, 443, "network_unreachable") | tags(), connect(SITE, 443) | tags()],
                tls_handshakes=[handshake(HOST, SITE, RESET) | tags()],
                requests=[],
                control=both(443, SIX),
            ),
            "blocked",
            "tls-interference",
            "Without IPv6 the only address is reset in the handshake, which succeeds for the helper.",
        ),
        "silent-and-no-ipv6": Scenario(
            lte(
                queries=tagged(names(both_forms)),
                tcp_connect=[connect(SIX, 443, "host_unreachable") | tags(), connect(SITE, 443, SILENT) | tags()],
                tls_handshakes=[],
                requests=[],
                control=both(443, SIX),
            ),
            "blocked",
            "timeout",
            "The only address that this probe could reach is silent, and is not for the helper.",
        ),
        "ipv6-alone-and-none-here": Scenario(
            lte(
                queries=tagged(names(query(HOST, [SIX]), query(HOST, [SIX]), query(HOST, [SIX]))),
                tcp_connect=[connect(SIX, 443, "network_unreachable") | tags()],
                tls_handshakes=[],
                requests=[],
                control=both(443, SIX, dns={"failure": None, "addrs": [SIX]}),
            ),
            "insufficient",
            None,
            "The site has an IPv6 address alone and the probe no IPv6: that is nobody's doing.",
        ),
        "no-ipv6-address": Scenario(
            lte(
                queries=[
                    *tagged(names(good)),
                    query(HOST, [], EMPTY) | {"engine": "udp", "query_type": "AAAA"} | tags(classic=False),
                ]
            ),
            "ok",
            None,
            "That a name has no IPv6 address is no failure.",
        ),
        "answered-twice-then-mute": Scenario(
            lte(
                queries=tagged(names(forged, forged)),
                x_dns_duplicate_responses=[good | {"engine": "udp"}],
                tcp_connect=[connect(FORGED, 443) | tags(), connect(SITE, 443) | tags(classic=False)],
                tls_handshakes=[handshake(HOST, FORGED, SILENT) | tags(), handshake(HOST, SITE, SILENT) | tags(classic=False)],
                requests=[],
                control=other_server,
            ),
            "blocked",
            "dns-injection",
            "As in China: both resolvers in the clear give an address of somebody else, who does not serve the name for the "
            "helper either; the true answer came late.",
        ),
        "answered-twice-then-dead": Scenario(
            lte(
                queries=tagged(names(forged, forged)),
                tcp_connect=[connect(FORGED, 443, SILENT) | tags()],
                tls_handshakes=[],
                requests=[],
                control=other_server,
            ),
            "blocked",
            "dns-injection",
            "The same, and the address is silent.",
        ),
        "forged-and-other-resolvers-silent": Scenario(
            lte(
                queries=tagged(names(forged, query(HOST, [], SILENT), query(HOST, [], SILENT))),
                tcp_connect=[connect(FORGED, 443, SILENT) | tags()],
                tls_handshakes=[],
                requests=[],
                control=both(443, tcp_connect={f"{FORGED}:443": {"status": False, "failure": SILENT}}),
            ),
            "blocked",
            "dns-forged-address",
            "The address is in another network than the helper's, and silent for it too; nothing tells of injection.",
        ),
        "handshake-silent-without-a-request": Scenario(
            lte(tls_handshakes=[handshake(HOST, SITE, SILENT) | tags()], requests=[]),
            "blocked",
            "tls-interference",
            "As in Russia: the connection comes about and the handshake gets no answer, which the helper's does.",
        ),
        "throttled-over-tls": Scenario(
            lte(requests=[at(SITE, exchange(SECURE, "<html>", 200, SILENT)) | tags()]),
            "blocked",
            "throttling",
            "After a handshake that succeeded the answer begins and does not end in time.",
        ),
        "silent-after-the-handshake": Scenario(
            lte(requests=[at(SITE, exchange(SECURE, "", 0, SILENT)) | tags()]),
            "blocked",
            "timeout",
            "The handshake succeeds, and no answer to the request follows. The control got the page.",
            rule="web-https-answer-silent",
        ),
        "silent-after-the-handshake-for-all": Scenario(
            lte(
                requests=[at(SITE, exchange(SECURE, "", 0, SILENT)) | tags()],
                control=both(http_request=FAILED | {"failure": SILENT}),
            ),
            "down",
            None,
            "The server completes the handshake and then sends nothing, and the control got no page either.",
            rule="web-down",
        ),
        "plain-page-comes-while-tls-is-cut": Scenario(
            lte(PLAIN, tcp_connect=proof, tls_handshakes=[handshake(HOST, SITE, RESET) | tags(page=False)], **MATCH),
            "ok",
            None,
            "The address that was tested is the one in plain HTTP, and its page came; TLS was tried beside it.",
        ),
        "plain-page-is-another-while-tls-is-well": Scenario(
            lte(
                PLAIN,
                tcp_connect=proof,
                tls_handshakes=[handshake(HOST, SITE) | tags(page=False)],
                requests=[at(SITE, exchange(PLAIN, BLOCK_PAGE), 80) | tags()],
                **DIFFER,
            ),
            "blocked",
            "http-diff",
            "The address is the site's, as its certificate shows; in plain HTTP somebody answers in its place.",
        ),
        "upgraded-to-tls": Scenario(
            lte(
                PLAIN,
                queries=[*tagged(names(good)), good | tags(1)],
                tcp_connect=[*proof, connect(SITE, 443) | tags(1)],
                tls_handshakes=[handshake(HOST, SITE) | tags(page=False), handshake(HOST, SITE) | tags(1)],
                requests=[at(SITE, exchange(SECURE)) | tags(1), at(SITE, moved(PLAIN, SECURE), 80) | tags()],
            ),
            "ok",
            None,
            "The site sends its readers from HTTP to HTTPS, where the page comes with its certificate.",
        ),
        "upgraded-to-tls-and-cut": Scenario(
            lte(
                PLAIN,
                queries=[*tagged(names(good)), good | tags(1)],
                tcp_connect=[*proof, connect(SITE, 443) | tags(1)],
                tls_handshakes=[handshake(HOST, SITE, RESET) | tags(page=False), handshake(HOST, SITE, RESET) | tags(1)],
                requests=[at(SITE, moved(PLAIN, SECURE), 80) | tags()],
            ),
            "blocked",
            "tls-interference",
            "The redirect comes, and the handshake that bears the name is reset; the helper got the page.",
        ),
        "cut-for-all": Scenario(
            lte(
                tls_handshakes=[handshake(HOST, SITE, RESET) | tags()],
                requests=[],
                control=both(tls_handshake={f"{SITE}:443": cut}, http_request=FAILED | {"failure": RESET}),
            ),
            "down",
            None,
            "The server resets every handshake, the helper's too.",
        ),
        "page-here-and-none-for-the-helper": Scenario(
            lte(PLAIN, control=both(80, http_request=FAILED)),
            "insufficient",
            None,
            "In plain HTTP a page came; the helper has none to compare.",
        ),
        "tls-page-here-and-none-for-the-helper": Scenario(
            lte(control=both(443, http_request=FAILED)),
            "ok",
            None,
            "Over checked TLS the page is the site's, whatever became of the helper's.",
        ),
        "no-handshake-with-the-site": Scenario(
            lte(tls_handshakes=[handshake(HOST, SITE, "ssl_failed_handshake") | tags()], requests=[]),
            "blocked",
            "tls-interference",
            "Something else than a handshake answers here, at an address where the helper's succeeds.",
        ),
        "no-handshake-for-all": Scenario(
            lte(
                tls_handshakes=[handshake(HOST, SITE, "ssl_failed_handshake") | tags()],
                requests=[],
                control=both(
                    tls_handshake={f"{SITE}:443": {"status": False, "failure": "ssl_failed_handshake"}}, http_request=FAILED
                ),
            ),
            "down",
            None,
            "The server's TLS is broken for everybody.",
        ),
        "another-authority-here-alone": Scenario(
            lte(tls_handshakes=[handshake(HOST, SITE, "ssl_unknown_authority") | tags()], requests=[]),
            "insufficient",
            None,
            "Somebody answers in the site's place: a portal, a firm's relay or a state. A bad certificate is no block.",
        ),
        "bogon-that-the-probe-hides": Scenario(
            lte(
                queries=tagged(names(query(HOST, [], "dns_bogon_error"))),
                tcp_connect=[],
                tls_handshakes=[],
                requests=[],
            ),
            "blocked",
            "dns-forged-address",
            "The probe says that the answer was an address that no server has, without naming it.",
        ),
        "resolver-fails-for-this-name": Scenario(
            lte(
                queries=tagged(names(query(HOST, [], "dns_servfail_error"))),
                tcp_connect=[],
                tls_handshakes=[],
                requests=[],
            ),
            "blocked",
            "dns-refusal",
            "The user's resolver fails, while another in the clear gives the helper's address.",
        ),
        "resolver-silent": Scenario(
            lte(queries=tagged(names(query(HOST, [], SILENT))), tcp_connect=[], tls_handshakes=[], requests=[]),
            "insufficient",
            None,
            "A resolver that does not answer is out of order more often than it is told to be silent.",
        ),
        "denied-by-both-in-the-clear": Scenario(
            lte(
                queries=tagged(names(query(HOST, [], DENIED), query(HOST, [], DENIED))),
                tcp_connect=[],
                tls_handshakes=[],
                requests=[],
            ),
            "blocked",
            "nxdomain",
            "Even a resolver outside is made to deny the name; an encrypted one and the helper know it.",
        ),
        "quic-cut-beside-a-page": Scenario(
            lte(
                quic_handshakes=[handshake(HOST, SITE, SILENT) | tags()],
                control=both(quic_handshake={f"{SITE}:443": {"status": True, "failure": None}}),
            ),
            "ok",
            None,
            "The page came over TLS on TCP; browsers fall back on it when QUIC is silent.",
        ),
    }
