"""Finds the files in a folder that sources need, by source and role (a key under `files:` in source.yml)."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from overt.archive import list_files, match_files
from overt.model.source import SourceSpec

FilesByRole = dict[str, list[tuple[str, Path]]]
"""Files of a source by role: each with its path below a directory, and its full path."""


def matching_files(specs: Iterable[SourceSpec], directory: Path) -> dict[str, FilesByRole]:
    """Return the files below a directory that match a role of one of these sources, by source and role.

    Roles without files are left out. `directory` may also be a file. Raises the errors of `match_files`.
    """
    specs = list(specs)
    matched = match_files(directory, {(spec.slug, role): file.patterns for spec in specs for role, file in spec.files.items()})
    return {spec.slug: {role: files for role in spec.files if (files := matched[spec.slug, role])} for spec in specs}


def count_unmatched(directory: Path, matched: Mapping[str, FilesByRole]) -> int:
    """Return the number of files below a directory that `matching_files` assigned to no role of any source."""
    names = {name for by_role in matched.values() for files in by_role.values() for name, _ in files}
    return sum(name not in names for name, _ in list_files(directory))
