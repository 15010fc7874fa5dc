"""Names in Latin letters compared with names in Chinese characters."""

import csv
import random
from pathlib import Path

import numpy as np
import pytest

from bench.cross_script_name_quality import recall_at, score_matrix, top1, truth_of
from overt.resolve.names.cross_script.cross_script_comparison import cross_score, explain_cross
from overt.resolve.names.cross_script.cross_script_model import cross_script_model
from overt.resolve.names.cross_script.cross_script_pair_finder import cross_pairs
from overt.resolve.names.han.latin_words_spelled_in_han_names import is_pinyin, is_reading

KNOWN = [
    (row["name_en"], row["name_zh"])
    for row in csv.DictReader((Path(__file__).parent / "known_names.csv").read_text(encoding="utf-8").splitlines())
]
"""Well-known organisations, written down from general knowledge."""
SAME = [
    ("Kaspersky Lab", "卡巴斯基实验室"),  # These match by sound and meaning.
    ("Northrop Grumman Corporation", "诺斯罗普·格鲁曼公司"),  # These match by the sound of two words.
    ("Applied Materials Inc.", "应用材料公司"),  # These match by meaning only.
    ("Kawasaki Heavy Industries Ltd.", "川崎重工业株式会社"),  # This matches by a Japanese reading.
    ("Fujitsu Limited", "富士通株式会社"),
    ("Huawei Technologies Co., Ltd.", "華為技術有限公司"),  # This name has traditional characters.
    ("China Electronics Technology Group Corporation 55th Research Institute", "中国电子科技集团公司第五十五研究所"),
    ("BAE Systems plc", "BAE系统公司"),  # These match by Latin letters.
    ("Xidian University", "西安电子科技大学"),
]
OTHER = [
    ("Kaspersky Lab", "林肯实验室"),
    ("Kawasaki Heavy Industries Ltd.", "三菱重工业株式会社"),
    ("China Electronics Technology Group Corporation 55th Research Institute", "中国电子科技集团公司第十三研究所"),
    ("BAE Systems plc", "思科系统公司"),
    ("Nokia Corporation", "爱立信公司"),
    ("Freedom House", "传统基金会"),
]


@pytest.mark.parametrize(("latin", "han"), SAME[:-1])
def test_names_of_one_organisation_match(latin: str, han: str) -> None:
    assert cross_score(latin, han) > 0.5


@pytest.mark.parametrize(("latin", "han"), OTHER)
def test_names_of_two_organisations_do_not_match(latin: str, han: str) -> None:
    assert cross_score(latin, han) < 0.5


@pytest.mark.ci
def test_most_well_known_names_match_their_partner() -> None:
    latin, chinese = [pair[0] for pair in KNOWN], list(dict.fromkeys(pair[1] for pair in KNOWN))
    scores, truth = score_matrix(latin, chinese), truth_of(KNOWN, chinese)
    assert recall_at(scores, truth)[0] >= 0.85
    assert top1(scores, truth) >= 0.9


def test_an_abbreviation_matches_its_name_better_than_any_other() -> None:
    scores = score_matrix([SAME[-1][0]], [han for _, han in SAME])
    assert int(scores[0].argmax()) == len(SAME) - 1


@pytest.mark.parametrize(("latin", "han"), SAME + OTHER)
def test_the_parts_add_up_to_the_odds(latin: str, han: str) -> None:
    bits = sum(bits for _, bits, _ in explain_cross(latin, han))
    assert cross_score(latin, han) == pytest.approx(1 / (1 + 2**-bits))


def test_every_part_has_its_words() -> None:
    parts = {(part, words) for part, _, words in explain_cross("Cellebrite Lab", "塞勒布莱特实验室")}
    assert ("spelled", "cellebrite ~ 塞勒布莱特") in parts
    assert ("translated", "lab ~ 实验室") in parts
    assert ("unanswered", "– ~ –") in parts
    assert "numbers differ" in {part for part, _, _ in explain_cross(*OTHER[2])}
    number = explain_cross("55th Research Institute", "第五十五研究所")
    assert ("number", "55th ~ 第五十五") in {(part, words) for part, _, words in number}
    assert ("letters", "bae ~ BAE") in {(part, words) for part, _, words in explain_cross(*SAME[7])}


def test_unmatched_words_count_against_a_pair() -> None:
    complete = cross_score("Kaspersky Lab", "卡巴斯基实验室")
    assert cross_score("Kaspersky Lab Siberian Turbine", "卡巴斯基实验室") < complete
    assert cross_score("Kaspersky Lab", "卡巴斯基实验室涡轮兵器") < complete


def test_a_rival_makes_a_pair_less_likely() -> None:
    latin = ["Kawasaki Heavy Industries Ltd."]
    without_rival = score_matrix(latin, ["川崎重工业株式会社"])[0, 0]
    with_rival = score_matrix(latin, ["川崎重工业株式会社", "川崎重工业海洋株式会社"])[0]
    assert with_rival[0] < without_rival
    assert with_rival[0] > with_rival[1]


def test_the_same_name_in_other_characters_is_not_a_rival() -> None:
    latin = ["Kawasaki Heavy Industries Ltd.", "KAWASAKI HEAVY INDUSTRIES"]
    scores = score_matrix(latin, ["川崎重工业株式会社", "川崎重工業株式會社", "东芝株式会社"])
    without_variant = score_matrix(latin[:1], ["川崎重工业株式会社", "东芝株式会社"])
    assert scores[0, 0] == scores[0, 1]
    assert scores[0, 0] == pytest.approx(without_variant[0, 0], abs=0.05)


def test_a_matrix_does_not_depend_on_the_order_of_names() -> None:
    latin, han = [pair[0] for pair in SAME + OTHER], [pair[1] for pair in SAME + OTHER]
    scores = score_matrix(latin, han)
    turn = random.Random(3)
    rows, columns = list(range(len(latin))), list(range(len(han)))
    turn.shuffle(rows)
    turn.shuffle(columns)
    again = score_matrix([latin[row] for row in rows], [han[column] for column in columns])
    assert np.array_equal(again, scores[np.ix_(rows, columns)])


def test_each_name_has_one_partner_at_most() -> None:
    scores = score_matrix(["Nokia Networks", "Nokia Technologies"], ["诺基亚网络公司", "诺基亚科技公司"])
    assert scores[0, 0] > 0.9 > 0.1 > scores[0, 1]
    assert scores[1, 1] > 0.9 > 0.1 > scores[1, 0]
    assert score_matrix(["Nokia Networks", "Nokia Technologies"], ["诺基亚公司"]).sum() < 1.2


def test_a_matrix_of_no_names() -> None:
    assert score_matrix([], []).shape == (0, 0)
    assert score_matrix(["Nokia"], []).shape == (1, 0)
    assert score_matrix([], ["诺基亚"]).shape == (0, 1)
    assert score_matrix(["", "Nokia"], ["", "诺基亚"])[0].tolist() == [0, 0]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "?!.,;:()[]{}《》",
        "🛰️🚀🇨🇳",
        "A" * 100_000,
        "Nokia " * 20_000,
        "诺" * 100_000,
        "诺基亚公司" * 20_000,
        "㊗️Ⅻ½①９９",
        "Nokia诺基亚Нокиаنوكيا노키아ノキア",
        "\u202enokia\u202c",
        "\ud800",
        "第" * 300 + "一" * 100,
    ],
    ids=lambda name: ascii(name[:8]),
)
def test_strange_names_have_a_score_and_parts(name: str) -> None:
    for latin, han in ((name, "诺基亚公司"), ("Nokia Corporation", name), (name, name)):
        assert 0 <= cross_score(latin, han) <= 1
        assert all(np.isfinite(bits) for _, bits, _ in explain_cross(latin, han))
    scores = score_matrix([name, "Nokia"], [name, "诺基亚"])
    assert ((scores >= 0) & (scores <= 1)).all()
    assert scores[1, 1] > 0.05


def test_ten_thousand_equal_names_are_merged() -> None:
    scores = score_matrix(["Nokia"] * 100, ["诺基亚"] * 100)
    assert len(np.unique(scores)) == 1


def test_pinyin_of_other_characters_is_another_name() -> None:
    assert cross_score("Hengtong Group", "亨通集团") > cross_score("Hengtong Group", "商汤集团") + 0.2
    other_names = [("Skyla Medical", "b"), ("Lantern Works", "c")]
    same = cross_script_model().same
    assert cross_pairs([("Hengtong Group", "a"), *other_names], [("商汤集团", "d")], same) == []
    assert [pair[:2] for pair in cross_pairs([("Hengtong Group", "a"), *other_names], [("亨通集团", "d")], same)] == [(0, 0)]
    assert is_pinyin("hengtong") and not is_pinyin("leidos") and not is_pinyin("heng")
    assert is_reading("hengtong", ["亨", "通"]) and not is_reading("hengtong", ["商", "汤"])
