"""What `overt diff` prints."""

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from overt.cli.common import print_json
from overt.cli.messages import messages
from overt.cli.reports.observed_changes import print_observed, print_observed_rows
from overt.model.workspace import Workspace
from overt.release.diff.release_diff import Difference, ReleaseDiff, ReleaseSide
from overt.release.diff.release_diff import diff_releases as compare

_LONGEST = 80
"""Characters of a value that are printed."""
_AROUND = 24
"""Characters that are printed before and after what differs of two values."""
_MOST = 12
"""Values of a property, or groups of a figure, that are printed."""


def print_differences(atlas: Workspace, folders: tuple[Path, Path], *, json: bool, observations: bool) -> None:
    """Print what differs between the releases in two folders; `observations`: only measurements, as CSV."""
    old_side, new_side = map(ReleaseSide.from_folder, folders)
    if observations:
        print_observed_rows(old_side.tables, new_side.tables, atlas.settings.engine.memory)
        return
    found = compare(old_side, new_side)
    if json:
        print_json(found.as_dict())
        return
    counts = found.as_dict()["counts"]
    print(f"{found.old} → {found.new}: {', '.join(f'{count:,} {what}' for what, count in counts.items()) or 'no record differs'}")
    for moved in found.figures:
        _print_figure(moved)
    print_observed(found.observations)
    for held in found.differences:
        name = f"{held.id} {_titled(found, held)}{f' {held.property}' if held.property else ''}"
        print(f"{held.what:<9} {name}: {_said(_called(found, held))}  ({held.reason})")


def print_for_others(atlas: Workspace, old: Path, new: Path, html: bool) -> None:
    """A page or a feed is made to be put where others see it, so it holds only what overt.toml lets be republished."""
    from overt.feeds.release_changes import comparison_feed, comparison_page  # Imported here because most comparisons are for the terminal.
    from overt.index.public_edition import restrict

    editions = [restrict(one, atlas.settings.republish, atlas.content, atlas.cache) for one in (old, new)]
    before, after = (
        ReleaseSide(edition.named(one.name), edition.tables, edition.manifest)
        for one, edition in zip((old, new), editions, strict=True)
    )
    found, address = compare(before, after, editors=False), atlas.settings.site.address.rstrip("/")
    for source in editions[1].left_out:
        messages.print(f"left out: {source['title']} ({source['reuse']})")
    title = after.manifest["title"] or "Overt"
    print(comparison_page(found, title, address) if html else comparison_feed(found, title, after.manifest["date"], address).decode(), end="")


def _print_figure(moved: dict[str, Any]) -> None:
    before, after = _number(moved["before"]), _number(moved["after"])
    print(f"figure {moved['name']}: {after + ' as before' if before == after else f'{before} → {after}'}")
    if moved["status_before"] != moved["status_after"]:
        print(f"  {moved['status_before']} → {moved['status_after']}")
    for one in moved["variants"]:
        print(f"  {one['title']}: {_number(one['before'])} → {_number(one['after'])}")
    for group in dict.fromkeys(one["group"] for one in moved["groups"]):
        ones = [one for one in moved["groups"] if one["group"] == group]
        ones.sort(key=lambda one: (-abs((one["after"] or 0) - (one["before"] or 0)), one["name"]))
        parts = [f"{one['name']} {_number(one['before'])} → {_number(one['after'])}" for one in ones]
        print(f"  by {group}: {_listed(parts, ', ')}")


def _number(value: float | None) -> str:
    return "–" if value is None else format(value, ",")


def _titled(found: ReleaseDiff, held: Difference) -> str:
    """What a record is called; one that bears no name (a role, a place) by its type and what it is of."""
    kind, of = held.type or "", found.names.get(held.id)
    return held.label or (f"{kind} of {_short(of)}" if kind and of else kind)


def _called(found: ReleaseDiff, held: Difference) -> Difference:
    """The same with names in front of the ids of records that it tells: what was by the names of then."""
    was: Mapping[str, str] = ChainMap(found.names_before, found.names)

    def called(names: Mapping[str, str], text: str) -> str:
        return f"{_short(names[text])} ({text})" if text in names else text

    return replace(
        held,
        before=called(was, held.before) if held.before else held.before,
        after=called(found.names, held.after) if held.after else held.after,
        gone=[called(was, value) for value in held.gone],
        come=[called(found.names, value) for value in held.come],
    )


def _said(held: Difference) -> str:
    """What is different: for a property the values that came and went, else before and after."""
    if held.what == "retracted":
        value = f"“{_short(held.before or '')}” of {held.source}"
        instead = _listed([_short(other) for other in held.come], "; ") or "-"
        return f"{value} → {instead}" if held.before in held.gone else f"{value}; what is shown stays"
    if held.what != "changed":
        return f"{_short(held.before or '-')} → {_short(held.after or '-')}"
    if len(held.gone) == len(held.come) == 1:
        return " → ".join(around(held.gone[0], held.come[0]))
    if held.before is None or held.after is None:
        values = _listed([_short(value) for value in held.come or held.gone], "; ")
        return f"- → {values}" if held.before is None else f"{values} → -"
    return _listed([*(f"+ {_short(value)}" for value in held.come), *(f"− {_short(value)}" for value in held.gone)], "; ")


def _listed(parts: list[str], comma: str) -> str:
    more = f"{comma}… and {len(parts) - _MOST:,} more, which --json prints" if len(parts) > _MOST else ""
    return comma.join(parts[:_MOST]) + more


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def around(before: str, after: str) -> tuple[str, str]:
    """Two texts, each cut around what differs; what both begin or end with is cut to a few characters."""
    if max(len(before), len(after)) <= _LONGEST:
        return before, after
    head = _alike(before, after)
    tail = min(_alike(before[::-1], after[::-1]), len(before) - head, len(after) - head)
    cut = max(0, head - _AROUND)

    def part(text: str) -> str:
        end = len(text) - max(0, tail - _AROUND)
        return f"{'…' * (cut > 0)}{_short(text[cut:end])}{'…' * (end < len(text))}"

    return part(before), part(after)


def _alike(one: str, other: str) -> int:
    """With how many characters both begin."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
