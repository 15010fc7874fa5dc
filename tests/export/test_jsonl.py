"""A line for each record, with the values that the edition shows of it and their rivals."""

from collections import Counter

import orjson

from overt.export.public_release import Holdings
from tests.support.exports import ExportedFile


def test_every_record_and_every_value_is_there(exports: dict[str, ExportedFile], holdings: Holdings) -> None:
    found = [orjson.loads(line) for line in exports["jsonl"].path.read_bytes().splitlines()]
    assert Counter(record["type"] for record in found) == holdings.records
    assert [record["id"] for record in found] == sorted(record["id"] for record in found)
    told = {
        (record["id"], name, value["value"], value["shown"], value["claim_id"])
        for record in found
        for name, values in record["values"].items()
        for value in values
    }
    held = holdings.rows('SELECT id, property, value, shown, claim_id FROM "values"')
    assert told == {tuple(row.values()) for row in held}
    assert sum(len(values) for record in found for values in record["values"].values()) == len(held)
    for record in found:
        for values in record["values"].values():
            assert values == sorted(values, key=lambda value: not value["shown"]), "the shown ones first"


def test_each_record_says_whose_it_is(exports: dict[str, ExportedFile], holdings: Holdings) -> None:
    found = [orjson.loads(line) for line in exports["jsonl"].path.read_bytes().splitlines()]
    members = {(row["id"], row["record"]) for row in holdings.rows("SELECT id, record FROM members")}
    assert {(record["id"], member) for record in found for member in record["members"]} <= members
    assert all(record["sources"] and record["reuse"] == "open" for record in found)


def test_every_table_with_rows_is_in_the_lines_or_told_not_to_be(exports: dict[str, ExportedFile], holdings: Holdings) -> None:
    told = {loss["what"].removeprefix("rows of table ") for loss in exports["jsonl"].report["not_carried"]}
    of_records = {kind.table for kind in holdings.content.schema.types.values()}
    rest = {name for name in holdings.tables if holdings.count(name) and name not in of_records}
    assert rest - told == {"records", "values", "members"}
    assert told >= {"project_kinds", "evidence", "dependence", "scores"} & rest
