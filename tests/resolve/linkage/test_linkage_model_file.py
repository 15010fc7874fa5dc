"""The shipped linkage model, a model that is dumped and loaded again, and errors in models."""

import math

import pytest
import yaml

from bench.linkage.weight_trainer import dump_model
from overt.model.errors import ContentError
from overt.resolve.linkage.linkage_model import load_linkage_model
from tests.resolve.linkage.hand_made_records_scored_by_model import MODEL


def test_m_and_u_are_shares_and_the_last_level_has_no_condition():
    for comparison in MODEL.comparisons:
        for kind in {level.among for level in comparison.levels}:
            levels = [level for level in comparison.levels if level.among == kind]
            assert math.isclose(sum(level.m for level in levels), 1, abs_tol=0.02), (comparison.name, kind)
            assert math.isclose(sum(level.u for level in levels), 1, abs_tol=0.02), (comparison.name, kind)
        assert comparison.levels[-1].when == "ELSE"
        assert comparison.levels[0].weight > 0 > comparison.levels[-1].weight


def test_a_dumped_model_loads_as_the_same(tmp_path):
    path = tmp_path / "model.yml"
    path.write_text(dump_model(MODEL), encoding="utf-8")
    assert load_linkage_model(path=path) == MODEL
    assert dump_model(load_linkage_model(path=path)) == dump_model(MODEL)


def broken(path, change):
    data = yaml.safe_load(dump_model(MODEL))
    change(data)
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    return path


def test_an_invalid_model_is_reported_in_one_line_with_its_key(tmp_path):
    path = broken(tmp_path / "a.yml", lambda data: data["comparisons"][0]["levels"].pop())
    with pytest.raises(ContentError, match="brand: the last level, and only the last, should be `when: ELSE`"):
        load_linkage_model(path=path)
    path = broken(tmp_path / "b.yml", lambda data: data["comparisons"][1]["levels"][0].update(m=0))
    with pytest.raises(ContentError, match=r"comparisons\.1\.levels\.0\.m"):
        load_linkage_model(path=path)


def test_settings_differ_between_engines_only_in_the_name_of_a_function():
    duckdb, spark = str(MODEL.settings("list_has_any")), str(MODEL.settings("arrays_overlap"))
    assert duckdb != spark
    assert duckdb.replace("list_has_any", "arrays_overlap") == spark
    assert "{overlap}" not in duckdb


def test_no_two_levels_of_a_comparison_have_the_same_weight():
    for comparison in MODEL.comparisons:
        weights = [round(level.weight, 9) for level in comparison.levels]
        assert len(set(weights)) == len(weights), comparison.name
        assert 0.0 not in weights
