"""docs/measure-rules.md: every rule by which a measurement is judged, and the facts that it names."""

from collections.abc import Mapping

from overt.measure.rules import Rule, Rules
from overt.model.content import Catalogue
from overt.model.vocabulary import Term
from tools.markdown import cell, code, table

_HEAD = """# Rules for measurements

Generated from `content/measure/rules.yml` by `make docs`. [How it decides](measure.md) says what the facts are and what holds for
all rules. Of each test the first rule, from above, whose conditions all hold decides.
"""


def measure_rules(content: Catalogue) -> str:
    """The page as Markdown."""
    held = Rules.load().rule_file
    mechanisms = content.vocabularies["mechanisms"].by_id
    parts = [_HEAD, table(["confidence", "means"], ([name, cell(meaning)] for name, meaning in held.confidences.items()))]
    parts += ["", "## every test", "", table(["rule", "when", "says", "说明", "source"], [_without_findings(held.no_findings)])]
    for test in held.facts:
        rows = [_row(rule, mechanisms) for rule in held.rules if test in rule.tests]
        parts += ["", f"## {test}", "", table(["rule", "when", "says", "说明", "source"], rows)]
    return "\n".join(parts) + "\n"


def _row(rule: Rule, mechanisms: Mapping[str, Term]) -> list[str]:
    verdict: str = rule.verdict
    if rule.mechanism:
        named = [rule.mechanism, *(one.mechanism for one in rule.variants)]
        words = [f"as `{one[1:]}` names it" if one.startswith("=") else mechanisms[one].label for one in named]
        verdict = f"{rule.verdict}: {', or '.join(words)}"
    says = f"**{verdict}** ({rule.confidence}). {cell(rule.says)}"
    return [code(rule.id), _when(rule), says, cell(rule.says_zh), cell(rule.source)]


def _without_findings(rule: Rule) -> list[str]:
    says = f"**{rule.verdict}** ({rule.confidence}). {cell(rule.says)}"
    return [code(rule.id), "no `test_keys`", says, cell(rule.says_zh), cell(rule.source)]


def _when(rule: Rule) -> str:
    return "; ".join(f"{name}: {', '.join(values)}" for name, values in rule.when.items()) or "otherwise"
