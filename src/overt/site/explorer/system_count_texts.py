"""Numbers of documented systems in words, which several pages share."""

from collections.abc import Mapping

from overt.language.language import N_, NN_
from overt.queries.maps.documented_systems import DocumentedSystems
from overt.site.site import Site

_SYSTEMS = NN_("%(n)s system with a named supplier", "%(n)s systems with a named supplier")
_PROGRAMMES = NN_("%(systems)s; apart from these %(n)s state programme", "%(systems)s; apart from these %(n)s state programmes")
_IN_COUNTRIES = NN_("%(systems)s, in %(n)s country", "%(systems)s, in %(n)s countries")
UNNAMED = N_("no customer or operator named")
_PROGRAMMES_APART = N_("Dashed rings are state programmes, which are not among the systems: %(countries)s.")
_UNNAMED = N_("%(systems)s; no customer or operator is on record")
NO_SYSTEM = N_("no system counted")


def systems_in_countries(site: Site, systems: DocumentedSystems) -> str:
    """Return the number of all systems, and the number of countries that have them, in words."""
    counted = site.ngettext(*_SYSTEMS, systems.systems)
    return site.ngettext(*_IN_COUNTRIES, len(systems.by_country), systems=counted)


def system_text(site: Site, systems: DocumentedSystems, code: str) -> str:
    """Return a country's number of systems in words and, if it has any, of its state programmes."""
    number = systems.by_country.get(code, 0)
    counted = site.ngettext(*_SYSTEMS, number) if number else site.gettext(NO_SYSTEM)
    counted = unnamed_customer(site, counted) if code in systems.unnamed else counted
    return with_programmes(site, counted, systems.programmes.get(code, 0))


def programmes_apart(site: Site, programmes: Mapping[str, int]) -> str:
    """Return a sentence that explains the dashed rings on maps of systems: the numbers of state programmes by country."""
    counted = [
        site.gettext("%(n)s in %(country)s", country=site.words.area(code), n=site.formats.number(number))
        for code, number in programmes.items()
    ]
    return site.gettext(_PROGRAMMES_APART, countries=site.language.join(counted))


def unnamed_customer(site: Site, counted: str) -> str:
    """Return a number of systems in words with the note that no source names who ordered or runs them."""
    return site.gettext(_UNNAMED, systems=counted)


def with_programmes(site: Site, counted: str, programmes: int) -> str:
    """Return a number of systems in words with a number of state programmes, if there are any."""
    return site.ngettext(*_PROGRAMMES, programmes, systems=counted) if programmes else counted
