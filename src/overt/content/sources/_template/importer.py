"""An importer to copy: an invented table of cameras in towns.

An importer has one function, `run`. It loops over rows and makes records; all that it may touch comes from `ctx`. It opens no
file, asks no network and knows no settings, so the same bytes give the same claims everywhere.
"""

from overt.importing import Context, RecordDraft, Row


def run(ctx: Context) -> None:
    """Called once for each snapshot."""
    for row in ctx.rows("cameras"):
        # What happens inside of `with` decides the row's fate: imported, out of scope, or a problem with its place. A row that
        # fails gives no claim at all, and the run goes on, so that the report shows every problem at once.
        with row:
            if row["Type"].text == "street light":
                row.out_of_scope("not-a-camera")
            camera_system(ctx, row)


def camera_system(ctx: Context, row: Row) -> None:
    """One row: a project, the company that supplies it, and where it is."""
    # `row["Column"]` is a cell: a text, and the place where it stands. Hand on cells, not texts, and each claim has its evidence.
    project = ctx.record("project", id=row["Id"])
    project.add("name", row["Name"], lang="en")
    project.add("kind", "video-surveillance", at=row["Type"])  # a value of ours needs the cell that says so
    project.add("status", ctx.lookup("state", row["State"]))
    country = ctx.area(row["Country"], "countries")
    project.add("country", country)
    # Dates are as precise as the source knows them: 2019, 2019-05, 2019-05-17. An empty cell states nothing.
    project.add("agreed", row["Ordered"])
    project.add("description", row["Remarks"], lang="en")
    if "recognises faces" in row["Remarks"].text:
        project.code("kind", "facial-recognition", at=row["Remarks"], rule="town-cameras-faces@1")
    # One cell can name several: each becomes its own claim, at the same place.
    for name in row["Vendor"].text.split(";"):
        if name.strip():
            supplier(ctx, row, project, name.strip())
    place(ctx, row, project).add("country", country)


def supplier(ctx: Context, row: Row, project: RecordDraft, name: str) -> None:
    """A company, and that it supplies the project. The same company in many rows is one record."""
    vendor = row["Vendor"]
    company = ctx.record("organization", name=name)
    company.add("name", vendor.part(name))
    role = ctx.record("role", project=project, role="supplier", organization=name)
    role.add("project", project, at=vendor)
    role.add("organization", company, at=vendor)
    role.add("role", "supplier", at=vendor)


def place(ctx: Context, row: Row, project: RecordDraft) -> RecordDraft:
    """Where it is, and how exactly that is known: never finer than the source."""
    where = ctx.record("place", project=project)
    where.add("project", project, at=row["Id"])
    where.add("kind", "site", at=row["Id"])
    where.add("name", row["Town"])
    where.add("precision", "locality" if row["Town"] else "country", at=row["Town"] or row["Country"])
    longitude, latitude = row["Longitude"], row["Latitude"]
    if longitude and latitude and row["Town"]:
        where.add("geometry", f"POINT ({longitude} {latitude})", at=[longitude, latitude])  # longitude first
    elif longitude or latitude:
        row.problem("a point needs a longitude, a latitude and a town", longitude or latitude)
    return where
