"""The style sheet for pages' SVG drawings in pictures and files, which can't use the site's style sheet."""

from overt.charts.palette import LIGHT, PALETTES

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
    + "".join(f".layer--{name}{{color:{colour}}}" for name, colour in LIGHT.items() if not name.startswith(_MAP_COLOURS))
    + "".join(f".{name.replace('-', '--', 1)}{{color:{colour}}}" for name, colour in LIGHT.items() if name.startswith("cable-"))
    + "".join(f".palette--{name} .hollow{{fill:#efece4;stroke:{LIGHT[f'{name}-4']}}}" for name in PALETTES)
    + f".bare{{fill:#efece4}}.outlined,.small-map .outlined{{stroke:{LIGHT['ink']};stroke-width:8;stroke-dasharray:30 18}}"
    + f"rect.outlined{{stroke:{LIGHT['ink']};stroke-width:1.2;stroke-dasharray:3 2}}"
)
STYLE = "text{fill:#1a1c1e}" + _SHAPES
"""The style of drawings in the pictures that show a page where its link is shared."""
FILE_STYLE = _SHAPES + (
    f".ready .land{{fill:{LIGHT['land']}}}.ready .rest[fill]{{fill:url(#no-record)}}pattern rect{{fill:{LIGHT['land']}}}"
    f".small-map pattern path{{stroke:{LIGHT['hatch']};stroke-width:14;fill:none}}"
    f".small-map path:not(.outlined),.small-map circle:not(.outlined){{stroke-width:6}}.small-map .rest{{stroke:{LIGHT['rule']}}}"
    f".scale-plot text,.share-plot text{{font-size:12px;fill:{LIGHT['muted']}}}.scale-plot .leader{{stroke-dasharray:2 2}}"
    f".share-plot .part{{font-size:30px;fill:{LIGHT['ink']}}}"
)
"""The style of drawings in files of charts."""
