"""Checks the records of an import.

Each record must have one type and the properties that its type requires. Each reference must point to an existing record.
"""

from collections import Counter
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from overt.importing.errors import FileProblem
from overt.importing.places.places_located_by_other_rows import drop_refuted_unlocated
from overt.importing.sorted_claims import ORDINAL, changes, pc
from overt.importing.sorted_runs import SortedRuns
from overt.model.claim import CLAIMS
from overt.model.errors import ContentError
from overt.model.schema import Schema

TARGETS = pa.schema([CLAIMS.field(name) for name in ("value", "record", "property")] + [ORDINAL])
"""Columns of the references to records of the same source."""


class RecordCheck:
    """Checks the claims of a source and counts its records. Errors name the first invalid record in the import.

    Without `has_problems`, an incomplete record and a reference to a missing record are errors. With `has_problems`, the missing
    row may have been refused, so incomplete records are dropped and references are not checked.
    """

    def __init__(self, slug: str, schema: Schema, folder: Path, *, has_problems: bool) -> None:
        self._slug = slug
        self._has_problems = has_problems
        self._required = {
            name: [property_.name for property_ in record_type.properties.values() if property_.required]
            for name, record_type in schema.types.items()
        }
        self.records: Counter[str] = Counter()
        """Number of records by type."""
        self._references = [
            f"{name} {property_.name}"
            for name, record_type in schema.types.items()
            for property_ in record_type.properties.values()
            if property_.type == "record"
        ]
        self._targets = SortedRuns("targets", TARGETS, folder, TARGETS.names)
        self._two_types: tuple[int, str, str, str] | None = None
        """Position in the import, record and types of the first claim that gives a record a second type."""
        self._incomplete: tuple[int, str, str, str] | None = None
        """Position in the import, record, missing property and type of the first incomplete record."""

    def complete(self, table: pa.Table) -> pa.Table:
        """Return the rows of complete records, except those that `drop_refuted_unlocated` drops.

        Without `has_problems`, incomplete records are returned too; `finish` refuses them.
        """
        table = drop_refuted_unlocated(table)
        starts = np.flatnonzero(changes(table["record"]).to_numpy(zero_copy_only=False))
        types = table["type"].combine_chunks().dictionary_encode()
        codes, names = types.indices.to_numpy(), [str(name) for name in types.dictionary.to_pylist()]
        differs = np.flatnonzero(np.diff(codes)) + 1
        if len(mixed := differs[~np.isin(differs, starts)]):
            self._find_two_types(table.filter(pc.is_in(table["record"], value_set=table["record"].take(mixed).combine_chunks())))
        if not self._has_problems:
            self._collect_targets(table)
        stated, required = self._property_bits(table, names, codes)
        missing = required[codes[starts]] & ~np.bitwise_or.reduceat(stated, starts)
        passed = missing == 0
        if not passed.all() and not self._has_problems:
            self._find_incomplete(table, starts, missing)
            passed[:] = True
        counts = np.bincount(codes[starts][passed], minlength=len(names))
        self.records.update({name: int(count) for name, count in zip(names, counts, strict=True) if count})
        if passed.all():
            return table
        return table.filter(pa.array(np.repeat(passed, np.diff([*starts, len(table)]))))

    def _property_bits(
        self, table: pa.Table, names: list[str], codes: npt.NDArray[Any]
    ) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
        """Return each claim's property as a bit among the required properties of its type, and the bits of all required
        properties of each type in `names`.
        """
        properties = table["property"].combine_chunks().dictionary_encode()
        bits = np.zeros((len(names), len(properties.dictionary)), dtype=np.uint64)
        for row, name in enumerate(names):
            for column, property_ in enumerate(properties.dictionary.to_pylist()):
                if property_ in self._required[name]:
                    bits[row, column] = 1 << self._required[name].index(property_)
        required = np.array([(1 << len(self._required[name])) - 1 for name in names], dtype=np.uint64)
        return bits[codes, properties.indices.to_numpy()], required

    def _find_incomplete(self, table: pa.Table, starts: npt.NDArray[Any], missing: npt.NDArray[np.uint64]) -> None:
        ordinals = np.minimum.reduceat(table["ordinal"].to_numpy(), starts)
        for index in np.flatnonzero(missing):
            ordinal = int(ordinals[index])
            if self._incomplete is None or ordinal < self._incomplete[0]:
                row, bits = int(starts[index]), int(missing[index])
                type_ = table["type"][row].as_py()
                property_ = self._required[type_][(bits & -bits).bit_length() - 1]
                self._incomplete = (ordinal, table["record"][row].as_py(), property_, type_)

    def _find_two_types(self, table: pa.Table) -> None:
        first: dict[str, str] = {}
        for row in sorted(table.select(["ordinal", "record", "type"]).to_pylist(), key=itemgetter("ordinal")):
            if first.setdefault(row["record"], row["type"]) != row["type"]:
                error = (row["ordinal"], row["record"], first[row["record"]], row["type"])
                self._two_types = min(self._two_types or error, error)
                return

    def _collect_targets(self, table: pa.Table) -> None:
        names = pc.binary_join_element_wise(table["type"], table["property"], " ")
        is_reference = pc.is_in(names, value_set=pa.array(self._references, pa.string()))
        is_own = pc.starts_with(table["value"], pattern=f"{self._slug}:")
        self._targets.add(table.filter(pc.and_(is_reference, is_own)).select(TARGETS.names))

    def finish(self, records: SortedRuns) -> None:
        """Raise ContentError for a record with two types; FileProblem for an incomplete record or a reference to a missing
        record.
        """
        if self._two_types is not None:
            _, record, first, second = self._two_types
            raise ContentError(f"{self._slug}: {record} has two types, {first} and {second}; give one key a prefix")
        if self._incomplete is not None:
            _, record, property_, type_ = self._incomplete
            raise FileProblem(f"{self._slug}: {record} has no {property_}, which every {type_} needs; is the file complete?")
        dangling: list[tuple[int, str, str, str]] = []
        for targets in self._targets.read():
            known = records.between(targets["value"][0].as_py(), targets["value"][-1].as_py())["record"].combine_chunks()
            missing = targets.filter(pc.invert(pc.is_in(targets["value"], value_set=known))).sort_by("ordinal").slice(0, 1)
            dangling += ((row["ordinal"], row["record"], row["value"], row["property"]) for row in missing.to_pylist())
            dangling = sorted(dangling)[:1]
        for _, record, target, property_ in dangling:
            raise FileProblem(
                f"{self._slug}: {record} names {target} as its {property_}, which no row makes; is the file complete?"
            )
