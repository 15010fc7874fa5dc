"""Imports that don't fit into memory give the same result, and a report lists only the first problems."""

import random
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from overt.importing import places_of_unique_records, sorted_claims, sorted_runs
from overt.importing.places_of_unique_records import UniqueRecords
from overt.importing.sorted_runs import SortedRuns
from tests.importing.camera_source import GOOD, make_csv, refusal, run

SCHEMA = pa.schema([pa.field("key", pa.string(), nullable=False), ("text", pa.string()), ("number", pa.int64())])


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make runs, batches and ranges so small that a few rows need many of them."""
    monkeypatch.setattr(sorted_runs, "RUN_BYTES", 2_000)
    monkeypatch.setattr(sorted_runs, "BATCH_ROWS", 7)
    monkeypatch.setattr(sorted_runs, "RANGE_BATCHES", 3)
    monkeypatch.setattr(sorted_claims, "BATCH_ROWS", 11)
    monkeypatch.setattr(places_of_unique_records, "MEMORY_RECORDS", 5)


def random_rows(seed: int, count: int) -> list[tuple[str, str | None, int]]:
    chance = random.Random(seed)
    keys = ["", "a", "a\0", "é", "华", "\U00010000", *(f"k{number}" for number in range(40))]
    return [(chance.choice(keys), chance.choice([None, "", "x", "ü"]), chance.randrange(5)) for _ in range(count)]


@pytest.mark.parametrize("nulls_first", [False, True])
@pytest.mark.parametrize("count", [0, 1, 6, 500])
@pytest.mark.usefixtures("tiny")
def test_rows_are_sorted_with_each_key_in_one_table(tmp_path: Path, count: int, nulls_first: bool) -> None:
    rows = random_rows(count, count)
    runs = SortedRuns("rows", SCHEMA, tmp_path, SCHEMA.names, nulls_first=nulls_first)
    for start in range(0, count, 13):
        columns = zip(*rows[start : start + 13], strict=True)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)]
        runs.add(pa.Table.from_arrays(arrays, schema=SCHEMA))
    tables = [[tuple(row.values()) for row in table.to_pylist()] for table in runs.read()]
    expected = sorted(rows, key=lambda row: (row[0].encode(), (row[1] is None) != nulls_first, (row[1] or "").encode(), row[2]))
    assert [row for table in tables for row in table] == expected
    assert all(tables)
    ends = [(before[-1][0], after[0][0]) for before, after in pairwise(tables)]
    assert all(before != after for before, after in ends)
    if count == 500:
        assert len(tables) > 5 and len(list(tmp_path.iterdir())) >= 5
        inside = {row["key"] for row in runs.between("k1", "k3").to_pylist()}
        assert inside == {row[0] for row in rows if "k1" <= row[0] <= "k3"}


@pytest.mark.ci
def test_small_runs_give_the_same_bytes(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    rows = [GOOD | {"Id": str(number), "Name": f"Harbour {number % 7}", "Vendor": f"V{number % 3}"} for number in range(200)]
    rows += [GOOD | {"Id": "5"}, GOOD | {"Id": "900", "State": "burnt"}]
    outcomes = []
    for name in ("memory", "disk"):
        if name == "disk":
            request.getfixturevalue("tiny")
        outcomes.append(run(tmp_path / name, {"cameras.csv": make_csv(rows)}))
    first, second = outcomes
    assert first.claims_file.read_bytes() == second.claims_file.read_bytes()
    assert first.evidence_file.read_bytes() == second.evidence_file.read_bytes()
    assert first.report.as_dict() == second.report.as_dict()
    assert [problem.message.partition(":")[0] for problem in first.report.problems] == [
        "duplicate id",
        "unknown state 'burnt'; add it to `lookups",
    ]
    assert len(list(second.claims_file.parent.glob("claims-*.arrow"))) > 3
    assert pq.read_metadata(second.claims_file).num_rows == second.report.claims


@pytest.mark.usefixtures("tiny")
def test_a_record_in_two_rows_is_noticed_beyond_memory(tmp_path: Path) -> None:
    rows = [GOOD | {"Id": str(number)} for number in range(40)]
    assert "duplicate id: cameras:3 is already in cameras.csv row=5" in refusal(
        tmp_path, {"cameras.csv": make_csv([*rows, rows[3]])}
    )


def test_unique_records_are_looked_up(tmp_path: Path) -> None:
    records = UniqueRecords(tmp_path)
    for number in range(3 * places_of_unique_records.MEMORY_RECORDS):
        records.add({f"s:{number}": f"row={number}"})
    assert records.get("s:1") == "row=1" and records.get("s:149999") == "row=149999" and records.get("s:x") is None
    records.close()


def test_a_report_lists_the_first_problems_and_counts_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overt.importing.snapshot_report.MAX_PROBLEM_ROWS", 3)
    rows = [GOOD | {"Id": str(number), "State": "burnt"} for number in range(8)]
    report = run(tmp_path, {"cameras.csv": make_csv([GOOD, *rows])}).report
    assert (report.problem_count, len(report.problems), report.rows_read) == (8, 3, 9)
    assert (report.as_dict()["problems"], len(report.as_dict()["problem_rows"])) == (8, 3)
