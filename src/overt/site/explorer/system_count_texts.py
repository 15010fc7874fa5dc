"""Numbers of documented systems in words, which several pages share."""

from overt.language.language import N_, NN_
from overt.queries.maps.documented_systems import DocumentedSystems
from overt.site.site import Site

_SYSTEMS = NN_("%(n)s system with a named supplier", "%(n)s systems with a named supplier")
_PROGRAMMES = NN_("%(systems)s; apart from these %(n)s state programme", "%(systems)s; apart from these %(n)s state programmes")
_IN_COUNTRIES = NN_("%(systems)s, in %(n)s country", "%(systems)s, in %(n)s countries")
PROGRAMMES = N_("state programmes, counted apart")
NO_SYSTEM = N_("no system counted")


def systems_in_countries(site: Site, systems: DocumentedSystems) -> str:
    """Return the number of all systems and of their countries in words."""
    counted = site.ngettext(*_SYSTEMS, systems.systems)
    return site.ngettext(*_IN_COUNTRIES, len(systems.by_country), systems=counted)


def system_text(site: Site, systems: DocumentedSystems, code: str) -> str:
    """Return a country's number of systems in words and, if it has any, of its state programmes."""
    number = systems.by_country.get(code, 0)
    counted = site.ngettext(*_SYSTEMS, number) if number else site.gettext(NO_SYSTEM)
    return with_programmes(site, counted, systems.programmes.get(code, 0))


def with_programmes(site: Site, counted: str, programmes: int) -> str:
    """Return a number of systems in words with a number of state programmes, if there are any."""
    return site.ngettext(*_PROGRAMMES, programmes, systems=counted) if programmes else counted
