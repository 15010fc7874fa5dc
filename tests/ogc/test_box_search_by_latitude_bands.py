"""A search for a box returns the points in it, whatever the box's size and position."""

import numpy as np
import pytest

from overt.ogc.latitude_bands import Bands, Box


@pytest.mark.parametrize("seed", range(20))
def test_a_box_finds_the_same_points_as_a_full_scan(seed: int) -> None:
    chance = np.random.default_rng(seed)
    longitudes = np.append(chance.uniform(-180, 180, 400).round(1), [-180, 180, 0, 0])
    latitudes = np.append(chance.uniform(-90, 90, 400).round(1), [90, -90, -90, 90])
    bands = Bands(np.arange(404), longitudes, latitudes)
    for _ in range(20):
        west, east = chance.uniform(-180, 180, 2).round(1)
        south, north = sorted(chance.uniform(-90, 90, 2).round(1))
        if chance.random() < 0.3:
            south, north = south, south
        across = (longitudes >= west) & (longitudes <= east) if west <= east else (longitudes >= west) | (longitudes <= east)
        meant = across & (latitudes >= south) & (latitudes <= north)
        owners = np.concatenate([np.zeros(0, int), *bands.within(Box(west, south, east, north))])
        assert sorted(owners.tolist()) == np.flatnonzero(meant).tolist()


def test_the_whole_world_has_all_points() -> None:
    bands = Bands(np.arange(3), np.array([-180.0, 180.0, 0.0]), np.array([-90.0, 90.0, 0.0]))
    assert sum(map(len, bands.within(Box(-180, -90, 180, 90)))) == 3


def test_an_empty_input_has_no_matches() -> None:
    nothing = np.zeros(0)
    assert Bands(nothing.astype(int), nothing, nothing).within(Box(-180, -90, 180, 90)) == []
