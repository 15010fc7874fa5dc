"""The style sheet for pages' SVG drawings in pictures and files, which can't use the site's style sheet."""

from overt.charts.palette import COUNT_PALETTES, LIGHT, PALETTES


def count_circle_styles(palette: str) -> str:
    """Return the styles of the circles of a map with this palette, and of their texts and their key.

    Widths of lines are in drawing units of a map of the world; those of `.count-sample`, a circle in a legend, are in pixels.
    """
    colour, paper, ink = LIGHT[f"{palette}-4"], LIGHT["paper"], LIGHT["ink"]
    return (
        f".palette--{palette} .count-circles .count{{fill:{colour};stroke:{paper};stroke-width:10}}"
        f".palette--{palette} .count-circles .hollow{{fill:{paper};stroke:{colour};stroke-width:18}}"
        f".palette--{palette} .count-circles .apart{{fill:{paper};fill-opacity:0.55;stroke:{ink};stroke-width:12}}"
        ".count-circles .apart{stroke-dasharray:36 26}"
        f".palette--{palette} .count-sample.hollow{{fill:{paper};stroke:{colour};stroke-width:1.8}}"
        f".count-sample.apart{{fill:none;stroke:{ink};stroke-width:1.2;stroke-dasharray:3 2}}"
        ".count-circles text{text-anchor:middle;stroke:none}.count-circles .start{text-anchor:start}"
        f".count-circles .number{{fill:{paper};font-weight:600}}.count-circles .dark{{fill:{ink}}}"
    )


def _on_paper(name: str, share: float) -> str:
    """Return a colour mixed with paper, as #rrggbb. `share`: the share of the colour, from 0 to 1."""
    parts = [[int(LIGHT[colour][at : at + 2], 16) for at in (1, 3, 5)] for colour in (name, "paper")]
    return "#" + "".join(f"{round(own * share + paper * (1 - share)):02x}" for own, paper in zip(*parts, strict=True))


_MAP_COLOURS = ("shade-", *(f"{name}-" for name in PALETTES))
# The library that makes pictures doesn't support variables, so the colours of the light theme are literal.
_SHAPES = (
    ".land,.rest{fill:#efece4;stroke:#fcfcfa}.no-data{fill:#efece4}.sea{fill:#fcfcfa}"
    ".small-map path,.small-map circle{stroke:#fcfcfa}"
    ".shade-0{fill:currentColor}.bar{fill:currentColor}.marked{fill:currentColor}.axis,.leader,.story-line{stroke:#85837c;fill:none}"
    ".point{fill:currentColor;stroke:#fcfcfa}.route{fill:none;stroke:currentColor}.landings{stroke:#595e63;fill:none}.ring{stroke:currentColor;fill:none}"
    f".squares rect{{fill:{LIGHT['count-2']}}}"
    f".name-line{{fill:none;stroke:{LIGHT['ink']}}}"
    ".squares .marked{fill:currentColor}.columns rect{fill:currentColor}"
    f".track{{fill:{LIGHT['rule']}}}.part{{font-size:30px}}"
    + "".join(f".shade-{step}{{fill:{LIGHT[f'shade-{step}']}}}" for step in range(1, 6))
    + "".join(f".palette--{name} .shade-{step}{{fill:{LIGHT[f'{name}-{step}']}}}" for name in PALETTES for step in range(1, 6))
    # The further shades of the maps of platforms, as in record_and_list_pages.css.
    + f".palette--kind .shade-6{{fill:{LIGHT['kind-6']}}}.palette--kind .shade-7{{fill:{_on_paper('kind-2', 0.35)}}}"
    + f".palette--kind .shade-8{{fill:{_on_paper('kind-4', 0.12)}}}"
    + "".join(f".layer--{name}{{color:{colour}}}" for name, colour in LIGHT.items() if not name.startswith(_MAP_COLOURS))
    + "".join(f".{name.replace('-', '--', 1)}{{color:{colour}}}" for name, colour in LIGHT.items() if name.startswith("cable-"))
    + "".join(f".palette--{name} .hollow{{fill:#efece4;stroke:{LIGHT[f'{name}-4']}}}" for name in PALETTES)
    + "".join(f".count-map.palette--{name} .shade-1{{fill:{LIGHT[f'{name}-land']}}}" for name in COUNT_PALETTES)
    + "".join(count_circle_styles(name) for name in COUNT_PALETTES)
)
STYLE = "text{fill:#1a1c1e}" + _SHAPES
"""The style sheet of drawings in preview pictures, which other sites show beside a link to a page."""
FILE_STYLE = _SHAPES + (
    f".ready .land{{fill:{LIGHT['land']}}}.ready .rest[fill]{{fill:url(#no-record)}}pattern rect{{fill:{LIGHT['land']}}}"
    f".small-map pattern path{{stroke:{LIGHT['hatch']};stroke-width:14;fill:none}}"
    f".small-map path,.small-map circle{{stroke-width:6}}.small-map .rest{{stroke:{LIGHT['rule']}}}"
    f".scale-plot text,.share-plot text{{font-size:12px;fill:{LIGHT['muted']}}}.scale-plot .leader{{stroke-dasharray:2 2}}"
    f".share-plot .part{{font-size:30px;fill:{LIGHT['ink']}}}"
)
"""The style sheet of drawings in files of charts."""
