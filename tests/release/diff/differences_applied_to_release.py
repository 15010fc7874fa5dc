"""A release patched with the differences to a newer one: the result must equal the newer release."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from overt.release.diff.release_diff import NO_FIGURE, Difference, ReleaseDiff
from overt.release.release_reader import Release

State = dict[str, "ShownRecord"]
"""The records of a release by id, as its pages show them."""


@dataclass
class ShownRecord:
    """A record as pages show it: type, label, and the shown values of each property, with their units."""

    type: str
    label: str | None
    values: dict[str, set[str]] = field(default_factory=dict)


def read_state(folder: Path) -> State:
    """Return the records of a release with their shown values."""
    query = "SELECT id, property, value || coalesce(' ' || unit, '') AS value FROM values WHERE shown"
    with Release(folder) as release:
        state = {row["id"]: ShownRecord(row["type"], row["label"]) for row in release.rows("SELECT id, type, label FROM records")}
        for row in release.rows(query):
            state[row["id"]].values.setdefault(row["property"], set()).add(row["value"])
    return state


def patch_state(old: State, differences: Iterable[Difference]) -> State:
    """Return `old` with all `differences` applied: the state of the newer release. `old` is not modified."""
    differences = list(differences)
    removed = {difference.id for difference in differences if difference.what in ("removed", "merged")}
    new = {
        identity: ShownRecord(record.type, record.label, {name: set(values) for name, values in record.values.items()})
        for identity, record in old.items()
        if identity not in removed
    }
    for difference in differences:
        if difference.what in ("added", "split"):
            values = {name: set(texts) for name, texts in (difference.values or {}).items()}
            new[difference.id] = ShownRecord(difference.type or "", difference.label, values)
    for difference in differences:
        if difference.what in ("changed", "retracted") and difference.id in new:
            record = new[difference.id]
            record.label = difference.label
            if difference.property and difference.property != "label":
                old_values = record.values.pop(difference.property, set())
                new_values = (old_values - set(difference.gone)) | set(difference.come)
                if new_values:
                    record.values[difference.property] = new_values
    return new


def read_figure_values(folder: Path) -> dict[str, tuple[float | None, str]]:
    """Return the value and status of each figure of a release."""
    with Release(folder) as release:
        rows = release.rows("SELECT name, value, status FROM figures")
    return {row["name"]: (None if row["value"] is None else float(row["value"]), row["status"]) for row in rows}


def patch_figures(old: dict[str, tuple[float | None, str]], diff: ReleaseDiff) -> dict[str, tuple[float | None, str]]:
    """Return the figures of `old` with the differences applied, without figures that the newer release lacks."""
    new = dict(old)
    for figure in diff.figures:
        after = figure["after"]
        new[figure["name"]] = (None if after is None else float(after), figure["status_after"])
    return {name: (value, status) for name, (value, status) in new.items() if status != NO_FIGURE}
