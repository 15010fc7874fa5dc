"""Shapes are cut into tiles without gaps, and turned as the format wants them."""

import numpy as np
import pytest
import shapely

from overt.vector_tiles.clipping import cut, in_world
from overt.vector_tiles.mvt import EXTENT


def _area(ring: list[tuple[int, int]]) -> float:
    return sum(one[0] * two[1] - two[0] * one[1] for one, two in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


@pytest.mark.parametrize("zoom", [0, 1, 3, 6])
def test_areas_of_tiles_sum_to_the_shape(zoom: int) -> None:
    ring = shapely.Point(0.4, 0.55).buffer(0.21, 64)
    shape = ring.difference(shapely.Point(0.45, 0.5).buffer(0.05, 64))
    found = list(cut([shape], zoom, zoom))
    total = 0.0
    for (z, x, y), number, (kind, rings) in found:
        assert (z, number, kind) == (zoom, 0, 3)
        assert 0 <= x < 2**z and 0 <= y < 2**z
        outer = [one for one in rings if _area(one) > 0]
        assert outer and all(one[0] == one[-1] for one in rings), "the outer ring runs clockwise on the screen"
        square = shapely.box(0, 0, EXTENT, EXTENT)
        for one in rings:
            total += np.sign(_area(one)) * shapely.Polygon(one).intersection(square).area / (EXTENT * 2**z) ** 2
    assert total == pytest.approx(shape.area, rel=0.002)
    assert len({tile for tile, _, _ in found}) == len(found)


def test_what_fills_its_tile_fills_all_below(zoom: int = 4) -> None:
    whole = list(cut([shapely.box(-1, -1, 2, 2)], 0, zoom))
    assert len(whole) == sum(4**z for z in range(zoom + 1))
    assert all(shapely.Polygon(rings[0]).contains(shapely.box(0, 0, EXTENT, EXTENT)) for _, _, (_, rings) in whole)


def test_lines_go_through_every_tile_that_they_cross() -> None:
    line = shapely.LineString([(0.1, 0.1), (0.9, 0.5)])
    found = {tile[1:] for tile, _, (kind, _) in cut([line], 5, 5) if kind == 2}
    crossed = {
        (int(part.x * 32), int(part.y * 32)) for part in (line.interpolate(at / 2000, normalized=True) for at in range(2001))
    }
    assert crossed <= found


def test_one_tile_alone_is_the_one_of_all() -> None:
    shapes = [shapely.Point(0.5, 0.5).buffer(0.3), shapely.LineString([(0, 0), (1, 1)])]
    every: dict[tuple[int, int, int], list[object]] = {}
    for tile, number, part in cut(shapes, 3, 3):
        every.setdefault(tile, []).append((number, part[0], sum(map(len, part[1]))))
    for tile, parts in every.items():
        assert [(number, part[0], sum(map(len, part[1]))) for _, number, part in cut(shapes, 3, 3, tile)] == parts


def test_the_antimeridian_and_the_poles_stay_in_the_world() -> None:
    (shape,) = in_world([shapely.box(170, 80, 180, 90)])
    west, north, east, south = shape.bounds
    assert (east, north) == (1.0, pytest.approx(0.0, abs=1e-9)) and 0 < south < 0.2 and west == pytest.approx(350 / 360)
