"""Signs on maps: the server's map and the front end's have the same sign for each layer, and for projects of unknown kind."""

import re
from pathlib import Path

from overt.language.language import LANGUAGES
from overt.maps.marks import draw_mark, sign_path
from overt.queries.maps.map_marks import MapMark

ICONS = Path(__file__).parents[2] / "web" / "src" / "map" / "canvas-signs-circles-and-hatching.ts"
_CENTRE = 9
"""Centre of the square in which the front end draws a sign."""
_SCALE = 6.3
"""Units of the server's map per unit of the front end."""
_TOLERANCE = 5
"""Maximum number of units by which corresponding points may differ: at most a pixel."""
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
Points = list[tuple[float, float]]


def corners(path: str) -> Points:
    """Return the corners of closed paths, each of which starts at an absolute point and consists of relative straight lines."""
    points: Points = []
    for command, arguments in re.findall(r"([Mlhv])([^Mlhvz]*)", path):
        numbers = [float(number) for number in _NUMBER.findall(arguments)]
        if command in "hv":
            numbers = [numbers[0], 0] if command == "h" else [0, numbers[0]]
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = points[-1] if points and command != "M" else (0.0, 0.0)
            points.append((x + across, y + down))
    return points


def test_both_maps_have_the_same_signs() -> None:
    signs = dict(re.findall(r'^  "?([a-z-]+)"?: (polygon\(.*|.*context\.arc\(.*),$', ICONS.read_text(encoding="utf-8"), re.M))
    assert len(signs) == 9
    for layer, source in signs.items():
        path = sign_path(layer)
        if "arc" in source:
            assert "a" in path, layer
            assert (path.count("M") == 2) == (layer == "presence"), "this alone is a ring"
            continue
        numbers = [float(number) for number in _NUMBER.findall(source)]
        theirs = [((x - _CENTRE) * _SCALE, (y - _CENTRE) * _SCALE) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        ours = corners(path)
        assert len(ours) == len(theirs) * path.count("M"), layer
        assert (path.count("M") == 2) == (layer == "unknown"), "this alone is a hollow square"
        for x, y in ours:
            assert any(abs(x - u) <= _TOLERANCE and abs(y - v) <= _TOLERANCE for u, v in theirs), layer


def test_a_mark_of_no_known_kind_is_in_no_layer() -> None:
    mark = MapMark(None, "x", "X", "X", "X", "X", 0, 0, 0, 0, 0, 0, 0, projects=1)
    svg = draw_mark(next(iter(LANGUAGES)), mark, "/", {"presence": "Presence", "unknown": "kind unknown"})
    assert "<title>kind unknown: X</title>" in svg
    assert 'class="layer--unknown" href="#mark-unknown"' in svg
