"""Scenarios of measurements with missing or unusual fields."""

from tests.measure.scenarios.measurement_parts import (
    PLAIN,
    SECURE,
    frame,
    web,
)
from tests.measure.scenarios.web_measurement_parts import (
    MATCH,
    Scenario,
)


def missing_field_scenarios() -> dict[str, Scenario]:
    """Return scenarios with missing or unusual fields."""
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
