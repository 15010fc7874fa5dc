"""The explorer's map as a picture with title, filters, legend, date and citation."""

import re
from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from overt.charts.palette import LIGHT
from overt.charts.svg_document import FONTS
from overt.charts.svg_style_sheet import count_circle_styles
from overt.charts.text_layout import drawable_text, text_width, wrap_text
from overt.index.filter_kinds import AsOfFilter, YesNoFilter
from overt.index.project_filter_declarations import FACETS, FILTERS
from overt.language.language import N_
from overt.maps.map_view import crosses_antimeridian, map_scale, view_of_bbox
from overt.maps.marks import UNKNOWN, sign_path
from overt.maps.svg_map import HATCH_ATTRIBUTES, HATCH_PATH, HATCH_SIZE
from overt.queries import projects
from overt.queries.database import Reader
from overt.queries.maps.cable_colours_by_supplier import CABLES_LAYER
from overt.site.explorer.cable_legend import CableColour, cable_legend
from overt.site.explorer.explorer_state import View
from overt.site.explorer.facet_panel import chosen_without_menu, facets
from overt.site.explorer.map_drawing import draw_view
from overt.site.explorer.map_shading import Shading, shade_countries
from overt.site.explorer.system_count_texts import UNNAMED, programmes_apart, systems_in_countries
from overt.site.layer_count_tiles import LAYER_ORDER
from overt.site.site import Site

WIDTH = 1200
_MARGIN = 24
_SIZE = 15
"""Default font size in pixels."""
_STYLE = (
    f"text{{font-family:{FONTS};fill:#1a1c1e}}"
    ".title{font-size:24px;font-weight:600}.quiet{fill:#595e63;font-size:13px}"
    ".sea{fill:var(--sea)}.land{fill:var(--land);stroke:var(--border)}"
    ".no-data{fill:url(#hatch)}#hatch rect{fill:var(--land)}#hatch path{stroke:var(--hatch);stroke-width:1;fill:none}"
    ".route{fill:none;stroke:currentColor}.landings{fill:none;stroke:var(--muted);stroke-linecap:round}"
)
_READING = N_(
    "Dashed lines show what is connected, not where it runs; soft marks are located only to a town, district or province."
)
_NO_SYSTEM = N_("none counted, which is not evidence of absence")
_NO_VALUE = N_("no value here; that is not evidence of absence")
_NONE = (
    f'<defs><pattern id="none" {HATCH_ATTRIBUTES}><rect width="{HATCH_SIZE}" height="{HATCH_SIZE}" fill="var(--land)"/>'
    f'<path d="{HATCH_PATH}" stroke="var(--border)" stroke-width="1"/></pattern></defs>'
)
"""Hatching for land without a value, in the legend."""
_VARIABLE = re.compile(r"var\(--([a-z0-9-]+)\)")
_PAINT = re.compile(r'((?:fill|stroke)=")var\(--([a-z0-9-]+)\)"')
"""Matches a colour in an attribute. Readers' text can't match, because its quotation marks are escaped."""
_BESIDE = 34
"""Distance in pixels from a legend mark's left edge to its label."""
_APART = 16
"""Distance in pixels from a label to the next mark."""
_LINES = 100
"""Maximum number of lines of a text. It is more than any text has, because a citation must not be cut."""
_OPENING = re.compile(r'<svg (class="[^"]+") viewBox="([^"]+)" role="\w+" aria-label="[^"]*">')


def picture(site: Site, reader: Reader, view: View, address: str) -> str | None:
    """Draw a view as SVG; None if the outlines have not been built.

    `address`: the address under which the reader reached this server.
    """
    shades = shade_countries(site, reader, view)
    box = view_of_bbox(view.selection.box) if view.selection.box else None
    pacific = view.selection.box is not None and box is not None and crosses_antimeridian(view.selection.box)
    drawn = draw_view(site, reader, view, shades, box=box, pacific=pacific)
    match = _OPENING.match(drawn.svg) if drawn else None
    if drawn is None or match is None:
        return None
    _, _, across, down = (float(side) for side in match[2].split())
    totals = projects.totals(reader, view.selection)
    top: list[str] = []
    y = _MARGIN + 24.0
    top.append(_text(_MARGIN, y, _title(site, shades, totals), "title"))
    for line in _wrapped("; ".join(_filter_texts(site, reader, view)), _SIZE):
        y += 22
        top.append(_text(_MARGIN, y, line))
    y += 16
    height = (WIDTH - 2 * _MARGIN) * down / across
    size = f'x="{_MARGIN}" y="{y:.0f}" width="{WIDTH - 2 * _MARGIN}" height="{height:.0f}"'
    inner = f'<svg {match[1]} {size} viewBox="{match[2]}">{drawn.svg[match.end() :]}'.replace(
        'href="/', f'href="{escape(address)}/'
    )
    y += height + 28
    layers = [layer for layer in (*LAYER_ORDER, UNKNOWN) if layer in drawn.layers]
    cables = cable_legend(site, drawn.cable_groups)
    below, y = _legend(site, view, shades, layers, cables, y, address, has_landings=not drawn.has_circles)
    style = _STYLE + _line_styles(map_scale(box))
    palette = shades.palette if shades else "project"
    shadings = "".join(f".shade-{step}{{fill:var(--{palette}-{step})}}" for step in range(1, 6))
    if shades and shades.numbers:
        shadings += f".count-map .shade-1{{fill:var(--{palette}-land)}}{count_circle_styles(palette)}"
    colours = "".join(f".layer--{row.id}{{color:var(--{row.id})}}" for row in site.words.layers)
    colours += f".layer--{UNKNOWN}{{color:var(--muted)}}"
    colours += "".join(f".cable--{colour.group}{{color:var(--cable-{colour.group})}}" for colour in cables)
    document = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y + _MARGIN:.0f}" viewBox="0 0 {WIDTH} '
        f'{y + _MARGIN:.0f}" font-size="{_SIZE}" lang="{site.language.tag}">'
        f"<style>{_coloured(style + shadings + colours)}</style>"
        f'<rect width="100%" height="100%" fill="var(--paper)"/>{_NONE}{"".join(top)}{inner}{"".join(below)}</svg>\n'
    )
    return _PAINT.sub(lambda match: f'{match[1]}{LIGHT[match[2]]}"', document)


def _line_styles(scale: float) -> str:
    """Return styles that set line widths in drawing units, so that lines are equally wide at every scale."""
    border, line, dot, dash, apart, on, off = (f"{units * scale:.3g}" for units in (4, 9, 20, 32, 24, 24, 16))
    return (
        f".land{{stroke-width:{border}}}.disputed{{stroke-dasharray:{on} {off}}}.route{{stroke-width:{line}}}"
        f".route.schematic{{stroke-dasharray:{dash} {apart}}}.landings{{stroke-width:{dot}}}"
    )


def _coloured(style: str) -> str:
    return _VARIABLE.sub(lambda name: LIGHT[name[1]], style)


def _wrapped(text: str, size: float) -> list[str]:
    return wrap_text(text, WIDTH - 2 * _MARGIN, size, max_lines=_LINES)


def _title(site: Site, shades: Shading | None, totals: projects.Totals) -> str:
    """Return what the picture counts, in words: systems if the map shows their numbers, otherwise the matching projects."""
    if shades and shades.shows_systems and site.systems:
        return systems_in_countries(site, site.systems)
    return _totals_text(site, totals)


def _totals_text(site: Site, totals: projects.Totals) -> str:
    """Return the number of matching projects in words. If all are cables, they are called cable systems."""
    if totals.cables and totals.cables == totals.projects:
        return site.ngettext("%(n)s cable system", "%(n)s cable systems", totals.cables)
    return site.ngettext("%(n)s project", "%(n)s projects", totals.projects)


def _filter_texts(site: Site, reader: Reader, view: View) -> Iterator[str]:
    """Yield the chosen filters in words."""
    selection = view.selection
    for facet in facets(site, reader, selection, site.offers):
        if facet.chosen:
            values = site.formats.join([choice.label for choice in facet.chosen], "or")
            yield site.gettext("%(name)s: %(value)s", name=facet.label, value=values)
    unlisted = chosen_without_menu(site, reader, selection)
    for name in FACETS:
        if labels := [chosen.label for chosen in unlisted if chosen.name == name]:
            yield site.formats.join(labels, "or")
    if selection.q:
        yield f"“{selection.q}”"
    if selection.year_from or selection.year_to:
        yield site.formats.period(*(str(year) if year else None for year in (selection.year_from, selection.year_to)))
    yield from (chosen.label for chosen in unlisted if isinstance(FILTERS[chosen.name], YesNoFilter | AsOfFilter))
    if selection.box:
        west, south, east, north = (site.formats.rounded(side) for side in selection.box)
        yield site.gettext(
            "in a part of the map: longitude %(west)s° to %(east)s°, latitude %(south)s° to %(north)s°",
            west=west, east=east, south=south, north=north,
        )  # fmt: skip


def _legend(
    site: Site,
    view: View,
    shades: Shading | None,
    layers: Sequence[str],
    cables: Sequence[CableColour],
    y: float,
    address: str,
    *,
    has_landings: bool,
) -> tuple[list[str], float]:
    """Return the legend with date and citation, and the y position below them.

    `has_landings`: whether the map shows the ends of cables.
    """
    made: list[str] = []
    x = float(_MARGIN)

    def entry(mark: str, label: str) -> None:
        nonlocal x, y
        wide = _BESIDE + text_width(label, _SIZE) + _APART
        if x + wide - _APART > WIDTH - _MARGIN:
            x, y = float(_MARGIN), y + 24
        made.append(f'<g transform="translate({x:.0f} {y:.0f})">{mark}</g>{_text(x + _BESIDE, y, label)}')
        x += wide

    if shades:
        made.append(_text(_MARGIN, y, shades.title))
        y += 24
        for step in shades.steps:
            entry(_box(f"var(--{shades.palette}-{step.shade})"), step.label)
        if any(counted.hollow for counted in shades.numbers.values()):
            entry(_circle(f'fill="var(--paper)" stroke="var(--{shades.palette}-4)" stroke-width="1.8"'), site.gettext(UNNAMED))
        if shades.shows_systems and site.systems and site.systems.programmes:
            dashes = 'fill="none" stroke="var(--ink)" stroke-width="1.2" stroke-dasharray="3 2"'
            entry(_circle(dashes), programmes_apart(site, site.systems.programmes))
        nothing, bare = (_NO_SYSTEM, "var(--land)") if shades.shows_systems else (_NO_VALUE, "url(#none)")
        entry(_box(bare), site.gettext(nothing))
        x, y = float(_MARGIN), y + 26
    if cables:
        made.append(_text(_MARGIN, y, site.gettext("Cables by supplier")))
        y += 24
        for colour in cables:
            entry(f'<path class="route cable--{colour.group}" d="M0-5H26" stroke-width="3"/>', colour.label)
        if has_landings:
            entry('<circle cx="13" cy="-5" r="4" fill="var(--muted)"/>', site.gettext("end or station of a cable"))
        x, y = float(_MARGIN), y + 26
    for layer in (layer for layer in layers if not (cables and layer == CABLES_LAYER)):
        sign = f'<path transform="translate(13 -5) scale(0.18)" fill="currentColor" d="{sign_path(layer)}"/>'
        entry(f'<g class="layer--{layer}">{sign}</g>', site.layer_names[layer])
    y += 30
    notes = [
        *([site.gettext(_READING)] if layers else []),
        site.gettext("Equal areas; borders from Natural Earth, disputed ones dashed."),
        *([site.gettext("Missing:") + " " + " ".join(map(_plain, shades.missing))] if shades and shades.missing else []),
        *([shades.note] if shades and shades.note else []),
        site.gettext(
            "%(title)s, edition %(release)s of %(date)s; %(address)s", title=site.words.meta["manifest"]["title"] or "Overt",
            release=site.prepared.release, date=site.formats.date(site.words.meta["manifest"]["date"]),
            address=address + site.address("/explorer", view.pairs),
        ),
    ]  # fmt: skip
    for line in (part for note in notes for part in _wrapped(note, 13)):
        made.append(_text(_MARGIN, y, line, "quiet"))
        y += 18
    return made, y


def _plain(text: str) -> str:
    return text.striptags() if isinstance(text, Markup) else text


def _box(paint: str) -> str:
    return f'<rect y="-12" width="26" height="14" fill="{paint}" stroke="var(--border)"/>'


def _circle(look: str) -> str:
    return f'<circle cx="13" cy="-5" r="6" {look}/>'


def _text(x: float, y: float, words: str, look: str = "") -> str:
    named = f' class="{look}"' if look else ""
    return f'<text x="{x:.0f}" y="{y:.0f}"{named}>{escape(drawable_text(words))}</text>'
