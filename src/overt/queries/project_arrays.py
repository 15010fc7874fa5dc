"""The arrays of a release, as `serve/vectors.py` wrote them."""

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

Array = NDArray[Any]
Mask = NDArray[np.bool_]
"""Of each project, in the order of their names, whether it is meant."""
_KEPT = 48_000_000
"""Bytes of masks that are kept: tiles and pages of one filter come together."""


@dataclass(frozen=True)
class Facet:
    """The projects that have each value of a facet: those of the value at `n` are `numbers[starts[n]:starts[n + 1]]`."""

    values: Mapping[str, int]
    starts: Array
    numbers: Array

    def of(self, value: str) -> Array:
        """The projects that have a value."""
        at = self.values.get(value)
        return self.numbers[:0] if at is None else self.numbers[self.starts[at] : self.starts[at + 1]]

    def counts(self, mask: Mask, also: Mask | None = None) -> dict[str, int]:
        """How many of the projects meant have each value, of those that any has; `also`: a test of each of `numbers`."""
        if not len(self.numbers):
            return {}
        held = mask[self.numbers] if also is None else mask[self.numbers] & also
        sums = np.add.reduceat(held, self.starts[:-1], dtype=np.int64).tolist()
        return {value: count for value, count in zip(self.values, sums, strict=True) if count}


@dataclass
class Vectors:
    """All arrays of a release, by name, and the masks that were asked for last."""

    arrays: Mapping[str, Any]
    _masks: "OrderedDict[Hashable, Mask]" = field(default_factory=OrderedDict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def __getitem__(self, name: str) -> Array:
        return self.arrays[name]  # type: ignore[no-any-return]

    @cached_property
    def facets(self) -> Mapping[str, Facet]:
        """The facets, by the name of their parameter."""
        found = {}
        for name in (key.removesuffix(".values") for key in self.arrays if key.endswith(".values")):
            values = {value: at for at, value in enumerate(self.arrays[f"{name}.values"])}
            found[name] = Facet(values, self[f"{name}.starts"], self[f"{name}.numbers"])
        return found

    @cached_property
    def every(self) -> Mask:
        """All projects."""
        return np.ones(len(self["ids"]), bool)

    @cached_property
    def in_a_country(self) -> Mask:
        """The projects that are known to be in any country."""
        return self.marked(self["country.numbers"])

    def ids(self, numbers: Array) -> list[str]:
        """The ids of projects."""
        return [identity.decode() for identity in self["ids"][numbers].tolist()]

    def ids_after(self, mask: Mask, after: str, limit: int) -> list[str]:
        """The ids of the projects of a mask that come after one, in their order; `limit` at most."""
        by_id = self["by_id"]
        begin = int(np.searchsorted(self["ids"], np.array(after, "S16"), side="right", sorter=by_id))
        rest = by_id[begin:]
        return self.ids(rest[mask[rest]][:limit])

    def numbers(self, ids: Iterable[str]) -> Array:
        """The numbers of projects by their ids, all of which are in the release."""
        by_id, wanted = self["by_id"], np.array(list(ids), "S16")
        found: Array = by_id[np.searchsorted(self["ids"], wanted, sorter=by_id)] if len(wanted) else by_id[:0]
        return found

    def marked(self, *numbers: Array) -> Mask:
        """A mask of these projects."""
        mask = np.zeros(len(self["ids"]), bool)
        for held in numbers:
            mask[held] = True
        return mask

    def kept(self, key: Hashable) -> Mask | None:
        """The mask that was made for a key, if it is still there."""
        with self._guard:
            if (mask := self._masks.get(key)) is not None:
                self._masks.move_to_end(key)
            return mask

    def keep(self, key: Hashable, mask: Mask) -> None:
        """Keep a mask; those that nobody asked for the longest go."""
        with self._guard:
            self._masks[key] = mask
            while len(self._masks) > 1 and len(self._masks) * mask.nbytes > _KEPT:
                self._masks.popitem(last=False)


def load_vectors(rows: Iterable[Mapping[str, Any]]) -> Vectors:
    """All arrays, out of the rows of the table `vectors`."""
    return Vectors(
        {
            row["name"]: orjson.loads(row["held"]) if row["kind"] == "json" else np.frombuffer(row["held"], row["kind"])
            for row in rows
        }
    )
