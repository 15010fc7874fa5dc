"""The fields that all measurements share. Addresses of people and of their resolvers are not read."""

import hashlib
import re
from datetime import date
from ipaddress import ip_address
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from overt.measure.protocols.json_values import mapping, text
from overt.model.errors import ValueProblem
from overt.model.values.domain_names import canonical_domain

_ASN = re.compile(r"AS(\d{1,10})", re.ASCII)
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)[ T]\d\d:\d\d", re.ASCII)

_FIRST_DAY = date(2012, 12, 1)
"""First day of OONI's measurements. An earlier date comes from a clock that was never set."""
_SUBMITTED = re.compile(r"(\d{4})(\d\d)(\d\d)\d{6}\.\d+_", re.ASCII)
"""Matches `measurement_uid`, which begins with the time at which OONI's collector received the measurement, by its own clock."""
_OPENED = re.compile(r"(\d{4})(\d\d)(\d\d)T\d{6}Z_", re.ASCII)
"""Matches `report_id`, which begins with the time at which the collector opened the report."""
_MAX_REPORT_DAYS = 366
"""Maximum number of days between the opening of a report and its last measurement."""


class Measurement(NamedTuple):
    """The common fields of one measurement (OONI's data format df-000-base), and its test's own keys."""

    id: str
    """OONI's id if the measurement has one, otherwise the report and the input, otherwise the hash of its bytes.

    The hash is written as `sha256:` and 32 hex digits.
    """
    test_name: str
    input: str
    """The tested URL or name; empty for tests of one service."""
    country: str
    """ISO 3166 code of the probe's country; empty if unknown (ZZ)."""
    asn: int
    """Number of the probe's network; 0 if unknown."""
    day: str
    """Day (ISO) on which the measurement began, by the probe's clock.

    Empty if the day is missing or impossible. It is impossible if it is before OONI existed, or too long after OONI's collector
    received the measurement or opened its report.
    """
    software: str
    """Name and version of the software."""
    platform: str
    resolver_asn: int
    """Number of the network of the probe's resolver; 0 if unknown. The resolver's address is not read."""
    checks_certificates: bool
    """Whether the engine rejects invalid certificates. The Go engine does; older engines did not always."""
    keys: dict[str, Any] | None
    """The test keys; None if they are missing."""


def parse_measurement(document: dict[str, Any], data: bytes) -> Measurement:
    """Parse the common fields. Values of a wrong type count as missing, and long texts are cut.

    `data` has the measurement's bytes, whose hash becomes its id if it has no other id.
    """
    value = document.get("input")
    keys = document.get("test_keys")
    report = text(document.get("report_id"))
    tested = text(value) if not isinstance(value, list) else " ".join(filter(None, map(text, value[:20])))
    country = text(document.get("probe_cc")).upper()
    annotations = mapping(document.get("annotations"))
    return Measurement(
        id=_id(document, report, tested, data),
        test_name=text(document.get("test_name"))[:100],
        input=tested,
        country=country if _COUNTRY.fullmatch(country) and country != "ZZ" else "",
        asn=parse_asn(document.get("probe_asn")),
        day=_day(document, report),
        software=f"{text(document.get('software_name'))[:60]} {text(document.get('software_version'))[:40]}".strip(),
        platform=text(annotations.get("platform"))[:40],
        resolver_asn=parse_asn(document.get("resolver_asn")),
        checks_certificates=text(annotations.get("engine_name")) == "ooniprobe-engine",
        keys=keys if type(keys) is dict else None,
    )


def _day(document: dict[str, Any], report: str) -> str:
    start = _DAY.match(text(document.get("measurement_start_time")) or text(document.get("test_start_time")))
    day = _parse_date(start[1]) if start else None
    if day is None or day < _FIRST_DAY:
        return ""
    for pattern, value, max_days in (
        (_SUBMITTED, document.get("measurement_uid"), 1),
        (_OPENED, report, _MAX_REPORT_DAYS),
    ):
        match = pattern.match(text(value))
        received = _parse_date("-".join(match.groups())) if match else None
        if received is not None and (day - received).days > max_days:
            return ""
    return day.isoformat()


def _parse_date(day: str) -> date | None:
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def parse_asn(value: Any) -> int:
    """Parse the number of a network in the form AS64500; anything else gives 0."""
    match = _ASN.fullmatch(text(value))
    return int(match[1]) if match and int(match[1]) < 2**32 else 0


def input_host(tested: str) -> str:
    """Return the canonical domain name (lower case, ASCII) or the IP address in a tested URL or name.

    Empty if there is neither. The input of a measurement can be any string, but the result is used in tables and page addresses.
    """
    if address := _canonical_address(tested):
        return address
    try:
        host = urlsplit(tested if "//" in tested else f"//{tested}").hostname or ""
    except ValueError:
        return ""
    try:
        return canonical_domain(host)
    except ValueProblem:
        return _canonical_address(host)


def _canonical_address(host: str) -> str:
    try:
        return str(ip_address(host)) if "%" not in host else ""
    except ValueError:
        return ""


def _id(document: dict[str, Any], report: str, tested: str, data: bytes) -> str:
    for name in ("measurement_uid", "id"):
        if value := text(document.get(name)):
            return value[:200]
    # A report has one measurement per input, so the two together identify it. If an input was tried twice, both share the id.
    if report:
        return f"{report}?input={tested}" if tested else report
    return f"sha256:{hashlib.sha256(data).hexdigest()[:32]}"
