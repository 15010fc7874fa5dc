"""Encode Mapbox Vector Tile 2.1: values, layers of a few points, and layers of lines and polygons."""

import struct
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from overt.vector_tiles.protobuf import encode_bytes_field, encode_varint, zigzag

EXTENT = 4096
"""Number of units across a tile."""
LAYER_TAIL = b"\x28\x80\x20\x78\x02"
"""The last two fields of a layer: its extent, and version 2."""
_POINT_TYPE, _LINE_TYPE, _POLYGON_TYPE = b"\x18\x01", b"\x18\x02", b"\x18\x03"
_MOVE_TO_ONE, _LINE_TO, _CLOSE_PATH = b"\x09", 2, 15
Ring = Sequence[tuple[int, int]]
TileGeometry = tuple[Literal[2, 3], Sequence[Ring]]
"""A line (2) and its parts, or a polygon (3) and its rings, in tile units."""
Value = str | int | float
PointFeature = tuple[int, int, Mapping[str, Value]]
"""x and y in tile units, from the upper left corner, and the properties."""


def encode_string(value: str) -> bytes:
    """Encode a string as a value of an MVT layer: a `Value` message in field 4 (Mapbox Vector Tile 2.1, section 4.4)."""
    return encode_bytes_field(4, encode_bytes_field(1, value.encode()))


def encode_int(value: int) -> bytes:
    """Encode an integer as a value of an MVT layer (sint64, ZigZag)."""
    return encode_bytes_field(4, b"\x30" + encode_varint(zigzag(value)))


def encode_double(value: float) -> bytes:
    """Encode a float as a value of an MVT layer (double, eight bytes)."""
    return encode_bytes_field(4, b"\x19" + struct.pack("<d", value))


def encode_point_layer(layer: str, features: Iterable[PointFeature]) -> bytes:
    """Encode a layer of a few points with properties. Without features, return `b""`."""
    keys: dict[str, int] = {}
    values: dict[bytes, int] = {}
    encoded = []
    for x, y, properties in features:
        tags = b"".join(
            encode_varint(keys.setdefault(name, len(keys))) + encode_varint(values.setdefault(_encode_value(value), len(values)))
            for name, value in properties.items()
        )
        geometry = _MOVE_TO_ONE + encode_varint(zigzag(x)) + encode_varint(zigzag(y))
        encoded.append(encode_bytes_field(2, encode_bytes_field(2, tags) + _POINT_TYPE + encode_bytes_field(4, geometry)))
    if not encoded:
        return b""
    names = b"".join(encode_bytes_field(3, key.encode()) for key in keys)
    return encode_bytes_field(3, b"".join((encode_bytes_field(1, layer.encode()), *encoded, names, *values, LAYER_TAIL)))


def _encode_value(value: Value) -> bytes:
    if isinstance(value, str):
        return encode_string(value)
    return encode_int(value) if isinstance(value, int) else encode_double(value)


class ShapeLayerEncoder:
    """Encodes a layer of lines and polygons, tile by tile. A shape is identified by its index in `properties`."""

    def __init__(self, name: str, properties: Sequence[Mapping[str, str | int]]) -> None:
        keys = list(dict.fromkeys(key for row in properties for key in row))
        self._name = encode_bytes_field(1, name.encode())
        self._keys = b"".join(encode_bytes_field(3, key.encode()) for key in keys)
        self._tags = [
            [(encode_varint(keys.index(key)), _encode_value(value)) for key, value in row.items()] for row in properties
        ]

    def encode(self, geometries: Sequence[tuple[int, TileGeometry]]) -> bytes:
        """Encode the layer of one tile. `geometries`: the index of each shape that is in the tile, and its clipped geometry."""
        values: dict[bytes, int] = {}
        features = []
        for index, (kind, rings) in geometries:
            tags = b"".join(key + encode_varint(values.setdefault(value, len(values))) for key, value in self._tags[index])
            geometry_type = _LINE_TYPE if kind == 2 else _POLYGON_TYPE
            geometry = encode_bytes_field(4, _encode_geometry(kind, rings))
            features.append(encode_bytes_field(2, encode_bytes_field(2, tags) + geometry_type + geometry))
        return encode_bytes_field(3, b"".join((self._name, *features, self._keys, *values, LAYER_TAIL)))


def _encode_geometry(kind: int, rings: Sequence[Ring]) -> bytes:
    encoded = bytearray()
    x = y = 0
    for ring in rings:
        points = ring[:-1] if kind == 3 else ring
        for index, (to_x, to_y) in enumerate(points):
            if index == 0:
                encoded += _MOVE_TO_ONE
            elif index == 1:
                encoded += encode_varint((len(points) - 1) << 3 | _LINE_TO)
            for step in (to_x - x, to_y - y):  # Varints are encoded inline for speed, because a map has millions of points.
                number = zigzag(step)
                while number > 0x7F:
                    encoded.append(number & 0x7F | 0x80)
                    number >>= 7
                encoded.append(number)
            x, y = to_x, to_y
        if kind == 3:
            encoded.append(_CLOSE_PATH)
    return bytes(encoded)
