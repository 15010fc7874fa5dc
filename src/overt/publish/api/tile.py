"""Vector tiles (Mapbox Vector Tile 2.1) of points: the little of the format that they need, see docs/decisions/0023."""

import struct
from collections.abc import Iterable, Mapping

EXTENT = 4096
"""Units across a tile."""
_POINT, _MOVE_TO_ONE = 1, 9
Value = str | int | float
Feature = tuple[int, int, Mapping[str, Value]]
"""Place in the tile, from its upper left corner, and properties."""


def encode(layer: str, features: Iterable[Feature]) -> bytes:
    """A tile of one layer; without features no layer at all."""
    keys: dict[str, int] = {}
    values: dict[tuple[type, Value], int] = {}
    made = []
    for x, y, properties in features:
        tags = b"".join(
            _varint(keys.setdefault(name, len(keys))) + _varint(values.setdefault((type(value), value), len(values)))
            for name, value in properties.items()
        )
        geometry = _varint(_MOVE_TO_ONE) + _varint(_zigzag(x)) + _varint(_zigzag(y))
        made.append(_bytes(2, _bytes(2, tags) + _number(3, _POINT) + _bytes(4, geometry)))
    if not made:
        return b""
    body = _bytes(1, layer.encode()) + b"".join(made)
    body += b"".join(_bytes(3, name.encode()) for name in keys)
    body += b"".join(_bytes(4, _value(value)) for _, value in values)
    return _bytes(3, body + _number(5, EXTENT) + _number(15, 2))


def _value(value: Value) -> bytes:
    if isinstance(value, str):
        return _bytes(1, value.encode())
    if isinstance(value, int):
        return _number(6, _zigzag(value))
    return b"\x19" + struct.pack("<d", value)


def _varint(value: int) -> bytes:
    made = bytearray()
    while value > 0x7F:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    made.append(value)
    return bytes(made)


def _zigzag(value: int) -> int:
    return value << 1 if value >= 0 else (-value << 1) - 1


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content
