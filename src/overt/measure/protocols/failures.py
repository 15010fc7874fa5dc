"""Kinds of failures, and the names under which OONI's engines and test helpers report them.

The names come from OONI's specification df-007-errors (https://github.com/ooni/spec/blob/master/data-formats/df-007-errors.md),
and from the older Python and C++ engines.
"""

from typing import Any

OK, ODD = "ok", "odd"
"""`ok`: nothing failed. `odd`: the outcome is unknown, because the value is missing or not the name of a failure."""
REFUSED, RESET, CLOSED, TIMEOUT, UNREACHABLE = "refused", "reset", "closed", "timeout", "unreachable"
CERTIFICATE, HANDSHAKE = "certificate", "handshake"
NXDOMAIN, NO_ANSWER, DNS_REFUSED, DNS_OTHER = "nxdomain", "no-answer", "dns-refused", "dns-other"
DNS_FAILED, DNS_BOGON, DNS_UNNAMED = "dns-failed", "dns-bogon", "dns-unnamed"
"""Failures of a resolver. `dns-failed`: it failed (SERVFAIL). `dns-bogon`: it returned a bogon. `dns-unnamed`: it returned an
error that older engines don't specify, which can be a denial, a refusal or a failure.
"""
BAD_REDIRECT, REDIRECT_LOOP, OTHER = "bad-redirect", "redirect-loop", "other"

_NAMES = {
    "generic_timeout_error": TIMEOUT,
    "task_timed_out": TIMEOUT,
    "process_timed_out": TIMEOUT,
    "deferred_timeout_error": TIMEOUT,
    "tcp_timed_out_error": TIMEOUT,
    "timed_out": TIMEOUT,
    "response_never_received": CLOSED,
    "connection_refused": REFUSED,
    "connection_refused_error": REFUSED,
    "connection_reset": RESET,
    "connection_reset_error": RESET,
    "connection_lost": CLOSED,
    "connection_lost_error": CLOSED,
    "connection_aborted": CLOSED,
    "connection_done": CLOSED,
    "broken_pipe": CLOSED,
    "eof_error": CLOSED,
    "unknown_failure 1000": CLOSED,  # End of stream. The first C++ engines wrote numbers, not names.
    "network_down": UNREACHABLE,
    "network_reset": UNREACHABLE,
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
    "host_or_service_not_provided_or_not_known": NXDOMAIN,
    "dns_name_error": NXDOMAIN,
    "dns_no_answer": NO_ANSWER,
    "android_dns_cache_no_data": NO_ANSWER,
    "dns_refused_error": DNS_REFUSED,
    "dns_servfail_error": DNS_FAILED,
    "dns_server_misbehaving": DNS_FAILED,
    "dns_server_failure": DNS_FAILED,
    "dns_name_failure": DNS_FAILED,
    "dns_bogon_error": DNS_BOGON,
    "dns_lookup_error": DNS_UNNAMED,
    "unknown_failure 1004": DNS_UNNAMED,
    "http_invalid_redirect_location_host": BAD_REDIRECT,
    "http_invalid_redirect_url": BAD_REDIRECT,
    "http_invalid_redirect_location": BAD_REDIRECT,
}
_ABSENT = object()
_PARTS = (
    ("socks", OTHER),  # The probe's relay, or a server behind it, failed.
    ("too many redirects", REDIRECT_LOOP),
    ("too_many_redirects", REDIRECT_LOOP),
    ("10 redirects", REDIRECT_LOOP),
    ("unsupported protocol scheme", BAD_REDIRECT),
    ("no host in request url", BAD_REDIRECT),
    ("nxdomain", NXDOMAIN),
    ("no such host", NXDOMAIN),
    ("timeout", TIMEOUT),
    ("timed out", TIMEOUT),
    ("deadline exceeded", TIMEOUT),
    ("did not properly respond", TIMEOUT),  # This message and the next two come from Windows.
    ("actively refused", REFUSED),
    ("forcibly closed", RESET),
    ("connection refused", REFUSED),
    ("connection reset", RESET),
    ("broken pipe", CLOSED),
    ("unreachable", UNREACHABLE),
    ("no route to host", UNREACHABLE),
    ("x509", CERTIFICATE),
    ("certificate", CERTIFICATE),
    ("eof", CLOSED),
    ("tls", HANDSHAKE),
    ("ssl", HANDSHAKE),
    ("dns", DNS_OTHER),
    ("redirect", BAD_REDIRECT),
)


def failure_kind(failure: Any) -> str:
    """Classify a failure: `ok` for null, `odd` for "" and values that are not strings, `other` for an unknown name."""
    if failure is None:
        return OK
    if type(failure) is not str or not failure:
        return ODD
    kind = _NAMES.get(failure)
    if kind is None:
        lower = failure[:300].lower()
        kind = next((meaning for part, meaning in _PARTS if part in lower), OTHER)
    return kind


def entry_failure(entry: dict[str, Any], has_result: object = False) -> str:
    """Classify an entry's `failure`.

    Publishers and databases drop null fields, so an entry without the field succeeded if it has a result (`has_result` is true).
    An entry without the field and without a result is `odd`.
    """
    failure = entry.get("failure", _ABSENT)
    if failure is None:
        return OK
    if failure is _ABSENT:
        return OK if has_result else ODD
    return failure_kind(failure)
