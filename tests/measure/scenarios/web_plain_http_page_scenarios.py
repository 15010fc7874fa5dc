"""Scenarios of pages, nearly all over plain HTTP, and what the helper's pages say about them."""

from typing import Any

from tests.measure.scenarios.measurement_parts import (
    BLOCK_PAGE,
    CHALLENGE,
    FORGED,
    HOST,
    LENGTH,
    OTHER,
    PAGE,
    PLAIN,
    SECURE,
    SITE,
    TITLE,
    connect,
    control,
    exchange,
    query,
    web,
)
from tests.measure.scenarios.web_measurement_parts import (
    DIFFER,
    ENDED,
    FAILED,
    MATCH,
    NEXT_URL,
    REFUSED,
    RESET,
    SILENT,
    Scenario,
    failed,
    moved,
)


def page_scenarios() -> dict[str, Scenario]:
    """Return scenarios of pages, nearly all over plain HTTP."""
    untitled: dict[str, Any] = {"failure": None, "status_code": 200, "body_length": LENGTH, "headers": {}, "title": ""}
    text = "x" * LENGTH
    framed = '<html><head></head><body><iframe src="http://10.10.34.36?type=Invalid"></iframe></body></html>'
    far: dict[str, Any] = {"body_length_match": None, "title_match": None, "headers_match": None, "status_code_match": None}
    refused: dict[str, Any] = {
        "failure": None,
        "status_code": 503,
        "body_length": 900,
        "headers": {},
        "title": "Just a moment...",
    }
    untold = control(tcp_connect={}, tls_handshake={})
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
        "challenged-over-tls": Scenario(
            web(requests=[exchange(SECURE, CHALLENGE, 403, headers=cloud | {"cf-mitigated": "challenge"})]),
            "ok",
            None,
            "The content network asks this visitor for a captcha and not the control. Checked TLS shows that the site asks.",
            rule="web-secure-challenge",
        ),
        "challenged-at-another-address": Scenario(
            web(
                PLAIN,
                queries=[query(HOST, [FORGED])],
                tcp_connect=[connect(FORGED, 80)],
                requests=[exchange(PLAIN, CHALLENGE, 403)],
                **DIFFER | {"status_code_match": False},
            ),
            "insufficient",
            None,
            "Anyone can show a captcha in plain HTTP, and nothing shows that this address is the site's.",
            rule="web-undecided",
        ),
        "challenged-at-another-site-after-a-redirect": Scenario(
            web(
                PLAIN,
                requests=[exchange(NEXT_URL, CHALLENGE, 403), moved(PLAIN, NEXT_URL)],
                **DIFFER | {"status_code_match": False},
            ),
            "insufficient",
            None,
            "Anyone on the path can redirect plain HTTP to a captcha of another site.",
            rule="web-undecided",
        ),
        "cut-here-and-refused-there": Scenario(
            web(PLAIN, requests=[failed(PLAIN, RESET)], control=control(port=80, http_request=refused)),
            "blocked",
            "tcp-reset",
            "The helper is asked whether a person is there, so the server answers; here the request is reset.",
        ),
        "cut-after-a-redirect-and-refused-there": Scenario(
            web(
                PLAIN,
                requests=[failed(NEXT_URL, RESET), moved(PLAIN, NEXT_URL)],
                control=control(port=80, http_request=refused),
            ),
            "insufficient",
            None,
            "The helper's error may be the first server's: it says nothing of the second, which failed here.",
        ),
        "silent-and-no-word-of-it": Scenario(
            web(tcp_connect=[connect(SITE, 443, SILENT)], tls_handshakes=None, requests=[failed(SECURE, SILENT)], control=untold),
            "blocked",
            "timeout",
            "The helper tells of no connection to that port, and has the page of the same address.",
        ),
        "refused-and-no-word-of-it": Scenario(
            web(
                queries=[query(HOST, [OTHER])],
                tcp_connect=[connect(OTHER, 443, REFUSED)],
                tls_handshakes=None,
                requests=[failed(SECURE, REFUSED)],
            ),
            "blocked",
            "tcp-reset",
            "Refused at an address in the site's network that the control didn't try. The control got the page elsewhere.",
            rule="web-tcp-refused-untold",
        ),
        "refused-where-the-control-is-refused-too": Scenario(
            web(
                queries=[query(HOST, [OTHER])],
                tcp_connect=[connect(OTHER, 443, REFUSED)],
                tls_handshakes=None,
                requests=[failed(SECURE, REFUSED)],
                control=control(tcp_connect={f"{OTHER}:443": {"status": False, "failure": REFUSED}}),
            ),
            "insufficient",
            None,
            "This address of the site refuses the control too, which got the page from another one.",
            rule="web-undecided",
        ),
        "refused-and-no-page-for-the-control": Scenario(
            web(
                queries=[query(HOST, [OTHER])],
                tcp_connect=[connect(OTHER, 443, REFUSED)],
                tls_handshakes=None,
                requests=[failed(SECURE, REFUSED)],
                control=control(http_request=FAILED),
            ),
            "down",
            None,
            "The connection is refused here, and the control got no page either.",
            rule="web-down",
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
