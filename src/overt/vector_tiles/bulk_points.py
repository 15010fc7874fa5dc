"""Encode layers of millions of points: all tiles of a zoom level at once, with arrays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from overt.queries.projects_in_memory import Array
from overt.vector_tiles.mvt import LAYER_TAIL
from overt.vector_tiles.protobuf import encode_bytes_field


@dataclass(frozen=True)
class PropertyColumn:
    """The values of one property for all points."""

    name: str
    codes: Array
    """For each point, the index of its value in `values`, or -1."""
    values: Sequence[bytes]
    """Values, encoded by `encode_string` or `encode_int`."""


def encode_point_layers(
    layer: str, tiles: Array, x: Array, y: Array, columns: Sequence[PropertyColumn]
) -> Iterator[tuple[int, bytes]]:
    """Encode a layer for each tile that has points; yield tile numbers and layers.

    `tiles`: the tile number of each point, sorted. `x`, `y`: each point's position in its tile, from 0 to EXTENT. `columns`: at
    most 20.
    """
    if not len(tiles):
        return
    begins = np.flatnonzero(np.append(True, tiles[1:] != tiles[:-1]))
    ordinals = np.cumsum(np.append(False, tiles[1:] != tiles[:-1]))
    values, local_codes, value_ids, value_starts = _number_values(ordinals, columns)
    features, ends = _encode_features(x, y, [column.codes >= 0 for column in columns], local_codes)
    feature_ends = np.append(0, ends)[np.append(begins, len(tiles))].tolist()
    name = encode_bytes_field(1, layer.encode())
    keys = b"".join(encode_bytes_field(3, column.name.encode()) for column in columns)
    starts = value_starts.tolist()
    tile_values = [values[value] for value in value_ids.tolist()]
    for index, tile in enumerate(tiles[begins].tolist()):
        tile_features = features[feature_ends[index] : feature_ends[index + 1]]
        fields = (name, tile_features, keys, *tile_values[starts[index] : starts[index + 1]], LAYER_TAIL)
        yield tile, encode_bytes_field(3, b"".join(fields))


def _number_values(ordinals: Array, columns: Sequence[PropertyColumn]) -> tuple[list[bytes], list[Array], Array, Array]:
    """Number the values within each tile.

    Return four items:

    - the values of all columns
    - for each column, the number of each point's value within the point's tile
    - for one tile after another, the tile's values as indexes into the first item
    - for each tile, the position of its first value in the third item
    """
    values: list[bytes] = []
    keys, point_indexes = [], []
    total = sum(len(column.values) for column in columns)
    for column in columns:
        present = np.flatnonzero(column.codes >= 0)
        keys.append(ordinals[present] * total + (column.codes[present].astype(np.int64) + len(values)))
        point_indexes.append(present)
        values += column.values
    unique_keys, inverse = np.unique(np.concatenate(keys), return_inverse=True)
    starts = np.searchsorted(unique_keys, np.arange(int(ordinals[-1]) + 2, dtype=np.int64) * total)
    local_codes, done = [], 0
    for present in point_indexes:
        codes = np.zeros(len(ordinals), np.int64)
        codes[present] = inverse[done : done + len(present)] - starts[ordinals[present]]
        local_codes.append(codes)
        done += len(present)
    return values, local_codes, unique_keys % total, starts


class _ByteRows(NamedTuple):
    """A row of bytes for each point, with a mask of the bytes that are part of the encoding."""

    data: Array
    mask: Array


def _encode_features(x: Array, y: Array, present: Sequence[Array], codes: Sequence[Array]) -> tuple[bytes, Array]:
    """Encode all features one after another. Return the bytes, and the position where each feature ends."""
    count = len(x)
    tags = []
    for key, (has, values) in enumerate(zip(present, codes, strict=True)):
        varints = _encode_varints(values, 4)
        key_byte = np.full((count, 1), key, np.uint8)
        mask = np.hstack((np.ones((count, 1), bool), varints.mask)) & has[:, None]
        tags.append(_ByteRows(np.hstack((key_byte, varints.data)), mask))
    steps = [_encode_varints(axis << 1, 2) for axis in (x, y)]
    tag_lengths = sum((rows.mask.sum(axis=1) for rows in tags), np.zeros(count, np.int64))
    geometry_lengths = 1 + sum((rows.mask.sum(axis=1) for rows in steps), np.zeros(count, np.int64))
    always = np.ones((count, 1), bool)

    def fixed(value: int | Array) -> Array:
        return np.broadcast_to(np.asarray(value, np.uint8).reshape(-1, 1), (count, 1))

    head = [fixed(0x12), fixed(tag_lengths + geometry_lengths + 6), fixed(0x12), fixed(tag_lengths)]
    middle = [fixed(0x18), fixed(1), fixed(0x22), fixed(geometry_lengths), fixed(9)]
    data = np.concatenate([*head, *(rows.data for rows in tags), *middle, *(rows.data for rows in steps)], axis=1)
    mask = np.concatenate([*[always] * 4, *(rows.mask for rows in tags), *[always] * 5, *(rows.mask for rows in steps)], axis=1)
    return data[mask].tobytes(), np.cumsum(tag_lengths + geometry_lengths + 8)


def _encode_varints(values: Array, size: int) -> _ByteRows:
    """Encode non-negative integers as varints of at most `size` bytes."""
    data, mask = np.empty((len(values), size), np.uint8), np.empty((len(values), size), bool)
    for at in range(size):
        rest = values >> 7 * at
        data[:, at] = rest & 0x7F | (rest > 0x7F) << 7
        mask[:, at] = (rest > 0) | (at == 0)
    return _ByteRows(data, mask)
