"""The countries of the suppliers that a figure counts, in a sentence, and the countries whose state programmes it leaves out."""

from collections.abc import Mapping

from markupsafe import Markup

from overt.language.label_order import sort_key
from overt.language.language import N_, NN_
from overt.queries.figures import Figure
from overt.site.figure.group_charts import UNKNOWN
from overt.site.sentences.linked_record_and_company_names import text_link
from overt.site.site import Site

_GROUP = "seat"
_NAMED = 5
"""Number of countries in the sentence. If there is only one more, it is named too: “1 more country” would save nothing."""
_COUNTRIES = N_("By the country of the supplier: %(countries)s.")
_MORE = NN_("%(n)s more country", "%(n)s more countries")
_SEVERAL = N_("A system can have suppliers in several countries, so these numbers add up to more than %(n)s.")
_UNKNOWN_SEAT = NN_(
    "%(n)s system has a supplier whose country is not on record.", "%(n)s systems have a supplier whose country is not on record."
)
_APART = N_("state programmes, not counted: %(countries)s")
_ONLY_PROGRAMMES = NN_("%(name)s: %(n)s state programme", "%(name)s: %(n)s state programmes")
_PROGRAMMES = N_("What states build themselves isn’t counted: state programmes are on record for %(countries)s.")


def supplier_countries(site: Site, figure: Figure) -> str:
    """Return sentences on the countries that supply the most systems; empty for figures that don't count systems.

    Also empty if fewer than two suppliers' countries are known. Beside a headline about one country, the sentences show how
    many systems come from others.
    """
    seats = {code: number for code, number in figure.groups.get(_GROUP, {}).items() if code != UNKNOWN}
    if figure.counting_unit != "project" or figure.measure != "count" or len(seats) < 2:
        return ""
    order = sorted(seats, key=lambda code: (-seats[code], sort_key(site.words.area(code))))
    listed = [_systems_counted(site, code, seats[code]) for code in order[: _NAMED if len(order) > _NAMED + 1 else _NAMED + 1]]
    if more := len(order) - len(listed):
        listed.append(site.ngettext(*_MORE, more))
    sentence = site.gettext(_COUNTRIES, countries=site.language.join(listed))
    if figure.value is not None and sum(figure.groups[_GROUP].values()) > float(figure.value):
        sentence += site.language.gap + site.gettext(_SEVERAL, n=site.formats.number(round(float(figure.value))))
    if unknown := figure.groups[_GROUP].get(UNKNOWN):
        sentence += site.language.gap + site.ngettext(*_UNKNOWN_SEAT, round(unknown))
    return sentence


def state_programmes(site: Site, figure: Figure) -> Mapping[str, int]:
    """Return the number of state programmes by country.

    Empty if the figure's definition doesn't leave them out, or if `Site.systems` is None.
    """
    return site.systems.programmes if site.systems and figure.definition.get("programmes_apart") else {}


def programmes_key(site: Site, figure: Figure) -> str:
    """Return the entry of a map's legend for countries whose state programmes a figure leaves out; empty if there are none."""
    counted = [_programmes_counted(site, code, number) for code, number in state_programmes(site, figure).items()]
    return site.gettext(_APART, countries=site.language.join(counted)) if counted else ""


def programmes_of_country(site: Site, figure: Figure, code: str) -> str:
    """Return a country's name with the number of its state programmes, which a figure leaves out."""
    number = state_programmes(site, figure)[code]
    return site.ngettext(*_ONLY_PROGRAMMES, number, name=site.words.area(code))


def programmes_apart(site: Site, figure: Figure) -> Markup | None:
    """Return a sentence, with a link, on countries whose state programmes a figure leaves out; None if there are none."""
    programmes = state_programmes(site, figure)
    if not programmes:
        return None
    countries = site.language.join([_programmes_counted(site, code, number) for code, number in programmes.items()])
    return site.markup(_PROGRAMMES, countries=text_link(site.url("/programmes"), countries))


def _systems_counted(site: Site, code: str, number: float) -> str:
    return site.language.pgettext("systems", "%(name)s %(n)s", name=site.words.area(code), n=site.formats.number(round(number)))


def _programmes_counted(site: Site, code: str, number: float) -> str:
    number_words = site.formats.number(round(number))
    return site.language.pgettext("state programmes", "%(name)s %(n)s", name=site.words.area(code), n=number_words)
