"""The record linkage benchmark runs at a tiny size, and its records are reproducible."""

import json
from collections import Counter

import pyarrow as pa

from bench.linkage import generated_organizations, million_record_linkage
from overt.resolve.linkage.record_feature_tables import RECORDS


def generated(count: int, seed: int = 1) -> pa.Table:
    return pa.Table.from_batches(generated_organizations.records(count, seed), schema=generated_organizations.SCHEMA)


def test_right_pairs_are_counted(capsys):
    assert million_record_linkage.main(["--quick", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    sizes = Counter(generated(2000)["entity"].to_pylist()).values()
    assert result["records"] == 2000
    assert result["true_pairs"] == sum(size * (size - 1) // 2 for size in sizes)
    scored = result["pairs_scored_same"]
    assert 0 < scored["right"] <= scored["pairs"] <= result["pairs"]
    assert scored["precision"] == round(scored["right"] / scored["pairs"], 4)
    assert result["pairs_offered_for_review_too"]["right"] >= scored["right"]
    assert result["peak_gigabytes"] > 0


def test_equal_seeds_make_equal_records_and_other_seeds_other_records():
    assert generated(500).equals(generated(500))
    assert not generated(500).equals(generated(500, seed=2))
    assert generated(500).select(RECORDS.names).schema.equals(RECORDS)


def test_records_have_several_scripts_and_homonyms():
    rows = generated(5000).to_pylist()
    assert len({row["record"] for row in rows}) == 5000
    names = {name for row in rows for name in row["names"]}
    assert any("\u4e00" <= name[0] <= "\u9fff" for name in names)
    assert any("\u0400" <= name[0] <= "\u04ff" for name in names)
    assert any("\u0600" <= name[0] <= "\u06ff" for name in names)
    entities: dict[str, set[int]] = {}
    for row in rows:
        for name in row["names"]:
            entities.setdefault(name.casefold(), set()).add(row["entity"])
    assert any(len(numbers) > 1 for numbers in entities.values()), "no homonyms"
