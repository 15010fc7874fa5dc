"""Imports the files of a directory without an archive, for samples, editions, benchmarks and dry runs."""

from pathlib import Path

from overt.archive import match_files
from overt.importing.readers.input_file import InputFile
from overt.importing.snapshot_importer_run import Outcome, run_source
from overt.model.content_catalogue import Catalogue
from overt.model.errors import UsageError
from overt.model.files.file_digests import sha256_file


def folder_files(content: Catalogue, slug: str, folder: Path) -> dict[str, list[InputFile]]:
    """Return the files of a directory, or a single file, by role, in the form that an import expects.

    A role without a file has an empty list. Raises ArchiveError as `match_files` does.
    """
    patterns = {role: spec.patterns for role, spec in content.sources[slug].files.items()}
    return {
        role: [InputFile(role, name, sha256_file(path), path) for name, path in matches]
        for role, matches in match_files(folder, patterns).items()
    }


def import_folder(content: Catalogue, slug: str, folder: Path, *, complete: bool = False) -> Outcome:
    """Import the files of a directory, or a single file, reporting rows with problems.

    `complete`: as for `run_source`. Raises the errors of `folder_files` and `run_source`.
    """
    return run_source(slug, content, folder_files(content, slug, folder), complete=complete)


def unarchived_files(content: Catalogue, source: str, path: Path) -> dict[str, list[InputFile]]:
    """Return the files of a source in a folder, or the file at a path, by role.

    Raises UsageError if there are none, or several for a role that takes only one, and ArchiveError as `match_files` does.
    """
    files = {role: matches for role, matches in folder_files(content, source, path).items() if matches}
    specs = content.sources[source].files
    if not files:
        patterns = ", ".join(pattern for spec in specs.values() for pattern in spec.patterns)
        raise UsageError(
            f"{path}: is not a file of {source}, or has none (it looks for {patterns}, as `patterns:` of source.yml says)"
        )
    for role, matches in files.items():
        if len(matches) > 1 and not specs[role].many:
            names = ", ".join(file.name for file in matches[:3])
            raise UsageError(
                f"{source}: {len(matches)} files could be {role!r} ({names}); name one of them, or a narrower folder"
            )
    return files
