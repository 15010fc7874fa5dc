"""The probability that two names belong to the same organisation."""

import math
import random

import numpy as np
import pytest

from overt.resolve.names.name_comparison import NameComparison, compare_names, compare_parts, explain_names
from overt.resolve.names.name_comparison_weights import PARTS, PartName, name_weights

SAME = [
    ("Huawei Technologies Co., Ltd.", "HUAWEI TECHNOLOGIES"),
    ("Technologies Huawei", "Huawei Technologies"),
    ("HuaweiTechnologies", "Huawei Technologies"),
    ("vanderbilt corp", "van der bilt corp"),
    ("ZTE", "ZTE Corporation"),
    ("CETC", "China Electronics Technology Group Corporation"),
    ("Industrial and Commercial Bank of China (ICBC)", "Industrial & Commercial Bank of China Ltd"),
    ("Hangzhou Hikvision Digital Technology Co., Ltd. (Hikvision)*", "Hangzhou Hikvision Digital Technology Co., Ltd."),
    ("Beijing Zhidao Technology Co., Ltd. (Knownsec)*", "Beijing Zhidao Technology Co., Ltd."),
    ("Beijing Zhidao Technology Co., Ltd. (Knownsec)*", "Knownsec"),
    ("Hikvision", "Hangzhou Hikvision Digital Technology Co., Ltd. (Hikvision)"),
    ("Dahua Technology", "Zhejiang Dahua Technology Co., Ltd."),
    ("China Electronics Corporation", "China Electronics Corporation (CEC)"),
    ("China Communications Construction Group (Limited)", "China Communications Construction Group Ltd"),
    ("Hikvison Digital Technology", "Hikvision Digital Technology"),
    ("Bank One", "Bank 1"),
    ("Brigade Forty-Four", "Brigade 44"),
    ("Banco do Brasil", "Bank of Brazil"),
    ("ООО «Газпром»", "Gazprom LLC"),
    ("Газпром нефть", "Gazprom Neft PJSC"),
    ("ДЖОНС МАНСВИЛ", "Johns Mansville"),
    ("삼성전자 주식회사", "Samsung Electronics Co., Ltd."),
    ("شركة هواوي", "Huawei"),
    ("華為技術有限公司", "华为技术"),
    ("中国电子科技集团有限公司", "中国电子科技集团公司"),
    ("Kenya Ministry of Interior", "Ministry of Interior, Kenya"),
    ("Société Générale S.A.", "Societe Generale"),
    ("Inspur", "Inspur Group"),
    ("Nantahala Capital Offshore Fund, Ltd.", "Nantahala Capital Offshore Fund I, Ltd."),
]
DIFFERENT = [
    ("Huawei Technologies", "Huawei Technologies (Kenya) Co Ltd"),
    ("Huawei Technologies Co Ltd", "Huawei Device Co Ltd"),
    ("China Electronics Corporation", "China Electronics Technology Group Corporation"),
    ("中国电子信息产业集团", "中国电子科技集团"),
    ("CETC", "CEC"),
    ("CNPC", "CNOOC"),
    ("China Mobile", "China Telecom"),
    ("Bank 1", "Bank 2"),
    ("Blackstone Real Estate Partners V L.P.", "Blackstone Real Estate Partners VI L.P."),
    ("Bank of Africa", "Bank of Asia"),
    ("Ministry of Interior of Kenya", "Ministry of Interior of Uganda"),
    ("Deutsche Bank AG", "Deutsche Bank GmbH"),
    ("Bowne Global Solutions B.V.", "Bowne Global Solutions GmbH"),
    ("Total", "Totally"),
    ("SMIC", "SMIC Shanghai"),
    ("Beijing Institute of Technology", "Institute of Technology"),
    ("Huawei (Kenya)", "Kenya"),
    ("Gibtelecom", "ALBtelecom"),
    ("Bluestem Fund II", "BluestemFund I"),
    ("Bluestem Optics Iran", "BluestemOptics Iraq"),
    ("Alcatel Submarine Networks", "Alcatel-Lucent Submarine Networks"),
    ("Huawei", ""),
    ("", ""),
    ("🎉", "🎉"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_names_of_one_organisation_match(left: str, right: str) -> None:
    assert compare_names([left], [right])[0] > name_weights().threshold


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_names_of_two_organisations_do_not_match(left: str, right: str) -> None:
    assert compare_names([left], [right])[0] < name_weights().threshold


def test_a_batch_equals_pair_by_pair_in_either_direction_and_order() -> None:
    pairs = [*SAME, *DIFFERENT] * 3
    random.Random(7).shuffle(pairs)
    left, right = [ours for ours, _ in pairs], [theirs for _, theirs in pairs]
    batch = compare_names(left, right)
    assert np.allclose(batch, compare_names(right, left), rtol=0, atol=1e-12)
    assert batch.tolist() == [float(compare_names([ours], [theirs])[0]) for ours, theirs in pairs]


def test_a_batch_of_several_chunks_has_the_same_scores(monkeypatch: pytest.MonkeyPatch) -> None:
    left, right = [ours for ours, _ in SAME], [theirs for _, theirs in SAME]
    scores = compare_names(left, right)
    monkeypatch.setattr("overt.resolve.names.name_comparison._CHUNK", 3)
    assert scores.tolist() == compare_names(left, right).tolist()


@pytest.mark.parametrize(("left", "right"), [*SAME, *DIFFERENT])
def test_parts_add_up_to_the_score(left: str, right: str) -> None:
    parts = explain_names(left, right)
    bits = sum(part.weight for part in parts)
    assert math.isclose(name_weights().probability(bits), float(compare_names([left], [right])[0]), abs_tol=1e-9)
    assert parts[0].part == "prior"
    assert {part.part for part in parts[1:]} <= set(PARTS)


def places(compared: NameComparison) -> list[bool]:
    """Return, for each pair, whether a place in only one name, or a different place, counts against the pair."""
    parts: tuple[PartName, ...] = ("place-differs", "country-alone", "region-alone", "city-alone", "seat-alone")
    return [any(bits) for bits in zip(*((compared.part(part) < 0).tolist() for part in parts), strict=True)]


def test_a_place_distinguishes_a_subsidiary() -> None:
    compared = compare_parts(
        ["Huawei Technologies", "Huawei Technologies", "Bank of China", "Nuctech"],
        ["Huawei Technologies (Kenya) Co Ltd", "Huawei Technologies Co Ltd", "Bank of China (Hong Kong)", "Nuctech Warsaw"],
    )
    assert places(compared) == [True, False, True, True]
    words = {part.part: part.words for part in explain_names("Huawei Technologies", "Huawei Technologies (Kenya) Co Ltd")}
    assert words["country-alone"] == "– ~ kenya"


def test_different_numbers_and_forms_count_against_a_pair() -> None:
    compared = compare_parts(["Bank 1", "Bank One", "Bank", "X GmbH"], ["Bank 2", "Bank 1", "Bank 2", "X AG"])
    assert (compared.part("number-differs") < 0).tolist() == [True, False, False, False]
    assert (compared.part("number-alone") < 0).tolist() == [False, False, True, False]
    assert (compared.part("form-differs") < 0).tolist() == [False, False, False, True]


def test_words_of_the_parts() -> None:
    words = {part.part: part.words for part in explain_names("Huawei Device GmbH 2", "Huawei Technologies AG 3")}
    assert words["words-agree"] == "huawei ~ huawei"
    assert words["words-differ"] == "device ~ technologies"
    assert words["number-differs"] == "2 ~ 3"
    assert words["form-differs"] == "gmbh ~ ag"


def test_more_agreement_is_more_likely() -> None:
    near, typo, longer, different = compare_names(
        ["Hikvision"] * 4, ["Hikvision Ltd", "Hikvison", "Hikvision Technology", "Dahua Technology"]
    ).tolist()
    assert near > typo > longer > different


def test_lists_of_different_length_cannot_be_paired() -> None:
    with pytest.raises(ValueError, match="2 names cannot be paired with 1"):
        compare_names(["a", "b"], ["a"])


def test_an_empty_batch_has_no_scores() -> None:
    assert compare_names([], []).shape == (0,)


def test_chinese_beside_latin_names() -> None:
    compared = compare_parts(
        ["Huawei Technologies Co., Ltd.", "华为技术有限公司", "Huawei Technologies (Kenya)", "Bank of China", "Gazprom"],
        ["华为技术有限公司", "Huawei Technologies", "华为技术有限公司", "中国银行", "华为技术有限公司"],
    )
    assert (compared.score > name_weights().threshold).tolist() == [True, True, False, True, False]
    assert places(compared) == [False, False, True, False, False]
    assert "across-scripts" in {part.part for part in explain_names("Huawei Technologies", "华为技术有限公司")}


def test_a_country_in_a_chinese_name_is_not_a_branch() -> None:
    compared = compare_parts(["Raytheon Missiles & Defense"], ["美国雷神导弹与防务公司"])
    assert places(compared) == [False]
