"""Rules: from facts to a verdict. They are content (content/measure/rules.yml); here is only what reads and applies them."""

from collections.abc import Mapping
from functools import cached_property
from importlib.resources.abc import Traversable
from typing import Literal, NamedTuple, Self

from overt.model.errors import ContentError, shown
from overt.model.vocabulary import Vocabulary
from overt.model.yaml import Content, packaged_content, parse, read_mapping

Verdict = Literal["blocked", "down", "ok", "insufficient"]
Confidence = Literal["high", "medium", "low"]


class Variant(Content):
    """Another mechanism where more facts hold."""

    when: dict[str, list[str]]
    mechanism: str


class Rule(Content):
    """One rule: when all its conditions hold, its verdict stands."""

    id: str
    tests: list[str]
    when: dict[str, list[str]]
    """Fact → the values of which it must have one."""
    verdict: Verdict
    mechanism: str | None = None
    """A term of the vocabulary `mechanisms`, or `=FACT`: the mechanism that this fact names."""
    variants: list[Variant] = []
    confidence: Confidence
    says: str
    says_zh: str
    source: str
    """The paper or documentation that it rests on."""


class RuleFile(Content):
    """content/measure/rules.yml."""

    facts: dict[str, dict[str, list[str]]]
    """Test → fact → its values."""
    confidences: dict[str, str]
    no_findings: Rule
    """What is said, before any fact, of a measurement of any test that holds no findings."""
    rules: list[Rule]


class Decision(NamedTuple):
    """What the rules say of one measurement."""

    rule: Rule
    mechanism: str | None
    also: tuple[str, ...]
    """Other mechanisms that the facts show, where it is blocked."""


_Conditions = tuple[tuple[str, frozenset[str]], ...]


class _Compiled(NamedTuple):
    rule: Rule
    conditions: _Conditions
    variants: tuple[tuple[_Conditions, str], ...]


class Rules:
    """The rules by test, in their order: the first that holds decides."""

    def __init__(self, held: RuleFile, mechanisms: Vocabulary, where: str) -> None:
        self.held = held
        self._check(held, mechanisms, where)
        self._by_test: dict[str, list[_Compiled]] = {
            test: [_compiled(rule) for rule in held.rules if test in rule.tests] for test in held.facts
        }

    @classmethod
    def load(cls) -> Self:
        """The packaged rules. Raises ContentError when one names a fact, value or mechanism that is not there."""
        root: Traversable = packaged_content()
        vocabulary = parse(Vocabulary, read_mapping(root / "vocab" / "mechanisms.yml"), "vocab/mechanisms.yml")
        return cls(
            parse(RuleFile, read_mapping(root / "measure" / "rules.yml"), "measure/rules.yml"), vocabulary, "measure/rules.yml"
        )

    @cached_property
    def tests(self) -> frozenset[str]:
        """Names of the tests that there are rules for."""
        return frozenset(self._by_test)

    def decide(self, test: str, facts: Mapping[str, str]) -> Decision:
        """The decision on a measurement's facts. The last rule of each test has no conditions, so there always is one."""
        rules = self._by_test[test]
        first = next(one for one in rules if _hold(one.conditions, facts))
        mechanism = _mechanism(first, facts)
        also: list[str] = []
        if first.rule.verdict == "blocked":
            for one in rules:
                if one.rule.verdict == "blocked" and one is not first and _hold(one.conditions, facts):
                    other = _mechanism(one, facts)
                    if other and other != mechanism and other not in also:
                        also.append(other)
        return Decision(first.rule, mechanism, tuple(also))

    @staticmethod
    def _check(held: RuleFile, mechanisms: Vocabulary, where: str) -> None:
        seen: set[str] = set()
        if set(held.no_findings.tests) != set(held.facts) or held.no_findings.verdict != "insufficient":
            raise ContentError(f"{where}: no_findings: names every test under `facts:`, and says insufficient")
        for rule in (held.no_findings, *held.rules):
            if rule.id in seen:
                raise ContentError(f"{where}: rule {rule.id!r} stands twice")
            seen.add(rule.id)
            if (rule.verdict == "blocked") != (rule.mechanism is not None):
                raise ContentError(f"{where}: {rule.id}: a rule names a mechanism if it says blocked, and only then")
            for test in rule.tests:
                facts = held.facts.get(test)
                if facts is None:
                    raise ContentError(f"{where}: {rule.id}: {shown(test)} is no test under `facts:`")
                for when in (rule.when, *(one.when for one in rule.variants)):
                    for name, values in when.items():
                        if lost := set(values) - set(facts.get(name, ())):
                            raise ContentError(f"{where}: {rule.id}: {name} has no value {min(lost)!r} under `facts: {test}:`")
                for named in filter(None, (rule.mechanism, *(one.mechanism for one in rule.variants))):
                    if named.startswith("="):
                        told = set(rule.when.get(named[1:], ()))
                        if not told or told - set(mechanisms.by_id):
                            raise ContentError(
                                f"{where}: {rule.id}: {named} needs a condition on that fact whose values are mechanisms"
                            )
                    elif named not in mechanisms.by_id:
                        raise ContentError(f"{where}: {rule.id}: {named!r} is no term of vocab/mechanisms.yml")
        for test in held.facts:
            last = [rule for rule in held.rules if test in rule.tests][-1:]
            if not last or last[0].when or last[0].verdict != "insufficient":
                raise ContentError(f"{where}: the last rule for {test} must have no conditions and say insufficient")


def _compiled(rule: Rule) -> _Compiled:
    variants = tuple((_conditions(one.when), one.mechanism) for one in rule.variants)
    return _Compiled(rule, _conditions(rule.when), variants)


def _conditions(when: Mapping[str, list[str]]) -> _Conditions:
    return tuple((name, frozenset(values)) for name, values in when.items())


def _hold(conditions: _Conditions, facts: Mapping[str, str]) -> bool:
    for name, values in conditions:  # noqa: SIM110 (most of the time of a verdict goes here, and a loop is twice as fast)
        if facts[name] not in values:
            return False
    return True


def _mechanism(one: _Compiled, facts: Mapping[str, str]) -> str | None:
    for conditions, mechanism in one.variants:
        if _hold(conditions, facts):
            return mechanism
    named = one.rule.mechanism
    return facts[named[1:]] if named is not None and named.startswith("=") else named
