"""What every page of a subset says: of which release it is a part, and which."""

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from overt.publish.serve.subset import FILTERS
from overt.publish.site.language import N_

if TYPE_CHECKING:
    from overt.publish.site.site import Site

_NAMES = {
    "kind": N_("Kind"),
    "layer": N_("Layer"),
    "company": N_("Organisation, any part"),
    "supplier": N_("Supplier"),
    "financier": N_("Financier"),
    "country": N_("Country"),
    "status": N_("Status"),
    "source": N_("Source"),
}


def subset_named(site: "Site") -> str:
    """The filters of a subset in words: `Country: Ethiopia, Kenya; Kind: smart city`. Empty where the whole release is there."""
    subset = site.prepared.subset
    if subset is None:
        return ""
    semicolon, colon = site.gettext("; "), site.gettext(": ")
    parts = [
        site.gettext(_NAMES[name]) + colon + site.language.comma.join(_called(site, subset, name, value) for value in values)
        for name, values in subset["filters"].items()
    ]
    return semicolon.join(parts)


def subset_said(site: "Site") -> Markup:
    """That a page is of a part of a release, and of which; empty where the whole release is there."""
    subset = site.prepared.subset
    if subset is None:
        return Markup()
    return site.markup(
        "<strong>A part of release %(release)s: %(filters)s.</strong> %(projects)s of %(of)s projects, with all that belongs to "
        "them. Numbers, maps and figures here count this part alone; those of the whole release are not here.",
        release=site.prepared.whole,
        filters=subset_named(site),
        projects=site.formats.number(subset["projects"]),
        of=site.formats.number(subset["of"]),
    )


def _called(site: "Site", subset: Any, name: str, value: str) -> str:
    if vocabulary := FILTERS[name].vocabulary:
        return site.words.term(vocabulary, value)
    if name == "country":
        return site.words.area(value)
    if name == "source":
        return site.title_of(value)
    return str(subset["labels"].get(value, value))
