"""The output of `overt figures NAME`: what a figure depends on, and the parts of its difference from a reported total."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from overt.model.errors import format_count
from overt.release.figures.gap_and_difference_labels import PART_KINDS, format_probability

_ITEMS = 8
"""Maximum number of items of each kind that are printed; --json prints all."""
_KINDS = {"source": "source", "filter": "rule", "reading": "reading", "merge": "merge"}
FormatNumber = Callable[[object], str]


def sensitivity_lines(figure: Mapping[str, Any], write: FormatNumber) -> Iterator[str]:
    """Yield the lines that say what a figure's value depends on; none for a figure without `sensitivity`.

    The first line has the range of the value if any one source, reading (the claims of one rule) or merge is left out, or all
    uncertain merges. It is followed by a line for each of these items that changes the value, leaves the figure without one, or
    could not be tried. Other rules in place of the figure's own have such lines, too. At most `_ITEMS` items of each kind have a
    line; another line counts the rest.
    """
    sensitivity = figure.get("sensitivity")
    if sensitivity is None:
        return
    quiet = ", ".join(format_count(n, _KINDS[kind]) for kind, n in sensitivity["unmoved"].items() if n)
    still = f"; {quiet} change nothing" if quiet else ""
    still += f"; {format_count(sensitivity['held'], 'merge')} that other likely pairs support too" if sensitivity["held"] else ""
    still += f"; {format_count(sensitivity['untried'], 'likelier merge')} not tried" if sensitivity["untried"] else ""
    yield f"taken out one at a time: {write(sensitivity['low'])} to {write(sensitivity['high'])}{still}"
    for kind, name in _KINDS.items():
        items = [item for item in sensitivity["items"] if item["kind"] == kind]
        for item in items[:_ITEMS]:
            yield f"  {_called(name, item)}: {_moved(item, write)}"
        if len(items) > _ITEMS:
            yield f"  … and {format_count(len(items) - _ITEMS, f'more {name}')}, which --json prints"


def difference_lines(other: Mapping[str, Any], write: FormatNumber) -> Iterator[str]:
    """Yield a line with the difference from a reported total, and a line for each part of it.

    There are no lines if no parts are on record. Parts of 0 are left out, except `not known` if the totals differ.
    """
    if not other.get("parts"):
        return
    named = [part for part in other["parts"] if part["amount"] or (part["kind"] == "not known" and other["difference"])]
    difference = f"ours differs by {_signed(other['difference'], write)}" if other["difference"] else "ours is the same"
    yield f"{other['reported_by']}, {write(other['value'])}: {difference}{', of which' if named else ''}"
    for part in named:
        amount = _signed(part["amount"], write)
        why = f", {part['why']}" if part["why"] else ""
        yield f"  {PART_KINDS[part['kind']]}: {amount}{why}"


def _called(kind: str, item: Mapping[str, Any]) -> str:
    if kind == "merge":
        pair = (
            "all uncertain merges"
            if item["left"] is None
            else f"{item['left']} = {item['right']} ({format_probability(item['probability'])})"
        )
        return f"without {pair}" if item["left"] is None else f"without the merge {pair}"
    return f"with the rule {item['item']}" if kind == "rule" else f"without the {kind} {item['item']}"


def _moved(item: Mapping[str, Any], write: FormatNumber) -> str:
    return str(item["note"]) if item["value"] is None else f"{write(item['value'])} ({_signed(item['difference'], write)})"


def _signed(number: Any, write: FormatNumber) -> str:
    return write(0) if not number else f"{'+' if number > 0 else '−'}{write(abs(number))}"
