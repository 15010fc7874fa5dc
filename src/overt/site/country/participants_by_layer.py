"""The organisations that take part in a country's projects, by layer and role."""

from collections.abc import Mapping, Sequence
from typing import Any

from overt.charts import Cell, Chart, ChartText, Share, Table, make_share_chart
from overt.charts.chart import header_cells
from overt.language.language import N_
from overt.queries.rows.countries import Country, CountryPart, LayerCounts
from overt.site.country.charts import layer_series
from overt.site.site import Site

PARTS = (
    ("supplied", N_("Supplied or carried out by")),
    ("held", N_("Owned or run by")),
    ("financed", N_("Financed by")),
    ("joined", N_("With an unspecified role")),
)
_NAMED = 3
"""Maximum number of organisations in a cell of the table of layers."""
_NOBODY = "var(--rule)"
_DRAWN = 4
"""Maximum number of suppliers to draw in a layer. The table has all of them."""


def by_layer(site: Site, layers: Mapping[str, LayerCounts], parts: Sequence[CountryPart]) -> list[dict[str, Any]]:
    """Return a row for each layer with projects: their number, their years, and the leading organisations by role."""
    layer_rows = []
    for layer in site.words.layers:
        if counted := layers.get(layer.id):
            of_layer = {part: [row for row in parts if (row.layer, row.part) == (layer.id, part)] for part, _ in PARTS}
            first = {part: rows[:_NAMED] for part, rows in of_layer.items()}
            more = {part: len(rows) - len(first[part]) for part, rows in of_layer.items()}
            layer_rows.append({**counted._asdict(), "layer": layer, "parts": first, "more": more})
    return layer_rows


def part_columns(site: Site, rows: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return the roles that any of the organisations have, each with its column heading."""
    return [(part, site.gettext(words)) for part, words in PARTS if any(row["parts"][part] for row in rows)]


def suppliers(
    site: Site, country: Country, layers: Mapping[str, LayerCounts], parts: Sequence[CountryPart], sources: Sequence[str]
) -> Chart:
    """Draw each layer's leading suppliers with their shares of its projects, and the share without a named supplier.

    The chart's table has all roles.
    """
    shares = []
    for series in layer_series(site):
        counted = layers.get(series.id)
        if counted is None:
            continue
        total = counted.projects
        first = _first(parts, series.id)
        shares += [Share(series, *_named(site, row), total, _address(site, country, row)) for row in first]
        if missing := total - counted.supplied:
            shares.append(Share(series, site.gettext("no supplier named"), missing, total, tone=_NOBODY))
    about = ChartText(
        "suppliers",
        site.gettext("Shares of suppliers by layer, %(country)s", country=country.label),
        site.gettext("For each layer, how many of its projects each of the leading suppliers supplies or carries out."),
        site.credits(sources),
        site.gettext("No organisation is named in any project recorded here."),
        site.gettext("Shares of the projects recorded here, not of a market. A project with several suppliers counts for each."),
    )
    columns = (site.gettext("Layer"), site.gettext("Organisation"), site.gettext("Projects"), site.gettext("of"), "%")
    return make_share_chart(
        about,
        shares,
        _table(site, country, layers, parts, columns),
        label=lambda part, total: site.gettext("%(part)s of %(whole)s", part=part, whole=total),
    )


def _first(parts: Sequence[CountryPart], layer: str) -> list[CountryPart]:
    return [row for row in parts if (row.layer, row.part) == (layer, "supplied")][:_DRAWN]


def _named(site: Site, row: CountryPart) -> tuple[str, int]:
    return site.called(row), row.projects


def _address(site: Site, country: Country, row: CountryPart) -> str:
    return site.explorer([("country", country.code), ("company", row.id), ("layer", row.layer)])


def _table(
    site: Site, country: Country, layers: Mapping[str, LayerCounts], parts: Sequence[CountryPart], columns: Sequence[str]
) -> Table:  # fmt: skip
    headings = {part: site.gettext(words) for part, words in PARTS}
    rows = []
    for series in layer_series(site):
        for part, words in headings.items():
            for row in parts:
                if (row.layer, row.part) == (series.id, part):
                    name, projects = _named(site, row)
                    total = layers[series.id].projects
                    share = round(100 * projects / total, 1)
                    numbers = (
                        Cell(site.formats.number(projects), projects, _address(site, country, row), number=True),
                        *(Cell(site.formats.number(value), value, number=True) for value in (total, share)),
                    )
                    link = site.record_url("organization", row.id)
                    rows.append((Cell(series.name), Cell(words), Cell(name, link=link), *numbers))
    heads = header_cells([columns[0], site.gettext("Part"), *columns[1:]], numbers=3)
    return Table(heads, tuple(rows))
