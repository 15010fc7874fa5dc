"""Daily lists of what two firewalls in China block, straight from the published archive."""

import re

from overt.importing import Context, FileProblem

_MEMBER = re.compile(r"(?:.*/)?censored-sni-(california|guangzhou)_(\d{4}-\d\d-\d\d)\.txt")
SERIES = {"california": "national", "guangzhou": "henan"}
"""Which firewall a list is of, by the place that its name tells."""


def run(ctx: Context) -> None:
    for listed in ctx.lists("daily"):
        named = _MEMBER.fullmatch(listed.member or "")
        if not named:
            raise FileProblem(f"{listed.file.name}: {listed.member}: is no daily list by its name; is this the right file?")
        ctx.observe(listed, SERIES[named[1]], named[2])
