"""Scenarios in which the resolver's answer decides: no address, a private or wrong one, or one for a name that is gone."""

from typing import Any

from tests.measure.scenarios.measurement_parts import (
    BLOCK_PAGE,
    BOGON,
    FORGED,
    HOST,
    OTHER,
    PLAIN,
    SECURE,
    connect,
    control,
    exchange,
    handshake,
    query,
    web,
)
from tests.measure.scenarios.web_measurement_parts import (
    DENIED,
    DENIED_TO_CONTROL,
    DIFFER,
    EMPTY,
    FAILED,
    REFUSED,
    RESET,
    SILENT,
    WWW,
    WWW_URL,
    Scenario,
    at,
    both,
    failed,
    lte,
    moved,
    names,
    tagged,
    tags,
)

_SECOND_FORGED = "45.11.14.15"
_NOTHING_TRIED: dict[str, Any] = {"tcp_connect": [], "tls_handshakes": [], "requests": []}
_NO_CONTROL: dict[str, Any] = {"control": None, "control_failure": SILENT}


def resolver_answer_scenarios() -> dict[str, Scenario]:
    """Return scenarios in which the user's resolver gives no address, or one that the control doesn't have."""
    return _missing_address_scenarios() | _private_address_scenarios() | _gone_name_scenarios() | _other_address_scenarios()


def _missing_address_scenarios() -> dict[str, Scenario]:
    empty = query(HOST, [], EMPTY)
    return {
        "no-address-and-a-second-resolver-has-one": Scenario(
            lte(queries=tagged(names(empty)), **_NOTHING_TRIED),
            "blocked",
            "nxdomain",
            "The user's resolver gives no address. Another unencrypted resolver gives the control's.",
            rule="web-name-empty-confirmed",
        ),
        "no-address-from-two-resolvers": Scenario(
            lte(queries=tagged(names(empty, empty)), **_NOTHING_TRIED),
            "blocked",
            "nxdomain",
            "No unencrypted resolver gives an address, so only the control shows that there is one.",
            rule="web-name-empty",
        ),
        "no-address-and-no-page-for-the-control": Scenario(
            lte(queries=tagged(names(empty)), control=both(http_request=FAILED), **_NOTHING_TRIED),
            "insufficient",
            None,
            "The control has an address for the name, but nothing shows that a site is there.",
            rule="web-undecided",
        ),
    }


def _private_address_scenarios() -> dict[str, Scenario]:
    private = query(HOST, [BOGON])
    silent: dict[str, Any] = {
        "tcp_connect": [connect(BOGON, 443, SILENT) | tags()],
        "tls_handshakes": [],
        "requests": [],
    }

    def without_control(*answers: dict[str, Any]) -> dict[str, Any]:
        return lte(queries=tagged(names(private, *answers)), **silent, **_NO_CONTROL)

    return {
        "bogon-and-an-encrypted-resolver-has-an-address": Scenario(
            without_control(),
            "blocked",
            "dns-forged-address",
            "There is no control, but an encrypted resolver gives a public address where the user's gives a private one.",
            rule="web-bogon-encrypted",
        ),
        "bogon-from-two-resolvers-and-an-encrypted-one-has-an-address": Scenario(
            without_control(private),
            "blocked",
            "dns-injection",
            "The same, and a resolver outside the network, asked without encryption, gives the private address too.",
            rule="web-bogon-encrypted",
        ),
        "bogon-from-the-encrypted-resolver-too": Scenario(
            without_control(private, private),
            "insufficient",
            None,
            "Every resolver gives the private address, so the site's owner may have entered it.",
            rule="web-no-control",
        ),
        "bogon-and-the-encrypted-resolver-is-silent": Scenario(
            without_control(private, query(HOST, [], SILENT)),
            "insufficient",
            None,
            "Neither the control nor an encrypted resolver shows that the name has a public address.",
            rule="web-no-control",
        ),
    }


def _gone_name_scenarios() -> dict[str, Scenario]:
    forged, denied = query(HOST, [FORGED]), query(HOST, [], DENIED)
    gone: dict[str, Any] = control(
        dns={"failure": "dns_name_error", "addrs": []},
        tcp_connect={f"{FORGED}:443": {"status": False, "failure": SILENT}},
        tls_handshake={},
        http_request=FAILED | {"failure": "dns_lookup_error"},
        ip_info={},
    )
    silent: dict[str, Any] = {
        "tcp_connect": [connect(FORGED, 443, SILENT) | tags()],
        "tls_handshakes": [],
        "requests": [],
        "control": gone,
    }
    return {
        "gone-name-that-two-resolvers-still-give": Scenario(
            lte(queries=tagged(names(forged, forged, denied)), **silent),
            "blocked",
            "dns-injection",
            "The name no longer exists, but two unencrypted resolvers give the same address: somebody still answers for it.",
            rule="web-ghost",
        ),
        "gone-name-and-the-encrypted-resolver-is-silent": Scenario(
            lte(queries=tagged(names(forged, forged, query(HOST, [], SILENT))), **silent),
            "insufficient",
            None,
            "Only the control says that the name is gone. No encrypted resolver confirms it.",
            rule="web-name-gone",
        ),
        "gone-name-that-one-resolver-gives": Scenario(
            lte(queries=tagged(names(forged, denied, denied)), **silent),
            "insufficient",
            None,
            "Only the provider's resolver gives an address for a name that doesn't exist, as providers do for advertisements.",
            rule="web-name-gone",
        ),
        "gone-name-with-two-different-addresses": Scenario(
            lte(queries=tagged(names(forged, query(HOST, [_SECOND_FORGED]), denied)), **silent),
            "insufficient",
            None,
            "Two unencrypted resolvers give different addresses, so they don't confirm each other.",
            rule="web-name-gone",
        ),
        "gone-name-that-leads-to-advertisements": Scenario(
            web(
                PLAIN,
                queries=[forged],
                tcp_connect=[connect(FORGED, 80)],
                requests=[exchange(PLAIN, "<title>Did you mean news.example.com?</title>")],
                control=gone,
            ),
            "insufficient",
            None,
            "The provider shows advertisements in place of a name that doesn't exist for the control.",
            rule="web-name-gone",
        ),
    }


def _other_address_scenarios() -> dict[str, Scenario]:
    forged = query(HOST, [FORGED])
    refusal = exchange(PLAIN, "<title>Access denied</title>", 403, headers={"Server": "cloudflare", "CF-RAY": "7d1-FRA"})
    mute = [failed(PLAIN, SILENT)]
    forged_mute = [at(FORGED, failed(PLAIN, SILENT), 80) | tags()]
    forged_reached = [connect(FORGED, 80) | tags()]

    def elsewhere(address: str, requests: list[dict[str, Any]], **keys: Any) -> dict[str, Any]:
        return web(PLAIN, queries=[query(HOST, [address])], tcp_connect=[connect(address, 80)], requests=requests, **keys)

    return {
        "another-page-at-another-address": Scenario(
            elsewhere(FORGED, [exchange(PLAIN, BLOCK_PAGE)], **DIFFER),
            "blocked",
            "dns-forged-address",
            "The address is in another network than the control's, and the page there isn't the site's.",
            rule="web-forged-page",
        ),
        "another-page-at-another-address-from-two-resolvers": Scenario(
            lte(
                PLAIN,
                queries=tagged(names(forged, forged)),
                tcp_connect=forged_reached,
                requests=[at(FORGED, exchange(PLAIN, BLOCK_PAGE), 80) | tags()],
                **DIFFER,
            ),
            "blocked",
            "dns-injection",
            "The same, and a resolver outside the network, asked without encryption, gives this address too.",
            rule="web-forged-page",
        ),
        "another-page-at-another-address-of-the-site": Scenario(
            elsewhere(OTHER, [exchange(PLAIN, BLOCK_PAGE)], **DIFFER),
            "blocked",
            "http-diff",
            "The address is in the site's network, so the resolver told the truth and the page was replaced on the way.",
            rule="web-page-different",
        ),
        "another-page-at-another-address-and-an-error-for-the-control": Scenario(
            elsewhere(
                FORGED,
                [exchange(PLAIN, BLOCK_PAGE)],
                control=control(port=80, http_request=DENIED_TO_CONTROL),
                **DIFFER,
            ),
            "insufficient",
            None,
            "The site answers the control with an error, so there is no page with which to compare the one here.",
            rule="web-control-refused",
        ),
        "turned-away-at-another-address": Scenario(
            elsewhere(FORGED, [refusal], **DIFFER | {"status_code_match": False}),
            "insufficient",
            None,
            "A content network answers at the other address and refuses this reader, which is no censor's page.",
            rule="web-undecided",
        ),
        "silent-at-another-address": Scenario(
            elsewhere(FORGED, mute),
            "blocked",
            "dns-forged-address",
            "The address is in another network than the control's, and its server connects but sends no page.",
            rule="web-forged-silent",
        ),
        "silent-at-another-address-from-two-resolvers": Scenario(
            lte(PLAIN, queries=tagged(names(forged, forged)), tcp_connect=forged_reached, requests=forged_mute),
            "blocked",
            "dns-injection",
            "The same, and a resolver outside the network, asked without encryption, gives this address too.",
            rule="web-forged-silent",
        ),
        "silent-at-another-address-and-no-page-for-the-control": Scenario(
            elsewhere(FORGED, mute, control=control(port=80, http_request=FAILED)),
            "insufficient",
            None,
            "The control got no page either, so the silence at the other address may be the site's own.",
            rule="web-undecided",
        ),
        "silent-at-another-address-of-the-site": Scenario(
            elsewhere(OTHER, mute),
            "blocked",
            "timeout",
            "The address is in the site's network, so the resolver told the truth and the request gets no answer.",
            rule="web-http-silent",
        ),
        "silent-at-an-address-with-the-site's-certificate": Scenario(
            lte(
                PLAIN,
                queries=tagged(names(forged)),
                tcp_connect=forged_reached,
                requests=forged_mute,
                control=both(80, FORGED),
            ),
            "blocked",
            "timeout",
            "The control found the site's certificate at the other address, so the address is the site's own.",
            rule="web-http-silent",
        ),
    } | _verified_address_scenarios()


def _verified_address_scenarios() -> dict[str, Scenario]:
    """Return scenarios in which the probe itself verified the site's certificate at an address that the control doesn't have."""
    forged = query(HOST, [FORGED])

    def silent_page(failure: str) -> dict[str, Any]:
        return web(
            queries=[forged],
            tcp_connect=[connect(FORGED, 443)],
            tls_handshakes=[handshake(HOST, FORGED)],
            requests=[failed(SECURE, failure)],
        )

    def failed_after_redirect(failure: str, answers: list[dict[str, Any]]) -> dict[str, Any]:
        return lte(
            queries=[*tagged(answers), query(WWW, [OTHER]) | tags(1)],
            tcp_connect=[connect(FORGED, 443) | tags(), connect(OTHER, 443, failure) | tags(1)],
            tls_handshakes=[handshake(HOST, FORGED) | tags()],
            requests=[at(FORGED, moved(SECURE, WWW_URL)) | tags()],
        )

    return {
        "silent-after-verified-tls-at-another-address": Scenario(
            silent_page(SILENT),
            "blocked",
            "timeout",
            "The server at the other address has the site's certificate, so the resolver told the truth.",
            rule="web-https-answer-silent",
        ),
        "cut-after-verified-tls-at-another-address": Scenario(
            silent_page(RESET),
            "blocked",
            "tcp-reset",
            "The server at the other address has the site's certificate, so the resolver told the truth.",
            rule="web-https-answer-cut",
        ),
        "refused-after-a-redirect-over-verified-tls-at-another-address": Scenario(
            failed_after_redirect(REFUSED, names(forged)),
            "blocked",
            "tcp-reset",
            "The redirect is the site's own, and the connection failed at the next server.",
            rule="web-tcp-refused-later",
        ),
        "silent-after-a-redirect-over-verified-tls-at-another-address": Scenario(
            failed_after_redirect(SILENT, names(forged)),
            "blocked",
            "timeout",
            "The redirect is the site's own, and the connection failed at the next server.",
            rule="web-tcp-silent-later",
        ),
        "refused-after-a-redirect-at-another-address-from-two-resolvers": Scenario(
            failed_after_redirect(REFUSED, names(forged, forged)),
            "blocked",
            "dns-injection",
            "A resolver outside the network gives the other address too, so it may be a relay that passes the certificate on.",
            rule="web-forged-dead-injected",
        ),
    }
