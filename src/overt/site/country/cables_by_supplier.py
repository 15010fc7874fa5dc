"""The submarine cables that land in a country, and how many of them depend on one supplier."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from overt.charts import Chart, ChartText, Series, Share, Table, make_share_chart
from overt.charts.bar_chart import share_cells
from overt.charts.chart import header_cells
from overt.queries.rows.countries import Cable, CableParty, Country
from overt.site.site import Site

_DRAWN = 6
"""Maximum number of suppliers to draw in a group."""


@dataclass(frozen=True)
class Dependence:
    """A country's cables by number of named suppliers, and the organisation that is most often a cable's only supplier."""

    cables: int
    sole: int
    """Number of cables with exactly one named supplier."""
    unnamed: int
    """Number of cables without a named supplier."""
    leading: CableParty | None
    """The organisation that is most often the only named supplier of a cable; None if no cable has only one."""
    leading_sole: int
    """Number of cables with `leading` as the only named supplier."""
    leading_any: int
    """Number of cables with `leading` among the named suppliers."""


def dependence(cables: Sequence[Cable]) -> Dependence:
    """Count the cables that depend on a single supplier, according to the suppliers that sources name."""
    sole, among, rows = _counted(cables)
    leading = min(
        sole, key=lambda supplier: (-sole[supplier], -among[supplier], rows[supplier].sort_label, supplier), default=None
    )
    return Dependence(
        cables=len(cables),
        sole=sole.total(),
        unnamed=sum(not cable.suppliers for cable in cables),
        leading=rows[leading] if leading else None,
        leading_sole=sole[leading] if leading else 0,
        leading_any=sole[leading] + among[leading] if leading else 0,
    )


def _counted(cables: Sequence[Cable]) -> tuple[Counter[str], Counter[str], dict[str, CableParty]]:
    """Count, for each supplier, the cables for which it is the only named supplier, and those for which it is one of several.

    Also return the suppliers' rows, by id.
    """
    sole, shared = Counter[str](), Counter[str]()
    rows: dict[str, CableParty] = {}
    for cable in cables:
        suppliers_of_cable = {row.id: row for row in cable.suppliers}
        rows |= suppliers_of_cable
        (sole if len(suppliers_of_cable) == 1 else shared).update(list(suppliers_of_cable))
    return sole, shared, rows


def suppliers(site: Site, country: Country, cables: Sequence[Cable], sources: Sequence[str]) -> Chart:
    """Draw the number of landing cables of each supplier: as the only one named, and as one of several.

    Cables without a named supplier form a group of their own.
    """
    sole, shared, rows = _counted(cables)
    groups = (
        (Series("alone", site.gettext("The only supplier named"), "var(--cables)", "━"), sole),
        (Series("among", site.gettext("One of several suppliers"), "var(--shade-4)", "┅"), shared),
    )
    shares = [
        Share(group, site.called(rows[supplier]), counted[supplier], len(cables), _address(site, country, supplier))
        for group, counted in groups
        for supplier in sorted(counted, key=lambda supplier: (-counted[supplier], rows[supplier].sort_label, supplier))
    ]
    unnamed = sum(not cable.suppliers for cable in cables)
    if unnamed:
        none = Series("none", site.gettext("No supplier named"), "var(--rule)", "…")
        shares.append(Share(none, site.gettext("unknown"), unnamed, len(cables)))
    drawn = [
        share
        for group in dict.fromkeys(share.group for share in shares)
        for share in [share for share in shares if share.group == group][:_DRAWN]
    ]
    about = ChartText(
        "cable-suppliers",
        site.gettext("Suppliers of landing cables, %(country)s", country=country.label),
        site.gettext(
            "For each supplier: the number of cables for which it is the only one named, and the number for which it is one of "
            "several."
        ),
        site.credits(sources),
        "",
        site.gettext("Companies that sources name as supplier. Who laid, maintains or owns a cable is another question."),
    )
    columns = (site.gettext("How"), site.gettext("Organisation"), site.gettext("Cables"), site.gettext("of"), "%")
    heads = (*header_cells(columns[:2]), *header_cells(columns[2:], numbers=3))
    return make_share_chart(
        about,
        drawn,
        Table(heads, tuple(share_cells(row, site.formats.number) for row in shares)),
        label=lambda part, total: site.gettext("%(part)s of %(whole)s", part=part, whole=total),
    )


def _address(site: Site, country: Country, supplier: str) -> str:
    return site.explorer([("kind", "submarine-cable"), ("country", country.code), ("company", supplier)])
