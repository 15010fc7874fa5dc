"""Generate docs/measure-rules.md: every rule that judges measurements and every sign, with its conditions."""

from collections.abc import Mapping

from overt.measure.verdict_rules import Rule, Rules, Sign
from overt.model.content_catalogue import Catalogue
from overt.model.vocabulary import Term
from tools.markdown_tables import cell, code, table

_HEAD = """# Rules for measurements

Generated from `content/measure/rules.yml` by `make docs`; comments there explain the facts.
[How it decides](measure.md#how-it-decides) says what applies to all rules. For each test the first rule from the top whose
conditions are all met decides.
"""
_SIGNS = """## signs

A sign decides nothing. If its conditions are met, its mechanism is added to `also` of measurements with one of its verdicts.
"""


def measure_rules(content: Catalogue) -> str:
    """Return the text of docs/measure-rules.md."""
    rule_file = Rules.load().rule_file
    mechanisms = content.vocabularies["mechanisms"].by_id
    parts = [_HEAD, table(["confidence", "means"], ([name, cell(meaning)] for name, meaning in rule_file.confidences.items()))]
    header = ["rule", "when", "says", "说明", "source"]
    parts += ["", "## every test", "", table(header, [_without_findings(rule_file.no_findings)])]
    for test in rule_file.facts:
        rows = [_row(rule, mechanisms) for rule in rule_file.rules if test in rule.tests]
        parts += ["", f"## {test}", "", table(header, rows)]
    parts += ["", _SIGNS, table(header, [_sign_row(sign, mechanisms) for sign in rule_file.signs])]
    return "\n".join(parts) + "\n"


def _row(rule: Rule, mechanisms: Mapping[str, Term]) -> list[str]:
    verdict: str = rule.verdict
    if rule.mechanism:
        names = [rule.mechanism, *(variant.mechanism for variant in rule.variants)]
        words = [f"as `{name[1:]}` names it" if name.startswith("=") else mechanisms[name].label for name in names]
        verdict = f"{rule.verdict}: {', or '.join(words)}"
    says = f"**{verdict}** ({rule.confidence}). {cell(rule.says)}"
    return [code(rule.id), _when(rule), says, cell(rule.says_zh), cell(rule.source)]


def _sign_row(sign: Sign, mechanisms: Mapping[str, Term]) -> list[str]:
    says = f"**{mechanisms[sign.mechanism].label}** beside {', '.join(sign.verdicts)}. {cell(sign.says)}"
    return [code(sign.id), _when(sign), says, cell(sign.says_zh), cell(sign.source)]


def _without_findings(rule: Rule) -> list[str]:
    says = f"**{rule.verdict}** ({rule.confidence}). {cell(rule.says)}"
    return [code(rule.id), "no `test_keys`", says, cell(rule.says_zh), cell(rule.source)]


def _when(rule: Rule | Sign) -> str:
    return "; ".join(f"{name}: {', '.join(values)}" for name, values in rule.when.items()) or "otherwise"
