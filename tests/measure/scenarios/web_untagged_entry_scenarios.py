"""Scenarios of version 0.5 in 2022 and 2023, which did not tag the user's part, and one with tags to compare."""

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
    FAILED,
    REFUSED,
    RESET,
    SILENT,
    SIX,
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


def untagged_scenarios() -> dict[str, Scenario]:
    """Return scenarios of version 0.5 without tags, which also tried addresses from other resolvers, and one with tags."""
    denied, forged, good = query(HOST, [], DENIED), query(HOST, [FORGED]), query(HOST, [SITE])
    elsewhere: dict[str, Any] = {"tcp_connect": [connect(SITE, 443)], "tls_handshakes": [handshake(HOST, SITE)]}
    page = [at(SITE, exchange(SECURE))]
    plain_dead = [connect(SITE, 80, SILENT), connect(SITE, 443)]
    silent = {"status": False, "failure": SILENT}
    down = both(80, tcp_connect={f"{SITE}:80": silent, f"{SITE}:443": {"status": True, "failure": None}}, http_request=FAILED)
    return {
        "untagged-name-denied": Scenario(
            lte(version="0.5.20", queries=names(denied), requests=page, **elsewhere),
            "blocked",
            "nxdomain",
            "The user's resolver denies the name. That the page came from an address that others gave helps no user.",
        ),
        "untagged-bogon": Scenario(
            lte(
                version="0.5.20",
                queries=names(query(HOST, [BOGON])),
                tcp_connect=[connect(BOGON, 443, SILENT), connect(SITE, 443)],
                tls_handshakes=[handshake(HOST, SITE)],
                requests=page,
            ),
            "blocked",
            "dns-forged-address",
            "A private address for a name that others know by a public one.",
        ),
        "untagged-forged-and-dead": Scenario(
            lte(
                version="0.5.20",
                queries=names(forged, forged),
                tcp_connect=[connect(FORGED, 443, REFUSED), connect(SITE, 443)],
                tls_handshakes=[handshake(HOST, SITE)],
                requests=page,
            ),
            "blocked",
            "dns-injection",
            "Two resolvers in the clear lead elsewhere, where nobody answers; the encrypted one and the helper know better.",
        ),
        "untagged-plain-port-silent": Scenario(
            lte(
                PLAIN,
                "0.5.20",
                queries=names(good),
                tcp_connect=plain_dead,
                tls_handshakes=[handshake(HOST, SITE)],
                requests=[],
            ),
            "blocked",
            "timeout",
            "The page is at port 80, which is silent here and not for the helper; port 443 was tried for its certificate alone.",
        ),
        "untagged-plain-port-silent-for-all": Scenario(
            lte(
                PLAIN,
                "0.5.26",
                queries=names(good),
                tcp_connect=plain_dead,
                tls_handshakes=[handshake(HOST, SITE)],
                requests=[],
                control=down,
            ),
            "down",
            None,
            "Nobody answers at port 80, the helper neither.",
        ),
        "untagged-no-ipv6": Scenario(
            lte(
                version="0.5.20",
                queries=names(query(HOST, [SITE, SIX])),
                tcp_connect=[connect(SIX, 443, "host_unreachable"), connect(SITE, 443)],
                tls_handshakes=[handshake(HOST, SITE)],
                requests=page,
            ),
            "ok",
            None,
            "The probe has no IPv6; the page came over checked TLS.",
        ),
        "untagged-cut-after-a-redirect": Scenario(
            lte(
                version="0.5.20",
                queries=[*names(good), query(WWW, [OTHER])],
                tcp_connect=[connect(SITE, 443), connect(OTHER, 443)],
                tls_handshakes=[handshake(HOST, SITE), handshake(WWW, OTHER, RESET)],
                requests=[at(SITE, moved(SECURE, WWW_URL))],
            ),
            "blocked",
            "tls-interference",
            "The redirect leads to another name, whose handshake is reset; the helper went the same way and has the page.",
        ),
        "untagged-denied-after-a-redirect": Scenario(
            lte(
                version="0.5.20",
                queries=[*names(good), query(WWW, [], DENIED)],
                requests=[at(SITE, moved(SECURE, WWW_URL))],
                **elsewhere,
            ),
            "blocked",
            "nxdomain",
            "The redirect leads to a name that the resolver denies; the helper has the page behind it.",
        ),
        "untagged-redirect-behind-a-denied-name": Scenario(
            lte(
                version="0.5.20",
                queries=[*names(denied), query(WWW, [OTHER])],
                tcp_connect=[connect(SITE, 443), connect(OTHER, 443)],
                tls_handshakes=[handshake(HOST, SITE), handshake(WWW, OTHER)],
                requests=[at(OTHER, exchange(WWW_URL)), at(SITE, moved(SECURE, WWW_URL))],
            ),
            "blocked",
            "nxdomain",
            "The user does not come to the redirect, so what is behind it does not count.",
        ),
        "tagged-redirect-behind-a-denied-name": Scenario(
            lte(
                queries=[*tagged(names(denied)), query(WWW, [OTHER]) | tags(1)],
                tcp_connect=[connect(SITE, 443) | tags(classic=False), connect(OTHER, 443) | tags(1)],
                tls_handshakes=[handshake(HOST, SITE) | tags(classic=False), handshake(WWW, OTHER) | tags(1)],
                requests=[
                    at(OTHER, exchange(WWW_URL)) | tags(1),
                    at(SITE, moved(SECURE, WWW_URL)) | tags(classic=False),
                ],
            ),
            "blocked",
            "nxdomain",
            "The same with tags: the probe tags what it does after a redirect that no user gets.",
        ),
    }
