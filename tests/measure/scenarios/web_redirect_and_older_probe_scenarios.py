"""Scenarios of version 0.4, most of them after redirects, and of the engines before it."""

from typing import Any

from tests.measure.scenarios.measurement_parts import (
    FORGED,
    HOST,
    OTHER,
    PLAIN,
    SECURE,
    SITE,
    connect,
    control,
    exchange,
    handshake,
    query,
    web,
)
from tests.measure.scenarios.web_measurement_parts import (
    DENIED,
    EMPTY,
    ENDED,
    FAILED,
    MATCH,
    NEXT_URL,
    REFUSED,
    RESET,
    SILENT,
    WWW_URL,
    Scenario,
    failed,
    moved,
    old,
)


def redirect_scenarios() -> dict[str, Scenario]:
    """Return scenarios of version 0.4, which records the failed request but only the connections to the first server."""

    def after(failure: str, url: str = NEXT_URL, **keys: Any) -> dict[str, Any]:
        return web(requests=[failed(url, failure), moved(SECURE, url)], **keys)

    plain = "http://shop.example.net/"
    down: dict[str, Any] = {"control": control(http_request=FAILED)}
    loop = 'unknown_failure: Get "/again": stopped after 10 redirects'
    return {
        "chain-refused": Scenario(after(REFUSED), "blocked", "tcp-reset", "Refused at the next server; the helper got the page."),
        "chain-cut-over-tls": Scenario(
            after(RESET),
            "blocked",
            "tls-interference",
            "Reset at the next server, over TLS: no handshake with it is told of, and nothing but its first packet can be read.",
        ),
        "chain-ended-over-tls": Scenario(after(ENDED), "blocked", "tls-interference", "The same, closed."),
        "chain-cut-in-the-clear": Scenario(after(RESET, plain), "blocked", "tcp-reset", "Reset at the request in plain HTTP."),
        "chain-silent-in-the-clear": Scenario(
            after(SILENT, plain), "blocked", "timeout", "No answer to a request in plain HTTP."
        ),
        "chain-denied": Scenario(after(DENIED), "blocked", "nxdomain", "The next name is denied."),
        "chain-without-address": Scenario(
            after(EMPTY),
            "blocked",
            "nxdomain",
            "The resolver gives no address for the name that the redirect leads to. The control got the page behind it.",
            rule="web-later-no-address",
        ),
        "chain-without-address-for-all": Scenario(
            after(EMPTY, **down),
            "down",
            None,
            "The resolver gives no address after the redirect, and the control got no page either.",
            rule="web-down-later",
        ),
        "chain-bad-certificate": Scenario(
            after("ssl_invalid_hostname"),
            "insufficient",
            None,
            "The next server's certificate does not hold here; a bad certificate is not called blocking.",
        ),
        "chain-dead-for-all": Scenario(after(REFUSED, **down), "down", None, "The next server is dead for the helper too."),
        "chain-dead-and-denied-for-all": Scenario(
            after(DENIED, **down), "down", None, "The next name is gone for the helper too."
        ),
        "loop-for-all": Scenario(after(loop, SECURE, **down), "down", None, "A circle of redirects, for the helper too."),
        "loop-here-alone": Scenario(
            after(loop, SECURE),
            "insufficient",
            None,
            "The helper found the way out of a circle in which the probe stayed: cookies and places do that.",
        ),
        "one-address-of-two-cut-and-the-page-too": Scenario(
            web(
                queries=[query(HOST, [SITE, OTHER])],
                tcp_connect=[connect(SITE, 443), connect(OTHER, 443)],
                tls_handshakes=[handshake(HOST, SITE, RESET), handshake(HOST, OTHER)],
                requests=[failed(SECURE, RESET)],
            ),
            "blocked",
            "tls-interference",
            "One handshake of two was reset, and the page, which was asked for at an address that is not told, failed likewise.",
        ),
        "chain-to-no-host": Scenario(
            after("http_invalid_redirect_location_host"),
            "down",
            None,
            "The second server redirects to no host, which serves nobody's page.",
        ),
        "sent-to-no-scheme": Scenario(
            web(
                PLAIN,
                requests=[
                    exchange(
                        PLAIN,
                        "",
                        302,
                        'unknown_failure: Get "://x": unsupported protocol scheme ""',
                        {"Location": "://x"},
                    )
                ],
            ),
            "down",
            None,
            "The site's redirect has no scheme: it serves nobody's page.",
        ),
        "chain-to-another-domain-over-tls": Scenario(
            web(
                PLAIN,
                requests=[exchange(NEXT_URL), moved(PLAIN, NEXT_URL)],
                **MATCH,
            ),
            "ok",
            None,
            "A site that has moved to another domain: the helper went there too, and the pages are alike.",
        ),
    }


def engine_scenarios() -> dict[str, Scenario]:
    """Return scenarios of the C++, Python and early Go engines, with failures as Windows and Android name them."""
    lookup = query(HOST, [], "dns_lookup_error")
    gone: dict[str, Any] = {
        "dns": {"failure": "dns_name_error", "addrs": []},
        "http_request": FAILED | {"failure": "dns_lookup_error"},
    }
    verify = "ssl_error: error:1416F086:SSL routines:tls_process_server_certificate:certificate verify failed"
    python_verify = "unknown_failure [('SSL routines', 'SSL3_GET_SERVER_CERTIFICATE', 'certificate verify failed')]"
    nothing: dict[str, Any] = {"tcp_connect": [], "requests": []}
    aliased = control()
    aliased["dns"] = {"failure": None, "addrs": ["dyna.example", SITE]}
    windows = "unknown_failure: read tcp: wsarecv: An existing connection was forcibly closed by the remote host."
    return {
        "old-name-not-found": Scenario(
            old(queries=[lookup], **nothing),
            "blocked",
            "nxdomain",
            "The resolver gives an error that this engine does not name (silence would be a timeout); the helper has the page.",
        ),
        "old-name-not-found-for-all": Scenario(
            old(queries=[lookup], **nothing | {"control": control(**gone)}), "down", None, "The helper finds no such name either."
        ),
        "old-name-not-found-without-control": Scenario(
            old(queries=[lookup], **nothing | {"control": None, "control_failure": SILENT}),
            "insufficient",
            None,
            "Nothing says how things are elsewhere; the probe may be offline.",
        ),
        "old-resolver-silent": Scenario(
            old(queries=[query(HOST, [], SILENT)], **nothing), "insufficient", None, "A silent resolver is no sign."
        ),
        "old-name-not-found-after-a-redirect": Scenario(
            old(requests=[failed(WWW_URL, "dns_lookup_error"), moved(SECURE, WWW_URL)]),
            "blocked",
            "nxdomain",
            "The next name gives an error that this engine does not name; the helper has the page behind it.",
        ),
        "old-bogon-beside-an-alias": Scenario(
            old(
                queries=[query(HOST, ["10.10.34.36"])],
                tcp_connect=[connect("10.10.34.36", 443, SILENT)],
                requests=[failed(SECURE, "connect_error")],
                control=aliased,
                dns_consistency="inconsistent",
            ),
            "blocked",
            "dns-forged-address",
            "As in Iran in 2020: a private address; the helper's answers begin with an alias.",
        ),
        "old-certificate-at-another-address": Scenario(
            old(
                queries=[query(HOST, [FORGED])],
                tcp_connect=[connect(FORGED, 443)],
                requests=[failed(SECURE, verify)],
                dns_consistency="inconsistent",
            ),
            "blocked",
            "dns-forged-address",
            "Led elsewhere, to somebody without the certificate; this engine tells it of the request alone.",
        ),
        "old-certificate-bad-for-all": Scenario(
            old(requests=[failed(SECURE, verify)], control=control(http_request=FAILED)),
            "down",
            None,
            "The certificate is bad and the helper has no page either.",
        ),
        "python-certificate-bad-for-all": Scenario(
            old(requests=[failed(SECURE, python_verify)], control=control(http_request=FAILED)),
            "down",
            None,
            "The same in the words of the Python engine.",
        ),
        "python-answer-never-came": Scenario(
            old(PLAIN, requests=[failed(PLAIN, "response_never_received")]),
            "blocked",
            "tcp-reset",
            "The connection was closed in place of an answer; the helper got the page.",
        ),
        "python-connection-timed-out": Scenario(
            old(
                PLAIN,
                tcp_connect=[connect(SITE, 80, "tcp_timed_out_error")],
                requests=[failed(PLAIN, "tcp_timed_out_error")],
            ),
            "blocked",
            "timeout",
            "No connection where the helper's came about.",
        ),
        "python-task-timed-out": Scenario(
            old(PLAIN, requests=[failed(PLAIN, "task_timed_out")]), "blocked", "timeout", "No answer; the helper got the page."
        ),
        "python-lost": Scenario(
            old(PLAIN, requests=[failed(PLAIN, "connection_lost_error")]), "blocked", "tcp-reset", "Lost at the request."
        ),
        "old-end-of-stream-by-number": Scenario(
            old(PLAIN, requests=[failed(PLAIN, "unknown_failure 1000")]),
            "blocked",
            "tcp-reset",
            "The first C++ engine had numbers for names; 1000 is the end of the stream.",
        ),
        "old-connection-failed-somehow": Scenario(
            old(PLAIN, tcp_connect=[connect(SITE, 80, "connect_error")], requests=[failed(PLAIN, "connect_error")]),
            "insufficient",
            None,
            "How the connection failed is not told: refusal, silence, and a network that was away look alike.",
        ),
        "windows-forcibly-closed": Scenario(
            web(PLAIN, requests=[failed(PLAIN, windows)]), "blocked", "tcp-reset", "Windows' words for a reset."
        ),
        "go-refusal-without-a-second-resolver": Scenario(
            web(queries=[query(HOST, [], "dns_refused_error")], tls_handshakes=None, **nothing),
            "blocked",
            "dns-refusal",
            "Version 0.4 asks one resolver; it refuses a name whose page the helper has.",
        ),
        "go-failure-without-a-second-resolver": Scenario(
            web(queries=[query(HOST, [], "dns_server_misbehaving")], tls_handshakes=None, **nothing),
            "insufficient",
            None,
            "A resolver that fails is out of order more often than it is told to fail.",
        ),
        "go-android-no-data": Scenario(
            web(queries=[query(HOST, [], "android_dns_cache_no_data")], tls_handshakes=None, **nothing),
            "blocked",
            "nxdomain",
            "What Android says of a name that is denied; the helper has the page.",
        ),
        "go-expired-and-no-page-for-the-helper": Scenario(
            web(
                tls_handshakes=[handshake(HOST, SITE, "ssl_invalid_certificate")],
                requests=[failed(SECURE, "ssl_invalid_certificate")],
                control={key: value for key, value in control(http_request=FAILED).items() if key != "tls_handshake"},
            ),
            "down",
            None,
            "The certificate has expired; the helper of then tells nothing of TLS, and has no page.",
        ),
        "go-cut-by-an-old-helper": Scenario(
            web(
                tls_handshakes=[handshake(HOST, SITE, RESET)],
                requests=[failed(SECURE, RESET)],
                control={key: value for key, value in control().items() if key not in ("tls_handshake", "ip_info")},
            ),
            "blocked",
            "tls-interference",
            "Reset in the handshake at the helper's address; the helper of then tells the page alone.",
        ),
    }
