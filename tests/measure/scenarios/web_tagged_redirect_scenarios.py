"""Scenarios of version 0.5 with tags in which the first server redirects and the step after the redirect decides."""

from typing import Any

from tests.measure.scenarios.measurement_parts import (
    BOGON,
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
    DENIED_TO_CONTROL,
    EMPTY,
    FAILED,
    MATCH,
    REFUSED,
    SILENT,
    WWW,
    WWW_URL,
    Scenario,
    at,
    both,
    lte,
    moved,
    names,
    tagged,
    tags,
)

_SECOND_OTHER = "151.101.129.69"


def tagged_redirect_scenarios() -> dict[str, Scenario]:
    """Return scenarios in which the connection or the resolver fails after a redirect."""
    return _connection_scenarios() | _name_scenarios()


def _after_redirect(
    queries: list[dict[str, Any]],
    connections: list[dict[str, Any]] | None = None,
    first_address: str = SITE,
    **keys: Any,
) -> dict[str, Any]:
    """Return a measurement in which the site redirects to WWW over TLS.

    `queries`, `connections`: those for WWW, without tags. `first_address`: the address that the resolver gives for HOST.
    """
    steps: dict[str, Any] = {
        "queries": [*tagged(names(query(HOST, [first_address]))), *(entry | tags(1) for entry in queries)],
        "tcp_connect": [connect(first_address, 443) | tags(), *(entry | tags(1) for entry in connections or [])],
        "tls_handshakes": [handshake(HOST, first_address) | tags()],
        "requests": [at(first_address, moved(SECURE, WWW_URL)) | tags()],
    }
    return lte(**steps | keys)


def _connection_scenarios() -> dict[str, Scenario]:
    resolved = [query(WWW, [OTHER])]
    refused, silent = [connect(OTHER, 443, REFUSED)], [connect(OTHER, 443, SILENT)]
    first = handshake(HOST, SITE) | tags()
    second = handshake(WWW, _SECOND_OTHER) | tags(1)
    return {
        "refused-after-a-redirect": Scenario(
            _after_redirect(resolved, refused),
            "blocked",
            "tcp-reset",
            "After a redirect over checked TLS, the next server refuses the connection. The control got the page there.",
            rule="web-tcp-refused-later",
        ),
        "refused-after-a-redirect-for-all": Scenario(
            _after_redirect(resolved, refused, control=both(http_request=FAILED | {"failure": REFUSED})),
            "down",
            None,
            "The server after the redirect refuses the connection, and the control got no page either.",
            rule="web-down",
        ),
        "refused-after-a-redirect-at-one-address-of-two": Scenario(
            _after_redirect(
                [query(WWW, [OTHER, _SECOND_OTHER])],
                [*refused, connect(_SECOND_OTHER, 443)],
                tls_handshakes=[first, second],
                requests=[
                    at(_SECOND_OTHER, exchange(WWW_URL)) | tags(1),
                    at(SITE, moved(SECURE, WWW_URL)) | tags(),
                ],
            ),
            "ok",
            None,
            "One address refuses the connection, and the page comes from the other over checked TLS.",
            rule="web-secure",
        ),
        "silent-after-a-redirect": Scenario(
            _after_redirect(resolved, silent),
            "blocked",
            "timeout",
            "After a redirect over checked TLS, the next server is silent. The control got the page there.",
            rule="web-tcp-silent-later",
        ),
        "silent-after-a-redirect-and-an-error-for-the-control": Scenario(
            _after_redirect(resolved, silent, control=both(http_request=DENIED_TO_CONTROL)),
            "insufficient",
            None,
            "The control's error may come from the first server, so it doesn't show that the second one answers.",
            rule="web-control-refused",
        ),
    }


def _name_scenarios() -> dict[str, Scenario]:
    denied, empty, private = [query(WWW, [], DENIED)], [query(WWW, [], EMPTY)], [query(WWW, [BOGON])]
    plain_next = f"http://{WWW}/"
    gone = both(http_request=FAILED | {"failure": "dns_lookup_error"})
    return {
        "no-address-after-a-redirect": Scenario(
            _after_redirect(empty),
            "blocked",
            "nxdomain",
            "The resolver gives no address for the name that the redirect leads to. The control got the page behind it.",
            rule="web-name-empty-later",
        ),
        "no-address-after-a-redirect-and-an-error-for-the-control": Scenario(
            _after_redirect(empty, control=both(http_request=DENIED_TO_CONTROL)),
            "insufficient",
            None,
            "The control's error may come from the first server, so it doesn't show that the second name has an address.",
            rule="web-control-refused",
        ),
        "no-ipv6-address-after-a-redirect": Scenario(
            _after_redirect(
                [query(WWW, [], EMPTY) | {"query_type": "AAAA"}, query(WWW, [OTHER])],
                [connect(OTHER, 443)],
                tls_handshakes=[handshake(HOST, SITE) | tags(), handshake(WWW, OTHER) | tags(1)],
                requests=[at(OTHER, exchange(WWW_URL)) | tags(1), at(SITE, moved(SECURE, WWW_URL)) | tags()],
            ),
            "ok",
            None,
            "The second name has an IPv4 address, from which the page comes over checked TLS.",
            rule="web-secure",
        ),
        "bogon-after-a-redirect": Scenario(
            _after_redirect(private, [connect(BOGON, 443, SILENT)]),
            "blocked",
            "dns-forged-address",
            "The resolver gives a private address for the name that the redirect leads to. The control got the page there.",
            rule="web-bogon-later",
        ),
        "bogon-after-a-redirect-and-an-error-for-the-control": Scenario(
            _after_redirect(private, [connect(BOGON, 443, SILENT)], control=both(http_request=DENIED_TO_CONTROL)),
            "insufficient",
            None,
            "The control's error may come from the first server, so it doesn't show that the second name leads anywhere.",
            rule="web-control-refused",
        ),
        "relay-at-a-private-address-after-a-redirect": Scenario(
            lte(
                PLAIN,
                queries=[*tagged(names(query(HOST, [SITE]))), query(WWW, [BOGON]) | tags(1)],
                tcp_connect=[connect(SITE, 80) | tags(), connect(BOGON, 80) | tags(1)],
                requests=[
                    at(BOGON, exchange(plain_next), 80) | tags(1),
                    at(SITE, moved(PLAIN, plain_next), 80) | tags(),
                ],
                **MATCH,
            ),
            "ok",
            None,
            "A relay at a private address passes the control's page on.",
            rule="web-page-same",
        ),
        "denied-after-a-redirect-for-all": Scenario(
            _after_redirect(denied, control=gone),
            "down",
            None,
            "The name that the redirect leads to doesn't exist, and the control got no page either.",
            rule="web-down-name-later",
        ),
        "denied-after-a-redirect-from-another-address": Scenario(
            _after_redirect(denied, first_address=FORGED, control=gone),
            "insufficient",
            None,
            "The first name led to another network than the control's, so the control may not have met this redirect.",
            rule="web-undecided",
        ),
        "untried-after-a-redirect": Scenario(
            _after_redirect([query(WWW, [OTHER])], control=gone),
            "insufficient",
            None,
            "The resolver gives an address after the redirect, but the probe stopped before it tried to connect.",
            rule="web-undecided",
        ),
        "denied-after-a-redirect-without-control": Scenario(
            _after_redirect(denied, control=None, control_failure=SILENT),
            "insufficient",
            None,
            "Without a control, nothing shows whether the second name exists elsewhere.",
            rule="web-no-control",
        ),
    }
