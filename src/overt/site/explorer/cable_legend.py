"""The legend for cables on the map: the colour of each supplier's cables."""

from collections.abc import Collection
from typing import NamedTuple

from overt.language.language import N_
from overt.queries.maps.cable_colours_by_supplier import OTHER, SEVERAL, UNKNOWN
from overt.site.site import Site

_GROUPS = {SEVERAL: N_("several suppliers"), OTHER: N_("another supplier"), UNKNOWN: N_("no supplier on record")}


class CableColour(NamedTuple):
    """A colour of cables in the legend."""

    group: str
    """Group of suppliers, as in `CableSuppliers`."""
    label: str
    lang: str | None
    """Language of the label: None for the site's own words, empty if unknown."""
    supplier: str | None
    """Id of the supplier, for a filter that a click on the entry sets; None for a group of suppliers."""


def cable_legend(site: Site, drawn: Collection[str]) -> list[CableColour]:
    """Return the colours of the cables that are drawn, in their fixed order. `drawn`: groups of suppliers on the map."""
    colours = []
    for number, supplier in enumerate(site.cable_suppliers.named, 1):
        own = supplier.label_zh if site.language.code == "zh" else None
        label = own or supplier.label or supplier.id
        colours.append(CableColour(str(number), label, "zh" if own else supplier.label_lang or "", supplier.id))
    colours += [CableColour(group, site.gettext(text), None, None) for group, text in _GROUPS.items()]
    return [colour for colour in colours if colour.group in drawn]
