"""The rules that turn facts into verdicts. This module reads content/measure/rules.yml and applies the rules in it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from importlib.resources.abc import Traversable
from typing import Literal, NamedTuple, Self, get_args

from overt.model.content_files import packaged_content
from overt.model.errors import ContentError, quote_text
from overt.model.vocabulary import Vocabulary
from overt.model.yaml_reading_and_validation import Content, parse, read_mapping

Verdict = Literal["blocked", "down", "ok", "insufficient"]
Confidence = Literal["high", "medium", "low"]


class Variant(Content):
    """An alternative mechanism of a rule, for measurements that meet further conditions."""

    when: dict[str, list[str]]
    mechanism: str


class Rule(Content):
    """One rule: a verdict, and the conditions that must all be met."""

    id: str
    tests: list[str]
    when: dict[str, list[str]]
    """Values that each fact may have for the rule to apply."""
    verdict: Verdict
    mechanism: str | None = None
    """A term of the vocabulary `mechanisms`, or `=FACT` for the value of a fact; None unless the verdict is blocked."""
    variants: list[Variant] = []
    confidence: Confidence
    says: str
    says_zh: str
    source: str
    """The paper or documentation on which the rule is based."""


class Sign(Content):
    """A rule for interference that is reported in addition to a verdict.

    It never decides the verdict, because people may have got the page in spite of the interference.
    """

    id: str
    tests: list[str]
    when: dict[str, list[str]]
    verdicts: list[Verdict]
    """The verdicts with which the mechanism is reported."""
    mechanism: str
    says: str
    says_zh: str
    source: str


class RuleFile(Content):
    """The file content/measure/rules.yml."""

    facts: dict[str, dict[str, list[str]]]
    """The values that each fact can have: by test, then by fact."""
    confidences: dict[str, str]
    no_findings: Rule
    """The rule for measurements without test keys, whatever their test."""
    rules: list[Rule]
    signs: list[Sign] = []


class Decision(NamedTuple):
    """The rule that decided on a measurement, and the mechanisms."""

    rule: Rule
    mechanism: str | None
    also: tuple[str, ...]
    """Other mechanisms that the facts show.

    They come from further rules with the verdict blocked, if the verdict is blocked, and from signs.
    """


_Conditions = tuple[tuple[str, frozenset[str]], ...]


class _CompiledRule(NamedTuple):
    rule: Rule
    conditions: _Conditions
    variants: tuple[tuple[_Conditions, str], ...]


class _CompiledSign(NamedTuple):
    conditions: _Conditions
    mechanism: str


class Rules:
    """The rules of each test, in order. The first rule whose conditions are met decides."""

    def __init__(self, rule_file: RuleFile, mechanisms: Vocabulary, where: str) -> None:
        self.rule_file = rule_file
        self._check(rule_file, mechanisms, where)
        self._by_test: dict[str, list[_CompiledRule]] = {
            test: [_compile(rule) for rule in rule_file.rules if test in rule.tests] for test in rule_file.facts
        }
        self._blocked = {
            test: [rule for rule in rules if rule.rule.verdict == "blocked"] for test, rules in self._by_test.items()
        }
        self._signs = {
            (test, verdict): [
                _CompiledSign(_conditions(sign.when), sign.mechanism)
                for sign in rule_file.signs
                if test in sign.tests and verdict in sign.verdicts
            ]
            for test in rule_file.facts
            for verdict in get_args(Verdict)
        }

    @classmethod
    def load(cls) -> Self:
        """Load the packaged rules. Raises ContentError for invalid rules, such as one with an unknown fact or mechanism."""
        root: Traversable = packaged_content()
        mechanisms = parse(Vocabulary, read_mapping(root / "vocab" / "mechanisms.yml"), "vocab/mechanisms.yml")
        rule_file = parse(RuleFile, read_mapping(root / "measure" / "rules.yml"), "measure/rules.yml")
        return cls(rule_file, mechanisms, "measure/rules.yml")

    @cached_property
    def tests(self) -> frozenset[str]:
        """Names of the tests that have rules."""
        return frozenset(self._by_test)

    def decide(self, test: str, facts: Mapping[str, str]) -> Decision:
        """Return the decision on a measurement's facts.

        There is always a decision, because the last rule of each test has no conditions.
        """
        first = next(_matching(self._by_test[test], facts))
        verdict = first.rule.verdict
        mechanism = _mechanism(first, facts)
        also: list[str] = []
        if verdict == "blocked":
            for compiled in _matching(self._blocked[test], facts):
                further = _mechanism(compiled, facts)
                if further and further != mechanism and further not in also:
                    also.append(further)
        for sign in self._signs[test, verdict]:
            if sign.mechanism != mechanism and sign.mechanism not in also and _holds(sign.conditions, facts):
                also.append(sign.mechanism)
        return Decision(first.rule, mechanism, tuple(also))

    @staticmethod
    def _check(rule_file: RuleFile, mechanisms: Vocabulary, where: str) -> None:
        seen: set[str] = set()
        no_findings = rule_file.no_findings
        if set(no_findings.tests) != set(rule_file.facts) or no_findings.verdict != "insufficient":
            raise ContentError(f"{where}: no_findings must name every test under `facts:`, and say insufficient")
        rules_and_signs: list[Rule | Sign] = [no_findings, *rule_file.rules, *rule_file.signs]
        for rule in rules_and_signs:
            if rule.id in seen:
                raise ContentError(f"{where}: there are two rules {rule.id!r}")
            seen.add(rule.id)
            if isinstance(rule, Rule) and (rule.verdict == "blocked") != (rule.mechanism is not None):
                raise ContentError(f"{where}: {rule.id}: a rule must have a mechanism if it says blocked, and only then")
            for test in rule.tests:
                facts = rule_file.facts.get(test)
                if facts is None:
                    raise ContentError(f"{where}: {rule.id}: {quote_text(test)} is not a test under `facts:`")
                for when in (rule.when, *(variant.when for variant in _variants(rule))):
                    for name, values in when.items():
                        if unknown := set(values) - set(facts.get(name, ())):
                            raise ContentError(f"{where}: {rule.id}: {name} has no value {min(unknown)!r} under `facts: {test}:`")
                for mechanism in filter(None, (rule.mechanism, *(variant.mechanism for variant in _variants(rule)))):
                    if mechanism.startswith("="):
                        values_of_fact = set(rule.when.get(mechanism[1:], ()))
                        if not values_of_fact or values_of_fact - set(mechanisms.by_id):
                            raise ContentError(
                                f"{where}: {rule.id}: {mechanism} needs a condition on that fact whose values are mechanisms"
                            )
                    elif mechanism not in mechanisms.by_id:
                        raise ContentError(f"{where}: {rule.id}: {mechanism!r} is not a term of vocab/mechanisms.yml")
        for test in rule_file.facts:
            last = [rule for rule in rule_file.rules if test in rule.tests][-1:]
            if not last or last[0].when or last[0].verdict != "insufficient":
                raise ContentError(f"{where}: the last rule for {test} must have no conditions and say insufficient")


def _variants(rule: Rule | Sign) -> list[Variant]:
    return rule.variants if isinstance(rule, Rule) else []


def _compile(rule: Rule) -> _CompiledRule:
    variants = tuple((_conditions(variant.when), variant.mechanism) for variant in rule.variants)
    return _CompiledRule(rule, _conditions(rule.when), variants)


def _conditions(when: Mapping[str, list[str]]) -> _Conditions:
    return tuple((name, frozenset(values)) for name, values in when.items())


def _matching(rules: Iterable[_CompiledRule], facts: Mapping[str, str]) -> Iterator[_CompiledRule]:
    # Deciding spends much of its time here. The loop of `_holds` is repeated, because a call for each rule takes twice as long.
    for compiled in rules:
        for name, values in compiled.conditions:
            if facts[name] not in values:
                break
        else:
            yield compiled


def _holds(conditions: _Conditions, facts: Mapping[str, str]) -> bool:
    for name, values in conditions:  # noqa: SIM110 (A loop is twice as fast.)
        if facts[name] not in values:
            return False
    return True


def _mechanism(compiled: _CompiledRule, facts: Mapping[str, str]) -> str | None:
    for conditions, mechanism in compiled.variants:
        if _holds(conditions, facts):
            return mechanism
    name = compiled.rule.mechanism
    return facts[name[1:]] if name is not None and name.startswith("=") else name
