"""Layers of many points can be read back, one by one."""

import numpy as np
import pytest

from overt.vector_tiles.mvt import Column, point_layers, text, whole
from tests.queries.test_map_tiles import decode


@pytest.mark.parametrize("many", [1, 3, 200, 40_000])
def test_points_can_be_read_back(many: int) -> None:
    chance = np.random.default_rng(many)
    tiles = np.sort(chance.integers(0, 3, many)) * 7
    x, y = chance.integers(0, 4097, (2, many))
    names = [f"名 {number % max(1, many - 5)}" for number in range(many)]
    years = chance.integers(-1, 4, many)
    columns = [
        Column("name", np.arange(many), [text(name) for name in names]),
        Column("year", years, [whole(number * 70_000) for number in range(4)]),
    ]
    found = dict(point_layers("points", tiles, x, y, columns))
    assert list(found) == sorted(set(tiles.tolist()))
    for tile, layer in found.items():
        meant = np.flatnonzero(tiles == tile)
        expected = [
            (int(x[at]), int(y[at]), {"name": names[at]} | ({"year": int(years[at]) * 70_000} if years[at] >= 0 else {}))
            for at in meant
        ]
        read = [(across, down, {**said}) for across, down, said in decode(layer)]
        assert read == expected


def test_without_points_there_is_no_layer() -> None:
    nothing = np.zeros(0, np.int64)
    assert list(point_layers("points", nothing, nothing, nothing, [Column("name", nothing, [])])) == []
