"""Rules are complete, and are rejected if they refer to unknown facts, values, tests or mechanisms."""

from collections.abc import Sequence
from typing import Any

import pytest

from overt.measure.facts.service_facts import SERVICES
from overt.measure.measurement_judge import WEB
from overt.measure.verdict_rules import RuleFile, Rules
from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError
from overt.model.vocabulary import Vocabulary

TEXTS = {"says": "a", "says_zh": "b", "source": "c"}
LAST: dict[str, Any] = {"id": "last", "tests": ["t"], "when": {}, "verdict": "insufficient", "confidence": "low"} | TEXTS


def rules(content: Catalogue, *more: dict[str, Any], last: bool = True, signs: Sequence[dict[str, Any]] = ()) -> Rules:
    rule_file = RuleFile.model_validate(
        {
            "facts": {"t": {"f": ["a", "b", "timeout"], "g": ["x", "y"]}},
            "confidences": {},
            "no_findings": LAST | {"id": "none"},
            "rules": [LAST | rule for rule in more] + ([LAST] if last else []),
            "signs": list(signs),
        }
    )
    return Rules(rule_file, content.vocabularies["mechanisms"], "made.yml")


def test_rules_are_complete() -> None:
    rules = Rules.load()
    assert rules.tests == {WEB, *SERVICES}
    for rule in rules.rule_file.rules:
        assert rule.says.endswith(".") and rule.says_zh.endswith("。") and rule.source
    assert set(rules.rule_file.confidences) == {rule.confidence for rule in rules.rule_file.rules}


def test_every_mechanism_is_used(content: Catalogue) -> None:
    used = set[str]()
    for rule in Rules.load().rule_file.rules:
        used |= {variant.mechanism for variant in rule.variants}
        if rule.mechanism:
            used |= set(rule.when[rule.mechanism[1:]]) if rule.mechanism.startswith("=") else {rule.mechanism}
    vocabulary: Vocabulary = content.vocabularies["mechanisms"]
    assert used == set(vocabulary.by_id)


def test_blocked_always_needs_a_success_elsewhere() -> None:
    """A website is blocked only if it works elsewhere, or a known block page or address appears.

    A service is blocked only if something works.
    """
    elsewhere = {
        "control_http",
        "control_dns",
        "control_tcp",
        "control_tls",
        "control_quic",
        "doh",
        "answered",
        "block_page",
        "block_address",
    }
    for rule in Rules.load().rule_file.rules:
        if WEB in rule.tests and rule.verdict == "blocked":
            assert any(set(rule.when.get(fact, [])) - {"none", "failed"} for fact in elsewhere), rule.id
        elif rule.verdict == "blocked":
            assert "online" in rule.when or "ok" in {value for values in rule.when.values() for value in values}, rule.id


def test_the_first_rule_whose_conditions_hold_decides(content: Catalogue) -> None:
    decider = rules(
        content,
        {"id": "first", "when": {"f": ["a"], "g": ["x"]}, "verdict": "blocked", "mechanism": "timeout", "confidence": "high"},
        {
            "id": "second",
            "when": {"f": ["a"]},
            "verdict": "blocked",
            "mechanism": "nxdomain",
            "variants": [{"when": {"g": ["y"]}, "mechanism": "throttling"}],
        },
        {"id": "third", "when": {"f": ["timeout"]}, "verdict": "blocked", "mechanism": "=f"},
    )
    first = decider.decide("t", {"f": "a", "g": "x"})
    assert (first.rule.id, first.mechanism, first.also) == ("first", "timeout", ("nxdomain",))
    assert decider.decide("t", {"f": "a", "g": "y"}).mechanism == "throttling"
    assert decider.decide("t", {"f": "timeout", "g": "y"}).mechanism == "timeout"
    assert decider.decide("t", {"f": "b", "g": "y"}).rule.id == "last"


SIGN: dict[str, Any] = {
    "id": "sign",
    "tests": ["t"],
    "when": {"f": ["a"]},
    "verdicts": ["ok", "blocked"],
    "mechanism": "nxdomain",
} | TEXTS


def test_a_sign_names_its_mechanism_beside_its_verdicts_and_decides_nothing(content: Catalogue) -> None:
    blocked = {"id": "first", "when": {"g": ["x"]}, "verdict": "blocked", "mechanism": "timeout", "confidence": "high"}
    reached = {"id": "second", "when": {"g": ["y"]}, "verdict": "ok", "confidence": "high"}
    decider = rules(content, blocked, reached, signs=[SIGN])
    assert decider.decide("t", {"f": "a", "g": "x"}).also == ("nxdomain",)
    ok = decider.decide("t", {"f": "a", "g": "y"})
    assert (ok.rule.verdict, ok.mechanism, ok.also) == ("ok", None, ("nxdomain",))
    assert decider.decide("t", {"f": "b", "g": "y"}).also == ()
    assert decider.decide("t", {"f": "a", "g": "z"}).also == (), "the last rule says insufficient"
    same = rules(content, blocked | {"mechanism": "nxdomain"}, reached, signs=[SIGN])
    assert same.decide("t", {"f": "a", "g": "x"}).also == (), "it decided already"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"when": {"f": ["c"]}}, "f has no value 'c'"),
        ({"id": "last"}, "there are two rules 'last'"),
        ({"mechanism": "magic"}, "'magic' is not a term"),
        ({"tests": ["u"]}, "'u' is not a test"),
    ],
)
def test_signs_with_unknown_names_are_rejected(content: Catalogue, change: dict[str, Any], why: str) -> None:
    with pytest.raises(ContentError, match=r"made\.yml") as raised:
        rules(content, signs=[SIGN | change])
    assert why in str(raised.value)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"id": "first", "when": {"f": ["c"]}}, "f has no value 'c'"),
        ({"id": "first", "when": {"h": ["a"]}}, "h has no value 'a'"),
        ({"id": "first", "tests": ["u"]}, "'u' is not a test"),
        ({"id": "last"}, "there are two rules 'last'"),
        ({"id": "first", "verdict": "blocked"}, "must have a mechanism if it says blocked"),
        ({"id": "first", "mechanism": "timeout"}, "must have a mechanism if it says blocked"),
        ({"id": "first", "verdict": "blocked", "mechanism": "magic"}, "'magic' is not a term"),
        ({"id": "first", "verdict": "blocked", "mechanism": "=f", "when": {"f": ["a"]}}, "whose values are mechanisms"),
    ],
)
def test_rules_with_unknown_names_are_rejected(content: Catalogue, more: dict[str, Any], why: str) -> None:
    with pytest.raises(ContentError, match=r"made\.yml") as raised:
        rules(content, more)
    assert why in str(raised.value)


def test_the_rule_for_no_findings_must_cover_every_test(content: Catalogue) -> None:
    facts = {"t": {"f": ["a"]}, "u": {"f": ["a"]}}
    for no_findings in (LAST | {"id": "none"}, LAST | {"id": "none", "tests": ["t", "u"], "verdict": "down"}):
        rule_file = RuleFile.model_validate(
            {"facts": facts, "confidences": {}, "no_findings": no_findings, "rules": [LAST | {"tests": ["t", "u"]}]}
        )
        with pytest.raises(ContentError, match="no_findings"):
            Rules(rule_file, content.vocabularies["mechanisms"], "made.yml")


def test_the_last_rule_must_have_no_conditions(content: Catalogue) -> None:
    with pytest.raises(ContentError, match="must have no conditions"):
        rules(content, {"id": "first", "when": {"f": ["a"]}}, last=False)
