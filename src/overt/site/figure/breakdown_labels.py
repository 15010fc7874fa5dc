"""Labels of the columns by which figures are broken down, and the vocabularies of their values."""

from overt.language.language import N_
from overt.site.site import Site

_GROUPS = {
    "country": N_("country"),
    "year": N_("year"),
    "kind": N_("kind"),
    "status": N_("status"),
    "currency": N_("currency"),
    "role": N_("part"),
    "company": N_("company"),
    "organization": N_("organisation"),
    "financier": N_("financier"),
    "supplier": N_("supplier"),
    "owner": N_("owner"),
    "source": N_("source"),
    "days_listed": N_("days listed"),
    "known_from": N_("what it is known from"),
    "topic": N_("topic"),
    "seat": N_("country of the supplier"),
    "deployment": N_("system"),
    "agreement": N_("agreement"),
    "programme": N_("programme"),
    "operator": N_("who runs it"),
    "body": N_("body"),
    "platform": N_("platform"),
    "service": N_("service"),
    "replacement": N_("what is used instead"),
    "measure": N_("what was counted"),
    "origin": N_("origin"),
    "reported_by": N_("who reported it"),
    "value": N_("number"),
}
"""Column → label. Columns that are not listed here are shown under their own name."""
VOCABULARIES = {
    "kind": ("project-kinds", "agreement-kinds", "programme-kinds", "restriction-kinds"),
    "status": ("statuses",), "role": ("roles", "participation-roles"),
    "known_from": ("known-from",), "topic": ("provision-topics",),
    "measure": ("measures",), "origin": ("total-origins",),
}  # fmt: skip
"""Column → vocabularies that its values may come from."""


def group_name(site: Site, group: str) -> str:
    """Return the label of a column by which a figure is broken down."""
    return site.gettext(_GROUPS[group]) if group in _GROUPS else group
