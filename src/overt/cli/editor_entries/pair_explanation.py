"""The output of `overt judge explain`."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from overt.cli.atlas_access import reading
from overt.cli.editor_entries.record_lookup import two_records
from overt.cli.json_output import print_json
from overt.cli.text_truncation_and_sizes import plain
from overt.resolve.explanation import explain_pair


def print_explanation(workspace: Path, left: str, right: str, *, json: bool) -> None:
    """Print why two records are merged or not: the deciding reasons and the parts of the probability of a match.

    If a relation between the two is proposed, also print the evidence for it.
    """
    atlas, archive, ledger = reading(workspace)
    explanation = explain_pair(atlas, archive, ledger, *two_records(atlas, left, right))
    if json:
        print_json(explanation)
        return
    print("same" if explanation["same"] else "not the same")
    for line in explanation["because"]:
        print(f"  {plain(line, 2_000)}")
    _print_parts("Parts of the probability", explanation["parts"])
    if explanation["relation"]:
        _print_parts("Evidence for this relation, relative to the mean of all kinds", explanation["relation"]["parts"])


def _print_parts(heading: str, parts: Iterable[Mapping[str, Any]]) -> None:
    lines = [f"{part['bits']:>+8.2f}  {part['name']}{': ' + plain(part['words']) if part['words'] else ''}" for part in parts]
    if lines:
        print("\n".join([f"{heading}, in bits:", *lines]))
