"""From one document to one finding: the whole way, on one core, without any state but rules and fingerprints."""

from typing import NamedTuple

from overt.measure.decoding import Broken, decode
from overt.measure.facts_services import SERVICES, listed_in
from overt.measure.facts_web import layers as web_layers
from overt.measure.facts_web import web_facts
from overt.measure.fingerprints import Fingerprints
from overt.measure.layers import Layers
from overt.measure.measurement import Measurement, measurement
from overt.measure.reading import Document
from overt.measure.rules import Rules

BROKEN, UNSUPPORTED = "broken", "unsupported"
WEB = "web_connectivity"


class Finding(NamedTuple):
    """What is said of one measurement; the fields are the keys of `overt measure --json`, in their order."""

    file: str
    place: str
    """Where in the file: the line, element or document, counted from 1; empty where the file is the measurement."""
    id: str | None
    test_name: str | None
    input: str | None
    country: str | None
    asn: int | None
    verdict: str
    """blocked, down, ok, insufficient; `unsupported` for a test without rules, `broken` for what is no measurement."""
    mechanism: str | None
    rule: str | None
    confidence: str | None
    also: tuple[str, ...]
    """Other mechanisms that the facts show beside the one that decided."""
    day: str | None
    software: str | None
    platform: str | None
    resolver_asn: int | None
    observations: int
    """How many observations (questions, connections, handshakes, requests) the verdict rests on."""
    reason: str
    """In words: what the rule says, or why there is no verdict."""


class Judge:
    """Rules and fingerprints, ready to judge documents."""

    def __init__(self, rules: Rules, fingerprints: Fingerprints | None = None) -> None:
        self.rules = rules
        self.fingerprints = fingerprints or Fingerprints()

    def judge(self, document: Document) -> Finding:
        """The finding on a document; what is broken is a finding too."""
        if document.problem:
            return broken(document, document.problem)
        try:
            read = decode(document)
        except Broken as error:
            return broken(document, str(error))
        measured = measurement(read, document.data)
        if not measured.test_name:
            return broken(document, "no test_name: not a measurement in OONI's format")
        if measured.test_name not in self.rules.tests:
            return _finding(document, measured, UNSUPPORTED, 0, f"there are no rules for the test {measured.test_name!r}")
        if measured.keys is None:
            rule = self.rules.held.no_findings
            return _finding(document, measured, rule.verdict, 0, rule.says, rule=rule.id, confidence=rule.confidence)
        facts, seen = self.facts(measured)
        decision = self.rules.decide(measured.test_name, facts)
        return _finding(
            document,
            measured,
            decision.rule.verdict,
            seen.observations,
            decision.rule.says,
            mechanism=decision.mechanism,
            rule=decision.rule.id,
            confidence=decision.rule.confidence,
            also=decision.also,
        )

    def facts(self, measured: Measurement) -> tuple[dict[str, str], Layers]:
        """The facts of a measurement of a test that there are rules for, and what they were made of."""
        keys = measured.keys or {}
        if measured.test_name == WEB:
            seen = web_layers(keys)
            return web_facts(measured, seen, self.fingerprints), seen
        read, make = SERVICES[measured.test_name]
        seen = read(keys)
        return make(keys, seen, listed_in(self.fingerprints, measured.country)), seen


def broken(document: Document, why: str) -> Finding:
    """The finding on what could not be read."""
    nothing = Measurement("", "", "", "", 0, "", "", "", 0, False, None)
    return _finding(document, nothing, BROKEN, 0, why)


def _finding(
    document: Document,
    measured: Measurement,
    verdict: str,
    observations: int,
    reason: str,
    *,
    mechanism: str | None = None,
    rule: str | None = None,
    confidence: str | None = None,
    also: tuple[str, ...] = (),
) -> Finding:
    return Finding(
        document.file,
        document.place,
        measured.id or None,
        measured.test_name or None,
        measured.input or None,
        measured.country or None,
        measured.asn or None,
        verdict,
        mechanism,
        rule,
        confidence,
        also,
        measured.day or None,
        measured.software or None,
        measured.platform or None,
        measured.resolver_asn or None,
        observations,
        reason,
    )
