"""Names of the countries with the most documented systems, for maps of these systems."""

from overt.language.language import NN_
from overt.maps.country_name_labels import country_names
from overt.maps.small_map import VIEW
from overt.queries.maps.documented_systems import DocumentedSystems
from overt.site.explorer.system_count_texts import most_systems
from overt.site.site import Site

_WITH_PROGRAMMES = NN_("%(name)s: %(value)s + %(n)s state programme", "%(name)s: %(value)s + %(n)s state programmes")
_NAMED = 3
"""Maximum number of countries named for having the darkest shade."""
_SIZE = 12
"""Size of the names, in pixels."""


def system_names(site: Site, systems: DocumentedSystems, pixels: float) -> str:
    """Return names on a map of the world as SVG, each with the country's number of systems. `pixels`: the width of the map.

    They are those of the countries in the darkest shade or, if these are more than `_NAMED` or none, of `most_systems`. Countries
    with more state programmes than systems come first, with both numbers, because their shade says little.
    """
    darkest = {code: n for code, n in systems.by_country.items() if n >= max(systems.breaks)}
    named = sorted(darkest.items()) if 0 < len(darkest) <= _NAMED else most_systems(systems)
    programmes = {
        code: site.ngettext(
            *_WITH_PROGRAMMES, number, name=site.words.area(code), value=site.formats.number(systems.by_country.get(code, 0))
        )
        for code, number in systems.programmes.items()
        if number > systems.by_country.get(code, 0)
    }
    names = programmes | {
        code: site.gettext("%(name)s: %(value)s", name=site.words.area(code), value=site.formats.number(number))
        for code, number in named
        if code not in programmes
    }
    return country_names(site.shapes, names, VIEW, pixels=pixels, size=_SIZE, most=len(names), avoided=names, over_others=True)
