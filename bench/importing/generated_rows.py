"""A generated register of camera systems, for benchmarks of the import: the source's folder, and a CSV file of any length.

Row N is a pure function of N, so every run and every machine has the same file. A row names a project, its kind, place, date and
status, and a supplier that many rows share. One row in fifty is out of scope.
"""

import csv
from pathlib import Path

SOURCE = "generated_cameras"
SOURCE_YML = """\
title: Generated register of cameras
publisher: Society for Parks (invented)
address: https://parks.example/cameras
licence: CC0
attribution: generated
reuse: open
covers: Nothing that exists.
not_covered: Everything that exists.
records:
  project: "{id}"
  organization: "organization/{name}"
  role: "{project}/supplier/{name}"
  place: "{project}/place"
unique: [project]
files:
  register: {patterns: ["cameras.csv"], format: csv}
scope:
  no-camera: The register also lists park furniture.
lookups:
  state: {planned: agreed, running: operational, closed: decommissioned}
"""
IMPORTER = '''\
"""The generated register: one row a camera system."""

from overt.importing import Context, Row


def run(ctx: Context) -> None:
    for row in ctx.rows("register"):
        with row:
            camera_system(ctx, row)


def camera_system(ctx: Context, row: Row) -> None:
    if row["what"].text != "cameras":
        row.out_of_scope("no-camera")
    project = ctx.record("project", id=row["id"])
    project.add("name", row["name"], lang="en")
    project.add("kind", "video-surveillance", at=row["what"])
    project.add("country", ctx.area(row["country"]))
    project.add("agreed", row["agreed"])
    project.add("status", ctx.lookup("state", row["state"]))
    name = row["supplier"]
    company = ctx.record("organization", name=name)
    company.add("name", name)
    role = ctx.record("role", project=project, name=name)
    role.add("project", project, at=name)
    role.add("organization", company, at=name)
    role.add("role", "supplier", at=name)
    place = ctx.record("place", project=project)
    place.add("project", project, at=row["town"])
    place.add("name", row["town"])
    place.add("country", ctx.area(row["country"]))
    place.add("precision", "unlocated", at=row["town"])
'''
MAPPING = """\
mapping:
  register:
    out_of_scope:
      no-camera: {column: what, differs: cameras}
    records:
      - record: project
        name: name
        kind: {constant: video-surveillance, at: what}
        country: country
        agreed: agreed
        status: {column: state, lookup: state}
        supplier: supplier
        place: {column: town, precision: {constant: unlocated}}
"""
"""A mapping that makes the same claims as the importer, and one more for each place: that it is a site."""
COLUMNS = ("id", "name", "what", "town", "country", "supplier", "agreed", "state")
_TREES = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Ginkgo", "Hazel", "Ironwood", "Juniper", "Larch")
_COUNTRIES = ("Kenya", "Cabo Verde", "Lao PDR", "Serbia", "Peru", "Uzbekistan", "Ghana")
_MAKERS = ("Bluestem Optics", "Quartz Signal", "Red Heron Networks", "Tern Systems", "Ochre Cable")
_STATES = ("planned", "running", "running", "closed")
SUPPLIERS = 5_000
"""Number of different suppliers in a long register."""


def generated_row(number: int) -> tuple[str, ...]:
    """Return row `number` (from 0) with the columns of `COLUMNS`."""
    mixed = number * 2_654_435_761 % 4_294_967_296  # Knuth's multiplicative hash makes neighbouring rows differ
    tree, maker = _TREES[mixed % 11], _MAKERS[mixed // 7 % 5]
    return (
        f"P-{mixed:010}",
        f"Cameras in {tree} Park {number}",
        "benches" if number % 50 == 49 else "cameras",
        f"{tree} {mixed // 11 % 900}",
        _COUNTRIES[mixed // 3 % 7],
        f"{maker} {mixed // 13 % (SUPPLIERS // 5)}",
        f"{2005 + mixed // 17 % 20}-{1 + mixed // 19 % 12:02}",
        _STATES[mixed // 23 % 4],
    )


def write_rows(path: Path, count: int) -> None:
    """Write the first `count` rows as CSV."""
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow(COLUMNS)
        writer.writerows(map(generated_row, range(count)))


def write_source(atlas: Path, *, mapping: bool = False) -> None:
    """Add the source's folder to an atlas, with an importer or with a mapping."""
    folder = atlas / "sources" / SOURCE
    folder.mkdir(parents=True)
    if mapping:
        (folder / "source.yml").write_text(SOURCE_YML + MAPPING, encoding="utf-8")
    else:
        (folder / "source.yml").write_text(SOURCE_YML, encoding="utf-8")
        (folder / "importer.py").write_text(IMPORTER, encoding="utf-8")
