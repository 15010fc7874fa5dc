"""The output of `overt diff`."""

from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pyarrow.parquet as pq

from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages
from overt.cli.reports.diff_about_option import About
from overt.cli.reports.release_blocklist_differences import print_observed, print_observed_rows
from overt.model.workspace import Workspace
from overt.release.diff.release_diff import Difference, ReleaseDiff, ReleaseSide
from overt.release.diff.release_diff import diff_releases as compare

_EVERYTHING = About()
_IDENTIFYING = ("amount", "url", "role", "kind")
"""Properties that identify records without a name, the most informative first."""
_MAX_VALUE_LENGTH = 80
"""Maximum number of characters of a value that are printed."""
_AROUND = 24
"""Number of characters that are printed before and after the difference between two values."""
_MAX_VALUES = 12
"""Maximum number of values of a property, or groups of a figure, that are printed."""


def print_differences(
    atlas: Workspace, folders: tuple[Path, Path], about: About = _EVERYTHING, *, json: bool, observations: bool
) -> None:
    """Print the differences between the releases in two folders, limited to `about`.

    `observations`: print instead all differences in what was measured to be blocked, as CSV.
    """
    old_side, new_side = map(ReleaseSide.from_folder, folders)
    if observations:
        print_observed_rows(old_side.tables, new_side.tables, atlas.settings.engine.memory)
        return
    comparison = about.narrow(compare(old_side, new_side, subjects=about.rules))
    if json:
        print_json(comparison.as_dict())
        return
    withheld = len({row["id"] for row in comparison.corrections if row["kind"] == "withheld"})
    numbers = {**comparison.counts(), **({"withheld": withheld} if withheld else {})}
    counts = ", ".join(f"{count:,} {what}" for what, count in numbers.items())
    of = f", about {' and '.join(about.names)}" if about.names else ""
    if about.figure:
        counts = "changed" if comparison.figures else "as before"
    print(f"{comparison.old} → {comparison.new}{of}: {counts or 'no record differs'}")
    for correction in comparison.corrections:
        print(correction_line(comparison, correction))
    for figure in comparison.figures:
        _print_figure(figure)
    for finding in comparison.findings:
        print(f"finding {finding.name} {finding.what}: {finding.after or finding.reason}")
    print_observed(comparison.observations)
    for difference in _described(comparison.differences, old_side, new_side):
        name = f"{difference.id} {_title(comparison, difference)}{f' {difference.property}' if difference.property else ''}"
        print(f"{difference.what:<9} {name}: {_change(_named(comparison, difference))}  ({difference.reason})")


def _described(differences: Sequence[Difference], old: ReleaseSide, new: ReleaseSide) -> list[Difference]:
    """Return the differences. Records without a name that were added or removed get a value that identifies them."""
    added = _telling_values(new, [each.id for each in differences if each.what == "added" and each.label is None])
    removed = _telling_values(old, [each.id for each in differences if each.what == "removed" and each.label is None])
    described = []
    for each in differences:
        if each.what == "added" and each.id in added:
            each = replace(each, after=added[each.id])
        elif each.what == "removed" and each.id in removed:
            each = replace(each, before=removed[each.id])
        described.append(each)
    return described


def _telling_values(side: ReleaseSide, ids: Sequence[str]) -> dict[str, str]:
    """Return, for each of these records, its value of the first property in `_IDENTIFYING` that it has."""
    if not ids:
        return {}
    chosen = ds.field("id").isin(list(ids)) & ds.field("property").isin(list(_IDENTIFYING)) & ds.field("shown")
    columns = ["id", "property", "value", "unit"]
    rows = pq.read_table(side.tables / "values.parquet", columns=columns, filters=chosen).to_pylist()
    rows.sort(key=lambda row: (_IDENTIFYING.index(row["property"]), row["value"]), reverse=True)
    return {row["id"]: " ".join(filter(None, (row["value"], row["unit"]))) for row in rows}


def print_public_differences(atlas: Workspace, old: Path, new: Path, about: About = _EVERYTHING, *, html: bool) -> None:
    """Print the differences, limited to `about`, as a feed or, with `html`, as a page.

    Both are for other people, so they contain only what overt.toml allows to be republished, no record that is withheld now, and
    nothing about editors.
    """
    # Imported here because most comparisons are only printed on the terminal.
    from overt.feeds.release_comparison_feed_and_page import comparison_feed, comparison_page
    from overt.index.editions.edition_without_withheld import leave_out_withheld, withheld_now
    from overt.index.editions.public_edition import restrict

    withheld, content, cache = withheld_now(atlas), atlas.content, atlas.cache
    public = [restrict(folder, atlas.settings.republish, content, cache) for folder in (old, new)]
    editions = [
        leave_out_withheld(edition, folder.name, withheld, content, cache)
        for folder, edition in zip((old, new), public, strict=True)
    ]
    before, after = (
        ReleaseSide(edition.named(folder.name), edition.tables, edition.manifest)
        for folder, edition in zip((old, new), editions, strict=True)
    )
    comparison = about.narrow(compare(before, after, editors=False, subjects=about.rules))
    address = atlas.settings.site.address.rstrip("/")
    for source in editions[1].left_out:
        messages.print(f"left out: {source['title']} ({source['reuse']})")
    title = after.manifest["title"] or "Overt"
    if html:
        print(comparison_page(comparison, title, address), end="")
    else:
        print(comparison_feed(comparison, title, after.manifest["date"], address).decode(), end="")


def _print_figure(figure: dict[str, Any]) -> None:
    before, after = _number(figure["before"]), _number(figure["after"])
    print(f"figure {figure['name']}: {after + ' as before' if before == after else f'{before} → {after}'}")
    if figure["status_before"] != figure["status_after"]:
        print(f"  {figure['status_before']} → {figure['status_after']}")
    for variant in figure["variants"]:
        print(f"  {variant['title']}: {_number(variant['before'])} → {_number(variant['after'])}")
    for group in dict.fromkeys(row["group"] for row in figure["groups"]):
        rows = [row for row in figure["groups"] if row["group"] == group]
        rows.sort(key=lambda row: (-abs((row["after"] or 0) - (row["before"] or 0)), row["name"]))
        parts = [f"{row['name']} {_number(row['before'])} → {_number(row['after'])}" for row in rows]
        print(f"  by {group}: {_listed(parts, ', ')}")


def _number(value: float | None) -> str:
    return "–" if value is None else format(value, ",")


def correction_line(comparison: ReleaseDiff, row: Mapping[str, Any]) -> str:
    """Return a correction, a reply or a withheld record as one line."""
    name = comparison.names.get(row["id"])
    record = f"{row['id']} {_short(name)}" if name else row["id"]
    match row["kind"]:
        case "withheld":
            return f"withheld  {record}  ({row['reason']})"
        case "reply":
            return f"reply     {record}: {_short(row['new_value'] or '-')}"
    if row["property"] is None:
        return f"corrected {record}: taken back as a whole  ({row['reason']})"
    change = f"{_short(row['old_value'] or '-')} → {_short(row['new_value'] or '-')}"
    return f"corrected {record} {row['property']}: {change}  ({row['reason']})"


def _title(comparison: ReleaseDiff, difference: Difference) -> str:
    """Return a record's name. For a record without a name (a role, a place), return its type and what it belongs to."""
    kind, of = difference.type or "", comparison.names.get(difference.id)
    return difference.label or (f"{kind} of {_short(of)}" if kind and of else kind)


def _named(comparison: ReleaseDiff, difference: Difference) -> Difference:
    """Return the difference with the name of each record put before its id. Old values get the names of the older release."""
    earlier: Mapping[str, str] = ChainMap(comparison.names_before, comparison.names)

    def with_name(names: Mapping[str, str], text: str) -> str:
        return f"{_short(names[text])} ({text})" if text in names else text

    return replace(
        difference,
        before=with_name(earlier, difference.before) if difference.before else difference.before,
        after=with_name(comparison.names, difference.after) if difference.after else difference.after,
        gone=[with_name(earlier, value) for value in difference.gone],
        come=[with_name(comparison.names, value) for value in difference.come],
    )


def _change(difference: Difference) -> str:
    """Return the change in words.

    For a changed property, name the values that were removed and added; for a retraction, the retracted value and, if it was
    shown, what is shown instead; for any other difference, the values before and after.
    """
    if difference.what == "retracted":
        value = f"“{_short(difference.before or '')}” of {difference.source}"
        instead = _listed([_short(other) for other in difference.come], "; ") or "-"
        return f"{value} → {instead}" if difference.before in difference.gone else f"{value}; what is shown stays"
    if difference.what != "changed":
        return f"{_short(difference.before or '-')} → {_short(difference.after or '-')}"
    if len(difference.gone) == len(difference.come) == 1:
        return " → ".join(around(difference.gone[0], difference.come[0]))
    if difference.before is None or difference.after is None:
        values = _listed([_short(value) for value in difference.come or difference.gone], "; ")
        return f"- → {values}" if difference.before is None else f"{values} → -"
    return _listed(
        [*(f"+ {_short(value)}" for value in difference.come), *(f"− {_short(value)}" for value in difference.gone)], "; "
    )


def _listed(parts: list[str], comma: str) -> str:
    more = f"{comma}… and {len(parts) - _MAX_VALUES:,} more, which --json prints" if len(parts) > _MAX_VALUES else ""
    return comma.join(parts[:_MAX_VALUES]) + more


def _short(text: str) -> str:
    return text if len(text) <= _MAX_VALUE_LENGTH else f"{text[: _MAX_VALUE_LENGTH - 1]}…"


def around(before: str, after: str) -> tuple[str, str]:
    """Return two strings. If one of them is long, both are truncated to the difference and a few characters around it."""
    if max(len(before), len(after)) <= _MAX_VALUE_LENGTH:
        return before, after
    head = _common_prefix(before, after)
    tail = min(_common_prefix(before[::-1], after[::-1]), len(before) - head, len(after) - head)
    cut = max(0, head - _AROUND)

    def part(text: str) -> str:
        end = len(text) - max(0, tail - _AROUND)
        return f"{'…' * (cut > 0)}{_short(text[cut:end])}{'…' * (end < len(text))}"

    return part(before), part(after)


def _common_prefix(first: str, second: str) -> int:
    """Return the length of the common prefix."""
    return next((at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second)))
