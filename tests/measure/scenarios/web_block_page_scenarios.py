"""Scenarios of known block pages and of addresses that serve them, judged with the lists in tests/measure/fingerprints."""

from typing import Any

from tests.measure.scenarios.measurement_parts import (
    BLOCK_PAGE,
    FORGED,
    HOST,
    PLAIN,
    connect,
    control,
    exchange,
    query,
    web,
)
from tests.measure.scenarios.web_measurement_parts import (
    DIFFER,
    MATCH,
    SILENT,
    Scenario,
    at,
    failed,
    lte,
    names,
    tagged,
    tags,
)

_STOP_URL = "http://stop.example.net/?u=1"
_MAINTENANCE = "<html><head><title>Back soon</title></head><body>Under maintenance</body></html>"
_HEADERS_MATCH = DIFFER | {"headers_match": True}
_STATUS_DIFFERS = DIFFER | {"status_code_match": False}


def block_page_scenarios() -> dict[str, Scenario]:
    """Return scenarios of pages and addresses that are on the lists, and of some that only resemble them."""
    scenarios = _page_scenarios() | _address_scenarios() | _uncertain_page_scenarios()
    return {name: scenario._replace(block_page_lists=True) for name, scenario in scenarios.items()}


def _page_scenarios() -> dict[str, Scenario]:
    national = [exchange(PLAIN, BLOCK_PAGE)]
    school = [exchange(PLAIN, "<title>Not here</title>", 403, headers={"Server": "School Shield 3"})]
    newer_school = [exchange(PLAIN, "<title>Not here</title>", 403, headers={"Server": "School Shield 31"})]
    product = [exchange(PLAIN, "<h1>Blocked by Shield 42</h1>", 403)]
    return {
        "block-page-of-the-country": Scenario(
            web(PLAIN, requests=national, **DIFFER),
            "blocked",
            "block-page",
            "The page has the words of the country's own block page, and the control got the site's.",
            rule="web-block-page",
        ),
        "block-page-of-a-provider-that-never-comes": Scenario(
            web(
                PLAIN,
                requests=[failed(_STOP_URL, SILENT), exchange(PLAIN, "", 302, headers={"Location": _STOP_URL})],
            ),
            "blocked",
            "block-page",
            "The redirect leads to the provider's known block page. That its server doesn't answer changes nothing.",
            rule="web-block-page",
        ),
        "block-page-that-the-control-gets-too": Scenario(
            web(PLAIN, requests=national, **MATCH),
            "ok",
            None,
            "The control got the same page, so these words are the site's own, such as an article about the order.",
            rule="web-page-same",
        ),
        "block-page-of-another-country": Scenario(
            web(PLAIN, requests=national, **DIFFER) | {"probe_cc": "FR"},
            "blocked",
            "http-diff",
            "The page is known from another country and has headers other than the control's, so only the difference counts.",
            rule="web-page-different",
        ),
        "block-page-of-a-school": Scenario(
            web(PLAIN, requests=school, **_STATUS_DIFFERS),
            "blocked",
            "block-page",
            "The header names a school's firewall, which blocks for this network and not for the country.",
            rule="web-block-page-local",
        ),
        "block-page-of-a-product-without-control": Scenario(
            web(PLAIN, requests=product, control=None, control_failure=SILENT),
            "blocked",
            "block-page",
            "A known block page of a product needs no control.",
            rule="web-block-page-local",
        ),
        "block-page-of-a-product-that-the-control-gets-too": Scenario(
            web(PLAIN, requests=[exchange(PLAIN, "<h1>Blocked by Shield 42</h1>")], **MATCH),
            "ok",
            None,
            "The control got the same page, so these words are the site's own, such as a manual of the product.",
            rule="web-page-same",
        ),
        "block-page-of-an-unlisted-product": Scenario(
            web(PLAIN, requests=newer_school, **_STATUS_DIFFERS),
            "blocked",
            "http-diff",
            "The list has this header only in full, with another number. The page differs from the control's in any case.",
            rule="web-page-different",
        ),
    }


def _address_scenarios() -> dict[str, Scenario]:
    forged = query(HOST, [FORGED])
    silent: dict[str, Any] = {"tcp_connect": [connect(FORGED, 80, SILENT)], "requests": [failed(PLAIN, SILENT)]}
    return {
        "address-of-a-block-page": Scenario(
            web(PLAIN, queries=[forged], **silent),
            "blocked",
            "dns-forged-address",
            "The resolver gives the address of the country's block page. That its server doesn't answer changes nothing.",
            rule="web-block-address",
        ),
        "address-of-a-block-page-from-two-resolvers": Scenario(
            lte(
                PLAIN,
                queries=tagged(names(forged, forged)),
                tcp_connect=[connect(FORGED, 80) | tags()],
                requests=[at(FORGED, exchange(PLAIN, "<title>Stop</title>"), 80) | tags()],
                **DIFFER,
            ),
            "blocked",
            "dns-injection",
            "A resolver outside the network, asked without encryption, gives the block page's address too.",
            rule="web-block-address",
        ),
        "address-of-a-block-page-for-the-control-too": Scenario(
            web(PLAIN, queries=[forged], control=control(FORGED, 80), **silent),
            "blocked",
            "timeout",
            "The control got this address too, so it is the site's own. What counts is that it is silent only here.",
            rule="web-tcp-silent",
        ),
        "address-of-a-block-page-with-the-control's-page": Scenario(
            web(PLAIN, queries=[forged], tcp_connect=[connect(FORGED, 80)], **MATCH),
            "ok",
            None,
            "The control got another address and the same page, so no block page is at this one.",
            rule="web-page-same-elsewhere",
        ),
        "address-of-a-block-page-of-another-country": Scenario(
            web(PLAIN, queries=[forged], **silent) | {"probe_cc": "FR"},
            "blocked",
            "dns-forged-address",
            "The address is known from another country, so what counts is that it isn't the control's and is silent.",
            rule="web-forged-dead",
        ),
    }


def _uncertain_page_scenarios() -> dict[str, Scenario]:
    maintenance = [exchange(PLAIN, _MAINTENANCE)]
    out_of_service: dict[str, Any] = {
        "failure": None,
        "status_code": 503,
        "body_length": 900,
        "headers": {},
        "title": "The Daily Example is out of service",
    }
    return {
        "uncertain-block-page": Scenario(
            web(PLAIN, requests=maintenance, **_HEADERS_MATCH),
            "blocked",
            "block-page",
            "The words are known from block pages, but from other pages too. Title and length are not the control's.",
            rule="web-block-page-unsure",
        ),
        "block-page-of-another-country-with-the-control's-headers": Scenario(
            web(PLAIN, requests=[exchange(PLAIN, BLOCK_PAGE)], **_HEADERS_MATCH) | {"probe_cc": "FR"},
            "blocked",
            "block-page",
            "The page is known from another country. Title and length are not the control's.",
            rule="web-block-page-unsure",
        ),
        "unlisted-page-with-the-control's-headers": Scenario(
            web(PLAIN, requests=[exchange(PLAIN, "<title>Back soon</title>")], **_HEADERS_MATCH),
            "insufficient",
            None,
            "Title and length are not the control's, but headers and status are, and no list has the page.",
            rule="web-undecided",
        ),
        "uncertain-block-page-with-a-server-error": Scenario(
            web(PLAIN, requests=[exchange(PLAIN, _MAINTENANCE, 503)], **_STATUS_DIFFERS | {"headers_match": True}),
            "insufficient",
            None,
            "A status of 503 where the control got 200 is a server's error, which is not taken for a censor's page.",
            rule="web-undecided",
        ),
        "uncertain-block-page-and-an-error-for-the-control": Scenario(
            web(
                PLAIN,
                requests=[exchange(PLAIN, _MAINTENANCE, 503)],
                control=control(port=80, http_request=out_of_service),
                **_HEADERS_MATCH,
            ),
            "insufficient",
            None,
            "The site is out of service for the control too, so words about maintenance are no sign of blocking.",
            rule="web-control-refused",
        ),
    }
