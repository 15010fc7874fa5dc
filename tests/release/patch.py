"""What a comparison is worth: the older release and all that differs give the newer one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from overt.release.diff.release_diff import NO_FIGURE, Difference, ReleaseDiff
from overt.release.release_reader import Release

State = dict[str, "Shown"]
"""The records of a release by id, as its pages show them."""


@dataclass
class Shown:
    """A record as it is shown: type, the name it goes by, and of each property the values, with their units."""

    type: str
    label: str | None
    values: dict[str, set[str]] = field(default_factory=dict)


def state(folder: Path) -> State:
    """What a release shows. Of very many records this is large: it is for checking, and for those who keep a copy up to date."""
    query = "SELECT id, property, value || coalesce(' ' || unit, '') AS value FROM values WHERE shown"
    with Release(folder) as release:
        found = {row["id"]: Shown(row["type"], row["label"]) for row in release.rows("SELECT id, type, label FROM records")}
        for row in release.rows(query):
            found[row["id"]].values.setdefault(row["property"], set()).add(row["value"])
    return found


def patched(old: State, differences: Iterable[Difference]) -> State:
    """`old` with all `differences` carried out: equal to the state of the newer release. `old` stays as it is."""
    differences = list(differences)
    lost = {one.id for one in differences if one.what in ("removed", "merged")}
    new = {
        identity: Shown(held.type, held.label, {name: set(values) for name, values in held.values.items()})
        for identity, held in old.items()
        if identity not in lost
    }
    for one in differences:
        if one.what in ("added", "split"):
            values = {name: set(held) for name, held in (one.values or {}).items()}
            new[one.id] = Shown(one.type or "", one.label, values)
    for one in differences:
        if one.what in ("changed", "retracted") and one.id in new:
            held = new[one.id]
            held.label = one.label
            if one.property and one.property != "label":
                left = (held.values.pop(one.property, set()) - set(one.gone)) | set(one.come)
                if left:
                    held.values[one.property] = left
    return new


def figures(folder: Path) -> dict[str, tuple[float | None, str]]:
    """Value and status of each figure of a release."""
    with Release(folder) as release:
        rows = release.rows("SELECT name, value, status FROM figures")
    return {row["name"]: (None if row["value"] is None else float(row["value"]), row["status"]) for row in rows}


def patched_figures(old: dict[str, tuple[float | None, str]], found: ReleaseDiff) -> dict[str, tuple[float | None, str]]:
    """The same for figures. One that is gone is not among them."""
    new = dict(old)
    for moved in found.figures:
        after = moved["after"]
        new[moved["name"]] = (None if after is None else float(after), moved["status_after"])
    return {name: held for name, held in new.items() if held[1] != NO_FIGURE}
