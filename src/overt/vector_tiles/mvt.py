"""Vector tiles (Mapbox Vector Tile 2.1): layers of points by the million, and of shapes one by one."""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from overt.queries.project_arrays import Array

EXTENT = 4096
"""Units across a tile."""
TAIL = b"\x28\x80\x20\x78\x02"
"""Of a layer: its extent, and that it is of version 2."""
_LINE, _CLOSE = 2, 15
_SMALL = [bytes((value,)) for value in range(0x80)]
Ring = Sequence[tuple[int, int]]
Part = tuple[Literal[2, 3], Sequence[Ring]]
"""A line (2) with its parts or a polygon (3) with its rings, in units of the tile."""


@dataclass(frozen=True)
class Column:
    """A property of points: of each point the place of its value in `values`, or -1 where it has none."""

    name: str
    codes: Array
    values: Sequence[bytes]
    """As `text` and `whole` make them."""


def text(value: str) -> bytes:
    """A value of a layer's list."""
    inner = block(1, value.encode())
    return block(4, inner)


def whole(value: int) -> bytes:
    """A value of a layer's list."""
    return block(4, b"\x30" + varint(zigzag(value)))


def decimal(value: float) -> bytes:
    """A value of a layer's list, as a number of eight bytes."""
    return block(4, b"\x19" + struct.pack("<d", value))


def zigzag(value: int) -> int:
    """A number as one that is not below zero, small where it is near zero."""
    return value << 1 if value >= 0 else (-value << 1) - 1


def point_layers(layer: str, tiles: Array, x: Array, y: Array, columns: Sequence[Column]) -> Iterator[tuple[int, bytes]]:
    """Of each tile that has points its number and its layer. The points stand in the order of their tiles; `x`, `y`: where in
    the tile, 0 to 4096; at most 20 columns.
    """
    if not len(tiles):
        return
    begins = np.flatnonzero(np.append(True, tiles[1:] != tiles[:-1]))
    ordinal = np.cumsum(np.append(False, tiles[1:] != tiles[:-1]))
    every, local, ids, value_starts = _values(ordinal, columns)
    features, ends = _features(x, y, [column.codes >= 0 for column in columns], local)
    feature_ends = np.append(0, ends)[np.append(begins, len(tiles))].tolist()
    head = block(1, layer.encode())
    keys = b"".join(block(3, column.name.encode()) for column in columns)
    starts = value_starts.tolist()
    held = [every[value] for value in ids.tolist()]
    for at, tile in enumerate(tiles[begins].tolist()):
        inner = (head, features[feature_ends[at] : feature_ends[at + 1]], keys, *held[starts[at] : starts[at + 1]], TAIL)
        yield tile, block(3, b"".join(inner))


def _values(ordinal: Array, columns: Sequence[Column]) -> tuple[list[bytes], list[Array], Array, Array]:
    """All values; of each column the places of its values among those of the tile; the values of the tiles, each once, and
    where those of each tile begin.
    """
    every: list[bytes] = []
    keys, rows = [], []
    many = sum(len(column.values) for column in columns)
    for column in columns:
        has = np.flatnonzero(column.codes >= 0)
        keys.append(ordinal[has] * many + (column.codes[has].astype(np.int64) + len(every)))
        rows.append(has)
        every += column.values
    whole_keys, inverse = np.unique(np.concatenate(keys), return_inverse=True)
    starts = np.searchsorted(whole_keys, np.arange(int(ordinal[-1]) + 2, dtype=np.int64) * many)
    local, done = [], 0
    for has in rows:
        held = np.zeros(len(ordinal), np.int64)
        held[has] = inverse[done : done + len(has)] - starts[ordinal[has]]
        local.append(held)
        done += len(has)
    return every, local, whole_keys % many, starts


def _features(x: Array, y: Array, present: Sequence[Array], local: Sequence[Array]) -> tuple[bytes, Array]:
    """All features one after the other, and where each ends. A row of bytes for each, of which only those meant are kept."""
    many = len(x)
    tags = []
    for key, (has, held) in enumerate(zip(present, local, strict=True)):
        numbers, kept = _varints(held, 4)
        first = np.full((many, 1), key, np.uint8)
        tags.append(_Rows(np.hstack((first, numbers)), np.hstack((np.ones((many, 1), bool), kept)) & has[:, None]))
    place = [_Rows(*_varints(axis << 1, 2)) for axis in (x, y)]
    tag_bytes = sum((one.kept.sum(axis=1) for one in tags), np.zeros(many, np.int64))
    place_bytes = 1 + sum((one.kept.sum(axis=1) for one in place), np.zeros(many, np.int64))
    always = np.ones((many, 1), bool)

    def fixed(value: int | Array) -> Array:
        return np.broadcast_to(np.asarray(value, np.uint8).reshape(-1, 1), (many, 1))

    head = [fixed(0x12), fixed(tag_bytes + place_bytes + 6), fixed(0x12), fixed(tag_bytes)]
    middle = [fixed(0x18), fixed(1), fixed(0x22), fixed(place_bytes), fixed(9)]
    held = np.concatenate([*head, *(one.held for one in tags), *middle, *(one.held for one in place)], axis=1)
    kept = np.concatenate([*[always] * 4, *(one.kept for one in tags), *[always] * 5, *(one.kept for one in place)], axis=1)
    return held[kept].tobytes(), np.cumsum(tag_bytes + place_bytes + 8)


class _Rows(NamedTuple):
    """Rows of bytes, and which of them are meant."""

    held: Array
    kept: Array


def _varints(values: Array, most: int) -> tuple[Array, Array]:
    """Numbers as Protocol Buffers write them in at most so many bytes: a row for each, and what of it is meant."""
    held, kept = np.empty((len(values), most), np.uint8), np.empty((len(values), most), bool)
    for at in range(most):
        left = values >> 7 * at
        held[:, at] = left & 0x7F | (left > 0x7F) << 7
        kept[:, at] = (left > 0) | (at == 0)
    return held, kept


class ShapeLayer:
    """Layers of lines and polygons, each with the place of its properties among these."""

    def __init__(self, name: str, properties: Sequence[Mapping[str, str | int]]) -> None:
        names = list(dict.fromkeys(key for one in properties for key in one))
        self._head, self._keys = block(1, name.encode()), b"".join(block(3, key.encode()) for key in names)
        self._said = [
            [(varint(names.index(key)), text(value) if isinstance(value, str) else whole(value)) for key, value in one.items()]
            for one in properties
        ]

    def layer(self, parts: Sequence[tuple[int, Part]]) -> bytes:
        """The layer of a tile."""
        values: dict[bytes, int] = {}
        features = []
        for at, (kind, rings) in parts:
            tags = b"".join(key + varint(values.setdefault(value, len(values))) for key, value in self._said[at])
            features.append(block(2, block(2, tags) + (b"\x18\x02", b"\x18\x03")[kind - 2] + block(4, _geometry(kind, rings))))
        return block(3, b"".join((self._head, *features, self._keys, *values, TAIL)))


def _geometry(kind: int, rings: Sequence[Ring]) -> bytes:
    made = bytearray()
    x = y = 0
    for ring in rings:
        steps = ring[:-1] if kind == 3 else ring
        for at, (across, down) in enumerate(steps):
            if at == 0:
                made += b"\x09"
            elif at == 1:
                made += varint((len(steps) - 1) << 3 | _LINE)
            for step in (across - x, down - y):
                number = zigzag(step)
                while number > 0x7F:
                    made.append(number & 0x7F | 0x80)
                    number >>= 7
                made.append(number)
            x, y = across, down
        if kind == 3:
            made.append(_CLOSE)
    return bytes(made)


def varint(value: int) -> bytes:
    """A number, not below zero, as Protocol Buffers write it."""
    if value < 0x80:
        return _SMALL[value]
    made = bytearray()
    while value > 0x7F:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    made.append(value)
    return bytes(made)


def block(field: int, content: bytes) -> bytes:
    """A field of bytes, as Protocol Buffers write it."""
    return varint(field << 3 | 2) + varint(len(content)) + content
