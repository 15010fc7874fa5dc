"""What is tested and what comes: addresses, pages, and measurements that lack something."""

from tests.measure.generated import (
    BLOCK_PAGE,
    CHALLENGE,
    FORGED,
    HOST,
    LENGTH,
    PAGE,
    PLAIN,
    SECURE,
    SITE,
    TITLE,
    connect,
    control,
    exchange,
    frame,
    handshake,
    query,
    web,
)
from tests.measure.web_made import (
    DIFFER,
    ENDED,
    FAILED,
    MATCH,
    REFUSED,
    RESET,
    SILENT,
    SIX,
    Scenario,
    at,
    both,
    failed,
    lte,
    tags,
)


def addresses() -> dict[str, Scenario]:
    """What is tested: IP addresses, ports, names in other letters."""
    literal, plain_literal, six = f"https://{SITE}/dns-query?dns=AAAB", f"http://{SITE}/", f"https://[{SIX}]/"
    empty = {"dns": {"failure": None, "addrs": []}}
    port, tls_port = f"http://{HOST}:8080/", f"https://{HOST}:8443/"
    mapped = "64:ff9b::9765:145"  # 151.101.1.69
    letters, ascii_name = "https://bücher.example/", "xn--bcher-kva.example"
    unsigned = web(
        letters,
        queries=[query(ascii_name, [SITE])],
        tls_handshakes=[handshake(ascii_name, SITE)],
        requests=[exchange(letters)],
        control=control(http_request=FAILED),
    )
    unsigned["annotations"] = {}
    return {
        "literal-over-tls": Scenario(
            lte(
                literal,
                queries=[],
                tls_handshakes=[handshake(SITE, SITE) | tags()],
                requests=[at(SITE, exchange(literal, "\x00\x01", 200)) | tags()],
                control=both(443, **empty),
            ),
            "ok",
            None,
            "An address needs no name, and its certificate holds.",
        ),
        "literal-cut": Scenario(
            lte(
                plain_literal,
                queries=[],
                requests=[at(SITE, failed(plain_literal, RESET), 80) | tags()],
                control=both(80, **empty),
            ),
            "blocked",
            "tcp-reset",
            "The connection comes about and is reset at the request; the helper got the page.",
        ),
        "literal-six-silent": Scenario(
            lte(
                six,
                queries=[],
                tcp_connect=[connect(SIX, 443, SILENT) | tags()],
                tls_handshakes=[],
                requests=[],
                control=both(443, SIX, **empty),
            ),
            "blocked",
            "timeout",
            "No connection to an address of IPv6, which the helper reached.",
        ),
        "other-port-refused": Scenario(
            lte(
                port,
                tcp_connect=[connect(SITE, 8080, REFUSED) | tags()],
                requests=[],
                control=both(8080),
            ),
            "blocked",
            "tcp-reset",
            "Refused at a port at which the helper connected.",
        ),
        "other-port-of-tls-cut": Scenario(
            web(
                tls_port,
                tcp_connect=[connect(SITE, 8443)],
                tls_handshakes=[handshake(HOST, SITE, RESET) | {"address": f"{SITE}:8443"}],
                requests=[failed(tls_port, RESET)],
                control=control(
                    tcp_connect={f"{SITE}:8443": {"status": True, "failure": None}},
                    tls_handshake={f"{SITE}:8443": {"status": True, "failure": None}},
                ),
            ),
            "blocked",
            "tls-interference",
            "Reset in the handshake at a port of its own, where the helper's succeeded.",
        ),
        "network-of-ipv6-alone": Scenario(
            web(
                PLAIN,
                queries=[query(HOST, [mapped])],
                tcp_connect=[connect(mapped, 80)],
                **MATCH,
            ),
            "ok",
            None,
            "The resolver writes the site's address into one of IPv6 (RFC 6052); the control's page comes from it.",
        ),
        "bogon-in-a-network-of-ipv6-alone": Scenario(
            web(queries=[query(HOST, ["64:ff9b::a0a:2223"])], tcp_connect=[], tls_handshakes=None, requests=[]),
            "blocked",
            "dns-forged-address",
            "10.10.34.35, written so.",
        ),
        "name-in-other-letters": Scenario(
            unsigned, "ok", None, "A certificate for xn--bcher-kva.example is one for bücher.example."
        ),
        "refused-port-for-all": Scenario(
            lte(
                f"https://{HOST}:444/",
                tcp_connect=[connect(SITE, 444, REFUSED) | tags()],
                tls_handshakes=[],
                requests=[],
                control=both(443, tcp_connect={f"{SITE}:444": {"status": False, "failure": REFUSED}}, http_request=FAILED),
            ),
            "down",
            None,
            "Nobody listens at that port, for the helper neither.",
        ),
    }


def pages() -> dict[str, Scenario]:
    """Pages in plain HTTP, beside the helper's."""
    untitled = {"failure": None, "status_code": 200, "body_length": LENGTH, "headers": {}, "title": ""}
    text = "x" * LENGTH
    framed = '<html><head></head><body><iframe src="http://10.10.34.36?type=Invalid"></iframe></body></html>'
    far = {"body_length_match": None, "title_match": None, "headers_match": None, "status_code_match": None}
    refused = {"failure": None, "status_code": 503, "body_length": 900, "headers": {}, "title": "Just a moment..."}
    cloud = {"Server": "cloudflare", "CF-RAY": "7d1-FRA"}
    return {
        "transparent-relay": Scenario(web(PLAIN, **MATCH), "ok", None, "A relay on the way hands on the same page."),
        "length-alone": Scenario(
            web(PLAIN, requests=[exchange(PLAIN, text)], control=control(port=80, http_request=untitled), **far),
            "ok",
            None,
            "A text without a title, as long as the helper's, from the helper's address.",
        ),
        "length-alone-from-elsewhere": Scenario(
            web(
                PLAIN,
                queries=[query(HOST, [FORGED])],
                tcp_connect=[connect(FORGED, 80)],
                requests=[exchange(PLAIN, text)],
                control=control(port=80, http_request=untitled),
                **far,
            ),
            "insufficient",
            None,
            "The same from another network's address: length alone does not say whose page it is.",
        ),
        "length-by-chance": Scenario(
            web(
                PLAIN,
                requests=[exchange(PLAIN, BLOCK_PAGE + "." * (LENGTH - 300))],
                **DIFFER | {"body_length_match": True},
            ),
            "insufficient",
            None,
            "Another title and another head: that the length is near the helper's may be chance.",
        ),
        "length-by-chance-without-a-title": Scenario(
            web(PLAIN, requests=[exchange(PLAIN, text)], **far | {"body_length_match": True, "status_code_match": True}),
            "insufficient",
            None,
            "The helper's page has a title and this one has none.",
        ),
        "title-in-another-language": Scenario(
            web(
                PLAIN,
                requests=[exchange(PLAIN, PAGE.replace(TITLE, "Täglich ein Beispiel"))],
                **MATCH | {"title_match": False},
            ),
            "ok",
            None,
            "Length and head are the helper's; sites put their title in the reader's language.",
        ),
        "framed-block-page": Scenario(
            web(PLAIN, requests=[exchange(PLAIN, framed, 403)], **DIFFER | {"title_match": None, "status_code_match": False}),
            "blocked",
            "http-diff",
            "As in Iran: in plain HTTP, at the right address, 403 and a page of one frame in place of the site's.",
        ),
        "turned-away-by-the-content-network": Scenario(
            web(
                PLAIN,
                requests=[exchange(PLAIN, "<title>Access denied</title>", 403, headers=cloud)],
                **DIFFER | {"status_code_match": False},
            ),
            "insufficient",
            None,
            "The site's content network says by its head that it refuses this reader: no censor's page.",
        ),
        "challenged-here-and-there": Scenario(
            web(
                PLAIN,
                requests=[exchange(PLAIN, CHALLENGE, 503)],
                control=control(port=80, http_request=refused),
            ),
            "ok",
            None,
            "Both are asked whether a person is there, at the same address: the site was reached.",
        ),
        "ended-in-the-middle": Scenario(
            web(PLAIN, requests=[exchange(PLAIN, "<html>", 200, ENDED)]),
            "insufficient",
            None,
            "The answer ended before its announced length, which servers do by themselves.",
        ),
        "cut-in-the-middle": Scenario(
            web(PLAIN, requests=[exchange(PLAIN, "<html>", 200, RESET)]),
            "blocked",
            "tcp-reset",
            "The answer was cut by a reset, as by who looks for words in it; the helper got all of it.",
        ),
        "through-a-relay": Scenario(
            web(PLAIN, requests=[exchange(PLAIN, BLOCK_PAGE)], socksproxy="127.0.0.1:9050", **DIFFER),
            "insufficient",
            None,
            "The probe went through Tor: what came is from another network.",
        ),
        "helper-behind-a-relay-failed": Scenario(
            web(PLAIN, requests=[exchange(PLAIN, BLOCK_PAGE)], control={}, control_failure="socks_host_unreachable", **DIFFER),
            "insufficient",
            None,
            "The helper was not reached: nothing to compare.",
        ),
    }


def forms() -> dict[str, Scenario]:
    """Measurements that lack what others have."""
    return {
        "findings-that-are-a-list": Scenario(
            frame("web_connectivity", "0.4.3", SECURE, []), "insufficient", None, "No findings."
        ),
        "findings-that-are-a-text": Scenario(
            frame("web_connectivity", "0.4.3", SECURE, ""), "insufficient", None, "No findings."
        ),
        "no-input": Scenario(web() | {"input": None}, "ok", None, "The page came over checked TLS, whatever was asked for."),
        "all-parts-null": Scenario(
            web(queries=None, tcp_connect=None, tls_handshakes=None, requests=None, control=None),
            "insufficient",
            None,
            "Nothing.",
        ),
        "requests-without-answers": Scenario(
            web(requests=[{"request": None, "response": None, "failure": None}], tls_handshakes=None),
            "insufficient",
            None,
            "A request without an address and an answer without a status.",
        ),
        "old-report": Scenario(
            frame("http_requests", "0.2.4", SECURE, {"body_length_match": False}), "unsupported", None, "Another test."
        ),
        "old-format": Scenario(
            web(PLAIN, **MATCH) | {"data_format_version": "0.1.0"}, "ok", None, "The format's number changes nothing."
        ),
    }
