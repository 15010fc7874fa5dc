"""Which files of a directory play which role of a source."""

import os
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path


def match_files(directory: Path, patterns: Mapping[str, Sequence[str]]) -> dict[str, list[tuple[str, Path]]]:
    """For each role the files below `directory` whose path matches one of its globs, at any depth, in order of their names.

    A name is the path relative to `directory`, with slashes. Hidden files, `golden.jsonl` and symbolic links that lead out
    of the directory are passed over; a file plays at most the first role that it matches.
    """
    root = directory.resolve()
    names = []
    for parent, folders, files in os.walk(root):
        folders[:] = sorted(folder for folder in folders if not folder.startswith("."))
        names += [(Path(parent) / file).relative_to(root).as_posix() for file in files if not file.startswith(".")]
    found: dict[str, list[tuple[str, Path]]] = {role: [] for role in patterns}
    for name in sorted(names):
        for role, globs in patterns.items():
            if any(fnmatchcase(name, glob) or fnmatchcase(name, f"*/{glob}") for glob in globs):
                path = root / name
                if path.resolve().is_relative_to(root):
                    found[role].append((name, path))
                break
    return found
