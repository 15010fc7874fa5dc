"""`overt import --dry-run`: all problems with hints, the first records, and nothing stored."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import orjson
import pytest

from overt.cli.pipeline.import_account import print_problems
from overt.importing.problem_groups import group_problems
from overt.importing.snapshot_report import ProblemRow
from overt.model.content_files import packaged_content
from overt.model.workspace import Workspace
from tests.importing.mapping.tracker_source import MAPPING, ROW, SLUG, make_workbook
from tests.support.command_runs import Outcome, overt

BROKEN = (
    {"No": 1, "Status": "decomissioned", "Country": "Kennya", "Signed": "17.05.2019", "Value": "$3m"},
    {"No": 2, "Status": "Live", "Value": "1,5 million EUR"},
    {"No": 3, "Status": "n/a", "Value": "RMB 1.05bn"},
)


class Tracker:
    """An atlas with the tracker's mapping, and a file of the tracker that is not archived."""

    def __init__(self, folder: Path, rows: Sequence[Mapping[str, object]], mapping: str = MAPPING) -> None:
        self.root = folder / "atlas"
        Workspace.create(self.root)
        self.write(SLUG, mapping)
        self.file = folder / "tracker_2024.xlsx"
        self.file.write_bytes(make_workbook([{**ROW, **row} for row in rows]))

    def write(self, slug: str, mapping: str) -> None:
        source = self.root / "sources" / slug
        source.mkdir(parents=True, exist_ok=True)
        (source / "source.yml").write_text(mapping, encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        return {str(path.relative_to(self.root)): path.read_bytes() for path in sorted(self.root.rglob("*")) if path.is_file()}

    def dry(self, *words: object) -> Outcome:
        return overt("-w", self.root, "import", "--dry-run", *words)


def test_a_hint_names_a_list_of_terms_that_exists(tmp_path: Path) -> None:
    """An atlas has no `vocab/project-kinds.yml`, unless its editors made one."""
    tracker = Tracker(tmp_path, [{"Type": "phone hacking tools"}])
    printed, hint = tracker.dry("--from", tracker.file).err, "add it under `lookups: kinds:` ({})"
    assert "unknown kind 'phone hacking tools'" in printed and hint.format("docs/data-dictionary.md#project-kinds") in printed
    page = (Path(__file__).parents[2] / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert "\n### project-kinds\n" in page
    own = tracker.root / "vocab" / "project-kinds.yml"
    own.parent.mkdir()
    own.write_bytes((packaged_content() / "vocab" / "project-kinds.yml").read_bytes())
    assert hint.format("vocab/project-kinds.yml") in tracker.dry("--from", tracker.file).err


def test_problems_are_grouped_and_each_says_what_to_add(tmp_path: Path) -> None:
    outcome = Tracker(tmp_path, BROKEN).dry("--from", tmp_path / "tracker_2024.xlsx")
    assert outcome.code == 1
    assert "tracker: 3 rows read = 0 imported + 0 out of scope + 3 problems" in outcome.out
    lines = [line.strip() for line in outcome.err.splitlines()]
    assert "to do: add it under `lookups: statuses:` (docs/data-dictionary.md#statuses)" in lines
    assert "Live: operational" in lines
    assert "# decomissioned: ?  # similar: decommissioned" in lines
    assert any(line.startswith("to do: if it means that nothing is known, add `empty: [n/a]`") for line in lines)
    assert 'to do: write `dates: ["%d/%m/%Y", "%b %Y", "%d.%m.%Y"]` for column Signed in `mapping:`' in lines
    assert "# Kennya: ?  # similar: KE" in lines
    assert any("add `currency: USD`" in line for line in lines)
    assert any('add `decimal: ","` to column Value' in line for line in lines)
    assert outcome.errors == ["overt: nothing was stored; `overt import` would refuse tracker"]


def test_texts_are_listed_unless_the_message_has_them(capsys: pytest.CaptureFixture[str]) -> None:
    def listed(*problems: tuple[str, str]) -> str:
        rows = [
            ProblemRow("t.xlsx", f"row={number};col=Length", message, text)
            for number, (message, text) in enumerate(problems, start=2)
        ]
        print_problems("tracker", [vars(group) for group in group_problems(rows)])
        return capsys.readouterr().err

    pattern = "does not fit the pattern (km)"
    assert "…: “12 km”, “3 km”" in listed((pattern, "12 km"), (pattern, "3 km")), "neither is in the message"
    assert "…: “12 km” (2)" in listed((pattern, "12 km"), (pattern, "12 km"))
    assert "…: “a”, “b”" in listed(("unknown word 'a'", "a"), ("unknown word 'b'", "b"))
    assert "…:" not in listed(("unknown word 'a'", "a"), ("unknown word 'a'", "a")), "the message has it"


def test_the_first_records_are_shown_with_words_and_places(tmp_path: Path) -> None:
    outcome = Tracker(tmp_path, [{}]).dry("--from", tmp_path)
    assert outcome.code == 0, outcome.err
    assert "status   operational, from “Operational”  [sheet=Projects;row=4;col=Status]" in outcome.out
    assert "amount     1200000 USD, from “US$1.2m”  [sheet=Projects;row=4;col=Value]" in outcome.out
    assert "name     内罗毕平安城市 (zh)" in outcome.out


def test_nothing_is_stored(tmp_path: Path) -> None:
    tracker = Tracker(tmp_path, [{}])
    before = tracker.files()
    tracker.dry("--from", tracker.file, "--csv", tmp_path / "problems.csv")
    assert tracker.files() == before


def test_archived_files_are_read_without_from(tmp_path: Path) -> None:
    tracker = Tracker(tmp_path, BROKEN)
    assert overt("-w", tracker.root, "fetch", SLUG, "--from", tracker.file).code == 0
    before = tracker.files()
    assert "3 rows read = 0 imported" in tracker.dry(SLUG).out
    assert tracker.files() == before


def test_json_has_hints_and_records(tmp_path: Path) -> None:
    tracker = Tracker(tmp_path, [*BROKEN, {"No": 4}])
    [source] = orjson.loads(tracker.dry("--from", tracker.file, "--json").out)["sources"]
    assert (source["rows_read"], source["imported"], source["problems"]) == (4, 1, 3)
    groups = {group["column"]: group for group in source["problem_groups"]}
    assert groups["Status"]["hints"][0]["lines"][1] == "Live: operational"
    projects = [record for record in source["first_records"] if record["type"] == "project"]
    assert [record["record"] for record in projects] == ["tracker:4"]
    status = next(value for value in projects[0]["values"] if value["property"] == "status")
    assert status["places"] == ["tracker_2024.xlsx sheet=Projects;row=7;col=Status"]


def test_all_problems_are_written_as_a_table_that_is_safe_to_open(tmp_path: Path) -> None:
    tracker = Tracker(tmp_path, [{"No": 1, "Status": "@SUM(1)"}, {"No": 2, "Country": "Kennya"}])
    tracker.dry("--from", tracker.file, "--csv", tmp_path / "problems.csv")
    with (tmp_path / "problems.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [(row["place"], row["value"]) for row in rows] == [
        ("sheet=Projects;row=4;col=Status", "'@SUM(1)"), ("sheet=Projects;row=5;col=Country", "Kennya"),
    ]  # fmt: skip


def test_mistakes_of_several_sources_are_listed_at_once(tmp_path: Path) -> None:
    tracker = Tracker(tmp_path, [{}], MAPPING.replace("supplier:", "suplier:").replace("lookup: kinds", "lookup: kindz"))
    tracker.write("other", MAPPING.replace("customer: Client", "custommer: Client"))
    outcome = tracker.dry("--from", tracker.file)
    assert outcome.code == 1
    assert "sources/tracker/source.yml: 2 mistakes:" in outcome.err
    assert "(is it 'supplier'?)" in outcome.err and "(is it 'kinds'?)" in outcome.err
    assert "sources/other/source.yml: 1 mistake:" in outcome.err and "(is it 'customer'?)" in outcome.err


def test_wrong_keys_of_several_sources_are_listed_at_once(tmp_path: Path) -> None:
    tracker = Tracker(tmp_path, [{}], MAPPING.replace("licence:", "license:"))
    tracker.write("other", MAPPING.replace("publisher:", "publishr:"))
    outcome = tracker.dry()
    assert "(is it 'licence'?)" in outcome.err and "(is it 'publisher'?)" in outcome.err
    data = orjson.loads(tracker.dry("--json").out)
    assert [each["where"] for each in data["mistakes"]] == ["sources/other/source.yml", "sources/tracker/source.yml"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--from", "nowhere.xlsx"), "there is no such file or folder"),
        (("trackr", "--from", "."), "there is no such source; did you mean tracker?"),
        ((SLUG,), "the archive has no files of it"),
    ],
)
def test_wrong_use_gets_one_line(tmp_path: Path, words: Sequence[str], message: str) -> None:
    outcome = Tracker(tmp_path, [{}]).dry(*words)
    assert outcome.code == 2 and len(outcome.errors) == 1 and message in outcome.errors[0]


def test_a_file_that_the_source_does_not_look_for_is_refused_with_its_patterns(tmp_path: Path) -> None:
    tracker = Tracker(tmp_path, [{}])
    other = tracker.file.rename(tmp_path / "list.xlsx")
    assert "it looks for tracker*.xlsx" in tracker.dry(SLUG, "--from", other).err


def test_from_needs_dry_run(tmp_path: Path) -> None:
    tracker = Tracker(tmp_path, [{}])
    outcome = overt("-w", tracker.root, "import", "--from", tracker.file)
    assert outcome.code == 2 and "overt fetch --from PATH" in outcome.err


def test_a_file_with_another_number_of_rows_is_refused_as_by_an_import(tmp_path: Path) -> None:
    tracker = Tracker(tmp_path, [{}], f"{MAPPING}counts: {{files: {{tracker: 2}}}}\n")
    outcome = tracker.dry("--from", tracker.file)
    assert outcome.code == 1 and "1 row of 'tracker', where the edition that Overt knows has 2" in outcome.out
    assert overt("-w", tracker.root, "fetch", SLUG, "--from", tracker.file).code == 0
    refused = overt("-w", tracker.root, "import", SLUG)
    assert refused.code == 1 and tracker.dry(SLUG).code == 1
    mark = refused.err.partition('add "')[2].partition('"')[0]
    settings = tracker.root / "overt.toml"
    settings.write_text(settings.read_text().replace("whole = []", f'whole = ["{mark}"]'))
    assert overt("-w", tracker.root, "import", SLUG).code == tracker.dry(SLUG).code == 0


def test_a_file_that_gives_no_claim_is_refused_as_by_an_import(tmp_path: Path) -> None:
    mapping = MAPPING.replace("    records:\n", "    out_of_scope: {all: {column: No, filled: true}}\n    records:\n", 1)
    tracker = Tracker(tmp_path, [{}], f"{mapping}scope: {{all: Everything.}}\n")
    outcome = tracker.dry("--from", tracker.file)
    assert outcome.code == 1 and "no row gives a claim" in outcome.out
    assert overt("-w", tracker.root, "fetch", SLUG, "--from", tracker.file).code == 0
    assert overt("-w", tracker.root, "import", SLUG).code == 1


def test_long_texts_are_cut(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [ProblemRow("t.xlsx", f"row={row};col=Name", f"{'( ' * 30}… is no name", "( " * row * 4000) for row in (2, 3)]
    print_problems("tracker", [vars(group) for group in group_problems(rows)])
    assert max(map(len, capsys.readouterr().err.splitlines())) < 600
