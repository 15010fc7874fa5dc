"""What a measurement says of itself. Addresses of people and of their resolvers are not taken up at all."""

import hashlib
import re
from datetime import date
from ipaddress import ip_address
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from overt.measure.values import mapping, text
from overt.model.errors import ValueProblem
from overt.model.values.domain_names import canonical_domain

_ASN = re.compile(r"AS(\d{1,10})", re.ASCII)
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)[ T]\d\d:\d\d", re.ASCII)

_FIRST_DAY = date(2012, 12, 1)
"""OONI has no older measurements; a clock that tells of one was never set."""
_SUBMITTED = re.compile(r"(\d{4})(\d\d)(\d\d)\d{6}\.\d+_", re.ASCII)
"""When OONI's collector was given a measurement, by its own clock, in `measurement_uid`."""
_OPENED, _LONGEST_REPORT = re.compile(r"(\d{4})(\d\d)(\d\d)T\d{6}Z_", re.ASCII), 366
"""When it opened the report, likewise, in `report_id`; and more days than any is filled."""


class Measurement(NamedTuple):
    """The frame of one measurement, in OONI's data format df-000-base, and its test's own keys."""

    id: str
    """OONI's id where it bears one, else the report and the input, else the hash of its bytes: `sha256:` and 32 hex."""
    test_name: str
    input: str
    """The address or name that was tested; empty for tests of one service."""
    country: str
    """ISO 3166 code of the probe's country, empty where it is not known (ZZ)."""
    asn: int
    """The probe's network; 0 where it is not known."""
    day: str
    """ISO date on which the measurement began, by the probe's clock; empty where it is not told, or where it cannot be: before
    there was OONI, or after OONI's collector had the measurement.
    """
    software: str
    """Name and version of the software."""
    platform: str
    resolver_asn: int
    """The network of the resolver that the probe used; 0 where it is not known. Its address is not read."""
    checks_certificates: bool
    """Whether the engine refuses a page whose certificate does not hold: the Go engine does, older ones did not always."""
    keys: dict[str, Any] | None
    """The test's own findings; None where they are missing."""


def measurement(document: dict[str, Any], data: bytes) -> Measurement:
    """The frame of a measurement; `data` are the bytes it was read from, which name it when it has no name."""
    given = document.get("input")
    keys = document.get("test_keys")
    report = text(document.get("report_id"))
    tested = text(given) if not isinstance(given, list) else " ".join(filter(None, map(text, given[:20])))
    country = text(document.get("probe_cc")).upper()
    annotations = mapping(document.get("annotations"))
    return Measurement(
        id=_id(document, report, tested, data),
        test_name=text(document.get("test_name"))[:100],
        input=tested,
        country=country if _COUNTRY.fullmatch(country) and country != "ZZ" else "",
        asn=network(document.get("probe_asn")),
        day=_day(document, report),
        software=f"{text(document.get('software_name'))[:60]} {text(document.get('software_version'))[:40]}".strip(),
        platform=text(annotations.get("platform"))[:40],
        resolver_asn=network(document.get("resolver_asn")),
        checks_certificates=text(annotations.get("engine_name")) == "ooniprobe-engine",
        keys=keys if type(keys) is dict else None,
    )


def _day(document: dict[str, Any], report: str) -> str:
    told = _DAY.match(text(document.get("measurement_start_time")) or text(document.get("test_start_time")))
    day = _date(told[1]) if told else None
    if day is None or day < _FIRST_DAY:
        return ""
    for pattern, given, most in (_SUBMITTED, document.get("measurement_uid"), 1), (_OPENED, report, _LONGEST_REPORT):
        kept = pattern.match(text(given))
        by = _date("-".join(kept.groups())) if kept else None
        if by is not None and (day - by).days > most:
            return ""
    return day.isoformat()


def _date(day: str) -> date | None:
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def network(value: Any) -> int:
    """The number of a network written AS64500; 0 for anything else."""
    found = _ASN.fullmatch(text(value))
    return int(found[1]) if found and int(found[1]) < 2**32 else 0


def domain(tested: str) -> str:
    """The host of an address or name that was tested, as domain names are written (lower case, ASCII), or its IP address; empty
    where there is neither. Anybody can publish a measurement of any text, and this one stands in tables and addresses of pages.
    """
    if address := _ip_address(tested):
        return address
    try:
        host = urlsplit(tested if "//" in tested else f"//{tested}").hostname or ""
    except ValueError:
        return ""
    try:
        return canonical_domain(host)
    except ValueProblem:
        return _ip_address(host)


def _ip_address(host: str) -> str:
    try:
        return str(ip_address(host)) if "%" not in host else ""
    except ValueError:
        return ""


def _id(document: dict[str, Any], report: str, tested: str, data: bytes) -> str:
    for name in ("measurement_uid", "id"):
        if held := text(document.get(name)):
            return held[:200]
    # A report holds a measurement per input, so the two name it; where an input was tried twice they share the name.
    if report:
        return f"{report}?input={tested}" if tested else report
    return f"sha256:{hashlib.sha256(data).hexdigest()[:32]}"
