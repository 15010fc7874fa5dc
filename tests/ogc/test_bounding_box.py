"""The box around the features of a collection."""

import numpy as np
import pytest

from overt.ogc.latitude_bands import Box
from overt.ogc.projects_and_cables import bounding_box

POINTS = (np.array([36.8, -70.0]), np.array([-1.3, 5.5]))
NOTHING = (np.zeros(0), np.zeros(0))
ROUTES = [(10.0, -20.0, 40.0, 2.0), (11.0, 0.0, 12.0, 60.0)]


@pytest.mark.parametrize(
    ("points", "boxes", "expected"),
    [
        (POINTS, [], Box(-70.0, -1.3, 36.8, 5.5)),
        (NOTHING, ROUTES, Box(10.0, -20.0, 40.0, 60.0)),
        (POINTS, ROUTES, Box(-70.0, -20.0, 40.0, 60.0)),
        (NOTHING, [], None),
    ],
)
def test_the_box_is_around_points_and_boxes(
    points: tuple[np.ndarray, np.ndarray], boxes: list[tuple[float, ...]], expected: Box | None
) -> None:
    assert bounding_box(*points, boxes) == expected
