"""The changes of countries, organisations and kinds from release to release, for their feeds."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

import orjson

from overt.index.history.record_and_figure_history import Stage
from overt.index.row_transfer import insert
from overt.model.content_catalogue import Catalogue
from overt.release.diff.change_subjects import PROJECT_KINDS, SubjectRules
from overt.release.diff.release_diff import Difference, ReleaseDiff, ReleaseSide, diff_releases

_COMPARED = ("records", "values", "claims", "members", "corrections", "withheld")
"""Tables from which differences of records are computed. If their files are equal in two releases, no record differs."""
_DESCRIBING = ("amount", "kind", "role", "status", "url", "year")
"""Properties of new records whose values feeds show."""
Row = tuple[str | int | None, ...]


def write_subject_changes(
    target: sqlite3.Connection, content: Catalogue, older: Sequence[Stage], newest: Stage, *, memory: str, spill: Path
) -> None:
    """Fill the tables `changes_between`, `changed_subjects` and `changed_names`.

    They contain the differences of records between each release and its predecessor, as in `overt diff`, without the reasons
    that editors wrote. `older`: the earlier releases, oldest first, all `readable`.
    """
    rules = SubjectRules.from_schema(content.schema, content.vocabularies[PROJECT_KINDS])
    for position, (before, after) in enumerate(pairwise([*older, newest]), 1):
        if _has_equal_tables(before, after):
            continue
        sides = [ReleaseSide(stage.release, stage.tables, stage.manifest) for stage in (before, after)]
        comparison = diff_releases(*sides, editors=False, subjects=rules, records_only=True, memory=memory, spill=spill)
        insert(target, "changes_between", list(_changes(position, comparison)))
        insert(target, "changed_subjects", sorted(set(_subjects(position, comparison))))
        insert(target, "changed_names", [(position, *pair) for pair in sorted(comparison.names.items())])


def _has_equal_tables(before: Stage, after: Stage) -> bool:
    old, new = (stage.manifest.get("tables", {}) for stage in (before, after))
    return all(name in old and old[name].get("sha256") == new.get(name, {}).get("sha256") for name in _COMPARED)


def _changes(position: int, comparison: ReleaseDiff) -> Iterator[Row]:
    for number, difference in enumerate(comparison.differences):
        yield position, number, difference.id, orjson.dumps(_stored(difference)).decode()


def _stored(difference: Difference) -> dict[str, object]:
    values = {name: texts for name, texts in (difference.values or {}).items() if name in _DESCRIBING}
    return {**asdict(difference), "values": values}


def _subjects(position: int, comparison: ReleaseDiff) -> Iterator[Row]:
    for number, difference in enumerate(comparison.differences):
        for subject in comparison.subjects.get(difference.id, ()):
            yield subject.kind, subject.id, position, number
