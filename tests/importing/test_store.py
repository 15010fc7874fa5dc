import pyarrow.parquet as pq
import pytest

from overt.importing.store import ClaimStore
from overt.model.claim import CLAIMS, EVIDENCE
from tests.importing.support import GOOD, SLUG, csv_of, run


@pytest.fixture
def store(tmp_path):
    return ClaimStore(tmp_path / "claims")


def test_a_snapshot_is_there_with_its_account(store, tmp_path) -> None:
    outcome = run(tmp_path / "in", {"cameras.csv": csv_of([GOOD])})
    assert store.fingerprint(SLUG, "s1") is None
    held = store.write(SLUG, "s1", outcome, "f1")
    claims, evidence = pq.read_table(held.claims), pq.read_table(held.evidence)
    assert claims.schema.equals(CLAIMS) and evidence.schema.equals(EVIDENCE)
    assert claims["claim_id"].to_pylist() == [claim.id for claim in outcome.claims]
    assert (store.fingerprint(SLUG, "s1"), held.report["imported"], held.report["snapshot"]) == ("f1", 1, "s1")


def test_a_later_import_takes_the_place_of_an_earlier_one(store, tmp_path) -> None:
    store.write(SLUG, "s1", run(tmp_path / "a", {"cameras.csv": csv_of([GOOD])}), "f1")
    held = store.write(SLUG, "s1", run(tmp_path / "b", {"cameras.csv": csv_of([GOOD, GOOD | {"Id": "2"}])}), "f2")
    assert (store.fingerprint(SLUG, "s1"), held.report["imported"]) == ("f2", 2)
    assert [path.name for path in held.folder.parent.iterdir()] == ["s1"]


def test_equal_outcomes_give_equal_bytes(store, tmp_path) -> None:
    outcome = run(tmp_path / "a", {"cameras.csv": csv_of([GOOD, GOOD | {"Id": "2"}])})
    one, two = (store.write(SLUG, snapshot, outcome, "f") for snapshot in ("s1", "s2"))
    assert one.claims.read_bytes() == two.claims.read_bytes()
    assert one.evidence.read_bytes() == two.evidence.read_bytes()
