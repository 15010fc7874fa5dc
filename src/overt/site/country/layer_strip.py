"""The row of tiles on a country's page: what is on record in each layer, including state programmes and an index."""

from collections.abc import Mapping, Sequence

from overt.language.language import NN_
from overt.queries import figures
from overt.queries.database import Reader
from overt.queries.rows.countries import Cable, Country
from overt.queries.rows.records import Record
from overt.site.agreement.agreements_laws_and_past_laws import Split
from overt.site.agreement.law_no_longer_in_force import NEVER_IN_FORCE
from overt.site.country.blocking_and_surveillance_texts import index_kinds
from overt.site.country.charts import UnitCommitments
from overt.site.country.main_page_context import Briefing
from overt.site.country.projects_with_details import DISPUTED, QUERIES, DocumentedProject, only_announced
from overt.site.layer_count_tiles import Tile
from overt.site.site import Site

_COUNTED_BY = {"cables": "submarine-cables", "finance": "finance-total"}
"""For layers whose projects come from only a few sources: the figure that needs the same sources."""
_COUNTED_ABOVE = NN_("%(n)s more counted as surveillance or censorship", "%(n)s more counted as surveillance or censorship")


def tiles(
    site: Site, reader: Reader, brief: Briefing, projects: Mapping[str, int], programmes: Mapping[str, Sequence[Record]]
) -> list[Tile]:
    """Return a tile for each group of layers. Presence has a tile only if it has projects.

    `projects`: number of projects by layer. `programmes`: state programmes by layer.

    Cables and finance have no tile if they have no records and their sources are not in the edition, because a 0 would say that
    there is nothing.

    Each tile has the same number as the sentence about its topic: surveillance systems that don't also filter; reported
    restrictions; networks and data centres together; submarine cables or, without any, overland or leased ones; the money
    promised or, if no amount is known, projects of finance; agreements and laws; projects of presence. The first four tiles also
    say how many projects of their lists are not counted.
    """
    country = brief.country
    page = site.url(f"/country/{country.code}")
    strip = [
        _surveillance(site, country, brief, projects.get("surveillance", 0), programmes.get("surveillance", ())),
        _censorship(site, country, brief.systems, programmes.get("censorship", ())),
        _networks(site, country, brief.networks),
        _cables(site, country, brief.cables, brief.networks),
        _finance(site, country, projects.get("finance", 0), brief.promised, f"{page}/money"),
        _agreements(site, brief.split, f"{page}/agreements", projects.get("agreements", 0), _list(site, country, "agreements")),
        *(_presence(site, country, count) for count in (projects.get("presence", 0),) if count),
    ]
    return [tile for tile in strip if tile.address or not _is_unsourced(reader, tile.layer)]


def _is_unsourced(reader: Reader, layer: str) -> bool:
    """Return whether the edition lacks the sources that a layer depends on; False for layers not in `_COUNTED_BY`."""
    figure = figures.find(reader, _COUNTED_BY[layer]) if layer in _COUNTED_BY else None
    return figure is not None and figure.status != "ok"


def counted_by_tile(site: Site, reader: Reader, brief: Briefing) -> dict[str, set[str]]:
    """Return the ids of the projects that each tile counts, by the tile's layer.

    A system that also filters counts only as censorship. A network that is also a surveillance or censorship system doesn't
    count as a network, and a cable in a network counts only as a network. Projects of finance are counted only if their tile
    isn't a sum of money.
    """
    words = site.words
    counted = {
        "surveillance": {row.id for row in brief.systems if row.is_documented and row.watches(words) and not row.filters(words)},
        "censorship": {row.id for row in brief.systems if row.is_documented and row.filters(words)},
        "networks": {row.id for row in brief.networks if row.counts and _is_network(site, row)},
        "cables": {row.id for row in brief.networks if row.counts and _is_cable_apart(site, row)}
        | {cable.id for cable in brief.cables if cable.status not in DISPUTED},
    }
    has_sum = _sum_of_money(brief.promised) is not None
    for row in reader.select(QUERIES["queries.other_projects"], [brief.country.code]):
        if row["layer"] != "finance" or not has_sum:
            counted.setdefault(row["layer"], set()).add(row["id"])
    return counted


def _is_network(site: Site, network: DocumentedProject) -> bool:
    """Return whether a project is a network or data centre, and isn't a surveillance or censorship system."""
    return network.connects(site.words) and not network.watches(site.words) and not network.filters(site.words)


def _is_cable_apart(site: Site, network: DocumentedProject) -> bool:
    """Return whether a project is an overland or leased cable that isn't part of a network."""
    kinds = network.kinds
    return "cables" in map(site.words.layer, kinds) and "submarine-cable" not in kinds and not network.connects(site.words)


def _sum_of_money(promised: Sequence[tuple[str, UnitCommitments]]) -> tuple[str, UnitCommitments] | None:
    """Return the unit and the sum that the tile of finance shows; None if it counts projects."""
    unit, sums = promised[0] if promised else ("", None)
    return (unit, sums) if sums is not None and unit and sums.stated else None


def _list(site: Site, country: Country, *layers: str) -> str:
    return site.explorer([("country", country.code), *(("layer", layer) for layer in layers)])


def _not_counted(site: Site, n: int) -> list[str]:
    return [site.ngettext("%(n)s more not counted", "%(n)s more not counted", n)] if n else []


def _only_announced(site: Site, n: int) -> list[str]:
    return [site.ngettext("%(n)s only announced", "%(n)s only announced", n)] if n else []


def _networks(site: Site, country: Country, networks: Sequence[DocumentedProject]) -> Tile:
    recorded = [network for network in networks if network.connects(site.words)]
    apart = [network for network in recorded if _is_network(site, network)]
    counted = sum(network.counts for network in apart)
    words = [site.ngettext("network or data centre", "networks and data centres", counted)]
    if both := len(recorded) - len(apart):
        words.append(site.ngettext(*_COUNTED_ABOVE, both))
    words += _not_counted(site, len(apart) - counted)
    address = _list(site, country, "networks", "data-centres") if recorded else None
    return Tile("networks", site.formats.number(counted), _semicolons(site, words), address, "data-centres")


def _cables(site: Site, country: Country, cables: Sequence[Cable], networks: Sequence[DocumentedProject]) -> Tile:
    """Return the tile of cables: submarine ones or, without any, overland or leased ones.

    Cables that are part of a network count as networks.
    """
    with_cable = [network for network in networks if "cables" in map(site.words.layer, network.kinds)]
    beside_landing = [network for network in with_cable if "submarine-cable" not in network.kinds]
    in_networks = sum(network.counts and network.connects(site.words) for network in beside_landing)
    landing = sum(cable.status not in DISPUTED for cable in cables)
    on_land = sum(network.counts and _is_cable_apart(site, network) for network in beside_landing)
    if on_land and not landing:
        words = [site.ngettext("overland or leased cable", "overland or leased cables", on_land)]
    else:
        words = [site.ngettext("submarine cable", "submarine cables", landing)]
    if on_land and landing:
        words.append(site.ngettext("%(n)s overland or leased cable", "%(n)s overland or leased cables", on_land))
    if in_networks:
        words.append(site.ngettext("%(n)s counted as a network", "%(n)s counted as networks", in_networks))
    words += _not_counted(site, len(cables) + len(beside_landing) - landing - on_land - in_networks)
    address = _list(site, country, "cables") if cables or beside_landing else None
    return Tile("cables", site.formats.number(landing or on_land), _semicolons(site, words), address)


def _presence(site: Site, country: Country, count: int) -> Tile:
    words = site.ngettext(
        "partnership, factory, office or other presence", "partnerships, factories, offices and other presence", count
    )
    return Tile("presence", site.formats.number(count), words, _list(site, country, "presence"))


def _surveillance(site: Site, country: Country, brief: Briefing, projects: int, programmes: Sequence[Record]) -> Tile:
    """Return the tile of surveillance. Systems that also filter are counted under censorship, as in the sentences."""
    watching = [system for system in brief.systems if system.watches(site.words)]
    filtering = [system for system in watching if system.filters(site.words)]
    only_watching = [system for system in watching if system not in filtering]
    systems, announced = sum(system.is_documented for system in only_watching), len(only_announced(only_watching))
    words = [site.ngettext("surveillance system", "surveillance systems", systems)]
    scanners = sum(system.counts and system.scans(site.words) for system in brief.systems)
    if scanners:
        words.append(site.ngettext("%(n)s scanner", "%(n)s scanners", scanners))
    words += _only_announced(site, announced)
    words += _not_counted(site, projects - systems - announced - len(filtering) - scanners)
    page = site.url(f"/country/{country.code}")
    address = _list(site, country, "surveillance") if projects else None
    if programmes:
        words.append(site.ngettext("%(n)s state programme", "%(n)s state programmes", len(programmes)))
        address = address or f"{page}/programmes"
    named = next((row for row in brief.assessments if index_kinds(site, row)), None)
    if named is not None:
        words.append(
            site.ngettext(
                "an index of %(year)s names %(n)s kind",
                "an index of %(year)s names %(n)s kinds",
                len(index_kinds(site, named)),
                year=named.value("year"),
            )
        )
        address = address or f"{page}/indexes"
    return Tile("surveillance", site.formats.number(systems), _semicolons(site, words), address)


def _censorship(site: Site, country: Country, systems: Sequence[DocumentedProject], programmes: Sequence[Record]) -> Tile:
    page = site.url(f"/country/{country.code}")
    words = [site.ngettext("restriction reported", "restrictions reported", country.restrictions)]
    address = f"{page}/restrictions" if country.restrictions else None
    filtering = [system for system in systems if system.filters(site.words)]
    if filtering:
        counted, announced = sum(system.is_documented for system in filtering), len(only_announced(filtering))
        words.append(site.ngettext("%(n)s censorship system", "%(n)s censorship systems", counted))
        words += _only_announced(site, announced)
        words += _not_counted(site, len(filtering) - counted - announced)
        address = address or _list(site, country, "censorship")
    if programmes:
        words.append(site.ngettext("%(n)s state programme", "%(n)s state programmes", len(programmes)))
        address = address or f"{page}/programmes"
    return Tile("censorship", site.formats.number(country.restrictions), _semicolons(site, words), address)


def _finance(site: Site, country: Country, count: int, promised: Sequence[tuple[str, UnitCommitments]], page: str) -> Tile:
    money = _sum_of_money(promised)
    if money is None:
        address = page if promised else _list(site, country, "finance") if count else None
        return Tile("finance", site.formats.number(count), site.words.term("layers", "finance"), address)
    unit, sums = money
    prices = site.formats.prices_in_sentence(unit)
    words = site.gettext("promised to all kinds of projects, %(prices)s", prices=prices) if prices else ""
    return Tile("finance", site.formats.money_short(sums.amount, unit), words or site.gettext("promised"), page)


def _agreements(site: Site, split: Split, page: str, projects: int, rows: str) -> Tile:
    """Return the tile of agreements and laws. A law that never came into force is called a plan."""
    listed = [*split.laws, *split.past]
    laws = [law for law in listed if law.value("status") not in NEVER_IN_FORCE]
    signed = len(split.agreements) + len(listed)
    if laws and split.agreements:
        words = [site.ngettext("agreements and laws, %(n)s of them a law", "agreements and laws, %(n)s of them laws", len(laws))]
    elif laws:
        words = [site.ngettext("law", "laws", signed)]
    else:
        words = [site.ngettext("agreement", "agreements", signed)] if split.agreements or not listed else []
    if dropped := len(listed) - len(laws):
        words.append(site.ngettext("%(n)s plan for a law, given up", "%(n)s plans for laws, given up", dropped))
    if projects:
        words.append(site.ngettext("%(n)s training or standards project", "%(n)s training or standards projects", projects))
    address = page if signed else rows if projects else None
    return Tile("agreements", site.formats.number(signed), _semicolons(site, words), address)


def _semicolons(site: Site, words: Sequence[str]) -> str:
    return site.gettext("; ").join(words)
