"""Vector tiles: what is encoded can be read back, and every point of a filter is in just one tile of a zoom."""

import struct

import pytest

from overt.index.map_squares import position, square_of, tile_range
from overt.queries.database import Reader
from overt.queries.filters import ProjectFilter
from overt.queries.maps import explorer_columns as columns
from overt.queries.maps import map_tiles as tiles
from overt.queries.maps.place_precision import around
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
    """Fields of a message of Protocol Buffers: number and content."""
    found: list[tuple[int, int | bytes]] = []
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        if key & 7 == 0:
            value, at = _varint(data, at)
            found.append((key >> 3, value))
        else:
            size, at = (8, at) if key & 7 == 1 else _varint(data, at)
            found.append((key >> 3, data[at : at + size]))
            at += size
    return found


def _numbers(data: bytes) -> list[int]:
    found, at = [], 0
    while at < len(data):
        value, at = _varint(data, at)
        found.append(value)
    return found


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
    held = _fields(layer)
    keys = [content.decode() for field, content in held if field == 3 and isinstance(content, bytes)]
    values = [_value(content) for field, content in held if field == 4 and isinstance(content, bytes)]
    assert (5, EXTENT) in held and (15, 2) in held
    found = []
    for field, content in held:
        if field == 2 and isinstance(content, bytes):
            parts = dict(_fields(content))
            tags, geometry = (_numbers(parts[name]) for name in (2, 4))  # type: ignore[arg-type]
            assert parts[3] == 1 and geometry[0] == 9
            said = {keys[key]: values[value] for key, value in zip(tags[::2], tags[1::2], strict=True)}
            found.append((_signed(geometry[1]), _signed(geometry[2]), said))
    return found


def test_what_is_encoded_can_be_read_back() -> None:
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
        held = [
            (x, y)
            for x in range(2**zoom)
            for y in range(2**zoom)
            if tile_range(zoom, x, y)[0] <= square <= tile_range(zoom, x, y)[1]
        ]
        assert len(held) == 1
        (x, y) = held[0]
        assert (x >= 2**zoom / 2) == (longitude >= 0) or zoom == 0
        assert (y >= 2**zoom / 2) == (latitude <= 0) or zoom == 0


@pytest.mark.parametrize("wanted", [ProjectFilter(), ProjectFilter(country=("US",)), ProjectFilter(kind=("submarine-cable",))])
def test_tiles_hold_every_point(reader: Reader, wanted: ProjectFilter) -> None:
    every = columns.columns(reader, "en")["places"]["project"] if not wanted else None
    whole = sum(said.get("count", 1) for _, _, said in tiles.points(reader, wanted, 0, 0, 0, "en"))
    assert every is None or whole == len(every)
    for zoom in (1, 2):
        parts = [tiles.points(reader, wanted, zoom, x, y, "en") for x in range(2**zoom) for y in range(2**zoom)]
        assert sum(said.get("count", 1) for part in parts for _, _, said in part) == whole
        assert all(0 <= across <= 1 and 0 <= down <= 1 for part in parts for across, down, _ in part)


def test_points_of_one_square_are_drawn_in_their_middle(reader: Reader) -> None:
    found = tiles.points(reader, ProjectFilter(), 0, 0, 0, "en")
    apart = [one for one in found if one[2].get("west") != one[2].get("east") and one[2].get("south") != one[2].get("north")]
    assert apart
    for across, down, said in apart:
        middle = position((said["west"] + said["east"]) / 2, (said["south"] + said["north"]) / 2)
        assert (across, down) == pytest.approx(middle)


def test_a_soft_place_is_as_wide_in_tiles_as_in_columns(reader: Reader) -> None:
    held = columns.columns(reader, "en")
    ids = [f"ovt-{held['ids'][at : at + 12]}" for at in range(0, len(held["ids"]), 12)]
    places = held["places"]
    in_columns = {
        (ids[project], places["softness"][precision], wide)
        for project, precision, wide in zip(places["project"], places["precision"], places["around"], strict=True)
    }
    single = [said for _, _, said in tiles.points(reader, ProjectFilter(), 0, 0, 0, "en") if "count" not in said]
    assert single and {(said["id"], said["softness"], said["around"]) for said in single} <= in_columns
    ((_, _, nairobi),) = tiles.points(reader, ProjectFilter(kind=("smart-city",)), 0, 0, 0, "en")
    assert (nairobi["id"], nairobi["softness"], nairobi["around"]) in in_columns
    assert nairobi["around"] == around("locality", 12, -1.2864) > around("locality", None, -1.2864), "as its source says"


def test_a_tile_over_http(client: Client) -> None:
    answer = client.get("/api/v1/explore/tiles/0/0/0?kind=smart-city")
    assert answer.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    ((x, y, said),) = decode(answer.content)
    assert (said["layer"], said["countries"], said["softness"]) == ("surveillance", "KE", 1)
    assert abs(x / EXTENT - (36.8172 / 360 + 0.5)) < 0.001 and y > EXTENT / 2
    assert client.get("/api/v1/explore/tiles/1/2/0").status_code == 404
    assert client.get("/api/v1/explore/tiles/0/0/0?kind=nope").status_code == 400
