"""Compares failures with the control address by address, because the addresses of one name can behave differently."""

from collections.abc import Callable, Iterable

from overt.measure.facts.control_measurement import NOTHING
from overt.measure.protocols.failures import ODD, OK, UNREACHABLE
from overt.measure.protocols.tcp import combined_failure

_UNCLEAR = frozenset({"", UNREACHABLE, ODD})
"""Results that show no failure of the address: a probe without IPv6, or an unknown outcome."""


def compare_by_endpoint(attempts: Iterable[tuple[str, str]], control_result: Callable[[Iterable[str]], str]) -> tuple[str, str]:
    """Return the probe's combined result and the control's result at the same endpoints.

    If the probe failed at every endpoint, its failures at endpoints that the control reached decide. If there are none, its
    failures at the other endpoints do. So a failure that the control shares is never compared with the control's success at
    another address.

    `attempts`: endpoint and failure of each attempt. `control_result`: returns the control's best result at some endpoints.
    """
    listed = [*attempts]
    combined = combined_failure(failure for _, failure in listed)
    both = combined or NOTHING, control_result(endpoint for endpoint, _ in listed)
    if combined in ("", OK):
        return both
    reached = [(endpoint, failure) for endpoint, failure in listed if control_result([endpoint]) == OK]
    if (failure := combined_failure(failure for _, failure in reached)) not in _UNCLEAR:
        return failure, OK
    rest = [attempt for attempt in listed if attempt not in reached]
    if (failure := combined_failure(failure for _, failure in rest)) not in _UNCLEAR:
        return failure, control_result(endpoint for endpoint, _ in rest)
    return both
