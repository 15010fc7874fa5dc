"""The output of `overt sources`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from overt.archive import Archive
from overt.cli.json_output import print_json
from overt.importing.snapshot_and_source_selection import newest_last
from overt.ledger import open_ledger
from overt.model.content_catalogue import Catalogue
from overt.model.source import FileSpec, SourceSpec
from overt.model.workspace import SETTINGS, Workspace


def print_sources(workspace: Path, *, json: bool) -> None:
    """Print an atlas's sources or, if `workspace` is not an atlas, the sources that come with Overt."""
    atlas = Workspace.open(workspace) if (workspace / SETTINGS).is_file() else None
    content = atlas.content if atlas else Catalogue()
    choices = open_ledger(atlas).source_choices() if atlas else {}
    snapshots = newest_last(Archive(atlas.archive).snapshots(), choices) if atlas else []
    archived = {snapshot.source: snapshot.id for snapshot in snapshots}
    removed = {source for source, choice in choices.items() if choice.snapshot is None}
    if json:
        print_json([{**_data(spec, archived.get(slug)), "removed": slug in removed} for slug, spec in content.sources.items()])
        return
    for slug, spec in content.sources.items():
        print(f"{slug}  {spec.title} ({spec.publisher})")
        for name, text in _lines(spec, archived.get(slug)):
            print(f"  {name:<9} {text}")
        if slug in removed:
            print(f"  {'removed':<9} by entry {choices[slug].sequence} of the ledger, so that none of its files count")


def _data(spec: SourceSpec, snapshot: str | None) -> dict[str, Any]:
    return {
        **spec.model_dump(exclude={"lookups", "edition"}),
        "shipped": spec.edition.retrieved if spec.edition else None,
        "snapshot": snapshot,
    }


def _lines(spec: SourceSpec, snapshot: str | None) -> Iterator[tuple[str, str]]:
    yield "licence", f"{spec.licence}; reuse: {spec.reuse}"
    if spec.edition:
        way = "" if spec.own else f": `overt fetch {spec.slug} --shipped`"
        yield "shipped", f"{'whole' if spec.own else 'the openly licensed facts'}, retrieved {spec.edition.retrieved}{way}"
    else:
        yield "shipped", "no"
    if not spec.own:
        if spec.as_of:
            yield "as of", spec.as_of
        yield "get it at", spec.address
        yield "files", _files(spec)
        yield "put them", f"anywhere below DIR of `overt fetch {spec.slug} --from DIR`{_folders(spec)}"
        for note in (spec.transcribed, spec.edition.transcribed if spec.edition else None):
            if note:
                yield "note", " ".join(note.split())
    if any(file.address for file in spec.files.values()):
        yield "or", f"`overt fetch {spec.slug}`, which downloads them"
    yield "archived", snapshot or "not fetched"


def _files(spec: SourceSpec) -> str:
    """Return in words the names by which a source's files are found: required, alternative and optional ones."""
    named = {role: _patterns(file) for role, file in spec.files.items()}
    either = {role for roles in spec.any_of for role in roles}
    needed = [named[role] for role, file in spec.files.items() if not file.optional and role not in either]
    ways = "; or ".join(" with ".join(named[role] for role in roles) for roles in spec.any_of)
    more = [named[role] for role, file in spec.files.items() if file.optional and role not in either]
    also = [f"if you have them, {', '.join(dict.fromkeys(more))}"] if more else []
    return "; ".join(dict.fromkeys([*needed, *([ways] if ways else []), *also]))


def _patterns(file: FileSpec) -> str:
    return " or ".join(pattern for pattern in file.patterns if not pattern.startswith("!"))


def _folders(spec: SourceSpec) -> str:
    """Return a note about the folders in a pattern, which users must not rename."""
    inside = any("/" in pattern for file in spec.files.values() for pattern in file.patterns)
    return "; leave them in the folders named above" if inside else ""
