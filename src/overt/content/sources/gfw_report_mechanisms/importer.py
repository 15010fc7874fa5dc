"""Four blocklists of China's national firewall, one for each protocol that carries domain names."""

from overt.importing import Context

SERIES = ("dns", "http", "https", "quic")


def run(ctx: Context) -> None:
    for name in SERIES:
        for domain_list in ctx.lists(name):
            ctx.observe(domain_list, name)
