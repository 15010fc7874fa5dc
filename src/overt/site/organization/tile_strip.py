"""The strip of tiles on an organisation's page, with the same numbers as the page's sentences."""

from pathlib import Path

from overt.language.first_letter_case import lower_first
from overt.model.engines.named_sql import load_queries
from overt.model.values.span import NOT_DOCUMENTED
from overt.queries.database import Reader
from overt.queries.rows.records import Record
from overt.site.country.system_table import SYSTEM_KINDS
from overt.site.layer_count_tiles import LAYER_ORDER, Tile
from overt.site.organization.project_and_country_groups import country_groups
from overt.site.organization.supplied_projects_and_index_assessments import Naming
from overt.site.site import Site

_QUERIES = load_queries(Path(__file__).parent)
_WATCHING = ("surveillance", "censorship")


def strip_tiles(site: Site, reader: Reader, record: Record, naming: Naming, lists: int, lists_in_release: int) -> list[Tile]:
    """Return the tiles of an organisation's page.

    If the organisation is named as a supplier of surveillance or censorship systems, one tile covers both layers. It has the
    same number of systems as sentences, maps and figures, which may be 0, and the number of those that aren't counted. Every
    other layer with projects has a tile with their number. Then come the number of countries in which the organisation is
    named, unless the first sentences name them, and the number of official lists that name it, if any.

    `lists`, `lists_in_release`: the number of lists that name it, and of all lists in the release.
    """
    supplies = _supplies(naming)
    counts = {layer: len(ids) for layer, ids in counted_by_tile(reader, record, naming).items()}
    strip = [_systems(site, record, naming)] if supplies else []
    strip += [
        Tile(
            layer,
            site.formats.number(counts[layer]),
            _layer_words(site, layer, counts[layer]),
            site.explorer([("company", record.id), ("layer", layer)]),
        )
        for layer in LAYER_ORDER
        if counts.get(layer) and not (supplies and layer in _WATCHING)
    ]
    if naming.countries and not naming.names_countries:
        strip.append(_countries(site, naming))
    if lists:
        words = site.ngettext(
            "of the %(n)s official list that Overt has", "of the %(n)s official lists that Overt has", lists_in_release
        )
        strip.append(Tile("", site.formats.number(lists), words, "#lists"))
    return strip


def counted_by_tile(reader: Reader, record: Record, naming: Naming) -> dict[str, set[str]]:
    """Return the ids of the projects that each tile of a layer counts, by layer.

    If the organisation is named as a supplier of surveillance or censorship systems, `surveillance` covers both layers.
    """
    projects = _projects_by_layer(reader, record.id)
    if not _supplies(naming):
        return projects
    other_layers = {layer: ids for layer, ids in projects.items() if layer not in _WATCHING}
    return {**other_layers, "surveillance": {system.id for system in naming.groups.systems}}


def other_layers(reader: Reader, record: Record, naming: Naming) -> list[str]:
    """Return the layers of an organisation's projects, most frequent first, without surveillance and censorship."""
    counts = {layer: len(ids) for layer, ids in counted_by_tile(reader, record, naming).items() if layer in LAYER_ORDER}
    layers = [layer for layer in LAYER_ORDER if counts.get(layer) and layer not in _WATCHING]
    return sorted(layers, key=lambda layer: -counts[layer])


def _supplies(naming: Naming) -> bool:
    """Return whether sources name the organisation as a supplier of any surveillance or censorship system, counted or not."""
    return bool(naming.groups.systems or naming.groups.uncounted)


def systems_filter(site: Site, organization: str) -> list[tuple[str, str]]:
    """Return the explorer's filters that match exactly the systems that an organisation's page counts."""
    statuses = [status for status in site.words.terms["statuses"] if status not in NOT_DOCUMENTED]
    return [("supplier", organization), *SYSTEM_KINDS, *(("status", status) for status in statuses)]


def _systems(site: Site, record: Record, naming: Naming) -> Tile:
    systems, uncounted = len(naming.groups.systems), sum(naming.groups.uncounted.values())
    filters = any(system.filters(site.words) for system in naming.groups.systems)
    words = [
        site.ngettext(
            "surveillance or censorship system that sources say it supplied",
            "surveillance and censorship systems that sources say it supplied",
            systems,
        )
        if filters
        else site.ngettext(
            "surveillance system that sources say it supplied", "surveillance systems that sources say it supplied", systems
        )
    ]
    if uncounted:
        words.append(site.ngettext("%(n)s project not counted", "%(n)s projects not counted", uncounted))
    address = site.explorer(systems_filter(site, record.id)) if systems else None
    also = "censorship" if filters else ""
    return Tile("surveillance", site.formats.number(systems), site.gettext("; ").join(words), address, also)


def _layer_words(site: Site, layer: str, n: int) -> str:
    """Return words for what a tile counts: `projects: finance`."""
    label = lower_first(site.language, site.words.term("layers", layer))
    return site.ngettext("project: %(layer)s", "projects: %(layer)s", n, layer=label)


def _countries(site: Site, naming: Naming) -> Tile:
    groups = country_groups(naming.countries)
    words = [
        site.ngettext("country in which any record names it", "countries in which any record names it", len(naming.countries))
    ]
    if groups.index_only:
        words.append(site.ngettext("%(n)s only by an index", "%(n)s only by an index", len(groups.index_only)))
    return Tile("", site.formats.number(len(naming.countries)), site.gettext("; ").join(words), "#countries")


def _projects_by_layer(reader: Reader, organization: str) -> dict[str, set[str]]:
    """Return the ids of an organisation's projects by layer. A project of two layers is in both."""
    projects: dict[str, set[str]] = {}
    for row in reader.select(_QUERIES["queries.layers"], [organization]):
        projects.setdefault(row["layer"], set()).add(row["id"])
    return projects
