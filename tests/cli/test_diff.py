"""`overt diff` between the releases of two editions of a spreadsheet lists exactly the rows and cells that changed."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson
import pytest

from overt.importing.importers.importer_trust import trust_atlas
from overt.model.workspace import Workspace
from tests.importing.mapping.tracker_source import COLUMNS, MAPPING, ROW, SLUG, make_workbook
from tests.support.command_runs import Outcome, overt

EDITIONS = (
    "id,name,country,supplier,value,url\n"
    "a,North,Kenya,Huawei,US$240m,https://news.example/north\n"
    "b,South,Zambia,ZTE,US$1m,https://news.example/south\n",
    "id,name,country,supplier,value,url\n"
    "a,North,Kenya,Huawei; ZTE,US$200m,https://news.example/north\n"
    "c,West,Serbia,ZTE,,https://news.example/west\n",
)
PROJECTS: dict[int, dict[str, object]] = {
    number: {
        **ROW, "No": number, "Project": f"{name} cameras", "项目名称": None, "City": city, "Country": country,
        "Vendor(s)": vendor, "Client": f"Police of {city}", "Value": f"US${number}m", "Lender": None, "Source URL": f"https://example.org/{number}",
        "Source": f"Report {number}", "Notes": None,
    }
    for number, name, city, country, vendor in (
        (1, "Alder", "Nairobi", "Kenya", "Huawei"), (2, "Birch", "Lusaka", "Zambia", "ZTE"),
        (3, "Cedar", "Quito", "Ecuador", "CEIEC"),
    )
}  # fmt: skip
RENAMED = {"Vendor(s)": "Vendors", "Status": "Status now"}


class Editions:
    """An atlas with the tracker, whose editions are imported and released."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "atlas"
        self.folder = folder
        trust_atlas(Workspace.create(self.root))
        self.source = self.root / "sources" / SLUG / "source.yml"
        self.source.parent.mkdir(parents=True)
        self.source.write_text(MAPPING, encoding="utf-8")

    def run(self, *words: object) -> Outcome:
        return overt("-w", self.root, *words)

    def fetch(self, year: int, rows: Sequence[Mapping[str, object]], columns: Sequence[str] = COLUMNS) -> Outcome:
        """Archive these rows as the tracker of a year, and import them."""
        file = self.folder / f"tracker_{year}.xlsx"
        file.write_bytes(make_workbook(rows, columns))
        assert self.run("fetch", SLUG, "--from", file).code == 0
        return self.run("import", SLUG)

    def release(self) -> str:
        outcome = self.run("release")
        assert outcome.code == 0, outcome.err
        return outcome.out.split()[0]

    def changes(self, old: str, new: str) -> dict[tuple[str, str, str], list[dict[str, Any]]]:
        """Return the differences between two releases, by kind of change, type and property."""
        result: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
        for difference in orjson.loads(self.run("diff", old, new, "--json").out)["differences"]:
            key = (difference["what"], difference["type"], difference["property"] or "")
            result.setdefault(key, []).append(difference)
        return result


@pytest.fixture
def editions(tmp_path: Path) -> Editions:
    editions = Editions(tmp_path)
    assert editions.fetch(2024, list(PROJECTS.values())).code == 0
    return editions


@pytest.mark.slow
def test_money_roles_and_documents_are_told_apart_by_their_values(tmp_path: Path) -> None:
    root, file = tmp_path / "atlas", tmp_path / "rows.csv"
    assert overt("init", root).code == 0
    releases = []
    for day, text in zip(("2026-11-23", "2026-11-24"), EDITIONS, strict=True):
        file.write_text(text, encoding="utf-8")
        if not releases:
            assert overt("-w", root, "source", "new", file, "--name", "parks").code == 0
            path = root / "sources/parks/source.yml"
            source = path.read_text(encoding="utf-8").replace("supplier: supplier", 'supplier: {column: supplier, split: [";"]}')
            path.write_text(source, encoding="utf-8")
        assert overt("-w", root, "fetch", "parks", "--from", file, "--retrieved", day).code == 0
        outcome = overt("-w", root, "build")
        assert outcome.code == 0, outcome
        releases.append(outcome.out.splitlines()[-1])
    lines = [line.partition("  (")[0].split(" ", 1) for line in overt("-w", root, "diff", *releases).out.splitlines()[1:]]
    parts = sorted(f"{what} {rest.strip().split(' ', 1)[1]}" for what, rest in lines)
    assert [part for part in parts if part.startswith(("added role", "added commitment", "added document"))] == [
        "added commitment of North: - → 200000000 USD",
        "added document: - → https://news.example/west",
        "added role of ZTE, North: - → supplier",
        "added role of ZTE, West: - → supplier",
    ]
    assert [part for part in parts if part.startswith(("removed role", "removed commitment", "removed document"))] == [
        "removed commitment of North: 240000000 USD → -",
        "removed commitment of South: 1000000 USD → -",
        "removed document: https://news.example/south → -",
        "removed role of ZTE, South: supplier → -",
    ]
    assert ", citing https://news.example/west, retrieved 2026-11-24" in overt("-w", root, "show", "West").out


@pytest.mark.slow
def test_rows_that_changed_were_removed_or_added_are_the_only_differences(editions: Editions) -> None:
    old = editions.release()
    fourth = {
        **PROJECTS[3],
        "No": 4,
        "Project": "Dogwood cameras",
        "City": "Harare",
        "Country": "Zimbabwe",
        "Client": "Police of Harare",
    }
    fourth |= {"Source URL": "https://example.org/4", "Source": "Report 4", "Value": "US$4m"}
    rows = [fourth, PROJECTS[1], {**PROJECTS[2], "Status": "signed", "Signed": "18/05/2019"}]
    assert editions.fetch(2025, rows).code == 0
    changes = editions.changes(old, editions.release())
    by_what = {
        (what, type_): [each["label"] for each in rows] for (what, type_, name), rows in changes.items() if type_ == "project"
    }
    assert by_what == {("added", "project"): ["Dogwood cameras"], ("removed", "project"): ["Cedar cameras"],
                       ("changed", "project"): by_what["changed", "project"]}  # fmt: skip
    [status], [agreed] = changes["changed", "project", "status"], changes["changed", "project", "agreed"]
    assert (status["label"], status["before"], status["after"]) == ("Birch cameras", "operational", "agreed")
    assert (agreed["before"], agreed["after"]) == ("2019-05-17", "2019-05-18")
    assert {key for key in changes if key[0] == "changed"} == {("changed", "project", "status"), ("changed", "project", "agreed")}
    added = {type_: len(rows) for (what, type_, _), rows in changes.items() if what == "added"}
    removed = {type_: len(rows) for (what, type_, _), rows in changes.items() if what == "removed"}
    assert added == removed == {"project": 1, "role": 2, "place": 1, "commitment": 1, "organization": 1, "document": 1}
    assert all(each["reason"] == status["reason"] for rows in changes.values() for each in rows)
    assert "upstream" in status["reason"]


@pytest.mark.slow
def test_a_renamed_column_is_named_and_then_changes_nothing(editions: Editions) -> None:
    old = editions.release()
    columns = [RENAMED.get(column, column) for column in COLUMNS]
    rows = [{RENAMED.get(column, column): text for column, text in row.items()} for row in PROJECTS.values()]
    outcome = editions.fetch(2025, rows, columns)
    assert outcome.code == 1
    assert "columns 'Status' (is it 'Status now'?), 'Vendor(s)' (is it 'Vendors'?) are missing" in outcome.errors[-1]
    text = MAPPING.replace("column: Vendor(s)", "column: Vendors").replace("column: Status", "column: Status now")
    editions.source.write_text(text, encoding="utf-8")
    again = editions.run("import", SLUG)
    assert again.code == 0 and "(an older snapshot, which a newer one has replaced)" in again.err
    new = editions.release()
    assert editions.changes(old, new) == {}
