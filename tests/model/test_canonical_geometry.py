import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from overt.model.errors import ValueProblem
from overt.model.values.geometry import canonical_geometry, point


@pytest.mark.parametrize(
    ("text", "wkt"),
    [
        ("point(39.66 -4.05)", "POINT (39.66 -4.05)"),
        ("POINT Z (1 2 3)", "POINT (1 2)"),
        ("POINT (1.00000049 2)", "POINT (1 2)"),
        ("POINT (0.00001 2.5)", "POINT (0.00001 2.5)"),
        ("POINT (-1e-7 9e-5)", "POINT (0 0.00009)"),
        ("LINESTRING (0 0, 10 10.5)", "LINESTRING (0 0, 10 10.5)"),
        ("MULTILINESTRING ((179 1, 180 1), (-180 1, -179 1))", "MULTILINESTRING ((179 1, 180 1), (-180 1, -179 1))"),
    ],
)
def test_a_geometry_has_canonical_wkt(text: str, wkt: str) -> None:
    assert canonical_geometry(text) == wkt


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not a geometry"),
        ("39.66, -4.05", "not a geometry"),
        ("POINT EMPTY", "not a geometry"),
        ("POINT (1 2", "not a geometry"),
        ("POINT (nan 2)", "not a"),
        ("POINT (inf 2)", "not a"),
        ("POINT (10 121)", "latitude 121 is beyond the poles (are longitude and latitude swapped?)"),
        ("POINT (200 121)", "latitude 121 is beyond the poles"),
        ("POINT (181 0)", "longitude 181 is beyond ±180"),
        ("POINT (-180.5 0)", "longitude -180.5 is beyond ±180"),
    ],
)
def test_other_texts_are_not_geometries(text: str, why: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        canonical_geometry(text)
    assert why in str(caught.value)


def test_a_point_is_made_of_two_texts() -> None:
    assert point("39.66", "-4.05") == "POINT (39.66 -4.05)"
    for longitude, latitude in (("east", "1"), ("", ""), ("1", "95"), ("nan", "1")):
        with pytest.raises(ValueProblem):
            point(longitude, latitude)


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_a_point_on_the_globe_does_not_move(longitude: float, latitude: float) -> None:
    wkt = canonical_geometry(f"POINT ({longitude!r} {latitude!r})")
    shape = shapely.from_wkt(wkt)
    assert math.isclose(shape.x, longitude, abs_tol=1e-6)
    assert math.isclose(shape.y, latitude, abs_tol=1e-6)
    assert canonical_geometry(wkt) == wkt


@given(st.text(max_size=60) | st.text(alphabet="POINTLESRG ()0123456789.,-enaif", max_size=40))
def test_any_text_is_refused_or_stable(text: str) -> None:
    try:
        wkt = canonical_geometry(text)
    except ValueProblem:
        return
    assert canonical_geometry(wkt) == wkt
