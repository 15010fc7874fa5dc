"""Small maps of countries as charts: a drawing with a legend, and a table of the countries."""

from collections.abc import Mapping, Sequence

from overt.charts import Chart, ChartText, Table
from overt.charts.chart import WIDE
from overt.charts.page_svg_drawing import LegendEntry, ReadyDrawing
from overt.language.language import N_
from overt.maps.count_circle_sizes_and_positions import CountryNumber
from overt.maps.country_name_labels import country_names
from overt.maps.small_shaded_map import HEIGHT_PER_WIDTH, VIEW, Shade, draw_small_map
from overt.maps.svg_map import append_to_svg
from overt.site.explorer.circle_map import shade_links, with_circles
from overt.site.explorer.system_count_texts import UNNAMED
from overt.site.site import Site

NO_RECORD, NOT_COUNTED, NO_VALUE = (
    N_("no record, which is not evidence of absence"),
    N_("not counted, which is not evidence of absence"),
    N_("no value"),
)
_NAME_SIZE = 12.5
"""Size of the names on a map, in pixels."""
_TOO_SMALL = N_("a country too small to see")


def map_chart(
    site: Site, text: ChartText, table: Table, countries: Mapping[str, Shade], legend: Sequence[tuple[int, str]],
    no_shade: str, *, layer: str = "", palette: str = "count", plain: bool = False, named: Mapping[str, str] = {},
    over_others: bool = False, numbers: Mapping[str, CountryNumber] = {}, apart_label: str = "",
) -> Chart:  # fmt: skip
    """Return a map of countries as a chart.

    The front end must have been built (`site.small_shapes`). `countries`: shades by code. `legend`: each shade with its label.
    `no_shade`: the legend's label for land without a shade. `layer`: the layer whose colour is used for shade 0. `palette`: the
    palette of all other shades. `plain`: whether land without a shade has one tone instead of hatching.

    `named`: texts to write on countries, by code. Earlier texts have priority if there isn't room for all. A text may cover
    paler countries and, if `over_others` is true and a line leads to it, land without a colour. `numbers`: numbers to draw as
    circles. `apart_label`: the legend's label for dashed rings around circles.
    """
    hatch = None if plain else "no-record"
    drawing = draw_small_map(site.small_shapes, countries, label=text.title, hatch=hatch, palette=palette)
    if numbers:
        drawing = with_circles(site, drawing, numbers, shade_links(countries), VIEW)
    if named:
        weakest = min((countries[code].shade for code in named if code in countries), default=1)
        avoided = [code for code, country in countries.items() if country.shade >= weakest]
        texts = country_names(
            site.shapes, named, VIEW, pixels=WIDE, size=_NAME_SIZE, most=len(named), avoided=avoided, over_others=over_others
        )
        drawing = append_to_svg(drawing, texts)
    entries = [LegendEntry(f"shade-{shade}", label) for shade, label in legend]
    if any(counted.hollow for counted in numbers.values()):
        entries.append(LegendEntry("unnamed", site.gettext(UNNAMED)))
    if any(counted.apart for counted in numbers.values()):
        entries.append(LegendEntry("apart", apart_label))
    entries.append(LegendEntry("plain" if plain else "no-record", no_shade))
    if not numbers and any(shape.small and shape.code in countries for shape in site.small_shapes):
        entries.append(LegendEntry(f"dot own layer--{layer}" if layer else "dot", site.gettext(_TOO_SMALL)))
    ready = ReadyDrawing(
        drawing, (WIDE, round(WIDE * HEIGHT_PER_WIDTH)), legend=tuple(entries), is_map=True, layer=layer, palette=palette
    )
    return Chart(text, table, {}, ready=ready)
