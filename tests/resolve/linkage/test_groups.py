"""Groups of matching records."""

import math
import random

import pyarrow as pa

from bench.linkage.generated_names import SCHEMA, records
from overt.resolve.linkage.groups import group_pairs
from tests.resolve.linkage.records import MODEL, record, scored, table

SAME = 0.7


def grouped(*scores: tuple[str, str, float], **identifiers: str) -> dict[str, set[str]]:
    """Return the groups of pairs with these probabilities, by the first record of each."""
    rows = [
        {"left": left, "right": right, "probability": probability, "weight": math.log2(probability / (1 - probability))}
        for left, right, probability in scores
    ]
    schema = pa.schema([("left", pa.string()), ("right", pa.string()), ("probability", pa.float64()), ("weight", pa.float64())])
    named = sorted({name for left, right, _ in scores for name in (left, right)})
    companies = table(record(name, identifier=identifiers.get(name, ())) for name in named)
    groups: dict[str, set[str]] = {}
    for row in group_pairs(pa.Table.from_pylist(rows, schema=schema), companies, SAME).to_pylist():
        groups.setdefault(row["cluster"], set()).add(row["record"])
    return groups


def test_likely_pairs_are_joined_and_unlikely_ones_are_not():
    assert grouped(("a", "b", 0.9), ("c", "d", 0.69)) == {"a": {"a", "b"}}


def test_a_pair_without_a_score_does_not_count():
    assert grouped(("a", "b", 0.9), ("b", "c", 0.9), ("c", "d", 0.9)) == {"a": {"a", "b", "c", "d"}}


def test_an_unlikely_pair_cuts_a_weak_bridge():
    assert grouped(("a", "b", 0.95), ("b", "c", 0.8), ("a", "c", 0.01)) == {"a": {"a", "b"}}


def test_many_pairs_outvote_one():
    inner = [("a", "b", 0.99), ("a", "c", 0.99), ("b", "c", 0.99)]
    assert grouped(*inner, ("a", "d", 0.98), ("b", "d", 0.98), ("c", "d", 0.3)) == {"a": {"a", "b", "c", "d"}}


def test_different_identifiers_of_one_register_are_never_joined():
    pairs = [("a", "b", 0.99), ("b", "c", 0.98)]
    assert grouped(*pairs, a="lei:1", c="lei:2") == {"a": {"a", "b"}}
    assert grouped(*pairs, a="lei:1", c="isin:2") == {"a": {"a", "b", "c"}}
    assert grouped(("a", "b", 0.99), a="lei:1", b="lei:2") == {}


def test_no_pairs_make_no_groups():
    assert group_pairs(scored([]), table([]), SAME).num_rows == 0


def test_a_long_chain_of_equal_records_is_one_group():
    companies = table(record(f"a:{at:04}", "Bluestem Optics", country="KE") for at in range(3000))
    groups = group_pairs(scored(companies), companies, SAME)
    assert groups.num_rows == 3000
    assert set(groups["cluster"].to_pylist()) == {"a:0000"}


def test_the_order_of_rows_changes_nothing():
    companies = pa.Table.from_batches(records(4000, 7), schema=SCHEMA)
    pairs = scored(companies, minimum=0.001)
    draw = random.Random(3)
    shuffled = [rows.take(draw.sample(range(len(rows)), len(rows))) for rows in (pairs, companies)]
    groups = group_pairs(pairs, companies, MODEL.thresholds.same)
    assert group_pairs(*shuffled, MODEL.thresholds.same).equals(groups)
    entity = dict(zip(companies["record"].to_pylist(), companies["entity"].to_pylist(), strict=True))
    right = sum(entity[row["record"]] == entity[row["cluster"]] for row in groups.to_pylist())
    assert right > 0.97 * groups.num_rows > 1500
