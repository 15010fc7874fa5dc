"""The strip of layers: what is on record in each layer, and what programmes and an index add."""

from collections.abc import Mapping, Sequence

from overt.queries.rows.countries import Country
from overt.queries.rows.records import Record
from overt.site.country.briefing_texts import index_kinds
from overt.site.country.charts import UnitCommitments
from overt.site.country.documented_projects import DocumentedProject
from overt.site.country.sentence_parts import prices
from overt.site.laws_and_provisions import Split
from overt.site.layer_tiles import Tile
from overt.site.site import Site


def tiles(
    site: Site,
    country: Country,
    projects: Mapping[str, int],
    systems: Sequence[DocumentedProject],
    assessments: Sequence[Record],
    programmes: Mapping[str, Sequence[Record]],
    promised: Sequence[tuple[str, UnitCommitments]],
    split: Split,
) -> list[Tile]:
    """Return a tile for each layer, but none for presence without a project, because nobody looks for it.

    `projects`: number of projects by layer. `programmes`: state programmes by layer.
    Surveillance is counted in systems, as in the sentence about it and on maps; censorship in restrictions; finance in money, if
    an amount is known; agreements without laws; and all other layers in projects.
    """
    page = site.url(f"/country/{country.code}")
    watching = [system for system in systems if system.watches(site.words) and not system.filters(site.words)]
    surveillance = projects.get("surveillance", 0), sum(system.counts for system in watching)
    return [
        _surveillance(site, country, surveillance, assessments, programmes.get("surveillance", ())),
        _censorship(site, country, projects.get("censorship", 0), programmes.get("censorship", ())),
        *(_projects(site, country, layer, projects.get(layer, 0)) for layer in ("networks", "data-centres", "cables")),
        _finance(site, country, projects.get("finance", 0), promised, f"{page}/money"),
        _agreements(site, split, f"{page}/agreements", projects.get("agreements", 0), _list(site, country, "agreements")),
        *(_projects(site, country, layer, count) for layer in ("presence",) if (count := projects.get(layer, 0))),
    ]


def _list(site: Site, country: Country, layer: str) -> str:
    return site.explorer([("country", country.code), ("layer", layer)])


def _projects(site: Site, country: Country, layer: str, count: int) -> Tile:
    words = site.words.term("layers", layer)
    return Tile(layer, site.formats.number(count), words, _list(site, country, layer) if count else None)


def _surveillance(
    site: Site, country: Country, counts: tuple[int, int], assessments: Sequence[Record], programmes: Sequence[Record]
) -> Tile:
    projects, systems = counts
    words = [site.ngettext("surveillance system", "surveillance systems", systems)]
    if projects > systems:
        words.append(site.ngettext("%(n)s project not counted", "%(n)s projects not counted", projects - systems))
    page = site.url(f"/country/{country.code}")
    address = _list(site, country, "surveillance") if projects else None
    if programmes:
        words.append(site.ngettext("%(n)s state programme", "%(n)s state programmes", len(programmes)))
        address = address or f"{page}/programmes"
    named = next((row for row in assessments if index_kinds(site, row)), None)
    if named is not None:
        words.append(
            site.ngettext(
                "%(n)s kind named by the %(year)s index",
                "%(n)s kinds named by the %(year)s index",
                len(index_kinds(site, named)),
                year=named.value("year"),
            )
        )
        address = address or f"{page}/indexes"
    return Tile("surveillance", site.formats.number(systems), _semicolons(site, words), address)


def _censorship(site: Site, country: Country, count: int, programmes: Sequence[Record]) -> Tile:
    page = site.url(f"/country/{country.code}")
    words = [site.ngettext("shutdown or block reported", "shutdowns and blocks reported", country.restrictions)]
    address = f"{page}/restrictions" if country.restrictions else None
    if count:
        words.append(site.ngettext("%(n)s filtering project", "%(n)s filtering projects", count))
        address = address or _list(site, country, "censorship")
    if programmes:
        words.append(site.ngettext("%(n)s state programme", "%(n)s state programmes", len(programmes)))
        address = address or f"{page}/programmes"
    return Tile("censorship", site.formats.number(country.restrictions), _semicolons(site, words), address)


def _finance(site: Site, country: Country, count: int, promised: Sequence[tuple[str, UnitCommitments]], page: str) -> Tile:
    unit, sums = promised[0] if promised else ("", None)
    if sums is None or not unit or not sums.stated:
        address = page if promised else _list(site, country, "finance") if count else None
        return Tile("finance", site.formats.number(count), site.words.term("layers", "finance"), address)
    words = site.gettext("promised, %(prices)s", prices=prices(site, unit)) if prices(site, unit) else ""
    return Tile("finance", site.formats.money_short(sums.amount, unit), words or site.gettext("promised"), page)


def _agreements(site: Site, split: Split, page: str, projects: int, rows: str) -> Tile:
    laws = len(split.laws) + len(split.past)
    words = [site.ngettext("agreement", "agreements", len(split.agreements))]
    if laws:
        words.append(site.ngettext("%(n)s law", "%(n)s laws", laws))
    if projects:
        words.append(site.ngettext("%(n)s training or standards project", "%(n)s training or standards projects", projects))
    address = page if split.agreements or laws else rows if projects else None
    return Tile("agreements", site.formats.number(len(split.agreements)), _semicolons(site, words), address)


def _semicolons(site: Site, words: Sequence[str]) -> str:
    return site.gettext("; ").join(words)
