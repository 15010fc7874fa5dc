"""The rules themselves: whole, reachable, and refused when they name what is not there."""

from typing import Any

import pytest

from overt.measure.facts_services import SERVICES
from overt.measure.judging import WEB
from overt.measure.rules import RuleFile, Rules
from overt.model.content import Catalogue
from overt.model.errors import ContentError
from overt.model.vocabulary import Vocabulary

SAID = {"says": "a", "says_zh": "b", "source": "c"}
LAST: dict[str, Any] = {"id": "last", "tests": ["t"], "when": {}, "verdict": "insufficient", "confidence": "low"} | SAID


def rules(content: Catalogue, *more: dict[str, Any], last: bool = True) -> Rules:
    held = [LAST | one for one in more] + ([LAST] if last else [])
    file = RuleFile.model_validate(
        {
            "facts": {"t": {"f": ["a", "b", "timeout"], "g": ["x", "y"]}},
            "confidences": {},
            "no_findings": LAST | {"id": "none"},
            "rules": held,
        }
    )
    return Rules(file, content.vocabularies["mechanisms"], "made.yml")


def test_rules_are_whole() -> None:
    held = Rules.load()
    assert held.tests == {WEB, *SERVICES}
    for rule in held.held.rules:
        assert rule.says.endswith(".") and rule.says_zh.endswith("。") and rule.source
    assert set(held.held.confidences) == {rule.confidence for rule in held.held.rules}


def test_every_mechanism_is_used(content: Catalogue) -> None:
    used = set[str]()
    for rule in Rules.load().held.rules:
        used |= {one.mechanism for one in rule.variants}
        if rule.mechanism:
            used |= set(rule.when[rule.mechanism[1:]]) if rule.mechanism.startswith("=") else {rule.mechanism}
    vocabulary: Vocabulary = content.vocabularies["mechanisms"]
    assert used == set(vocabulary.by_id)


def test_blocked_always_rests_on_something_elsewhere() -> None:
    """Of the rules for pages, each that says blocked needs the control, an encrypted resolver, or a known block page."""
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
    for rule in Rules.load().held.rules:
        if WEB in rule.tests and rule.verdict == "blocked":
            assert any(set(rule.when.get(fact, [])) - {"none", "failed"} for fact in elsewhere), rule.id
        elif rule.verdict == "blocked":
            assert "online" in rule.when or "ok" in {value for values in rule.when.values() for value in values}, rule.id


def test_the_first_rule_that_holds_decides(content: Catalogue) -> None:
    held = rules(
        content,
        {"id": "one", "when": {"f": ["a"], "g": ["x"]}, "verdict": "blocked", "mechanism": "timeout", "confidence": "high"},
        {
            "id": "two",
            "when": {"f": ["a"]},
            "verdict": "blocked",
            "mechanism": "nxdomain",
            "variants": [{"when": {"g": ["y"]}, "mechanism": "throttling"}],
        },
        {"id": "three", "when": {"f": ["timeout"]}, "verdict": "blocked", "mechanism": "=f"},
    )
    first = held.decide("t", {"f": "a", "g": "x"})
    assert (first.rule.id, first.mechanism, first.also) == ("one", "timeout", ("nxdomain",))
    assert held.decide("t", {"f": "a", "g": "y"}).mechanism == "throttling"
    assert held.decide("t", {"f": "timeout", "g": "y"}).mechanism == "timeout"
    assert held.decide("t", {"f": "b", "g": "y"}).rule.id == "last"


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"id": "one", "when": {"f": ["c"]}}, "f has no value 'c'"),
        ({"id": "one", "when": {"h": ["a"]}}, "h has no value 'a'"),
        ({"id": "one", "tests": ["u"]}, "'u' is no test"),
        ({"id": "last"}, "stands twice"),
        ({"id": "one", "verdict": "blocked"}, "names a mechanism if it says blocked"),
        ({"id": "one", "mechanism": "timeout"}, "names a mechanism if it says blocked"),
        ({"id": "one", "verdict": "blocked", "mechanism": "magic"}, "'magic' is no term"),
        ({"id": "one", "verdict": "blocked", "mechanism": "=f", "when": {"f": ["a"]}}, "whose values are mechanisms"),
    ],
)
def test_rules_that_name_what_is_not_there(content: Catalogue, more: dict[str, Any], why: str) -> None:
    with pytest.raises(ContentError, match=r"made\.yml") as raised:
        rules(content, more)
    assert why in str(raised.value)


def test_what_is_said_without_findings_is_of_every_test(content: Catalogue) -> None:
    facts = {"t": {"f": ["a"]}, "u": {"f": ["a"]}}
    for none in (LAST | {"id": "none"}, LAST | {"id": "none", "tests": ["t", "u"], "verdict": "down"}):
        file = RuleFile.model_validate(
            {"facts": facts, "confidences": {}, "no_findings": none, "rules": [LAST | {"tests": ["t", "u"]}]}
        )
        with pytest.raises(ContentError, match="no_findings"):
            Rules(file, content.vocabularies["mechanisms"], "made.yml")


def test_the_last_rule_decides_nothing(content: Catalogue) -> None:
    with pytest.raises(ContentError, match="must have no conditions"):
        rules(content, {"id": "one", "when": {"f": ["a"]}}, last=False)
