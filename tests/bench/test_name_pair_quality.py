"""The benchmark of name pairs counts correctly, on a few invented cases."""

import json

import numpy as np

from bench.linkage import name_pair_quality

HEAD = "case_group,schema,name1,name2,is_match,quality,category,notes"
CASES = [
    "made,Company,Bluestem Optics Ltd,Bluestem Optics,true,,,",
    "made,Company,Quartz Signal GmbH,Quartz Signal AG,false,,,",
    "made,Organization,Alder Fund V,Alder Fund VI,true,,,",
    "made,Person,Bluestem Optics,Quartz Signal,true,,,",
]


def test_quality_counts_and_shares():
    result = name_pair_quality.quality(np.array([0.9, 0.8, 0.2, 0.1]), np.array([True, False, True, False]), 0.5)
    assert (result["right"], result["wrong"], result["missed"]) == (1, 1, 1)
    assert (result["precision"], result["recall"], result["f1"]) == (0.5, 0.5, 0.5)


def test_best_threshold():
    assert name_pair_quality.best(np.array([0.9, 0.8, 0.2, 0.1]), np.array([True, True, False, False]))["threshold"] == 0.8


def test_a_pair_and_its_mirror_are_in_the_same_half():
    names = [f"name {number}" for number in range(200)]
    halves = name_pair_quality.in_dev((names, names[::-1]))
    assert halves.tolist() == name_pair_quality.in_dev((names[::-1], names)).tolist()
    assert 60 < halves.sum() < 140


def test_persons_are_left_out_and_labels_that_numbers_contradict_are_counted(capsys, tmp_path):
    (tmp_path / "name_bench_cases.csv").write_text("\n".join([HEAD, *CASES]), encoding="utf-8")
    assert name_pair_quality.main(["--er", str(tmp_path), "--quick", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["cases"], result["same"]) == (3, 2)
    overt = result["overt"]
    assert (overt["published"]["right"], overt["published"]["wrong"], overt["published"]["missed"]) == (1, 0, 1)
    assert overt["labelled_same_with_other_numbers"] == 1
    assert overt["published_without_these"]["f1"] == 1
    assert sum(band["pairs"] for band in overt["reliability_without_these"]) == 2


def test_missing_cases_are_reported(capsys, tmp_path):
    assert name_pair_quality.main(["--er", str(tmp_path / "none")]) == 0
    assert capsys.readouterr().out.startswith(
        f"name_pair_quality: skipped: {tmp_path / 'none'}: the labelled pairs are not there"
    )
