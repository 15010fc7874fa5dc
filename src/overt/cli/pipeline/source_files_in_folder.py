"""Files of a folder that match the roles of sources."""

from collections.abc import Iterable
from pathlib import Path

from overt.archive import match_files
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
