"""What a failure's name means: OONI's strings of all engines, and of its test helpers, brought to a dozen kinds.

Names: OONI's specification df-007-errors (https://github.com/ooni/spec/blob/master/data-formats/df-007-errors.md), and those
that the older Python and C++ engines wrote.
"""

from typing import Any

OK, ODD = "ok", "odd"
"""Nothing failed; something stands there that is no failure's name, so that nobody knows."""
REFUSED, RESET, CLOSED, TIMEOUT, UNREACHABLE = "refused", "reset", "closed", "timeout", "unreachable"
CERTIFICATE, HANDSHAKE = "certificate", "handshake"
NXDOMAIN, NO_ANSWER, DNS_REFUSED, DNS_OTHER = "nxdomain", "no-answer", "dns-refused", "dns-other"
BAD_REDIRECT, REDIRECT_LOOP, OTHER = "bad-redirect", "redirect-loop", "other"

_NAMES = {
    "generic_timeout_error": TIMEOUT,
    "deferred_timeout_error": TIMEOUT,
    "tcp_timed_out_error": TIMEOUT,
    "timed_out": TIMEOUT,
    "socks_ttl_expired": OTHER,
    "response_never_received": CLOSED,
    "connection_refused": REFUSED,
    "connection_refused_error": REFUSED,
    "connection_reset": RESET,
    "connection_reset_error": RESET,
    "connection_lost": CLOSED,
    "connection_lost_error": CLOSED,
    "eof_error": CLOSED,
    "network_unreachable": UNREACHABLE,
    "host_unreachable": UNREACHABLE,
    "address_not_available": UNREACHABLE,
    "ssl_invalid_certificate": CERTIFICATE,
    "ssl_unknown_authority": CERTIFICATE,
    "ssl_invalid_hostname": CERTIFICATE,
    "ssl_failed_handshake": HANDSHAKE,
    "ssl_error": HANDSHAKE,
    "quic_incompatible_version": HANDSHAKE,
    "dns_nxdomain_error": NXDOMAIN,
    "dns_name_error": NXDOMAIN,
    "dns_no_answer": NO_ANSWER,
    "android_dns_cache_no_data": NO_ANSWER,
    "dns_refused_error": DNS_REFUSED,
    "dns_servfail_error": DNS_REFUSED,
    "dns_server_misbehaving": DNS_REFUSED,
    "dns_server_failure": DNS_REFUSED,
    "dns_bogon_error": OK,  # an answer came; the addresses tell of what kind it was
    "dns_lookup_error": DNS_OTHER,
    "http_invalid_redirect_location_host": BAD_REDIRECT,
    "http_invalid_redirect_url": BAD_REDIRECT,
    "http_invalid_redirect_location": BAD_REDIRECT,
}
_PARTS = (
    ("too many redirects", REDIRECT_LOOP),
    ("nxdomain", NXDOMAIN),
    ("no such host", NXDOMAIN),
    ("timeout", TIMEOUT),
    ("deadline exceeded", TIMEOUT),
    ("connection refused", REFUSED),
    ("connection reset", RESET),
    ("unreachable", UNREACHABLE),
    ("x509", CERTIFICATE),
    ("certificate", CERTIFICATE),
    ("eof", CLOSED),
    ("tls", HANDSHAKE),
    ("ssl", HANDSHAKE),
    ("dns", DNS_OTHER),
    ("redirect", BAD_REDIRECT),
)


def kind(failure: Any) -> str:
    """The kind of a failure: `ok` for null, `odd` for what is no text, `other` for a name that means none of them."""
    if failure is None:
        return OK
    if type(failure) is not str or not failure:
        return ODD
    found = _NAMES.get(failure)
    if found is None:
        lower = failure[:300].lower()
        found = next((meaning for part, meaning in _PARTS if part in lower), OTHER)
    return found


def kind_of(entry: dict[str, Any]) -> str:
    """The kind of an entry's `failure`; `odd` when the entry does not say whether it failed."""
    failure = entry.get("failure", ODD)
    if failure is None:
        return OK
    return kind(failure) if failure != ODD else ODD
