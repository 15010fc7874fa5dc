"""Checks a release: its files against the manifest, its inputs against archive and ledger, its excerpts against files."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
import pyarrow.parquet as pq

from overt.archive import Archive, ArchiveError
from overt.importing.readers import read_places
from overt.importing.readers.input_file import InputFile
from overt.ledger import Ledger
from overt.model import format_versions
from overt.model.claim import MAX_EXCERPT
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import connect
from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from overt.model.errors import OvertError, quote_text
from overt.model.files.file_digests import sha256_file
from overt.model.format_versions import check_format
from overt.release.release_folders import MANIFEST

BATCH_PLACES = 100_000
"""Maximum number of places that are compared at once."""
_TABLE = re.compile(r"[a-z0-9_]+")
_WORD = re.compile(r"\w+")
MEMORY = "512MB"
"""Memory for sorting places. DuckDB spills the rest to disk."""


def verify_release(folder: Path) -> Iterator[str]:
    """Yield a line for each problem: a file that changed, is missing or doesn't belong to the release, or a wrong folder name.

    If the manifest is missing, damaged or of a newer format, only this is reported.
    """
    path = folder / MANIFEST
    try:
        data = path.read_bytes()
    except OSError:
        yield f"{path}: the manifest is missing; make the release again"
        return
    expected = folder.name.rpartition("-")[2]
    if not hashlib.sha256(data).hexdigest().startswith(expected):
        yield f"{path}: its hash does not begin with {expected}, as the release's name says; make the release again"
        return
    try:
        manifest = orjson.loads(data)
        check_format(folder, "this release", manifest.get("format", 1), format_versions.MANIFEST)
        date, tables = manifest["date"], list(manifest["tables"].values())
        complete = _is_complete(manifest)
    except OvertError as error:
        yield str(error)
        return
    except (ValueError, KeyError, TypeError, AttributeError):
        complete = False
    if not complete:
        yield f"{path}: is not a manifest that Overt wrote; make the release again"
        return
    if folder.name != f"{date}-{expected}":
        yield f"{folder}: the release's date is {date}; rename it to {date}-{expected}"
    known = {path, *(folder / f"{MANIFEST}{suffix}" for suffix in (".sig", ".minisig"))}
    for table in tables:
        file = folder / table["file"]
        known.add(file)
        if not file.is_file():
            yield f"{file}: is missing; make the release again"
        elif file.stat().st_size != table["bytes"] or sha256_file(file) != table["sha256"]:
            yield f"{file}: differs from its hash in the manifest; make the release again"
    for stray in sorted(path for path in folder.rglob("*") if path.is_file() and path not in known):
        yield f"{stray}: does not belong to the release; remove it"


def _is_complete(manifest: dict[str, Any]) -> bool:
    """Return whether a manifest has all required entries, with the right types, and only tables inside the release."""
    texts = manifest["date"], manifest["ledger"], manifest["archive"]["chain"]
    return all(isinstance(text, str) for text in texts) and all(
        _TABLE.fullmatch(name)
        and table["file"] == f"tables/{name}.parquet"
        and isinstance(table["bytes"], int)
        and isinstance(table["sha256"], str)
        for name, table in manifest["tables"].items()
    )


def verify_history(folder: Path, archive: Archive, ledger: Ledger) -> Iterator[str]:
    """Yield a line if the archive has lost inputs of an intact release, and one if the ledger has. Both are append-only.

    An unreadable index or ledger is skipped, because its own check reports it.
    """
    manifest = orjson.loads((folder / MANIFEST).read_bytes())
    with suppress(OvertError):
        if manifest["archive"]["chain"] not in {"", *(capture.chain for capture in archive.captures())}:
            yield f"{archive.index}: has lost captures that release {folder.name} was made of; restore it from a copy"
    with suppress(OvertError):
        if manifest["ledger"] not in {"", *(entry.chain for entry in ledger.entries())}:
            yield f"the ledger has lost entries that release {folder.name} was made of; restore it from a copy"


def verify_places(folder: Path, archive: Archive, content: Catalogue) -> Iterator[str]:
    """Yield a line for each place of an intact release that is missing from its file, or whose text differs from the excerpt.

    A line is also yielded for a file that can't be read again, or that is not among the release's captures. Entries of the ledger
    are not compared. An archived file is read once per `BATCH_PLACES` of its places, so that at most this many are in memory.
    Missing or damaged files are skipped, because the archive's own check reports them.
    """
    files: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in pq.read_table(folder / "tables" / "captures.parquet", columns=["sha256", "source", "role", "name"]).to_pylist():
        files[row["sha256"]].append((row["source"], row["role"], row["name"]))
    stray = ""
    for capture, places in _place_batches(folder / "tables" / "evidence.parquet"):
        if capture in files:
            yield from _compare_places(folder.name, archive, content, capture, files[capture], places)
        elif capture != stray and any(not locator.startswith("entry=") for locator in places):
            stray = capture
            yield f"{folder.name}: claims point into {capture}, which is not among its captures"


def _place_batches(evidence: Path) -> Iterator[tuple[str, dict[str, set[str]]]]:
    """Yield each capture with its locators and their excerpts, `BATCH_PLACES` at a time."""
    with TemporaryDirectory(prefix="overt-") as spill, connect(memory=MEMORY, spill=Path(spill)) as connection:
        connection.execute(
            f"SELECT DISTINCT capture, locator, excerpt FROM read_parquet({quote_literal(evidence)})"
            " ORDER BY capture, locator, excerpt"
        )
        current, places = "", dict[str, set[str]]()
        while rows := connection.fetchmany(10_000):
            for capture, locator, excerpt in rows:
                if places and (capture != current or (len(places) >= BATCH_PLACES and locator not in places)):
                    yield current, places
                    places = {}
                current = capture
                places.setdefault(locator, set()).add(excerpt)
        if places:
            yield current, places


def _compare_places(
    release: str,
    archive: Archive,
    content: Catalogue,
    capture: str,
    files: list[tuple[str, str, str]],
    places: dict[str, set[str]],
) -> Iterator[str]:
    try:
        path = archive.path(capture, verify=True)
    except ArchiveError:
        return
    texts: dict[str, str] = {}
    for source, role, name in files:
        spec = content.sources[source].files.get(role) if source in content.sources else None
        if spec is None:
            yield f"{release}: {name}: cannot be read again: source {source!r} with files {role!r} no longer exists"
            return
        try:
            texts |= read_places(InputFile(role, name, capture, path), spec, set(places))
        except OvertError as error:
            yield f"{release}: {name}: cannot be read again: {error}"
            return
    name = files[0][2]
    for locator, excerpts in sorted(places.items()):
        if locator not in texts:
            yield f"{release}: {name}: there is no {locator}"
        elif not _is_quoted(excerpts, texts[locator], locator):
            archived = quote_text(texts[locator].strip())
            yield f"{release}: {name}: {locator} says {archived}, the release {quote_text(min(excerpts))}"


def _is_quoted(excerpts: set[str], text: str, locator: str) -> bool:
    """Return whether the excerpts in the release match the text at a place.

    For a part of a cell, the excerpt is the name that a rule read there. It can have more words than the text (“Huawei
    Technologies” for “Huawei”), but its first word must be in the text.
    """
    if ";characters=" not in locator:
        return excerpts == {text.strip()[:MAX_EXCERPT]}
    words = set(_WORD.findall(text.casefold()))
    return all(excerpt == text.strip() or next(iter(_WORD.findall(excerpt.casefold())), None) in words for excerpt in excerpts)
