"""A small importer that uses most features of the runtime."""

from overt.importing import Context, Row


def run(ctx: Context) -> None:
    sites = ctx.table("sites", "id")
    for role in ("table", "workbook", "document"):
        for row in ctx.rows(role):
            with row:
                if row["Type"].text == "light":
                    row.out_of_scope("not-a-camera")
                camera(ctx, row)
                for site in sites[row["Id"]]:
                    place(ctx, row, site)


def camera(ctx: Context, row: Row) -> None:
    project = ctx.record("project", id=row["Id"])
    project.add("name", row["Name"], lang="en")
    project.add("kind", "video-surveillance", at=row["Type"])
    if "faces" in row["Name"].text:
        project.code("kind", "facial-recognition", at=row["Name"], rule="faces@1")
    project.add("country", ctx.area(row["Country"]))
    project.add("agreed", row["Ordered"])
    project.add("status", ctx.lookup("state", row["State"]))
    project.add("length", row.get("Length") if "Length" in row else None)
    vendor = row["Vendor"]
    if vendor:
        company = ctx.record("organization", name=vendor)
        company.add("name", vendor)
        part = ctx.record("role", project=project, name=vendor)
        part.add("project", project, at=vendor)
        part.add("organization", company, at=vendor)
        part.add("role", "supplier", at=vendor)


def place(ctx: Context, row: Row, site: Row) -> None:
    where = ctx.record("place", project=ctx.record("project", id=row["Id"]), shape=site["shape"])
    where.add("project", ctx.record("project", id=row["Id"]), at=site["id"])
    where.add("country", ctx.area(row["Country"]))
    where.add("geometry", f"POINT ({site['longitude']} {site['latitude']})", at=[site["longitude"], site["latitude"]])
    where.add("precision", "exact", at=site["id"])
