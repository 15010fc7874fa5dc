"""Fetches the files of sources into the archive."""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from overt.archive import Archive, FetchLimits, fetch_local
from overt.archive.current_day import today
from overt.cli.messages_and_progress import ProgressBar, messages
from overt.cli.pipeline.fetch_options import RetrievalDays
from overt.cli.pipeline.fetch_results import FetchResult, report_archived
from overt.cli.pipeline.shipped_source_fetch import fetch_edition
from overt.cli.pipeline.source_files_in_folder import FilesByRole, count_unmatched, matching_files
from overt.importing.snapshot_and_source_selection import Choices, unknown_source
from overt.importing.snapshot_importer_run import missing_roles
from overt.model.content_catalogue import Catalogue
from overt.model.errors import UsageError, format_count
from overt.model.source import SourceSpec
from overt.model.workspace import Workspace


def fetch_all(
    atlas: Workspace,
    archive: Archive,
    sources: list[str],
    directory: Path | None,
    retrieved: RetrievalDays,
    choices: Choices,
    bar: ProgressBar,
    *,
    shipped: bool = False,
) -> list[FetchResult]:
    """Fetch each source from `directory`, from what Overt ships, or from its publisher; report which sources are skipped.

    `sources`: empty for those listed in overt.toml or, if it lists none, for all. With `shipped`, sources that lack a required
    file in `directory` get the files that Overt ships. Overt's own registers always come with Overt. Files are downloaded from
    the publisher only if neither `directory` nor `shipped` is set. Sources that an editor removed are skipped unless they are
    named.

    Raises UsageError for an unknown source, for a named source that would be skipped, for a directory that doesn't exist or has
    no files of any source, for several files where a source takes only one, and if a publisher offers only some of the files.
    Also raises the errors of `fetch_http` and `fetch_local`.
    """
    if directory and not directory.exists():
        raise UsageError(f"{directory}: there is no such file or directory")
    content = atlas.content
    slugs = sources or atlas.settings.sources or sorted(content.sources)
    for slug in slugs:
        if slug not in content.sources:
            raise unknown_source(atlas, slug)
    local = matching_files([content.sources[slug] for slug in slugs], directory) if directory else {}
    if directory and not sources and not _has_foreign_files(content, local):
        rest = [spec for slug, spec in content.sources.items() if slug not in local]
        if not _has_foreign_files(content, matching_files(rest, directory)):
            raise UsageError(f"{directory}: holds no file of any source (`overt sources` says what each looks for)")

    def archived_day(slug: str) -> str:
        spec = content.sources[slug]
        is_incomplete = bool(missing_roles(spec, set(local.get(slug, ()))))
        if spec.edition and (spec.own or (shipped and is_incomplete)):
            return spec.edition.retrieved
        return retrieved.get(slug) or today()

    results = []
    # Older files first: if sources disagree, the archive's order decides whose value is newer.
    for slug in sorted(slugs, key=archived_day):
        spec = content.sources[slug]
        removed = slug in choices and choices[slug].snapshot is None
        if removed and not sources:
            result = FetchResult(slug, skipped=f"entry {choices[slug].sequence} removed it")
        elif spec.own and spec.edition:
            result = fetch_edition(atlas, archive, spec)
        elif directory:
            result = _from_directory(archive, spec, directory, local[slug], retrieved, bar)
            if result.skipped and shipped and spec.edition:
                result = fetch_edition(atlas, archive, spec)
        elif shipped:
            result = fetch_edition(atlas, archive, spec)
        else:
            result = _from_publisher(atlas, archive, spec, retrieved, bar)
        if result.skipped and sources:
            raise UsageError(f"{slug}: {result.skipped}")
        if result.skipped:
            messages.print(f"{slug}: skipped: {result.skipped}")
        results.append(result)
    if directory and (unmatched := count_unmatched(directory, local)):
        files = format_count(unmatched, "file")
        named = ", ".join(sources) or "any source"
        messages.print(f"left out: {files} below {directory} without a pattern of {named} (`overt sources` lists the patterns)")
    return results


def _has_foreign_files(content: Catalogue, files: Mapping[str, FilesByRole]) -> bool:
    """Return whether any of these files belongs to a source other than Overt's own registers."""
    return any(by_role for slug, by_role in files.items() if not content.sources[slug].own)


def _from_directory(
    archive: Archive,
    spec: SourceSpec,
    directory: Path,
    files_by_role: FilesByRole,
    retrieved: RetrievalDays,
    bar: ProgressBar,
) -> FetchResult:
    missing = missing_roles(spec, set(files_by_role))
    if missing:
        patterns = ", ".join(spec.files[missing[0]].patterns)
        ships = "; Overt ships it: --shipped takes that" if spec.edition else ""
        return FetchResult(spec.slug, skipped=f"no file for {missing[0]!r} in {directory} (it looks for {patterns}){ships}")
    for role, files in files_by_role.items():
        if len(files) > 1 and not spec.files[role].many:
            names = ", ".join(name for name, _ in files[:3])
            raise UsageError(
                f"{spec.slug}: {len(files)} files could be {role!r} ({names}); keep one, or name a narrower directory"
            )
    task = bar.add_task(spec.slug, total=None)
    snapshot, new = fetch_local(
        archive, spec.slug, files_by_role, licence=spec.licence, retrieved=retrieved.get(spec.slug),
        progress=lambda done, total: bar.update(task, completed=done, total=total),
    )  # fmt: skip
    bar.remove_task(task)
    return report_archived(spec.slug, snapshot, new, "directory")


def fetch_address(
    atlas: Workspace,
    archive: Archive,
    sources: list[str],
    address: str,
    retrieved: RetrievalDays,
    bar: ProgressBar,
    *,
    file_name: str | None = None,
) -> FetchResult:
    """Fetch one file of one source from an address.

    `file_name`: the file's name in the archive, instead of the last part of the address. The name decides the file's roles.
    Raises UsageError if `sources` is not one source, if the source has no such file, or if it needs other files too, and the
    errors of `fetch_http`.
    """
    if len(sources) != 1 or sources[0] not in atlas.content.sources:
        raise UsageError(f"{address}: name the one source that this file belongs to (`overt sources` lists them)")
    spec = atlas.content.sources[sources[0]]
    name = file_name or PurePosixPath(urlsplit(address).path).name
    roles = [
        role for role, file in spec.files.items() if any(fnmatchcase(name, PurePosixPath(glob).name) for glob in file.patterns)
    ]
    if not roles:
        patterns = ", ".join(glob for file in spec.files.values() for glob in file.patterns)
        hint = "" if file_name else "; if it is, say which by --as NAME"
        raise UsageError(f"{address}: {name!r} is not a file of {spec.slug} (it looks for {patterns}){hint}")
    return _download(atlas, archive, spec, dict.fromkeys(roles, address), retrieved, bar, file_name)


def _from_publisher(
    atlas: Workspace, archive: Archive, spec: SourceSpec, retrieved: RetrievalDays, bar: ProgressBar
) -> FetchResult:
    files = {role: file.address for role, file in spec.files.items() if file.address}
    if not files:
        ships = ", or --shipped for what Overt ships of it" if spec.edition else ""
        return FetchResult(
            spec.slug, skipped=f"its publisher has no stable address of the files; use --from DIR or --from ADDRESS{ships}"
        )
    return _download(atlas, archive, spec, files, retrieved, bar)


def _download(
    atlas: Workspace,
    archive: Archive,
    spec: SourceSpec,
    files: Mapping[str, str],
    retrieved: RetrievalDays,
    bar: ProgressBar,
    file_name: str | None = None,
) -> FetchResult:
    """Download files, given as addresses by role. `file_name`: their name in the archive, instead of the name in the address."""
    from overt.archive.guarded_transport import NetworkPolicy
    from overt.archive.http_fetch import RemoteFile, fetch_http  # Imported here because most fetches download nothing.

    if missing := missing_roles(spec, set(files)):
        patterns = " or ".join(spec.files[missing[0]].patterns)
        raise UsageError(f"{spec.slug}: needs a file for {missing[0]!r} too ({patterns}); put its files into one directory")
    settings = atlas.settings.fetch
    task = bar.add_task(spec.slug, total=None)
    snapshot, new = fetch_http(
        archive, spec.slug, [RemoteFile(role, address, file_name) for role, address in files.items()],
        licence=spec.licence, retrieved=retrieved.get(spec.slug),
        limits=FetchLimits(max_bytes=settings.max_bytes, total_seconds=settings.max_seconds),
        network=NetworkPolicy(tuple(settings.allow_private), settings.proxy, settings.user_agent), pause=settings.pause_seconds,
        progress=lambda done, total: bar.update(task, completed=done, total=total),
    )  # fmt: skip
    bar.remove_task(task)
    return report_archived(spec.slug, snapshot, new, "publisher")
