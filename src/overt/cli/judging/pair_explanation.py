"""`overt judge explain`."""

from collections.abc import Iterable, Mapping
from typing import Any

from overt.cli.common import HERE, JsonOption, WorkspaceOption, print_json, reading
from overt.cli.judge_words import First, Second
from overt.cli.judging.named_records import two_records
from overt.cli.judging.question_table import plain
from overt.resolve.explanation import explain as explain_pair


def explain(left: First, right: Second, json: JsonOption = False, workspace: WorkspaceOption = HERE) -> None:
    """Say why two records are one or two: what decides, the probability in parts, and relations with who states them."""
    atlas, archive, ledger = reading(workspace)
    found = explain_pair(atlas, archive, ledger, *two_records(atlas, left, right))
    if json:
        print_json(found)
        return
    print("same" if found["same"] else "not the same")
    for line in found["because"]:
        print(f"  {plain(line, 2_000)}")
    _print_parts("What the probability is made of", found["parts"])
    if found["relation"]:
        _print_parts("What speaks for this relation, against the mean of all", found["relation"]["parts"])


def _print_parts(heading: str, parts: Iterable[Mapping[str, Any]]) -> None:
    lines = [f"{part['bits']:>+8.2f}  {part['name']}{': ' + plain(part['words']) if part['words'] else ''}" for part in parts]
    if lines:
        print("\n".join([f"{heading}, in bits:", *lines]))
