"""The projection of maps fits the whole world into the frame."""

import pytest

from overt.maps.projection import HEIGHT, WIDTH, project


def test_projection_keeps_the_world_in_its_frame() -> None:
    assert project(-180, 0)[0] == pytest.approx(0, abs=1)
    assert project(180, 0)[0] == pytest.approx(WIDTH, abs=1)
    assert project(0, 90)[1] == pytest.approx(0, abs=1)
    assert project(0, -90)[1] == pytest.approx(HEIGHT, abs=1)
    assert project(0, 0) == pytest.approx((WIDTH / 2, HEIGHT / 2))
