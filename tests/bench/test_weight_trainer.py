"""Linkage weights are trained without labels, training keeps fixed weights, and the command writes the model."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bench.linkage import weight_trainer
from bench.linkage.generated_organizations import SCHEMA, records
from bench.linkage.weight_trainer import dump_model
from overt.model.engines.duckdb_connection import connect
from overt.resolve.linkage.linkage_model import load_linkage_model
from tests.resolve.linkage.hand_made_records_scored_by_model import MODEL, READER


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(weight_trainer, "RANDOM_PAIRS", 200_000)
    monkeypatch.setattr(weight_trainer, "_ROUNDS", 3)


def weight(model, name, label):
    (comparison,) = [comparison for comparison in model.comparisons if comparison.name == name]
    return next(level.weight for level in comparison.levels if level.label == label)


def train(table):
    with connect(threads=1) as connection:
        return weight_trainer.train(connection, table, MODEL, READER, "a test")


def test_training_needs_no_labels_and_is_reproducible():
    table = pa.Table.from_batches(records(4000, 9), schema=SCHEMA)
    model = train(table)
    shuffled = table.drop_columns("entity").take(list(reversed(range(len(table)))))
    assert dump_model(train(shuffled)) == dump_model(model)
    assert model.trained_on == "a test"
    assert weight(model, "country", "the same") > 0 > weight(model, "country", "differs")
    assert weight(model, "brand", "the same, used by one") > 10 > 0 > weight(model, "brand", "differs")


def test_fixed_weights_stay():
    model = train(pa.Table.from_batches(records(2000, 9), schema=SCHEMA))
    for old, new in zip(MODEL.comparisons, model.comparisons, strict=True):
        assert not old.fixed or old == new
        for before, after in zip(old.levels, new.levels, strict=True):
            assert not before.fixed or before == after
    assert any(comparison.fixed for comparison in model.comparisons)
    assert any(level.fixed for comparison in model.comparisons for level in comparison.levels)


def test_the_command_prints_its_accuracy_and_writes_the_model(tmp_path, capsys):
    table = pa.Table.from_batches(records(2000, 9), schema=SCHEMA)
    pq.write_table(table, tmp_path / "records.parquet")
    assert weight_trainer.main([str(tmp_path / "records.parquet"), "--write", str(tmp_path / "model.yml")]) == 0
    output = capsys.readouterr().out
    assert "precision" in output
    assert "recall" in output
    assert load_linkage_model(path=tmp_path / "model.yml").trained_on == "records.parquet"
