"""The output of `overt estimate`."""

import math

from overt.cli.messages_and_progress import messages
from overt.estimation.estimate_result_and_verdicts import ESTIMATE, LOWER_BOUND, Estimate
from overt.estimation.estimates_by_several_methods import Report
from overt.model.errors import format_count


def print_progress(what: str) -> None:
    """Print the current step of the estimation."""
    messages.print(f"estimating: {what} …")


def print_report(report: Report) -> None:
    """Print a report: the headline, its reasons, and a table of the methods."""
    print(
        f"{report.table.observed:,} observed on {format_count(len(report.table.names), 'list')}: {', '.join(report.table.names)}"
    )
    print(f"{report.verdict}: {_headline(report)}")
    print(f"  {report.reason}")
    for note in report.notes:
        print(f"  {note}")
    print(f"  {report.caveat}")
    print()
    rows = [("method", "estimate", "low", "high", "level", "code", "verdict", "model"), *map(_row, report.estimates)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        cells = [
            cell.rjust(width) if 1 <= at <= 5 else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())
    print()
    for entry in report.estimates:
        if entry.reason and entry.reason != report.reason:
            print(f"{entry.method}: {entry.reason}")


def _headline(report: Report) -> str:
    """Return, in words, the interval or lower bound that may be published, with its level; `no number` if there is none.

    The interval covers all models near the best one, so it is usually wider than that of any single model.
    """
    low, high = (_number(end, integer_from=100) for end in (report.low, report.high))
    level = f"{100 * report.estimates[0].level:.4g} %"
    if report.verdict == LOWER_BOUND:
        return f"{level}: at least {low}"
    if report.verdict != ESTIMATE or report.sweep is None:
        return "no number"
    models = len(report.sweep.candidates.near_best())
    over = f"over {models:,} models" if models > 1 else "by one model"
    return f"{level}: between {low} and {high}, {over}"


def _row(entry: Estimate) -> tuple[str, ...]:
    numbers = _number(entry.estimate), _number(entry.low), _number(entry.high)
    return entry.method, *numbers, f"{entry.level:.4g}", str(int(entry.code)), entry.verdict, entry.model or "–"


def _number(value: float | None, integer_from: float = math.inf) -> str:
    return "–" if value is None else f"{value:,.{0 if value >= integer_from else 1}f}"
