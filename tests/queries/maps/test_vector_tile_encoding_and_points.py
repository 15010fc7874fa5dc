"""Vector tiles decode to what was encoded, and every matching point is in exactly one tile per zoom level."""

import struct
from typing import Any

import numpy as np
import pytest

from overt.index.web_mercator_positions_and_squares import (
    SQUARE_ZOOM,
    distinct_counts,
    nearest_to_median,
    position,
    square_of,
    tile_range,
)
from overt.queries.address_parameters import ProjectFilter
from overt.queries.database import Reader
from overt.queries.maps import explorer_columns, tile_points
from overt.queries.maps.mark_softness_and_circle_radius import circle_radius
from overt.vector_tiles.mvt import EXTENT, encode_point_layer
from tests.support.client import Client


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte, at = data[at], at + 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def _fields(data: bytes) -> list[tuple[int, int | bytes]]:
    """Return the fields of a Protocol Buffers message: number and content."""
    fields: list[tuple[int, int | bytes]] = []
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        if key & 7 == 0:
            value, at = _varint(data, at)
            fields.append((key >> 3, value))
        else:
            size, at = (8, at) if key & 7 == 1 else _varint(data, at)
            fields.append((key >> 3, data[at : at + size]))
            at += size
    return fields


def _numbers(data: bytes) -> list[int]:
    numbers, at = [], 0
    while at < len(data):
        value, at = _varint(data, at)
        numbers.append(value)
    return numbers


def _signed(value: int) -> int:
    return value >> 1 ^ -(value & 1)


def _value(data: bytes) -> object:
    ((field, content),) = _fields(data)
    if field == 1:
        return bytes(content).decode()  # type: ignore[arg-type]
    return _signed(content) if isinstance(content, int) else struct.unpack("<d", content)[0]


def decode(data: bytes) -> list[tuple[int, int, dict[str, object]]]:
    if not data:
        return []
    ((_, layer),) = _fields(data)
    assert isinstance(layer, bytes)
    fields = _fields(layer)
    keys = [content.decode() for field, content in fields if field == 3 and isinstance(content, bytes)]
    values = [_value(content) for field, content in fields if field == 4 and isinstance(content, bytes)]
    assert (5, EXTENT) in fields and (15, 2) in fields
    features = []
    for field, content in fields:
        if field == 2 and isinstance(content, bytes):
            parts = dict(_fields(content))
            tags, geometry = (_numbers(parts[name]) for name in (2, 4))  # type: ignore[arg-type]
            assert parts[3] == 1 and geometry[0] == 9
            properties = {keys[key]: values[value] for key, value in zip(tags[::2], tags[1::2], strict=True)}
            features.append((_signed(geometry[1]), _signed(geometry[2]), properties))
    return features


def test_an_encoded_layer_decodes_to_its_features() -> None:
    features = [
        (0, 4095, {"id": "ovt-x", "count": 3, "west": -1.5}),
        (-12, 300, {"id": "ovt-x", "name": "华为", "count": -70000}),
    ]
    assert decode(encode_point_layer("places", features)) == features
    assert encode_point_layer("places", []) == b""


@pytest.mark.parametrize(("longitude", "latitude"), [(0, 0), (-180, 85), (179.99, -85), (36.8172, -1.2864), (-74.0, 40.7)])
def test_a_point_is_in_one_tile_of_each_zoom(longitude: float, latitude: float) -> None:
    square = square_of(longitude, latitude)
    for zoom in (0, 1, 3):
        tiles = [
            (x, y)
            for x in range(2**zoom)
            for y in range(2**zoom)
            if tile_range(zoom, x, y)[0] <= square <= tile_range(zoom, x, y)[1]
        ]
        assert len(tiles) == 1
        (x, y) = tiles[0]
        assert (x >= 2**zoom / 2) == (longitude >= 0) or zoom == 0
        assert (y >= 2**zoom / 2) == (latitude <= 0) or zoom == 0


@pytest.mark.parametrize(
    "project_filter", [ProjectFilter(), ProjectFilter(country=("US",)), ProjectFilter(kind=("submarine-cable",))]
)
def test_tiles_have_every_point(reader: Reader, project_filter: ProjectFilter) -> None:
    every = explorer_columns.columns(reader, "en")["places"]["project"] if not project_filter else None
    total = sum(properties.get("count", 1) for _, _, properties in tile_points.points(reader, project_filter, 0, 0, 0, "en"))
    assert every is None or total == len(every)
    for zoom in (1, 2):
        tiles = [tile_points.points(reader, project_filter, zoom, x, y, "en") for x in range(2**zoom) for y in range(2**zoom)]
        assert sum(properties.get("count", 1) for tile in tiles for _, _, properties in tile) == total
        assert all(0 <= across <= 1 and 0 <= down <= 1 for tile in tiles for across, down, _ in tile)


def test_a_square_counts_each_of_its_projects_once(reader: Reader) -> None:
    assert distinct_counts(np.array([5, 5, 2, 5, 0, 0]), np.array([0, 3, 4])).tolist() == [2, 1, 1]
    square, project = reader.vectors["point.square"], reader.vectors["point.project"]
    for zoom in (0, 1, 4):
        pairs = set(zip((square >> 2 * (SQUARE_ZOOM - zoom - 4)).tolist(), project.tolist(), strict=True))
        tiles = range(2**zoom)
        marks = [mark for x in tiles for y in tiles for mark in tile_points.points(reader, ProjectFilter(), zoom, x, y, "en")]
        assert sum(properties.get("count", 1) for _, _, properties in marks) == len(pairs)
        assert all(properties.get("count", 2) > 1 for _, _, properties in marks), "a single project has its name instead"


def test_a_project_with_two_places_in_a_square_is_no_circle(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    vectors, stored = type(reader.vectors), type(reader.vectors).__getitem__

    def first_point_twice(self: Any, name: str) -> Any:
        values = stored(self, name)
        return np.repeat(values[:1], 2) if name.startswith("point.") else values

    monkeypatch.setattr(vectors, "__getitem__", first_point_twice)
    [(_, _, properties)] = tile_points.points(reader, ProjectFilter(), 0, 0, 0, "en")
    assert properties["id"] == reader.vectors.ids(reader.vectors["point.project"][:1])[0]
    assert "count" not in properties


def test_points_of_one_square_are_drawn_on_one_of_them(reader: Reader) -> None:
    boxes = [
        (across, down, box) for across, down, box in tile_points.points(reader, ProjectFilter(), 0, 0, 0, "en") if "west" in box
    ]
    wide = [point for point in boxes if point[2]["west"] != point[2]["east"] and point[2]["south"] != point[2]["north"]]
    assert wide
    places = set(zip(reader.vectors["point.longitude"].tolist(), reader.vectors["point.latitude"].tolist(), strict=True))
    for across, down, box in wide:
        inside = [position(x, y) for x, y in places if box["west"] <= x <= box["east"] and box["south"] <= y <= box["north"]]
        assert any((across, down) == pytest.approx(place) for place in inside)


def test_a_soft_place_is_as_wide_in_tiles_as_in_columns(reader: Reader) -> None:
    columns = explorer_columns.columns(reader, "en")
    ids = [f"ovt-{columns['ids'][at : at + 12]}" for at in range(0, len(columns["ids"]), 12)]
    places = columns["places"]
    in_columns = {
        (ids[project], places["softness"][precision], wide)
        for project, precision, wide in zip(places["project"], places["precision"], places["around"], strict=True)
    }
    tile = tile_points.points(reader, ProjectFilter(), 0, 0, 0, "en")
    places_alone = [properties for _, _, properties in tile if "count" not in properties]
    assert places_alone and {(place["id"], place["softness"], place["around"]) for place in places_alone} <= in_columns
    ((_, _, nairobi),) = tile_points.points(reader, ProjectFilter(kind=("smart-city",)), 0, 0, 0, "en")
    assert (nairobi["id"], nairobi["softness"], nairobi["around"]) in in_columns
    from_source, default = (circle_radius("locality", radius, -1.2864) for radius in (12, None))
    assert nairobi["around"] == from_source > default


def test_a_tile_over_http(client: Client) -> None:
    answer = client.get("/api/v1/explore/tiles/0/0/0?kind=smart-city")
    assert answer.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    ((x, y, place),) = decode(answer.content)
    assert (place["layer"], place["country"], place["softness"]) == ("surveillance", "KE", 1)
    assert abs(x / EXTENT - (36.8172 / 360 + 0.5)) < 0.001 and y > EXTENT / 2
    assert client.get("/api/v1/explore/tiles/1/2/0").status_code == 404
    assert client.get("/api/v1/explore/tiles/0/0/0?kind=nope").status_code == 400


def test_a_mark_of_several_places_is_on_one_of_them() -> None:
    longitude = np.array([0.0, 1.0, 2.0, 40.0, 10.0, 20.0, 21.0])
    latitude = np.array([0.0, 0.5, 0.0, 0.0, 5.0, 5.0, 5.0])
    assert nearest_to_median(longitude, latitude, np.array([0, 4, 5])).tolist() == [2, 4, 6]
