import pyarrow.parquet as pq
import pytest

from overt.importing import claim_store
from overt.importing.claim_file_digests import ClaimDigests
from overt.importing.claim_store import ClaimStore
from overt.model.claim import CLAIMS, EVIDENCE
from tests.importing.camera_source import GOOD, SLUG, make_csv, run


@pytest.fixture
def store(tmp_path):
    return ClaimStore(tmp_path / "claims")


def test_a_snapshot_is_stored_with_its_report(store, tmp_path) -> None:
    outcome = run(tmp_path / "in", {"cameras.csv": make_csv([GOOD])})
    assert store.fingerprint(SLUG, "s1") is None
    stored = store.write(SLUG, "s1", outcome, "f1")
    claims, evidence = pq.read_table(stored.claims), pq.read_table(stored.evidence)
    assert claims.schema.equals(CLAIMS) and evidence.schema.equals(EVIDENCE)
    assert claims["claim_id"].to_pylist() == [claim.id for claim in outcome.claims]
    assert (store.fingerprint(SLUG, "s1"), stored.report["imported"], stored.report["snapshot"]) == ("f1", 1, "s1")


def test_a_later_import_replaces_an_earlier_one(store, tmp_path) -> None:
    store.write(SLUG, "s1", run(tmp_path / "a", {"cameras.csv": make_csv([GOOD])}), "f1")
    stored = store.write(SLUG, "s1", run(tmp_path / "b", {"cameras.csv": make_csv([GOOD, GOOD | {"Id": "2"}])}), "f2")
    assert (store.fingerprint(SLUG, "s1"), stored.report["imported"]) == ("f2", 2)
    assert [path.name for path in stored.folder.parent.iterdir()] == ["s1"]


def test_equal_outcomes_give_equal_bytes(store, tmp_path) -> None:
    outcome = run(tmp_path / "a", {"cameras.csv": make_csv([GOOD, GOOD | {"Id": "2"}])})
    first, second = (store.write(SLUG, snapshot, outcome, "f") for snapshot in ("s1", "s2"))
    assert first.claims.read_bytes() == second.claims.read_bytes()
    assert first.evidence.read_bytes() == second.evidence.read_bytes()


def test_a_killed_import_leaves_claims_that_match_their_digests(store, tmp_path, monkeypatch) -> None:
    store.write(SLUG, "s1", run(tmp_path / "a", {"cameras.csv": make_csv([GOOD])}), "f1")
    steps = [(claim_store, "_move_aside", stop), (ClaimDigests, "store", stop_at_second(ClaimDigests.store))]
    for number, (owner, name, stopping) in enumerate(steps):
        outcome = run(tmp_path / str(number), {"cameras.csv": make_csv([GOOD, GOOD | {"Id": "2"}])})
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(owner, name, stopping)
            store.write(SLUG, "s1", outcome, "f2")
        assert store.changed_file(SLUG, "s1") is None
    assert store.fingerprint(SLUG, "s1") == "f2"


def stop(*_: object) -> None:
    raise KeyboardInterrupt


def stop_at_second(function):
    calls = []

    def stopping(*arguments):
        calls.append(arguments)
        return function(*arguments) if len(calls) == 1 else stop()

    return stopping
