"""Groups of records by their pairs."""

import math
import random

import pyarrow as pa

from bench.linkage.generated_names import SCHEMA, records
from overt.resolve.linkage.groups import group_pairs
from tests.resolve.linkage.records import MODEL, record, scored, table

SAME = 0.7


def grouped(*given: tuple[str, str, float], **identifiers: str) -> dict[str, set[str]]:
    """The groups that pairs with probabilities make, by the record that stands for each."""
    rows = [
        {"left": left, "right": right, "probability": held, "weight": math.log2(held / (1 - held))} for left, right, held in given
    ]
    schema = pa.schema([("left", pa.string()), ("right", pa.string()), ("probability", pa.float64()), ("weight", pa.float64())])
    named = sorted({name for left, right, _ in given for name in (left, right)})
    things = table(record(name, identifier=identifiers.get(name, ())) for name in named)
    found: dict[str, set[str]] = {}
    for row in group_pairs(pa.Table.from_pylist(rows, schema=schema), things, SAME).to_pylist():
        found.setdefault(row["cluster"], set()).add(row["record"])
    return found


def test_likely_pairs_are_joined_and_unlikely_ones_are_not():
    assert grouped(("a", "b", 0.9), ("c", "d", 0.69)) == {"a": {"a", "b"}}


def test_what_was_not_compared_says_nothing():
    assert grouped(("a", "b", 0.9), ("b", "c", 0.9), ("c", "d", 0.9)) == {"a": {"a", "b", "c", "d"}}


def test_a_pair_that_speaks_against_a_weak_bridge_cuts_it():
    assert grouped(("a", "b", 0.95), ("b", "c", 0.8), ("a", "c", 0.01)) == {"a": {"a", "b"}}


def test_many_pairs_outvote_one():
    inner = [("a", "b", 0.99), ("a", "c", 0.99), ("b", "c", 0.99)]
    assert grouped(*inner, ("a", "d", 0.98), ("b", "d", 0.98), ("c", "d", 0.3)) == {"a": {"a", "b", "c", "d"}}


def test_other_identifiers_of_one_register_are_never_joined():
    pairs = [("a", "b", 0.99), ("b", "c", 0.98)]
    assert grouped(*pairs, a="lei:1", c="lei:2") == {"a": {"a", "b"}}
    assert grouped(*pairs, a="lei:1", c="isin:2") == {"a": {"a", "b", "c"}}
    assert grouped(("a", "b", 0.99), a="lei:1", b="lei:2") == {}


def test_nothing_makes_no_groups():
    assert group_pairs(scored([]), table([]), SAME).num_rows == 0


def test_a_long_chain_of_records_that_say_the_same_is_one_group():
    given = table(record(f"a:{at:04}", "Bluestem Optics", country="KE") for at in range(3000))
    found = group_pairs(scored(given), given, SAME)
    assert found.num_rows == 3000
    assert set(found["cluster"].to_pylist()) == {"a:0000"}


def test_the_order_of_rows_changes_nothing():
    given = pa.Table.from_batches(records(4000, 7), schema=SCHEMA)
    pairs = scored(given, minimum=0.001)
    drawn = random.Random(3)
    shuffled = [held.take(drawn.sample(range(len(held)), len(held))) for held in (pairs, given)]
    found = group_pairs(pairs, given, MODEL.thresholds.same)
    assert group_pairs(*shuffled, MODEL.thresholds.same).equals(found)
    entity = dict(zip(given["record"].to_pylist(), given["entity"].to_pylist(), strict=True))
    right = sum(entity[row["record"]] == entity[row["cluster"]] for row in found.to_pylist())
    assert right > 0.97 * found.num_rows > 1500
