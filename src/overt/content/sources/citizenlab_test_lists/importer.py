"""Lists of tested sites. A row is an address, its category, and the date on which it was added to the list."""

import ipaddress
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from overt.importing import Cell, Context, Row

Seen = set[tuple[str, str, str]]
"""List, host and category of each row so far."""


def run(ctx: Context) -> None:
    """Read the lists for countries, then the lists of authorities. The file's name shows whose list it is."""
    seen: Seen = set()
    for role in ("lists", "official"):
        for row in ctx.rows(role):
            with row:
                site(ctx, row, seen)


def site(ctx: Context, row: Row, seen: Seen) -> None:
    """Label a host with its category."""
    name = PurePosixPath(row.file).stem
    code, added = row["category_code"], row["date_added"]
    host = host_of(row, row["url"])
    if not code:
        row.out_of_scope("no-category")
    category = ctx.lookup("categories", code).text
    if (name, host, category) in seen:
        row.out_of_scope("repeated")
    country = ctx.spec.lookups["countries"].get(name)
    if country is None:
        country = ctx.area(row["url"].read_as(name.upper())).text
    domain = row["url"].read_as(host)
    ctx.labels.add(row, domain, list_name=name, country=country or None, category=category, added=added.text)
    row.when_imported(lambda: seen.add((name, host, category)))


def host_of(row: Row, address: Cell) -> str:
    """Return the host of an address without `www.`. The address may lack a scheme, because some lists have bare hosts.

    Raises OutOfScope if the cell is empty, the address has a path, query or fragment, or its host is an IP address. Raises
    Problem if the address can't be parsed.
    """
    if not address:
        row.out_of_scope("no-host")
    text = address.text if "://" in address.text else f"//{address.text}"
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        row.problem(f"{address.text!r} is not an address", address)
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        row.out_of_scope("page")
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host.strip(".").removeprefix("www.")
    return row.out_of_scope("numeric-address")
