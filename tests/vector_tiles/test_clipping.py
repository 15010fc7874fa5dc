"""Shapes are clipped to tiles without gaps, and their rings have the direction that the format requires."""

import numpy as np
import pytest
import shapely

from overt.vector_tiles.clipping import Tile, clip_to_tiles, to_unit_square
from overt.vector_tiles.mvt import EXTENT


def _area(ring: list[tuple[int, int]]) -> float:
    return sum(start[0] * end[1] - end[0] * start[1] for start, end in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


@pytest.mark.parametrize("zoom", [0, 1, 3, 6])
def test_areas_of_tiles_sum_to_the_shape(zoom: int) -> None:
    ring = shapely.Point(0.4, 0.55).buffer(0.21, 64)
    shape = ring.difference(shapely.Point(0.45, 0.5).buffer(0.05, 64))
    clipped = list(clip_to_tiles([shape], zoom, zoom))
    total = 0.0
    for (z, x, y), index, (kind, rings) in clipped:
        assert (z, index, kind) == (zoom, 0, 3)
        assert 0 <= x < 2**z and 0 <= y < 2**z
        outer = [ring for ring in rings if _area(ring) > 0]
        assert outer and all(ring[0] == ring[-1] for ring in rings), "the outer ring runs clockwise on the screen"
        square = shapely.box(0, 0, EXTENT, EXTENT)
        for ring in rings:
            total += np.sign(_area(ring)) * shapely.Polygon(ring).intersection(square).area / (EXTENT * 2**z) ** 2
    assert total == pytest.approx(shape.area, rel=0.002)
    assert len({tile for tile, _, _ in clipped}) == len(clipped)


def test_a_shape_that_fills_its_tile_fills_all_tiles_below(zoom: int = 4) -> None:
    clipped = list(clip_to_tiles([shapely.box(-1, -1, 2, 2)], 0, zoom))
    assert len(clipped) == sum(4**z for z in range(zoom + 1))
    assert all(shapely.Polygon(rings[0]).contains(shapely.box(0, 0, EXTENT, EXTENT)) for _, _, (_, rings) in clipped)


def test_lines_go_through_every_tile_that_they_cross() -> None:
    line = shapely.LineString([(0.1, 0.1), (0.9, 0.5)])
    tiles = {tile[1:] for tile, _, (kind, _) in clip_to_tiles([line], 5, 5) if kind == 2}
    points = (line.interpolate(at / 2000, normalized=True) for at in range(2001))
    assert {(int(point.x * 32), int(point.y * 32)) for point in points} <= tiles


def test_a_tile_clipped_separately_equals_that_of_the_complete_map() -> None:
    shapes = [shapely.Point(0.5, 0.5).buffer(0.3), shapely.LineString([(0, 0), (1, 1)])]
    parts: dict[Tile, list[object]] = {}
    for tile, index, geometry in clip_to_tiles(shapes, 3, 3):
        parts.setdefault(tile, []).append((index, geometry[0], sum(map(len, geometry[1]))))
    for tile, expected in parts.items():
        clipped = clip_to_tiles(shapes, 3, 3, tile)
        assert [(index, geometry[0], sum(map(len, geometry[1]))) for _, index, geometry in clipped] == expected


def test_the_antimeridian_and_the_poles_stay_in_the_world() -> None:
    (shape,) = to_unit_square([shapely.box(170, 80, 180, 90)])
    west, north, east, south = shape.bounds
    assert (east, north) == (1.0, pytest.approx(0.0, abs=1e-9)) and 0 < south < 0.2 and west == pytest.approx(350 / 360)
