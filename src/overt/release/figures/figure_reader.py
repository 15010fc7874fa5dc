"""Reads a release's figures with their rows, for commands and notebooks."""

from typing import Any

from overt.model.errors import UsageError
from overt.release.figures.figure_serialization import figure_data
from overt.release.release_reader import Release


def read_figures(release: Release, name: str = "", limit: int | None = None) -> list[dict[str, Any]]:
    """Return every figure, or only the figure `name`, each with at most `limit` counted rows (by default with all).

    Headline figures come first. docs/api.md describes the fields. Raises UsageError if there is no figure of this name.
    """
    figures = release.rows("SELECT * FROM figures WHERE ? IN ('', name) ORDER BY headline DESC, name", [name])
    if name and not figures:
        known = ", ".join(row["name"] for row in release.rows("SELECT name FROM figures ORDER BY name"))
        raise UsageError(f"{name}: there is no such figure (there are {known})")
    rows: dict[str, list[dict[str, Any]]] = {}
    first = "" if limit is None else f"QUALIFY row_number() OVER (PARTITION BY name ORDER BY unit_id, groups) <= {limit:d}"
    counted = f"SELECT * FROM figure_rows WHERE counted AND ? IN ('', name) {first} ORDER BY name, unit_id, groups"
    for row in release.rows(counted, [name]):
        rows.setdefault(row["name"], []).append(row)
    sensitivity: dict[str, list[dict[str, Any]]] = {}
    if "figure_sensitivity" in release.manifest["tables"]:  # Older releases have no such table.
        for row in release.rows("SELECT * FROM figure_sensitivity WHERE ? IN ('', name) ORDER BY ALL", [name]):
            sensitivity.setdefault(row["name"], []).append(row)
    return [
        figure_data(release.id, figure, rows.get(figure["name"], []), sensitivity.get(figure["name"], [])) for figure in figures
    ]
