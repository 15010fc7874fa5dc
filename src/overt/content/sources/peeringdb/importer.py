"""PeeringDB's API: a row for each network in a facility; names and coordinates are in separate tables."""

from overt.importing import Cell, Context, LookupTable, RecordDraft, Row
from overt.model.errors import ValueProblem
from overt.model.values.geometry import point


def run(ctx: Context) -> None:
    """Read each network's presence in a facility, with the rows of its network and its facility if these are loaded."""
    networks, facilities = ctx.table("networks", "id"), ctx.table("facilities", "id")
    for row in ctx.rows("presences"):
        with row:
            presence(ctx, row, networks, facilities)


def presence(ctx: Context, row: Row, networks: LookupTable, facilities: LookupTable) -> None:
    """Add the presence of a network listed in source.yml, in a facility outside China, as a project. Other rows are out of
    scope.
    """
    number, network, facility = row["local_asn"], row["net_id"], row["fac_id"]
    row.ignore("id")
    whose = ctx.spec.lookups["networks"].get(number.text)
    if whose is None:
        row.out_of_scope("other-network")
    country = ctx.area(row["country"])
    if country.text == "CN":
        row.out_of_scope("in-china")
    carrier = ctx.record("organization", kind="network", id=network)
    names = [named["name"] for named in networks[network]]
    for named in networks[network]:
        carrier.add("name", named["name"], lang="en")
        carrier.add("website", named["website"])
    if not names:  # The row of the network is not loaded.
        carrier.add("name", whose, at=number, lang="en", basis="coded", rule="peeringdb-chinese@1")
    name = names[0].text if names else whose
    project = ctx.record("project", network=network, facility=facility)
    project.add("name", f"{name} (AS{number}) in {row['name']}", at=[*names[:1], number, row["name"]], lang="en")
    project.add("name", f"{name}（AS{number}）在{row['name']}", at=[*names[:1], number, row["name"]], lang="zh")
    project.add("kind", "point-of-presence", at=row["fac_id"])
    project.add("country", country)
    project.add("status", ctx.lookup("statuses", row["status"]))
    role(ctx, project, carrier, "operator", network, (network, facility))
    place(ctx, row, project, country, facilities)


def role(ctx: Context, project: RecordDraft, organization: RecordDraft, name: str, at: Cell, key: tuple[Cell, Cell]) -> None:
    """Add the role of an organisation in the project."""
    part = ctx.record("role", network=key[0], facility=key[1], role=name)
    part.add("project", project, at=at)
    part.add("organization", organization, at=at)
    part.add("role", name, at=at)


def place(ctx: Context, row: Row, project: RecordDraft, country: Cell, facilities: LookupTable) -> None:
    """Add the facility as the project's place, and its operator as a partner."""
    where = ctx.record("place", facility=row["fac_id"])
    where.add("project", project, at=row["fac_id"])
    where.add("kind", "site", at=row["fac_id"])
    where.add("name", row["name"], lang="en")
    where.add("country", country)
    town, pinned = row["city"], False
    for facility in facilities[row["fac_id"]]:
        host = ctx.record("organization", kind="organization", id=facility["org_id"])
        host.add("name", facility["org_name"], lang="en")
        role(ctx, project, host, "partner", facility["org_id"], (row["net_id"], row["fac_id"]))
        latitude, longitude = facility["latitude"], facility["longitude"]
        if latitude and longitude:
            try:
                where.add("geometry", point(longitude.text, latitude.text), at=[longitude, latitude])
            except ValueProblem as error:
                row.problem(str(error), latitude)
            pinned = True
    if pinned:
        where.add("precision", "exact", at=row["fac_id"])
    else:
        where.add("precision", "locality" if town else "country", at=town or row["country"])
