"""Nested JSON is read as strictly as columns: values that are neither used nor ignored are problems, identified by pointer."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from overt.importing.folder_import_without_archive import import_folder
from overt.importing.readers.json import resolve_pointer
from overt.importing.snapshot_importer_run import Outcome
from overt.model.content_catalogue import Catalogue

SOURCE = """\
title: T
publisher: P
address: https://example.org/
licence: CC0
attribution: A
reuse: open
covers: C
not_covered: N
records: {project: "{id}"}
files:
  parks:
    patterns: ["parks.json"]
    format: json
    records: /parks
    ignore: {"/gates/*/hue": for the map alone, /map: a drawing}
"""
IMPORTER = """\
def run(ctx):
    for row in ctx.rows("parks"):
        with row:
            project = ctx.record("project", id=row["id"])
            project.add("name", row["info"].child("name"))
            for gate in row["gates"].cells():
                project.add("country", ctx.area(gate.child("country")))
            project.add("description", row["shape"].whole(), at=row["shape"])
            row["map"]
            if row["id"].text == "bare":
                row.ignore("/info/opened")
"""
PARK: dict[str, Any] = {
    "id": "p1",
    "info": {"name": "Dogwood"},
    "gates": [{"country": "Laos", "hue": "red"}, {"country": "Laos"}],
    "shape": {"type": "Point", "coordinates": [1, 2]},
    "map": {"zoom": 4},
}


def run(folder: Path, *parks: dict[str, Any]) -> Outcome:
    source = folder / "atlas" / "sources" / "parks"
    source.mkdir(parents=True)
    (source / "source.yml").write_text(SOURCE, encoding="utf-8")
    (source / "importer.py").write_text(IMPORTER, encoding="utf-8")
    (folder / "data").mkdir()
    (folder / "data" / "parks.json").write_bytes(orjson.dumps({"parks": parks}))
    return import_folder(Catalogue(folder / "atlas"), "parks", folder / "data")


def test_values_that_are_read_or_ignored_are_not_problems(tmp_path: Path) -> None:
    report = run(tmp_path, PARK).report
    assert (report.imported, report.problems) == (1, [])


@pytest.mark.parametrize(
    ("change", "locator", "pointer"),
    [
        ({"info": {"name": "A", "opened": 1999}}, "/parks/0/info/opened", "/info/opened"),
        ({"info": {"name": "A", "by": {"who": [None, {"x": False}]}}}, "/parks/0/info/by/who/1/x", "/info/by/who/*/x"),
        ({"gates": [{"country": "Laos"}, {"country": "Laos", "a/b": 0}]}, "/parks/0/gates/1/a~1b", "/gates/*/a~1b"),
        ({"gates": {"country": "Laos"}}, "/parks/0/gates/country", "/gates/country"),
        ({"info": {"name": {"en": "A"}}}, "/parks/0/info/name/en", "/info/name/en"),
        ({"id": "q", "info": ["A"]}, "/parks/0/info/0", "/info/*"),
    ],
)
def test_unread_values_are_problems(tmp_path: Path, change: dict[str, Any], locator: str, pointer: str) -> None:
    outcome = run(tmp_path, PARK | change)
    (problem,) = outcome.report.problems
    assert problem.locator == locator
    assert problem.message.startswith(f"{pointer!r} is neither used nor ignored")
    assert outcome.claims == []


@pytest.mark.parametrize(
    "change",
    [
        {"info": {"name": "A", "opened": None, "by": {}, "in": [], "note": " "}},
        {"id": "bare", "info": {"name": "A", "opened": 1}},
    ],
)
def test_empty_and_ignored_values_of_a_row_are_not_problems(tmp_path: Path, change: dict[str, Any]) -> None:
    assert run(tmp_path, PARK | change).report.problems == []


@pytest.mark.parametrize("pointer", ["/parks/-1", "/parks/+0", "/parks/x", "/parks/1"])
def test_a_pointer_to_nothing_is_refused(pointer: str) -> None:
    with pytest.raises(LookupError):
        resolve_pointer({"parks": [PARK]}, pointer)
