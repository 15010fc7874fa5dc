"""The judge of measurements. It makes one finding from one document, and its only state is the rules and fingerprints."""

from typing import NamedTuple

from overt.measure.block_page_fingerprints import Fingerprints
from overt.measure.facts.service_facts import SERVICES, block_page_check
from overt.measure.facts.web_facts import web_facts
from overt.measure.measurement import Measurement, parse_measurement
from overt.measure.measurement_decoder import BrokenMeasurement, decode
from overt.measure.measurement_file_reader import Document
from overt.measure.observations_by_protocol_layer import ProtocolLayers, parse_layers
from overt.measure.verdict_rules import Rules

BROKEN, UNSUPPORTED = "broken", "unsupported"
WEB = "web_connectivity"


class Finding(NamedTuple):
    """The result for one document; the fields are the keys of `overt measure --json`, in their order."""

    file: str
    place: str
    """Place in the file: the line, element, object or document, counted from 1. It can be empty (see `Piece`)."""
    id: str | None
    test_name: str | None
    input: str | None
    country: str | None
    asn: int | None
    verdict: str
    """Verdict: blocked, down, ok, insufficient, `unsupported` (a test without rules) or `broken` (not a measurement)."""
    mechanism: str | None
    rule: str | None
    confidence: str | None
    also: tuple[str, ...]
    """Other mechanisms that the facts show, besides the decisive one."""
    fingerprints: str | None
    """Version of the lists of block pages that were used (`Fingerprints.version`); None without lists, and if no rule applied."""
    day: str | None
    software: str | None
    platform: str | None
    resolver_asn: int | None
    observations: int
    """Number of observations (queries, connections, handshakes, requests) in the measurement; 0 if no facts were computed."""
    reason: str
    """The text of the rule, or why no rule applied."""


class Judge:
    """The rules and fingerprints, ready to judge documents."""

    def __init__(self, rules: Rules, fingerprints: Fingerprints | None = None) -> None:
        self.rules = rules
        self.fingerprints = fingerprints or Fingerprints()

    def judge(self, document: Document) -> Finding:
        """Return the finding for a document, even if the document is broken."""
        if document.problem:
            return _broken(document, document.problem)
        try:
            data = decode(document)
        except BrokenMeasurement as error:
            return _broken(document, str(error))
        measurement = parse_measurement(data, document.data)
        if not measurement.test_name:
            return _broken(document, "no test_name: not a measurement in OONI's format")
        if measurement.test_name not in self.rules.tests:
            reason = f"there are no rules for the test {measurement.test_name!r}"
            return _finding(document, measurement, UNSUPPORTED, 0, reason)
        if measurement.keys is None:
            rule = self.rules.rule_file.no_findings
            return _finding(
                document,
                measurement,
                rule.verdict,
                0,
                rule.says,
                rule=rule.id,
                confidence=rule.confidence,
                fingerprints=self.fingerprints.version,
            )
        facts, layers = self.facts(measurement)
        decision = self.rules.decide(measurement.test_name, facts)
        return _finding(
            document,
            measurement,
            decision.rule.verdict,
            layers.observations,
            decision.rule.says,
            mechanism=decision.mechanism,
            rule=decision.rule.id,
            confidence=decision.rule.confidence,
            also=decision.also,
            fingerprints=self.fingerprints.version,
        )

    def facts(self, measurement: Measurement) -> tuple[dict[str, str], ProtocolLayers]:
        """Return the facts of a measurement, and the protocol layers from which they were computed. The test must have rules."""
        keys = measurement.keys or {}
        if measurement.test_name == WEB:
            layers = parse_layers(keys)
            return web_facts(measurement, layers, self.fingerprints), layers
        parse_service_layers, service_facts = SERVICES[measurement.test_name]
        layers = parse_service_layers(keys)
        return service_facts(keys, layers, block_page_check(self.fingerprints, measurement.country)), layers


def _broken(document: Document, reason: str) -> Finding:
    empty = Measurement("", "", "", "", 0, "", "", "", 0, False, None)
    return _finding(document, empty, BROKEN, 0, reason)


def _finding(
    document: Document,
    measurement: Measurement,
    verdict: str,
    observations: int,
    reason: str,
    *,
    mechanism: str | None = None,
    rule: str | None = None,
    confidence: str | None = None,
    also: tuple[str, ...] = (),
    fingerprints: str | None = None,
) -> Finding:
    return Finding(
        document.file,
        document.place,
        measurement.id or None,
        measurement.test_name or None,
        measurement.input or None,
        measurement.country or None,
        measurement.asn or None,
        verdict,
        mechanism,
        rule,
        confidence,
        also,
        fingerprints,
        measurement.day or None,
        measurement.software or None,
        measurement.platform or None,
        measurement.resolver_asn or None,
        observations,
        reason,
    )
