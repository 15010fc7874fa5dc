"""Layers of many points can be read back, one by one."""

import numpy as np
import pytest

from overt.vector_tiles.bulk_points import PropertyColumn, encode_point_layers
from overt.vector_tiles.mvt import encode_int, encode_string
from tests.queries.maps.test_vector_tile_encoding_and_points import decode


@pytest.mark.parametrize("count", [1, 3, 200, 40_000])
def test_points_can_be_read_back(count: int) -> None:
    random = np.random.default_rng(count)
    tiles = np.sort(random.integers(0, 3, count)) * 7
    x, y = random.integers(0, 4097, (2, count))
    names = [f"名 {number % max(1, count - 5)}" for number in range(count)]
    years = random.integers(-1, 4, count)
    columns = [
        PropertyColumn("name", np.arange(count), [encode_string(name) for name in names]),
        PropertyColumn("year", years, [encode_int(number * 70_000) for number in range(4)]),
    ]
    layers = dict(encode_point_layers("points", tiles, x, y, columns))
    assert list(layers) == sorted(set(tiles.tolist()))
    for tile, layer in layers.items():
        expected = [
            (int(x[at]), int(y[at]), {"name": names[at]} | ({"year": int(years[at]) * 70_000} if years[at] >= 0 else {}))
            for at in np.flatnonzero(tiles == tile)
        ]
        assert [(across, down, {**properties}) for across, down, properties in decode(layer)] == expected


def test_without_points_there_is_no_layer() -> None:
    empty = np.zeros(0, np.int64)
    assert list(encode_point_layers("points", empty, empty, empty, [PropertyColumn("name", empty, [])])) == []
