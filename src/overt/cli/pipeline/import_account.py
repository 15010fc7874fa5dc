"""The account of an import: imported rows, rows out of scope and problems by cause, as data and as printed text."""

from collections import Counter
from typing import Any

from overt.cli.messages_and_progress import messages
from overt.cli.text_truncation_and_sizes import cut
from overt.importing.snapshot_import import SnapshotImport
from overt.language.single_line import single_line
from overt.model.errors import format_count

_MAX_GROUPS = 20
"""Maximum number of causes of a source's problems that are printed."""
_MAX_TEXTS = 8
_MAX_LENGTH = 200
"""Maximum number of characters of a cell that are printed."""


def account(results: list[SnapshotImport]) -> list[dict[str, Any]]:
    """Return the account that `print_account` prints, as data. A refused snapshot has the reason under `error`."""
    return [
        {
            **{name: value for name, value in (result.report or {}).items() if name != "fingerprint"},
            "source": result.source,
            "snapshot": result.snapshot,
            "stands": result.is_current,
            "new": result.is_new,
            "error": result.error,
        }
        for result in results
    ]


def print_account(results: list[SnapshotImport]) -> None:
    """Print the account of each snapshot that was not refused: rows read = imported + out of scope + problems.

    Below it, print the problems and, unless the snapshot is unchanged, the rules that put rows out of scope.
    """
    snapshots = Counter(result.source for result in results)
    names = [f"{result.source} {result.snapshot}" if snapshots[result.source] > 1 else result.source for result in results]
    width = max((len(name) for name in names), default=0)
    for name, result in zip(names, results, strict=True):
        if not (report := result.report):
            continue
        unchanged = "" if result.is_new else "  (unchanged)"
        rows, claims = report["rows_read"], report["claims"]
        print(
            f"{name:<{width}}  {rows:>7,} {'row ' if rows == 1 else 'rows'} = {report['imported']:>6,} imported"
            f" + {report['out_of_scope']:>6,} out of scope + {format_count(report['problems'], 'problem')};"
            f"  {claims:>7,} claim{'' if claims == 1 else 's'}{unchanged}"
        )
        for rule, count in report["out_of_scope_by_rule"].items() if result.is_new else ():
            print(f"{'':<{width}}  {count:>7,} out of scope: {rule}")
        print_problems(result.source, report["problem_groups"])


def print_problems(source: str, groups: list[dict[str, Any]]) -> None:
    """Print problems by cause, with the number of rows, the affected values and their locations."""
    for group in groups[:_MAX_GROUPS]:
        if group["rows"] == 1:
            messages.print(f"{': '.join(filter(None, (source, group['file'], *group['examples'])))}: {group['message']}")
            _print_hints(group)
            continue
        column = f" in column {group['column']}" if group["column"] else ""
        texts = list(group["values"].items())
        # A group has the message of its first problem. That message fits the whole group only if all cells have the same text
        # and the message names no other row.
        has_one_text = len(texts) == 1 and "row=" not in group["message"]
        cause = group["message"] if has_one_text else group["cause"]
        messages.print(f"{source}: {group['file']}: {format_count(group['rows'], 'row')}{column}: {cause}")
        # A message that equals its cause does not quote the cells, so print their texts.
        if texts and not (has_one_text and group["cause"] != group["message"]):
            listed = ", ".join(
                f"“{cut(single_line(text), _MAX_LENGTH)}”" + (f" ({count:,})" if count > 1 else "")
                for text, count in texts[:_MAX_TEXTS]
            )
            more = f" and {len(texts) - _MAX_TEXTS:,} more" if len(texts) > _MAX_TEXTS else ""
            messages.print(f"    …: {listed}{more}")
        messages.print(f"    at {', '.join(group['examples'])}{' …' if group['rows'] > len(group['examples']) else ''}")
        _print_hints(group)
    if (more_groups := len(groups) - _MAX_GROUPS) > 0:
        messages.print(f"{source}: … and {format_count(more_groups, 'cause')} more; `overt import {source} --json` lists all")


def _print_hints(group: dict[str, Any]) -> None:
    for hint in group.get("hints", ()):
        messages.print(f"    to do: {hint['text']}")
        for line in hint["lines"]:
            messages.print(f"        {line}")
