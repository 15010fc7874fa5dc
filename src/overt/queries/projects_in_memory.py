"""Projects as arrays, in the form that `overt.index.project_arrays` writes."""

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
"""A flag for each project, by its number. Projects are numbered in the order of their names."""
_MAX_MASK_BYTES = 48_000_000
"""Maximum total size of the cached masks. Caching pays off because clients request the tiles and pages of one filter together.
"""


@dataclass(frozen=True)
class Facet:
    """The projects with each value of a facet.

    The projects with the value at index `n` are `numbers[starts[n]:starts[n + 1]]`.
    """

    values: Mapping[str, int]
    starts: Array
    numbers: Array

    def projects_with(self, value: str) -> Array:
        """Return the numbers of the projects with a value."""
        at = self.values.get(value)
        return self.numbers[:0] if at is None else self.numbers[self.starts[at] : self.starts[at + 1]]

    def counts(self, mask: Mask, also: Mask | None = None) -> dict[str, int]:
        """Count the projects of a mask by value, leaving out values without projects.

        `also`: further flags, for the elements of `numbers`. Only elements with a true flag count.
        """
        if not len(self.numbers):
            return {}
        flags = mask[self.numbers] if also is None else mask[self.numbers] & also
        sums = np.add.reduceat(flags, self.starts[:-1], dtype=np.int64).tolist()
        return {value: count for value, count in zip(self.values, sums, strict=True) if count}


@dataclass
class Vectors:
    """All arrays of a release by name, and a cache of masks."""

    arrays: Mapping[str, Any]
    _masks: "OrderedDict[Hashable, Mask]" = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __getitem__(self, name: str) -> Array:
        return self.arrays[name]  # type: ignore[no-any-return]

    @cached_property
    def facets(self) -> Mapping[str, Facet]:
        """The facets, by the name of their parameter."""
        facets = {}
        for name in (key.removesuffix(".values") for key in self.arrays if key.endswith(".values")):
            values = {value: at for at, value in enumerate(self.arrays[f"{name}.values"])}
            facets[name] = Facet(values, self[f"{name}.starts"], self[f"{name}.numbers"])
        return facets

    @cached_property
    def every(self) -> Mask:
        """A mask of all projects."""
        return np.ones(len(self["ids"]), bool)

    @cached_property
    def in_a_country(self) -> Mask:
        """A mask of the projects in at least one country."""
        return self.mask(self["country.numbers"])

    def ids(self, numbers: Array) -> list[str]:
        """Return the ids of projects by their numbers."""
        return [identity.decode() for identity in self["ids"][numbers].tolist()]

    def ids_after(self, mask: Mask, after: str, limit: int) -> list[str]:
        """Return up to `limit` sorted ids of projects in a mask, starting after the id `after`."""
        by_id = self["by_id"]
        begin = int(np.searchsorted(self["ids"], np.array(after.encode(errors="replace"), "S16"), side="right", sorter=by_id))
        rest = by_id[begin:]
        return self.ids(rest[mask[rest]][:limit])

    def numbers(self, ids: Iterable[str]) -> Array:
        """Return the numbers of projects by their ids, all of which must be in the release."""
        by_id, keys = self["by_id"], np.array(list(ids), "S16")
        numbers: Array = by_id[np.searchsorted(self["ids"], keys, sorter=by_id)] if len(keys) else by_id[:0]
        return numbers

    def mask(self, *numbers: Array) -> Mask:
        """Return a mask of the projects with these numbers."""
        mask = np.zeros(len(self["ids"]), bool)
        for part in numbers:
            mask[part] = True
        return mask

    def mask_of(self, ids: Iterable[str]) -> Mask:
        """Return a mask of the projects with these ids, all of which must be in the release."""
        return self.mask(self.numbers(ids))

    def cached_mask(self, key: Hashable) -> Mask | None:
        """Return the mask cached under a key; None if it isn't cached."""
        with self._lock:
            if (mask := self._masks.get(key)) is not None:
                self._masks.move_to_end(key)
            return mask

    def cache_mask(self, key: Hashable, mask: Mask) -> None:
        """Cache a mask, and drop the least recently used masks if all together take too much memory."""
        with self._lock:
            self._masks[key] = mask
            while len(self._masks) > 1 and len(self._masks) * mask.nbytes > _MAX_MASK_BYTES:
                self._masks.popitem(last=False)


def load_vectors(rows: Iterable[Mapping[str, Any]]) -> Vectors:
    """Return the arrays that rows of the table `vectors` store."""
    return Vectors(
        {
            row["name"]: orjson.loads(row["data"]) if row["kind"] == "json" else np.frombuffer(row["data"], row["kind"])
            for row in rows
        }
    )
