"""Open Contracting for Infrastructure (OC4IDS 0.9): all infrastructure projects as one package. See docs/decisions/0030."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from overt.export.export_result_and_losses import ExportResult, NothingToWrite
from overt.export.json_list import open_json_list
from overt.export.loss_tally import LossTally
from overt.export.oc4ids.project_sections import References, make_budget, make_documents, make_locations, make_parties, parse_day
from overt.export.public_release_reader import PublicRelease, export_query
from overt.language.number_and_money_formats import web_address
from overt.model.settings import UNREGISTERED_PREFIX

_UNREGISTERED = (
    f"ids begin with {UNREGISTERED_PREFIX}, a prefix that the Open Contracting Partnership has given to nobody. To publish this "
    "file, ask for a prefix of your own, and write it into overt.toml ([export] oc4ids_prefix)"
)
SECTORS = {
    "communications": (
        "telecom-ict", "mobile-network", "5g-network", "fixed-network", "broadcasting", "satellite", "submarine-cable",
        "terrestrial-cable", "data-centre", "cloud",
    ),
    "governance": ("smart-city", "video-surveillance"),
}  # fmt: skip
"""Kinds of infrastructure projects in Overt, by the standard's sector."""
STATUSES = {
    "announced": "identification", "under-construction": "implementation", "in-progress": "implementation",
    "completed": "completion", "operational": "maintenance", "decommissioned": "decommissioned", "cancelled": "cancelled",
}  # fmt: skip
"""The standard's phases for Overt's statuses. Statuses that have none, such as `suspended`, are missing. `agreed` has none,
because it doesn't show whether the project was procured.
"""
_WHYS = {
    "status of project": "the standard has no such phase",
    "started of project": "the standard needs a day",
    "construction-start of project": "the standard needs a day, and a period has one start",
    "completed of project": "the standard needs a day",
    "ended of project": "the standard needs a day, and a period has one end",
    "amount of commitment": "no amount is stated",
    "geometry of place": "a schematic route, or a point that represents a whole area, is not a location of works",
    "project of place": "projects that are not infrastructure",
}
Json = dict[str, Any]


def write(release: PublicRelease, target: Path) -> ExportResult:
    """Write the package. Raises NothingToWrite if the release has no infrastructure project."""
    tally = LossTally(release)
    references = References.load(release)
    manifest = release.edition.manifest
    head: Json = {
        "version": "0.9",
        "uri": f"{release.address}/release/{release.id}" if release.address else f"urn:overt:{release.id}",
        "publishedDate": f"{manifest['date']}T00:00:00Z",
        "publisher": {"name": manifest["title"]},
    }
    licences = {row["licence_url"] for row in release.sources}
    if len(licences) == 1 and (licence := web_address(licences.pop())):
        head["license"] = licence  # If there are several licences, the report lists them by source.
    with open_json_list(target, head, "projects") as projects:
        for row in _read_projects(release):
            projects.add({"id": f"{release.oc4ids_prefix}-{row['id']}", **_make_project(row, references, tally)})
    if not tally.written["project"]:
        raise NothingToWrite(
            "the edition has no project that is infrastructure, and the standard knows no package without a project"
        )
    tally.skip_remaining_values(_WHYS)
    whys = {
        "project": "no infrastructure is built",
        "place": "a place of projects that are not infrastructure, or a schematic route",
    }
    tally.skip_remaining("the standard is of infrastructure projects", whys)
    notes = (_UNREGISTERED,) if release.oc4ids_prefix == UNREGISTERED_PREFIX else ()
    return replace(tally.result(), notes=notes)


def _read_projects(release: PublicRelease) -> Iterator[Json]:
    kinds = ", ".join(f"'{kind}'" for sector_kinds in SECTORS.values() for kind in sector_kinds)
    for batch in release.batches(export_query("oc4ids.projects", {"kinds": kinds}), 1_000):
        yield from batch.to_pylist()


def _make_project(row: Json, references: References, tally: LossTally) -> Json:
    tally.write("project", row["id"], *(["name"] if row["name"] else []), *["kind"] * len(row["kind"]))
    project: Json = {
        "identifiers": [{"id": record["record"], "scheme": record["source"]} for record in row["records"]],
        "title": row["name"],
        "description": row["description"],
        "status": STATUSES.get(row["status"]),
        "period": _make_period(row, tally),
        "sector": [sector for sector, kinds in SECTORS.items() if set(kinds) & set(row["kind"])],
        "additionalClassifications": [
            {"scheme": "x_overtProjectKinds", "id": kind, "description": references.kinds[kind]} for kind in row["kind"]
        ],
        "locations": make_locations(row, references, tally),
        "budget": make_budget(row, references, tally),
        "parties": make_parties(row, references, tally),
        "documents": make_documents(row, references, tally),
        "completion": _make_completion(row, tally),
    }
    for name in ("description", "status"):
        if project[name] is not None:
            tally.write_values("project", name)
    return {name: value for name, value in project.items() if value not in (None, [], {})}


def _make_period(row: Json, tally: LossTally) -> Json:
    """Return the days on which the project began and ended. A day that is not known exactly is left out.

    If the day on which the project began is not known exactly, the day on which its construction began takes its place.
    """
    period: Json = {}
    for field, names in (("startDate", ("started", "construction-start")), ("endDate", ("ended",))):
        for name in names:
            day = parse_day(row[name.replace("-", "_")])
            if day and field not in period:
                period[field] = day
                tally.write_values("project", name)
    return period


def _make_completion(row: Json, tally: LossTally) -> Json:
    day = parse_day(row["completed"])
    if day is None:
        return {}
    tally.write_values("project", "completed")
    return {"endDate": day}
