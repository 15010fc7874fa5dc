"""Chart files use the colours of style.css, and shades of maps can be told apart, even by colour-blind readers."""

import re
from itertools import combinations, pairwise

import pytest

from overt.charts.palette import LIGHT, PALETTES, colour_of
from overt.http.static_files import static_folder

_ORDERED = tuple(name for name in PALETTES if name != "kind")
_VISION = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "full colour": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
}
"""Matrices for linear RGB. The first two are for the complete lack of one kind of cone (Machado, Oliveira and Fernandes 2009)."""


def theme(name: str) -> dict[str, str]:
    """Return the colours of the light or dark theme."""
    if name == "light":
        return LIGHT
    dark = (
        (static_folder() / "style.css")
        .read_text(encoding="utf-8")
        .partition("prefers-color-scheme: dark")[2]
        .partition("}\n}")[0]
    )
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", dark))


def linear(colour: str) -> list[float]:
    """Return the linear red, green and blue of a colour such as `#1a1c1e`, from 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    """Return the CIELAB coordinates of a colour in linear RGB."""
    red, green, blue = rgb
    cubes = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    )
    x, y, z = (max(part, 0) ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in cubes)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(first: str, second: str, vision: str = "full colour") -> float:
    """Return the distance between two colours in CIELAB, as seen with a kind of vision."""
    seen = [
        lab([sum(part * weight for part, weight in zip(linear(colour), row, strict=True)) for row in _VISION[vision]])
        for colour in (first, second)
    ]
    return float(sum((left - right) ** 2 for left, right in zip(*seen, strict=True)) ** 0.5)


def test_files_have_the_colours_of_the_style_sheet() -> None:
    assert all(re.fullmatch(r"#[0-9a-f]{6}", colour) for colour in LIGHT.values())
    assert LIGHT["paper"] == "#fcfcfa" and LIGHT["shade-2"] == LIGHT["count-2"], "a variable that names another has its colour"
    assert {name for name in LIGHT if not name.startswith("shade-")} <= theme("dark").keys()
    assert colour_of("var(--sea)") == LIGHT["sea"]
    with pytest.raises(ValueError, match="no colour"):
        colour_of("red")


@pytest.mark.parametrize("vision", _VISION)
@pytest.mark.parametrize("name", ["light", "dark"])
def test_shades_differ_from_each_other_and_from_land_without_a_record(name: str, vision: str) -> None:
    colours = theme(name)
    for palette in _ORDERED:
        shades = [colours[f"{palette}-{step}"] for step in range(1, 6)]
        assert all(difference(*pair, vision) > 10 for pair in pairwise(shades)), palette
        assert min(difference(shades[0], colours[ground], vision) for ground in ("paper", "land")) > 14, palette
        lightness = [lab(linear(shade))[0] for shade in shades]
        assert lightness == sorted(lightness, reverse=name == "light"), f"{palette} gets stronger step by step"
    kinds = [colours[f"kind-{step}"] for step in range(1, 6)]
    assert min(difference(*pair, vision) for pair in combinations([*kinds, colours["land"]], 2)) > 20, "the categories on maps"


@pytest.mark.parametrize("name", ["light", "dark"])
def test_each_meaning_has_a_hue_of_its_own(name: str) -> None:
    colours = theme(name)
    middles = [colours[f"{palette}-3"] for palette in _ORDERED]
    assert min(difference(*pair) for pair in combinations(middles, 2)) > 20


@pytest.mark.parametrize("vision", _VISION)
@pytest.mark.parametrize("name", ["light", "dark"])
def test_shades_of_how_an_organisation_is_named_differ(name: str, vision: str) -> None:
    css, colours = (static_folder() / "record_and_list_pages.css").read_text(encoding="utf-8"), theme(name)
    rule = css.partition(".palette--naming, .naming-map .palette--count {")[2].partition("}")[0]
    shades = {step: _mixed(paint, colours) for step, paint in re.findall(r"--shade-(\d): ([^;]+);", rule)}
    assert sorted(shades) == ["1", "2", "3", "4"]
    assert min(difference(*pair, vision) for pair in combinations(shades.values(), 2)) > 15
    assert all(difference(shades[step], colours["land"], vision) > 20 for step in "234")
    outlines = dict(re.findall(r"\.naming-map \.shade-(\d) \{ stroke: var\(--([a-z0-9-]+)\); \}", css))
    assert outlines.keys() == {"1", "3"} and all(contrast(colours[tone], colours["land"]) > 3 for tone in outlines.values())
    assert all(contrast(shades[step], colours["land"]) > 3 for step in "24"), "those without an outline"


def _mixed(paint: str, colours: dict[str, str]) -> str:
    """Return the colour of a variable, or of a mixture of two variables in sRGB."""
    if match := re.fullmatch(r"color-mix\(in srgb, var\(--([a-z0-9-]+)\) (\d+)%, var\(--([a-z0-9-]+)\)\)", paint):
        first, second, share = colours[match[1]], colours[match[3]], int(match[2]) / 100
        parts = [(int(first[at : at + 2], 16), int(second[at : at + 2], 16)) for at in (1, 3, 5)]
        return "#" + "".join(f"{round(share * left + (1 - share) * right):02x}" for left, right in parts)
    return colours[paint.removeprefix("var(--").removesuffix(")")]


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours as WCAG 2 defines it, from 1 to 21."""
    weights = (0.2126, 0.7152, 0.0722)
    dark, light = sorted(
        sum(part * weight for part, weight in zip(linear(colour), weights, strict=True)) for colour in (first, second)
    )
    return (light + 0.05) / (dark + 0.05)
