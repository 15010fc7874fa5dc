"""Import OONI's registry of services from two files: targets, some of which belong to a service, and the hosts of targets.

Targets without a service are out of scope.
"""

from typing import NamedTuple

from overt.importing import Cell, Context, Row


class Target(NamedTuple):
    """The service to which a target belongs, its part of the service, and its platform; None if it has no part or platform."""

    service: str
    part: str | None
    platform: str | None


def run(ctx: Context) -> None:
    """Read the targets, then the host names of those that belong to a service."""
    named = {target for kind, target in ctx.ahead("hosts", "matcher_kind", "target_id") if kind in ("domain", "exact")}
    targets: dict[str, Target] = {}
    for row in ctx.rows("targets"):
        with row:
            target(ctx, row, named, targets)
    for row in ctx.rows("hosts"):
        with row:
            host(ctx, row, targets)


def target(ctx: Context, row: Row, named: set[str], targets: dict[str, Target]) -> None:
    """Store a target. If the other file has no host for the target, label the host that the target's id names."""
    name, service, part = row["target_id"], row["service"], row["role"]
    row.ignore("category_code")
    if not service:
        row.out_of_scope("no-service")
    platforms = ctx.spec.lookups["platforms"]
    known = Target(service.text, part.text or None, platforms.get(name.text) or platforms.get(service.text))
    if name.text not in named:
        if "/" in name.text:
            row.out_of_scope("no-host")
        label(ctx, row, name, known)
    row.when_imported(lambda: targets.setdefault(name.text, known))


def host(ctx: Context, row: Row, targets: dict[str, Target]) -> None:
    """Label a host with the service that uses it."""
    kind, name = row["matcher_kind"].text, row["target_id"]
    if kind == "ip":
        row.ignore("matcher")
        row.out_of_scope("numeric-address")
    if kind == "pattern":
        row.ignore("matcher")
        row.out_of_scope("pattern")
    if kind not in ("domain", "exact"):
        row.problem(f"the kind {kind!r} is none of domain, exact, ip, pattern", row["matcher_kind"])
    if (known := targets.get(name.text)) is None:
        row.problem(f"the target {name.text!r} is not in the file of targets, or belongs to no service", name)
    label(ctx, row, row["matcher"], known, subdomains=kind == "domain")


def label(ctx: Context, row: Row, domain: Cell, target: Target, *, subdomains: bool = False) -> None:
    """Add that a host, with or without its subdomains, belongs to a service, and which part of the service it is."""
    ctx.labels.add(
        row,
        domain,
        list_name="services",
        service=target.service,
        part=target.part,
        platform=target.platform,
        subdomains=subdomains,
    )
