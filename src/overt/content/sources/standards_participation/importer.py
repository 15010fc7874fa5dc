"""The e-mail domains of 3GPP's mailing lists. A row counts the lists and the addresses in which a domain occurs.

The organisations and their domains are in the source's other file, which the mapping of source.yml imports.
"""

from overt.importing import Cell, Context, Row

from .domain_owners import DomainOwners, Owner

_COUNTS = {"nr_of_mlists": "mailing-lists", "nr_of_localparts": "addresses"}
_RULE = "email-domain@1"
_UNCLEAR = ("", "Congo")
"""Nationalities that don't identify a country. The mapping leaves them out too."""


def run(ctx: Context) -> None:
    """Assign each domain to an organisation and add its counts."""
    columns = ("name", "subsidiary of / alias of", "nationality", "email domain names")
    owners = DomainOwners(ctx.ahead("organizations", *columns))
    for row in ctx.rows("domains"):
        with row:
            domain(ctx, row, owners)


def domain(ctx: Context, row: Row, owners: DomainOwners) -> None:
    """Add the numbers of mailing lists and of addresses in which an organisation's domain occurs."""
    claimants = owners.find(row["domain"].text)
    if not claimants:
        row.out_of_scope("domain-of-no-organization")
    owner = owners.common(claimants)
    if owner is None:
        row.out_of_scope("domain-of-several")
    for column, counted in _COUNTS.items():
        participation(ctx, row["domain"], owner, row[column], counted)


def participation(ctx: Context, cell: Cell, owner: Owner, count: Cell, counted: str) -> None:
    """Add an organisation's participation through one domain, with one of its counts."""
    organization = ctx.record("organization", name=owner.name.casefold())
    record = ctx.record("participation", organization=owner.name.casefold(), forum="3gpp", role=f"{cell.text}-{counted}")
    record.code("organization", organization, at=cell, rule=_RULE)
    if owner.country not in _UNCLEAR:
        record.code("country", ctx.area(cell.read_as(owner.country), "nationality").text, at=cell, rule=_RULE)
    record.add("forum", "3gpp", at=cell)
    record.add("role", "list-participant", at=cell)
    record.add("domain", cell)
    record.add("count", count)
    record.add("counted", counted, at=count)
