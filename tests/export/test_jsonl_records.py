"""The JSONL export has one line per record, with all values of the record, the shown ones first."""

from collections import Counter

import orjson

from overt.export.public_release_reader import PublicRelease
from tests.support.small_atlas_exports import ExportedFile


def test_every_record_and_every_value_is_written(exports: dict[str, ExportedFile], public_release: PublicRelease) -> None:
    records = [orjson.loads(line) for line in exports["jsonl"].path.read_bytes().splitlines()]
    assert Counter(record["type"] for record in records) == public_release.record_counts
    assert [record["id"] for record in records] == sorted(record["id"] for record in records)
    written = {
        (record["id"], name, value["value"], value["shown"], value["claim_id"])
        for record in records
        for name, values in record["values"].items()
        for value in values
    }
    rows = public_release.rows('SELECT id, property, value, shown, claim_id FROM "values"')
    assert written == {tuple(row.values()) for row in rows}
    assert sum(len(values) for record in records for values in record["values"].values()) == len(rows)
    for record in records:
        for values in record["values"].values():
            assert values == sorted(values, key=lambda value: not value["shown"]), "the shown ones first"


def test_each_record_has_its_sources(exports: dict[str, ExportedFile], public_release: PublicRelease) -> None:
    records = [orjson.loads(line) for line in exports["jsonl"].path.read_bytes().splitlines()]
    members = {(row["id"], row["record"]) for row in public_release.rows("SELECT id, record FROM members")}
    assert {(record["id"], member) for record in records for member in record["members"]} <= members
    assert all(record["source"] and record["reuse"] == "open" for record in records)


def test_every_table_with_rows_is_in_the_lines_or_reported_as_a_loss(
    exports: dict[str, ExportedFile], public_release: PublicRelease
) -> None:
    losses = {loss["what"].removeprefix("rows of table ") for loss in exports["jsonl"].report["not_carried"]}
    of_records = {kind.table for kind in public_release.content.schema.types.values()}
    rest = {name for name in public_release.tables if public_release.row_count(name) and name not in of_records}
    assert rest - losses == {"records", "values", "members"}
    assert losses >= {"project_kinds", "evidence", "dependence", "scores"} & rest
