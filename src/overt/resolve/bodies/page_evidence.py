"""Home pages and their domains as evidence that two bodies of one country are one."""

from overt.resolve.bodies.organization_bodies import Body
from overt.resolve.names.name_parser import parse_name
from overt.resolve.projects.makers import maker_of

_LONG = 4
"""Minimum number of letters of a domain's label that rarely names two bodies."""

_LONG_BRAND = 6
"""Number of letters of a brand that rarely names two companies of a country."""


def page_level(left: Body, right: Body) -> str:
    """Return `same` for a shared home page, `domain` for hosts of one domain, `label` for domains with different endings.

    The label, without the ending, must be a short name of one of the two, of four letters or more: protei.com and protei.ru of
    Protei. `named`: only one has a domain, whose label is such a name of the other, both are of one kind, and neither is a
    private company: bndes.gov.br, BNDES. If one is, this is `label` if the name has five letters or more, and `named` only if the
    name is long and the only one, and the other body has none in Latin letters: 深网视界 on sensenets.com, SenseNets. Otherwise
    empty.
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
        if any(_is_only_name(label, left, right) for label in shared):
            return "named"
        return "label" if any(len(label) > _LONG for label in shared) else ""
    return "named" if any(len(label) >= _LONG for label in shared) else ""


def _is_only_name(label: str, left: Body, right: Body) -> bool:
    """Return whether a label is the only name of a body, and the other has no name in Latin letters.

    False if the label is short or a known maker's name, or if a longer name of the other contains it: the other may be a
    subsidiary on its parent's site.
    """
    return (
        len(label) >= _LONG_BRAND
        and not maker_of(label)
        and any(
            {label} == body.own_names
            and not any(key.isascii() for key in other.records)
            and not any(_is_brand_of_longer(label, key) for key in sorted(other.own_names))
            for body, other in ((left, right), (right, left))
        )
    )


def _is_brand_of_longer(brand: str, name: str) -> bool:
    from overt.resolve.names.han.cross_script_comparison import cross_match  # imported here because it loads a dictionary

    match = cross_match(brand, name)
    return match.is_contained and not match.is_complete


def has_further_brand(left: Body, right: Body) -> bool:
    """Return whether each Latin name of one body has all brand words of a name of the other, and a further brand word."""
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
