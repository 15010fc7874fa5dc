"""An importer to copy: it reads an invented table of cameras in towns.

An importer has one function, `run`, which loops over rows and makes records. Everything it needs comes from `ctx`. It opens no
files and uses no network and no settings, so equal bytes give equal claims everywhere.
"""

from overt.importing import Cell, Context, RecordDraft, Row, geocode


def run(ctx: Context) -> None:
    """Read one snapshot. Overt calls this once for each."""
    for row in ctx.rows("cameras"):
        # The `with` block decides the row's outcome: imported, out of scope, or a problem with its place. A row with a problem
        # gives no claim at all, and the run continues, so that the report shows all problems at once.
        with row:
            if row["Type"].text == "street light":
                row.out_of_scope("not-a-camera")
            camera_system(ctx, row)


def camera_system(ctx: Context, row: Row) -> None:
    """Add the project in a row, its suppliers and its place."""
    # `row["Column"]` is a cell: a text and its place in the file. Pass cells, not texts, so that each claim has its evidence.
    project = ctx.record("project", id=row["Id"])
    project.add("name", row["Name"], lang="en")
    project.add("kind", "video-surveillance", at=row["Type"])  # Our own values need the cell that says so.
    project.add("status", ctx.lookup("state", row["State"]))
    country = ctx.area(row["Country"], "countries")
    project.add("country", country)
    # Dates have the precision of the source: 2019, 2019-05 or 2019-05-17. An empty cell states nothing.
    project.add("agreed", row["Ordered"])
    project.add("description", row["Remarks"], lang="en")
    if "recognises faces" in row["Remarks"].text:
        project.code("kind", "facial-recognition", at=row["Remarks"], rule="town-cameras-faces@1")
    # A cell can name several companies. Each becomes a claim of its own, with the same place.
    for name in row["Vendor"].text.split(";"):
        if name.strip():
            supplier(ctx, row, project, name.strip())
    place(ctx, row, project, country)


def supplier(ctx: Context, row: Row, project: RecordDraft, name: str) -> None:
    """Add a company as supplier of the project. The same company in many rows is one record."""
    vendor = row["Vendor"]
    company = ctx.record("organization", name=name)
    company.add("name", vendor.part(name))
    role = ctx.record("role", project=project, role="supplier", organization=name)
    role.add("project", project, at=vendor)
    role.add("organization", company, at=vendor)
    role.add("role", "supplier", at=vendor)


def place(ctx: Context, row: Row, project: RecordDraft, country: Cell) -> None:
    """Add the place and its precision, which is never finer than the source."""
    town, longitude, latitude = row["Town"], row["Longitude"], row["Latitude"]
    where = ctx.record("place", project=project)
    where.add("project", project, at=row["Id"])
    where.add("kind", "site", at=row["Id"])
    where.add("name", town)
    where.add("country", country)
    if longitude and latitude and town:
        where.add("precision", "locality", at=town)
        where.add("geometry", f"POINT ({longitude} {latitude})", at=[longitude, latitude])  # Longitude comes first.
    elif longitude or latitude:
        row.problem("a point needs a longitude, a latitude and a town", longitude or latitude)
    elif town:
        geocode(where, town, country)  # A town without a point is placed by the gazetteer, or left unlocated if it isn't clear.
    else:
        where.add("precision", "country", at=row["Country"])
