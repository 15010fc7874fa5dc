"""Small atlases that commands build from the statements of a test, and archived samples of sources."""

import csv
import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import pytest
import yaml

from overt.archive import Archive, fetch_local, match_files
from overt.cli.pipeline import release_steps
from overt.importing.importers.importer_trust import trust_atlas
from overt.importing.snapshot_and_source_selection import EDITION_PREFIX
from overt.index.release_preparation import prepare
from overt.index.serve_settings import ServeSettings
from overt.ledger import Ledger
from overt.model.content_catalogue import Catalogue
from overt.model.record_ids import canonical_id
from overt.model.workspace import Workspace
from overt.release.release_folders import list_releases
from tests.support.command_runs import Outcome, overt
from tests.support.release_table_rows_and_file_hashes import query_release, read_table

BY = ("--who", "An editor", "--why", "both pages say so")
DOCUMENT = ("--document", "Annual report", "--place", "page 3")
IMPORTER = '''
"""Imports the rows of `statements.csv`."""


def run(ctx):
    for row in ctx.rows("statements"):
        with row:
            record = ctx.record(row["type"].text, key=row["key"])
            options = {name: row[name].text or None for name in ("unit", "lang", "document")}
            if row["rule"]:
                options |= {"basis": "coded", "rule": row["rule"].text}
            record.add(row["property"].text, row["value"], **options)
'''
COLUMNS = ("type", "key", "property", "value", "unit", "lang", "document", "rule")


class Statement(NamedTuple):
    """A row of a source: a record's value for a property."""

    type: str
    key: str
    property: str
    value: str
    unit: str = ""
    lang: str = ""
    document: str = ""
    rule: str = ""


def make_statements(record_type: str, key: str, /, **values: Any) -> list[Statement]:
    """Make the rows of a record.

    A value is text, (text, unit), or a list of these. An underscore in an argument's name stands for a hyphen, and the
    argument `from_` for the property `from`.
    """
    rows = []
    for name, content in values.items():
        prop = name.rstrip("_").replace("_", "-")
        for value in content if isinstance(content, list) else [content]:
            text, unit = value if isinstance(value, tuple) else (value, "")
            rows.append(Statement(record_type, key, prop, text, unit))
    return rows


class Atlas:
    """A workspace with its own sources, each a list of statements.

    Building an index takes nearly as long as a small release, and most tests only read the release. So `release` and `build`
    don't make an index unless `index` is set; `show` makes it if needed. `figures` then reads the tables
    (tests/cli/test_same_output_with_and_without_index.py).
    """

    _index = True

    def __init__(self, folder: Path, *, index: bool = False) -> None:
        self._index = index
        self.root = folder / "atlas"
        self._drops = folder / "drops"
        self.workspace = Workspace.create(self.root)
        trust_atlas(self.workspace)

    @classmethod
    def open(cls, folder: Path, *, index: bool = False) -> "Atlas":
        """Open the atlas that was made in a folder, and trust its importers."""
        atlas = object.__new__(cls)
        atlas._index = index
        atlas.root, atlas._drops = folder / "atlas", folder / "drops"
        atlas.workspace = Workspace.open(atlas.root)
        trust_atlas(atlas.workspace)
        return atlas

    def copy_to(self, folder: Path) -> "Atlas":
        """Copy the atlas to another folder, and return the copy."""
        for path in (self.root, self._drops):
            shutil.copytree(path, folder / path.name)
        return Atlas.open(folder, index=self._index)

    # Building

    def source(self, slug: str, **more: object) -> None:
        """Add a source folder to the workspace. `more` is added to its source.yml."""
        folder = self.root / "sources" / slug
        folder.mkdir(parents=True, exist_ok=True)
        spec = {
            "title": slug.title(),
            "publisher": f"Publisher of {slug}",
            "address": f"https://{slug}.example/",
            "licence": "CC BY 4.0",
            "attribution": slug,
            "reuse": "open",
            "covers": "all",
            "not_covered": "nothing",
            "records": dict.fromkeys(Catalogue().schema.types, "{key}"),
            "files": {"statements": {"patterns": [f"{slug}.csv"], "format": "csv"}},
            "rules": {"told@1": "A title tells it."},
            **more,
        }
        (folder / "source.yml").write_text(yaml.safe_dump(spec, allow_unicode=True), encoding="utf-8")
        (folder / "importer.py").write_text(IMPORTER, encoding="utf-8")

    def figure(self, name: str, query: str, **more: object) -> None:
        """Add a figure to the workspace."""
        folder = self.root / "figures" / name
        folder.mkdir(parents=True, exist_ok=True)
        words = dict.fromkeys(("title", "title_zh", "question", "unit", "counting_unit", "counts_in", "counts_out"), name)
        (folder / "figure.yml").write_text(yaml.safe_dump({**words, **more}), encoding="utf-8")
        (folder / "query.sql").write_text(query, encoding="utf-8")

    def fetch(self, slug: str, rows: Iterable[Statement], retrieved: str = "2026-01-01") -> None:
        """Archive statements as a snapshot of a source, which is added if it does not exist."""
        if not (self.root / "sources" / slug).exists():
            self.source(slug)
        folder = self._drops / slug / retrieved
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / f"{slug}.csv").open("w", newline="", encoding="utf-8") as handle:
            writer = csv.writer(handle)
            writer.writerow(COLUMNS)
            writer.writerows(rows)
        self.ok("fetch", slug, "--from", folder, "--retrieved", retrieved)

    def build(self, *words: object) -> str:
        """Import, resolve and release the archive. Return the release's id."""
        return self.ok("build", *words).out.splitlines()[-1]

    # Commands

    def overt(self, *words: object) -> Outcome:
        """Run a command on this atlas."""
        if self._index:
            return overt(*words, "--workspace", self.root)
        if words[0] == "show":
            self._make_indexes()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(release_steps, "make_index", lambda atlas, release: None)
            return overt(*words, "--workspace", self.root)

    def _make_indexes(self) -> None:
        """Make the missing indexes of releases, as `release` would have done."""
        for release in list_releases(self.workspace.releases):
            if not any((self.root / "cache" / release.name).glob("serve-*.sqlite")):
                with suppress(Exception):  # the command under test reports problems of the release
                    prepare(ServeSettings(Workspace.open(self.root), release.name))

    def ok(self, *words: object) -> Outcome:
        """Run a command on this atlas that must succeed."""
        outcome = self.overt(*words)
        assert outcome.code == 0, outcome
        return outcome

    def read_json(self, *words: object) -> Any:
        """Run a command on this atlas with `--json`, which must succeed, and return the document that it prints."""
        return orjson.loads(self.ok(*words, "--json").out)

    def judge(self, verdict: str, left: str, right: str) -> int:
        """Judge two records. Return the entry's number."""
        return int(re.match(r"entry (\d+)", self.ok("judge", verdict, left, right, *BY).err)[1])

    def claim(self, record: str, record_type: str, name: str, value: str, *words: object) -> int:
        """Add an editorial claim. Return the entry's number."""
        outcome = self.ok("claim", "add", record, record_type, name, value, *DOCUMENT, *BY, *words)
        return int(re.match(r"entry (\d+)", outcome.err)[1])

    def retract(self, target: str) -> int:
        """Retract a claim or record. Return the entry's number."""
        return int(re.match(r"entry (\d+)", self.ok("retract", target, *BY).err)[1])

    def undo(self, entry: int) -> None:
        """Undo an entry."""
        self.ok("judge", "undo", entry, *BY)

    def clusters(self) -> dict[str, set[str]]:
        """Run `overt resolve` and return the records by published id."""
        self.ok("resolve")
        rows = read_table(self.root / "resolved" / "members.parquet", "id, record")
        clusters: dict[str, set[str]] = {}
        for row in rows:
            clusters.setdefault(row["id"], set()).add(row["record"])
        return clusters

    def are_merged(self, *records: str) -> bool:
        """Run `overt resolve`; return whether these records are in one cluster."""
        return any(set(records) <= members for members in self.clusters().values())

    def id_of(self, record: str) -> str:
        """Run `overt resolve`; return the published id of a record's cluster."""
        return next(name for name, members in self.clusters().items() if record in members)

    def rows(self, release: str, query: str) -> list[dict[str, Any]]:
        """Query the tables of a release, using only its files."""
        return query_release(self.root / "releases" / release, query)

    def figures(self, *names: str) -> dict[str, dict[str, Any]]:
        """Return the figures with these names (all if none is given) of the newest release, by name."""
        return {figure["name"]: figure for figure in orjson.loads(self.ok("figures", *names, "--json").out)}

    def diff(self, old: str, new: str, *words: object) -> dict[str, Any]:
        """Return the result of `overt diff`."""
        return orjson.loads(self.ok("diff", old, new, *words, "--json").out)

    @property
    def ledger(self) -> Ledger:
        """The atlas's ledger."""
        return Ledger(self.workspace.ledger)


def own_id(record: str) -> str:
    """Return the id of a cluster whose anchor is the record."""
    return canonical_id(record)


def fetch_samples(workspace: Workspace, order: Iterable[str], folder: str = "sample", retrieved: str = "2026-11-24") -> None:
    """Archive the `sample` or `edition` folders of packaged sources in this order."""
    archive = Archive(workspace.archive)
    for slug in order:
        spec = workspace.content.sources[slug]
        directory = Path(str(workspace.content.source_folders[slug])) / folder
        patterns = {role: file.patterns for role, file in spec.files.items()}
        files = {role: matches for role, matches in match_files(directory, patterns).items() if matches}
        if spec.any_of:  # the sample of a source with several layouts has files of each; only one layout is archived
            layout = next(set(roles) for roles in spec.any_of if set(roles) <= set(files))
            unused = {role for roles in spec.any_of for role in roles} - layout
            files = {role: matches for role, matches in files.items() if role not in unused}
        fetch_local(archive, slug, files, address=f"{EDITION_PREFIX}{slug}", licence=spec.licence, retrieved=retrieved)
