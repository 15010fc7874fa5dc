"""`overt source new`: the proposed source can be imported, or each of its problems says what to add."""

import errno
import json
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from overt.model.workspace import Workspace
from tests.importing.proposal.ngo_table import NGO_COLUMNS, NGO_ROWS, write_workbook
from tests.importing.readers.files import ods, ods_row
from tests.support.command_runs import Outcome, overt

ROWS = [
    {"id": "a", "name": "North", "country": "Kenya", "signed": "2019", "supplier": "Huawei; ZTE", "state": "live"},
    {"id": "b", "name": "South", "country": "Zambia", "signed": "2020-05", "supplier": "ZTE", "state": "planned"},
]
COLUMNS = list(ROWS[0])


def write_csv(path: Path, *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    lines = [COLUMNS, *([row[name] for name in COLUMNS] for row in ROWS)]
    path.write_bytes("".join(delimiter.join(f'"{text}"' for text in line) + "\r\n" for line in lines).encode(encoding))
    return path


def write_json(path: Path) -> Path:
    rows = [{**row, "place": {"town": "Nairobi"}, "supplier": row["supplier"].split("; ")} for row in ROWS]
    path.write_text(json.dumps({"items": rows}))
    return path


def write_jsonl(path: Path) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    return path


def write_parquet(path: Path) -> Path:
    pq.write_table(pa.Table.from_pylist(ROWS), path)
    return path


def write_ods(path: Path) -> Path:
    lines = [COLUMNS, *([row[name] for name in COLUMNS] for row in ROWS)]
    path.write_bytes(ods({"Parks": "".join(ods_row(*line) for line in lines)}))
    return path


def new(root: Path, *words: object) -> Outcome:
    return overt("-w", root, "source", "new", *words)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    Workspace.create(tmp_path / "atlas")
    return tmp_path / "atlas"


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("parks_2024.csv", write_csv),
        ("parks.tsv", lambda path: write_csv(path, delimiter="\t")),
        ("parks_utf16.csv", lambda path: write_csv(path, delimiter=";", encoding="utf-16")),
        ("parks.json", write_json),
        ("parks.jsonl", write_jsonl),
        ("parks.parquet", write_parquet),
        ("parks.ods", write_ods),
    ],
)
def test_every_format_gives_a_mapping_that_imports(root: Path, name: str, write: Callable[[Path], Path]) -> None:
    write(root.parent / name)
    data = orjson.loads(new(root, root.parent / name, "--name", "parks", "--json").out)
    assert data["dry_run"]["error"] is None
    assert (data["dry_run"]["imported"], data["dry_run"]["problems"]) == (2, 0), data["yaml"]
    records = data["dry_run"]["records"]
    assert (records["project"], records["role"], records["organization"]) == (2, 3, 2)
    assert overt("-w", root, "fetch", "parks", "--from", root.parent / name).code == 0
    assert overt("-w", root, "import", "parks").code == 0


def test_the_spreadsheet_of_an_organisation_gives_only_problems_with_hints(root: Path) -> None:
    file = write_workbook(root.parent / "tracker_2024.xlsx")
    data = orjson.loads(new(root, file, "--json").out)
    assert data["source"] == "tracker"
    assert {column["column"]: column["proposal"] for column in data["columns"]} == {
        "No.": "key", "Project": "name", "项目名称": "name", "Type of system": "kind", "Country": "country", "City": "town",
        "Signed": "agreed", "Status": "status", "Vendor(s)": "supplier", "Client": "customer", "Contract value": "amount",
        "Lender": "financier", "Source URL": "document", "Source": "document-title", "Contact": "person",
        "Last updated": "ignore", "Notes": "ignore",
    }  # fmt: skip
    run = data["dry_run"]
    assert (run["rows_read"], run["imported"], run["problems"]) == (6, 4, 2)
    assert all(group["hints"] for group in run["problem_groups"])
    assert "Person" not in data["yaml"] and "Person" not in json.dumps(data["columns"])


def test_the_answered_questions_make_it_import(root: Path) -> None:
    file = write_workbook(root.parent / "tracker_2024.xlsx")
    new(root, file)
    path = root / "sources" / "tracker" / "source.yml"
    text = path.read_text(encoding="utf-8")
    for before, after in (
        ("    # handed over: ?", "    handed over: completed"),
        ("    # about 3 million: ?  # as in 1200000 USD", "    about 3 million: 3 million USD"),
        ("corrections: amounts,", "corrections: amounts, currency: USD,"),
    ):
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")
    outcome = overt("-w", root, "import", "--dry-run", "tracker", "--from", file)
    assert outcome.code == 0, outcome.err
    assert "6 rows read = 6 imported" in outcome.out


def test_the_printed_commands_work(root: Path) -> None:
    outcome = new(root, write_csv(root.parent / "parks of towns.csv"))
    commands = [shlex.split(line)[1:] for line in outcome.err.splitlines() if line.startswith("  overt")]
    assert [overt(*words).code for words in commands] == [0, 0, 0]


def test_nothing_is_overwritten_and_the_message_says_how_to_take_it_back(root: Path) -> None:
    file = write_csv(root.parent / "parks.csv")
    outcome = new(root, file)
    folder = root / "sources" / "parks"
    assert f"to take it back, delete the folder {folder}" in outcome.err
    (folder / "source.yml").write_text("mine")
    again = new(root, file)
    assert again.code == 2 and "choose another with --name" in again.err
    assert (folder / "source.yml").read_text() == "mine"


def test_a_packaged_source_keeps_its_name(root: Path) -> None:
    outcome = new(root, write_csv(root.parent / "parks.csv"), "--name", "telegeography")
    assert outcome.code == 2 and "there is a source of this name" in outcome.err


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("list.pdf", b"%PDF-1.7", "PDF"),
        ("list.csv", b"", "empty"),
        ("2024.csv", b"a,b\n1,2\n", "add --name"),
        ("list.csv", b"name,country\n", "no rows"),
    ],
)
def test_a_file_that_cannot_be_described_gets_one_line(root: Path, name: str, content: bytes, message: str) -> None:
    (root.parent / name).write_bytes(content)
    outcome = new(root, root.parent / name)
    assert outcome.code in (1, 2) and len(outcome.errors) == 1 and message in outcome.errors[0]
    assert not (root / "sources").exists() or not any((root / "sources").iterdir())


def test_an_unknown_country_is_reported_and_not_left_out(root: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Id,Name,Country\na,North,Atlantis\n", encoding="utf-8")
    outcome = new(root, tmp_path / "list.csv", "--name", "parks")
    text = (root / "sources" / "parks" / "source.yml").read_text(encoding="utf-8")
    assert "country: {column: Country, lookup: countries}" in text and "# Atlantis: ?" in text
    assert "1 row would be problems" in outcome.err
    dry = overt("-w", root, "import", "--dry-run", "parks", "--from", tmp_path / "list.csv")
    assert "'Atlantis' is not a known country" in dry.err


def test_rows_without_ids_are_identified_by_name_and_country(root: Path) -> None:
    rows = [row[1:] for row in (*NGO_ROWS, NGO_ROWS[0])]
    file = write_workbook(root.parent / "tracker.xlsx", NGO_COLUMNS[1:], rows)
    text = orjson.loads(new(root, file, "--json").out)["yaml"]
    assert 'project: "{id}/{country}"' in text
    assert "# ? Rows with the same key become one project. Is that right?" in text


def test_cells_with_yaml_in_them_stay_texts(root: Path) -> None:
    rows: Sequence[Sequence[object]] = [("1", "A: {b} # c", "x: [", "Kenya"), ("2", "'quoted' \"twice\"", "- y", "Zambia")]
    file = write_workbook(root.parent / "odd.xlsx", ("No", "Project: #1", "Status {now}", "Country"), rows)
    data = orjson.loads(new(root, file, "--json").out)
    assert data["dry_run"]["error"] is None
    assert data["dry_run"]["rows_read"] == 2


def test_merged_cells_and_a_row_of_totals(root: Path) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["Parks", None, None, None])
    page.merge_cells("A1:A2")  # a title across two rows is not a column to fill down
    page.append([])
    for line in (
        ("Id", "Country", "Name", "Supplier"),
        ("a", "Kenya", "North", "Total"),
        ("b", None, "South", "ZTE"),
        ("c", "Zambia", "West", "Total"),
        (None, None, None, None),
        ("Total:", None, "3 parks", None),
    ):
        page.append(line)
    page.merge_cells("B4:B5")
    book.save(root.parent / "parks.xlsx")
    data = orjson.loads(new(root, root.parent / "parks.xlsx", "--json").out)
    assert "    fill_down: [Country]\n" in data["yaml"]
    assert '    out_of_scope: {total: {column: Id, equals: ["Total:"]}}\n' in data["yaml"]
    run = data["dry_run"]
    assert (run["rows_read"], run["imported"], run["out_of_scope"], run["problems"]) == (4, 3, 1, 0), data["yaml"]
    assert overt("-w", root, "fetch", "parks", "--from", root.parent / "parks.xlsx").code == 0
    assert overt("-w", root, "import", "parks").code == 0
    [path] = (root / "claims").rglob("claims.parquet")
    countries = pq.read_table(path, filters=[("property", "=", "country")]).to_pylist()
    assert {claim["record"]: claim["value"] for claim in countries} == {"parks:a": "KE", "parks:b": "KE", "parks:c": "ZM"}


def test_a_customer_of_several_countries_is_a_question_whose_answer_works(root: Path) -> None:
    rows = [
        ("id", "name", "country", "customer", "supplier"),
        ("a", "North", "Kenya", "Ministry of Interior", "Huawei"),
        ("b", "South", "Serbia", "Ministry of Interior", "Huawei"),
        ("c", "West", "Serbia", "Ministry of Interior", "Huawei"),
        ("d", "East", "Serbia", "City of East", "Huawei"),
    ]
    (root.parent / "parks.csv").write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    text = orjson.loads(new(root, root.parent / "parks.csv", "--json").out)["yaml"]
    [question] = [line.strip() for line in text.splitlines() if "one organisation each" in line]
    assert question.startswith("# ? one organisation each: Ministry of Interior (Kenya, Serbia)? If each country has its own")
    answer = text.replace("customer: customer\n", "customer: {column: customer, country: country}\n")
    answer = answer.replace("records:\n  project:", 'records:\n  organization: "organization/{country}/{name}"\n  project:')
    (root / "sources/parks").mkdir(parents=True, exist_ok=True)
    (root / "sources/parks/source.yml").write_text(answer, encoding="utf-8")
    assert overt("-w", root, "fetch", "parks", "--from", root.parent / "parks.csv").code == 0
    assert overt("-w", root, "import", "parks").code == 0
    [path] = (root / "claims").rglob("claims.parquet")
    names = pq.read_table(path, filters=[("type", "=", "organization"), ("property", "=", "name")]).to_pylist()
    assert sorted(claim["value"] for claim in names) == ["City of East", "Huawei", "Ministry of Interior", "Ministry of Interior"]


def test_no_cell_gets_out_of_its_comment_or_controls_the_terminal(root: Path) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for line in (
        ("Id", "Country", "Name", "Customer"),
        ("a", "Kenya", "North\nrecords: x", "Police\nkey: y"),
        ("b", "Zambia", "x", "Police\nkey: y"),
    ):
        page.append(line)
    book.create_sheet("x").append(["a"])
    book.worksheets[1].title = "Notes\nlicence z"
    book.save(root.parent / "parks.xlsx")
    assert orjson.loads(new(root, root.parent / "parks.xlsx", "--json").out)["dry_run"]["imported"] == 2
    rows = [
        {"id": "a", "na\x1b[2Jme": "North\x07", "country": "\x9bKenya"},
        {"id": "b", "na\x1b[2Jme": "South\ufffe", "country": "Zambia"},
    ]
    (root.parent / "towns.json").write_text(json.dumps(rows))
    outcome = new(root, root.parent / "towns.json")
    dry = overt("-w", root, "import", "--dry-run", "towns", "--from", root.parent / "towns.json")
    assert "2 rows read = " in dry.out
    for text in (outcome.out, outcome.err, dry.out, dry.err):
        assert not set(text) & set("\x07\x1b\x9b\ufffe")


@pytest.mark.parametrize("name", ["../parks", "parks/x", "editorial", "Parks", ".", "", "parks\n"])
def test_a_name_that_is_no_folder_of_the_atlas_is_refused(root: Path, name: str) -> None:
    before = sorted(root.parent.rglob("*"))
    outcome = new(root, write_csv(root.parent / "parks.csv"), f"--name={name}")
    assert outcome.code == 2 and "a source's name has lower-case letters" in outcome.err
    assert sorted(root.parent.rglob("*")) == sorted([*before, root.parent / "parks.csv"])


def test_a_text_as_a_column_name_is_refused_before_anything_is_written(root: Path) -> None:
    (root.parent / "parks.csv").write_text(f'"{"a long note " * 100}",b\n1,2\n')
    outcome = new(root, root.parent / "parks.csv")
    assert outcome.code == 2 and "a column name has 1,199 characters" in outcome.err
    assert not (root / "sources" / "parks").exists()


def test_what_belongs_to_an_organisation_in_json_goes_with_it(root: Path) -> None:
    rows = [
        {
            "id": "a",
            "project": {"name": "North", "contact": "A. Person", "country": "Kenya"},
            "suppliers": [{"name": "Alder", "country": "KE"}, {"name": "Birch"}, {"name": "Cedar", "country": "ZM"}],
        },
        {"id": "b", "project": {"name": "South", "contact": "B. Person", "country": "Zambia"}, "suppliers": []},
    ]
    (root.parent / "parks.json").write_text(json.dumps(rows))
    outcome = new(root, root.parent / "parks.json")
    assert outcome.out.startswith("parks.json: json, 2 rows\n") and "Person" not in outcome.out
    proposed = (root / "sources" / "parks" / "source.yml").read_text()
    assert "persons:" not in proposed and '"/project/contact": about persons\n' in proposed
    overt("-w", root, "fetch", "parks", "--from", root.parent)
    assert overt("-w", root, "import", "parks").code == 0
    [path] = (root / "claims").rglob("claims.parquet")
    claims = pq.read_table(path, filters=[("type", "=", "organization"), ("property", "=", "country")]).to_pylist()
    assert {claim["record"]: claim["value"] for claim in claims} == {
        "parks:organization/alder": "KE", "parks:organization/cedar": "ZM",
    }  # fmt: skip
    assert "Person" not in str(pq.read_table(path).to_pylist())


def test_points_lengths_and_countries_of_owners(root: Path) -> None:
    (root.parent / "cable stations.csv").write_text(
        "Id,Name,Latitude,Longitude,Country,Length (miles),Owner,Owner country\n"
        "1,North,-1.29,36.82,Kenya,100,Alder Telecom; Birch,Kenya; Zambia\n"
        "2,South,-15.4,28.3,Zambia,80,Birch,Zambia\n"
    )
    new(root, root.parent / "cable stations.csv")
    proposed = (root / "sources" / "cable_stations" / "source.yml").read_text()
    assert "place: {latitude: Latitude, longitude: Longitude}" in proposed
    assert 'length: {column: Length (miles), times: "1.609344"}' in proposed
    assert 'owner: {column: Owner, split: [";"], country: {column: Owner country, split: [";"]}}' in proposed
    dry = overt("-w", root, "import", "--dry-run", "cable_stations", "--from", root.parent)
    assert "length   160.9344 km, from “100”  [row=2;col=Length (miles)]" in dry.out
    assert "\n  country  KE, from “Kenya”  [row=2;col=Owner country]\n" in dry.out


def test_a_broken_source_beside_the_new_one_is_named(root: Path) -> None:
    (root / "sources" / "broken").mkdir(parents=True)
    (root / "sources" / "broken" / "source.yml").write_text("title: [")
    outcome = new(root, write_csv(root.parent / "parks.csv"))
    assert outcome.code == 0 and "the file can't be imported yet: " in outcome.err and "broken/source.yml" in outcome.err
    assert "next: complete source.yml" in outcome.err


def test_a_full_disk_leaves_no_folder_without_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    overt("init", tmp_path / "atlas")
    table = write_csv(tmp_path / "rows.csv")

    def fail(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("overt.cli.pipeline.new_source.atomic_write", fail)
        assert "No space left on device" in overt("source", "new", table, "--workspace", tmp_path / "atlas").err
    assert not (tmp_path / "atlas" / "sources" / "rows").exists()
    assert overt("source", "new", table, "--workspace", tmp_path / "atlas").code == 0
