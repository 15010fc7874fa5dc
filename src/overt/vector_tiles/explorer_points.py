"""A tile of points that are few and differ in what is said of them: the explorer's, and those of a request."""

from collections.abc import Iterable, Mapping

from overt.vector_tiles.mvt import TAIL, block, decimal, text, varint, whole, zigzag

_ONE_POINT = b"\x18\x01"
"""Of a feature: that it is of points."""
_MOVE_TO_ONE = b"\x09"
Value = str | int | float
Feature = tuple[int, int, Mapping[str, Value]]
"""Place in the tile, from its upper left corner, and properties."""


def encode(layer: str, features: Iterable[Feature]) -> bytes:
    """A tile of one layer; without features no layer at all."""
    keys: dict[str, int] = {}
    values: dict[bytes, int] = {}
    made = []
    for x, y, properties in features:
        tags = b"".join(
            varint(keys.setdefault(name, len(keys))) + varint(values.setdefault(_value(value), len(values)))
            for name, value in properties.items()
        )
        geometry = _MOVE_TO_ONE + varint(zigzag(x)) + varint(zigzag(y))
        made.append(block(2, block(2, tags) + _ONE_POINT + block(4, geometry)))
    if not made:
        return b""
    names = b"".join(block(3, name.encode()) for name in keys)
    return block(3, b"".join((block(1, layer.encode()), *made, names, *values, TAIL)))


def _value(value: Value) -> bytes:
    if isinstance(value, str):
        return text(value)
    return whole(value) if isinstance(value, int) else decimal(value)
