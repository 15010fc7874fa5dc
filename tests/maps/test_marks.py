"""The signs of layers: on the map that the server draws, and in its legends, those of the front end's map."""

import re
from pathlib import Path

from overt.language.language import LANGUAGES
from overt.maps.marks import drawn as mark_drawn
from overt.maps.marks import outline

ICONS = Path(__file__).parents[2] / "web" / "src" / "icons.ts"
_MIDDLE = 9
"""Of the square that the front end draws a sign in."""
_SCALE = 6.3
"""Units of an outline to one of the front end."""
_NEAR = 5
"""Units that one may differ from the other: a pixel at most."""
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
Points = list[tuple[float, float]]


def corners(path: str) -> Points:
    """The corners of a closed path of relative straight lines."""
    found: Points = []
    for command, said in re.findall(r"([Mlhv])([^Mlhvz]*)", path):
        numbers = [float(number) for number in _NUMBER.findall(said)]
        if command in "hv":
            numbers = [numbers[0], 0] if command == "h" else [0, numbers[0]]
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = found[-1] if found else (0.0, 0.0)
            found.append((x + across, y + down))
    return found


def test_both_maps_have_the_same_signs() -> None:
    drawn = dict(re.findall(r'^  "?([a-z-]+)"?: (polygon\(.*|.*context\.arc\(.*),$', ICONS.read_text(encoding="utf-8"), re.M))
    assert len(drawn) == 9
    for layer, said in drawn.items():
        path = outline(layer)
        if "arc" in said:
            assert "a" in path, layer
            assert (path.count("M") == 2) == (layer in {"presence", "unknown"}), "these alone are rings"
            continue
        numbers = [float(number) for number in _NUMBER.findall(said)]
        theirs = [((x - _MIDDLE) * _SCALE, (y - _MIDDLE) * _SCALE) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        ours = corners(path)
        assert len(ours) == len(theirs), layer
        for x, y in ours:
            assert any(abs(x - u) <= _NEAR and abs(y - v) <= _NEAR for u, v in theirs), layer


def test_a_mark_of_no_known_kind_is_in_no_layer() -> None:
    mark = {"layer": None, "soft": False, "longitude": 0, "latitude": 0, "projects": 1, "id": "x", "label": "X", "label_zh": "X"}
    mark |= {"other": "X", "other_zh": "X"}
    said = mark_drawn(next(iter(LANGUAGES)), mark, "/", {"presence": "Presence", "unknown": "kind not known"})
    assert "<title>kind not known: X</title>" in said
    assert 'class="layer--unknown" href="#mark-unknown"' in said
