"""`overt fetch`."""

from collections.abc import Mapping
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Annotated
from urllib.parse import urlsplit

import typer
from rich.progress import Progress

from overt.archive import Archive, FetchLimits, fetch_local
from overt.archive.capture_index import is_day
from overt.archive.local_fetch import today
from overt.cli.common import HERE, JsonOption, WorkspaceOption, messages, print_json, progress_bar, writing
from overt.cli.shipped import Fetched, archived, fetch_edition, files_of
from overt.importing.runner import missing_roles
from overt.model.content import Catalogue
from overt.model.errors import UsageError
from overt.model.source import SourceSpec
from overt.model.workspace import Workspace

SourcesArgument = Annotated[
    list[str] | None, typer.Argument(help="Sources to fetch; all where none is named.", metavar="[SOURCE …]")
]
FromOption = Annotated[Path | None, typer.Option("--from", help="A directory that holds the files, at any depth.")]
ShippedOption = Annotated[
    bool, typer.Option("--shipped", help="Take what Overt ships of a source whose files are not given otherwise.")
]
PlaceOption = Annotated[
    str | None,
    typer.Option(
        "--from", help="A directory that holds the files, at any depth, or the http(s) address of one file.", metavar="PATH"
    ),
]


def _day(text: str) -> str:
    source, equals, day = text.rpartition("=")
    if not is_day(day) or (equals and not source):
        raise typer.BadParameter(f"{text!r} is not a day; write it as 2026-11-24, or of one source as SOURCE=2026-11-24")
    latest = max(today(), date.today().isoformat())  # where it is tomorrow already, tomorrow has begun
    if day > latest:
        raise typer.BadParameter(f"{day} has not come yet (today is {latest}); give the day on which the files were got")
    return text


def _days(texts: list[str] | None) -> list[str] | None:
    return [_day(text) for text in texts] if texts else texts


RetrievedOption = Annotated[
    list[str] | None,
    typer.Option(
        "--retrieved",
        help="Day on which the files were got, YYYY-MM-DD; SOURCE=DAY says it of one source, and can be repeated.",
        callback=_days,
        metavar="[SOURCE=]DAY",
    ),
]


class Retrieved:
    """On which day the files of each source were got, where `--retrieved` says it. Raises UsageError for what it cannot say."""

    def __init__(self, said: list[str] | None, content: Catalogue) -> None:
        self._days: dict[str, str] = {}
        for text in said or []:
            source, _, day = text.rpartition("=")
            if source and source not in content.sources:
                raise UsageError(f"--retrieved {text}: there is no such source (`overt sources` lists them)")
            if self._days.setdefault(source, day) != day:
                raise UsageError(f"--retrieved {text}: {self._days[source]} is said as well; which of them?")

    def get(self, source: str) -> str | None:
        """The day of a source: its own, else that of all."""
        return self._days.get(source, self._days.get(""))


def fetch(
    sources: SourcesArgument = None,
    place: PlaceOption = None,
    shipped: ShippedOption = False,
    retrieved: RetrievedOption = None,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Bring sources' bytes into the archive: from their publisher's address, from a directory, or as Overt ships them."""
    with writing(workspace) as (atlas, archive, _), progress_bar() as bar:
        days = Retrieved(retrieved, atlas.content)
        if place and place.startswith(("http://", "https://")):
            if shipped:
                raise UsageError("--shipped takes what Overt ships, --from an address what is there; use one of them")
            found = [_from_address(atlas, archive, sources or [], place, days, bar)]
        else:
            found = fetch_all(atlas, archive, sources or [], Path(place) if place else None, days, bar, shipped=shipped)
    if json:
        print_json([one._asdict() for one in found])


def fetch_all(
    atlas: Workspace,
    archive: Archive,
    sources: list[str],
    directory: Path | None,
    retrieved: Retrieved,
    bar: Progress,
    *,
    shipped: bool = False,
) -> list[Fetched]:
    """Fetch each source that has files there; say which are skipped. With `shipped`, what Overt ships stands in for files that
    are not there; nothing else does.
    """
    if directory and not directory.exists():
        raise UsageError(f"{directory}: there is no such file or directory")
    if (
        directory
        and not sources
        and not any(files_of(spec, directory) for spec in atlas.content.sources.values() if not spec.own)
    ):
        raise UsageError(f"{directory}: holds no file of any source (`overt sources` says what each looks for)")
    found = []
    for slug in sources or atlas.settings.sources or sorted(atlas.content.sources):
        spec = atlas.content.sources.get(slug)
        if spec is None:
            raise UsageError(f"{slug}: there is no such source (`overt sources` lists them)")
        if spec.own and spec.edition:
            one = fetch_edition(atlas, archive, spec)
        elif directory:
            one = _from_directory(archive, spec, directory, retrieved, bar)
            if one.skipped and shipped and spec.edition:
                one = fetch_edition(atlas, archive, spec)
        elif shipped:
            one = fetch_edition(atlas, archive, spec)
        else:
            one = _from_publisher(atlas, archive, spec, retrieved, bar)
        if one.skipped and sources:
            raise UsageError(f"{slug}: {one.skipped}")
        if one.skipped:
            messages.print(f"{slug}: skipped: {one.skipped}")
        found.append(one)
    return found


def _from_directory(archive: Archive, spec: SourceSpec, directory: Path, retrieved: Retrieved, bar: Progress) -> Fetched:
    found = files_of(spec, directory)
    missing = missing_roles(spec, set(found))
    if missing:
        wanted = ", ".join(spec.files[missing[0]].patterns)
        ships = "; Overt ships it: --shipped takes that" if spec.edition else ""
        return Fetched(spec.slug, skipped=f"no file for {missing[0]!r} in {directory} (it looks for {wanted}){ships}")
    for role, files in found.items():
        if len(files) > 1 and not spec.files[role].many:
            names = ", ".join(name for name, _ in files[:3])
            raise UsageError(
                f"{spec.slug}: {len(files)} files could be {role!r} ({names}); keep one, or name a narrower directory"
            )
    task = bar.add_task(spec.slug, total=None)
    snapshot, new = fetch_local(
        archive, spec.slug, found, licence=spec.licence, retrieved=retrieved.get(spec.slug),
        progress=lambda done, total: bar.update(task, completed=done, total=total),
    )  # fmt: skip
    bar.remove_task(task)
    return archived(spec.slug, snapshot, new, "directory")


def _from_address(
    atlas: Workspace, archive: Archive, sources: list[str], address: str, retrieved: Retrieved, bar: Progress
) -> Fetched:
    """One file of one source from an address; its name says which role it plays."""
    if len(sources) != 1 or sources[0] not in atlas.content.sources:
        raise UsageError(f"{address}: name the one source that this file belongs to (`overt sources` lists them)")
    spec = atlas.content.sources[sources[0]]
    name = PurePosixPath(urlsplit(address).path).name
    roles = [
        role for role, file in spec.files.items() if any(fnmatchcase(name, PurePosixPath(glob).name) for glob in file.patterns)
    ]
    if not roles:
        wanted = ", ".join(glob for file in spec.files.values() for glob in file.patterns)
        raise UsageError(f"{address}: {name!r} is no file of {spec.slug} (it looks for {wanted})")
    return _download(atlas, archive, spec, dict.fromkeys(roles, address), retrieved, bar)


def _from_publisher(atlas: Workspace, archive: Archive, spec: SourceSpec, retrieved: Retrieved, bar: Progress) -> Fetched:
    files = {role: file.address for role, file in spec.files.items() if file.address}
    if not files:
        ships = ", or --shipped for what Overt ships of it" if spec.edition else ""
        return Fetched(
            spec.slug, skipped=f"its publisher has no stable address of the files; use --from DIR or --from ADDRESS{ships}"
        )
    return _download(atlas, archive, spec, files, retrieved, bar)


def _download(
    atlas: Workspace, archive: Archive, spec: SourceSpec, files: Mapping[str, str], retrieved: Retrieved, bar: Progress
) -> Fetched:
    """`files`: addresses by role."""
    from overt.archive.guarded_transport import NetworkPolicy
    from overt.archive.http_fetch import RemoteFile, fetch_http  # here, as the next: most commands ask no network

    if missing := missing_roles(spec, set(files)):
        patterns = " or ".join(spec.files[missing[0]].patterns)
        raise UsageError(f"{spec.slug}: needs a file for {missing[0]!r} too ({patterns}); put its files into one directory")
    settings = atlas.settings.fetch
    task = bar.add_task(spec.slug, total=None)
    snapshot, new = fetch_http(
        archive, spec.slug, [RemoteFile(*file) for file in files.items()],
        licence=spec.licence, retrieved=retrieved.get(spec.slug),
        limits=FetchLimits(max_bytes=settings.max_bytes, total_seconds=settings.max_seconds),
        network=NetworkPolicy(allow_private=settings.allow_private),
        progress=lambda done, total: bar.update(task, completed=done, total=total),
    )  # fmt: skip
    bar.remove_task(task)
    return archived(spec.slug, snapshot, new, "publisher")
