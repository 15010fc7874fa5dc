"""Home pages and their domains as evidence that two bodies of one country are one."""

from overt.resolve.bodies.organization_bodies import Body
from overt.resolve.names.name_parser import parse_name

_LONG = 4
"""Minimum number of letters of a domain's label that rarely names two bodies."""


def page_level(left: Body, right: Body) -> str:
    """Return `same` for a shared home page, `domain` for hosts of one domain, `label` for domains with other endings.

    The label, without the ending, must be a name of one of the two: protei.com and protei.ru of Protei. `named`: neither is a
    private company, and the label of one's domain is a short name of the other: bndes.gov.br, BNDES. If one is, this is `label`.
    """
    if left.sites & right.sites:
        return "same"
    if left.domains & right.domains:
        return "domain"
    labels = [left.labels, right.labels]
    if any(len(label) >= _LONG for label in labels[0] & labels[1] & {*left.short, *right.short}):
        return "label"
    shared = (labels[0] & right.short.keys()) | (labels[1] & left.short.keys())
    if not left.groups & right.groups or (labels[0] and labels[1]):
        return ""
    if {"company"} in (left.groups, right.groups):
        return "label" if any(len(label) > _LONG for label in shared) else ""
    return "named" if any(len(label) >= _LONG for label in shared) else ""


def has_further_brand(left: Body, right: Body) -> bool:
    """Return whether each name of one body, in Latin letters, has the brand of the other and a further word of its own."""
    brands = [
        [
            frozenset(word.meaning for word in parse_name(key).words if word.kind == "brand")
            for key in sorted(body.own_names)
            if key.isascii()
        ]
        for body in (left, right)
    ]
    return all(brands) and any(
        all(any(shorter and shorter < longer for shorter in ours) for longer in theirs) for ours, theirs in (brands, brands[::-1])
    )
