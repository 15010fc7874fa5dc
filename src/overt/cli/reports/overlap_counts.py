"""The output of `overt overlaps`."""

from itertools import groupby
from pathlib import Path
from typing import Any

from overt.cli.json_output import print_json
from overt.estimation.estimate_result_and_verdicts import CAVEAT, ESTIMATE, LOWER_BOUND
from overt.language.language import ENGLISH
from overt.model.errors import format_count
from overt.release.overlaps.overlap_reader import read_overlaps
from overt.release.release_reader import Release
from overt.site.sources.overlap_texts import OverlapWords

_UNITS = {"project": "projects", "organization": "organisations", "presence": "organisations at work in a country"}


def print_overlaps(folder: Path, *, json: bool) -> None:
    """Print the overlaps of the release in a folder."""
    with Release(folder) as reader:
        overlaps = read_overlaps(reader)
    if json:
        print_json(overlaps)
        return
    if not overlaps:
        print("no overlaps: the release has no projects or organisations, or was made before they were counted")
        return
    words = OverlapWords(ENGLISH.gettext, str, lambda number: f"{number:,}", "; ", str)
    order = list(_UNITS)
    in_order = sorted(overlaps, key=lambda group: order.index(group["unit"]))
    for unit, groups in groupby(in_order, key=lambda group: str(group["unit"])):
        print(_UNITS[unit])
        for group in groups:
            _print(group, words)
    print(CAVEAT)


def _print(group: dict[str, Any], words: OverlapWords) -> None:
    name = "all" if group["cut"] == "all" else f"{group['cut']} {group['part']}"
    shared = sum(cell["things"] for cell in group["cells"] if len(cell["sources"]) > 1)
    several = f", {shared:,} from two or more" if shared else ""
    print(f"  {name:<32} {group['things']:>7,} from {format_count(len(group['sources']), 'source')}{several}; {_verdict(group)}")
    if group["cut"] == "all":
        for cell in group["cells"]:
            print(f"    {cell['things']:>7,}  {' + '.join(cell['sources'])}")
        for note in group["notes"]:
            print(f"    {words.note(note)}")
    for reason in group["reasons"]:
        print(f"    {words.reason(reason)}")


def _verdict(group: dict[str, Any]) -> str:
    if group["verdict"] == ESTIMATE:
        methods = format_count(len(group["estimates"]), "method")
        return f"{group['low']:,} to {group['high']:,} in all, by {methods} and the models near the best"
    return f"at least {group['low']:,} in all" if group["verdict"] == LOWER_BOUND else "no estimate"
