"""Daily blocklists of two firewalls in China, from the published archive."""

import re

from overt.importing import Context, FileProblem

_MEMBER = re.compile(r"(?:.*/)?censored-sni-(california|guangzhou)_(\d{4}-\d\d-\d\d)\.txt")
SERIES = {"california": "national", "guangzhou": "henan"}
"""Series of each firewall, by the place in the name of its list."""


def run(ctx: Context) -> None:
    for domain_list in ctx.lists("daily"):
        match = _MEMBER.fullmatch(domain_list.member or "")
        if not match:
            raise FileProblem(
                f"{domain_list.file.name}: {domain_list.member}: does not have the name of a daily list; is this the right file?"
            )
        ctx.observe(domain_list, SERIES[match[1]], match[2])
