"""Four lists of what China's national firewall blocks, one for each protocol that names a domain."""

from overt.importing import Context

SERIES = ("dns", "http", "https", "quic")


def run(ctx: Context) -> None:
    for name in SERIES:
        for listed in ctx.lists(name):
            ctx.observe(listed, name)
