"""Names in Cyrillic, Arabic, Hangul, kana and Chinese characters, compared with Latin names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.cross_script_name_quality import score_matrix
from overt.resolve.names.cross_script.cross_script_comparison import cross_score, explain_cross
from overt.resolve.names.cross_script.cross_script_model import cross_script_model
from overt.resolve.names.cross_script.cross_script_pair_finder import cross_pairs
from overt.resolve.names.han.pinyin_to_wade_giles import wade_giles
from overt.resolve.names.scripts.non_latin_name_parser import parse_non_latin, script_in
from overt.resolve.names.scripts.non_latin_word_meanings import letter_names, script_words
from overt.resolve.names.scripts.transliteration_and_sounds import fold_script, sound_key
from tests.resolve.test_combined_evidence_for_organizations import joined

SAME = [
    ("Bluestem Optics", "Акционерное общество «Блюстем Оптикс»"),
    ("Research Institute of Precision Mechanics", "НИИ точной механики"),
    ("Research and Production Enterprise Kupol", "АО «НПП «Купол»"),
    ("Ministry of Defence of the Republic of Kazakhstan", "Министерство обороны Республики Казахстан"),
    ("Ministry of Interior", "وزارة الداخلية"),
    ("Bank of Khartoum", "بنك الخرطوم"),
    ("Central Bank of Iran", "بانک مرکزی ایران"),
    ("Shiraz Electronics Industries", "صنایع الکترونیک شیراز"),
    ("Korea Electric Power Corporation", "한국전력공사"),
    ("LG Display", "엘지디스플레이"),
    ("Samsung Heavy Industries", "삼성중공업 주식회사"),
    ("Panasonic Holdings", "パナソニックホールディングス株式会社"),
    ("NTT Data", "エヌティティデータ"),
    ("Mitsubishi Heavy Industries", "三菱重工業"),
    ("L3Harris", "L3哈里斯"),
]
OTHER = [
    ("Bluestem Optics", "Акционерное общество «Кварц Сигнал»"),
    ("Moscow Aviation Institute", "Московский энергетический институт"),
    ("Ministry of Defence", "وزارة الصحة"),
    ("Bank Sepah", "بانک تجارت"),
    ("Korea Gas Corporation", "한국도로공사"),
    ("Sony Group", "パナソニックグループ"),
    ("Abingo", "聯盈國際物流"),
    ("KCONE", "麥克維爾工業貿易"),
]


@pytest.mark.parametrize(("latin", "other"), SAME)
def test_names_of_one_organisation_match(latin: str, other: str) -> None:
    assert cross_score(latin, other) > 0.7


@pytest.mark.parametrize(("latin", "other"), OTHER)
def test_names_of_two_organisations_do_not_match(latin: str, other: str) -> None:
    assert cross_score(latin, other) < 0.6


def test_the_parts_say_how_names_match() -> None:
    parts = {(part, words) for part, _, words in explain_cross("Bluestem Optics Plant", "Завод «Блюстем Оптикс»")}
    assert {("spelled", "bluestem ~ блюстем"), ("translated", "plant ~ завод")} <= parts


def test_a_poor_sound_does_not_answer_a_brand() -> None:
    parts = {part: bits for part, bits, _ in explain_cross("Abingo", "聯盈國際物流")}
    assert parts["unanswered"] < -5


def test_schools_of_technology_are_never_joined_by_score() -> None:
    latin = [("Tianjin University of Technology", "a")]
    for han in ("天津理工大学", "天津工业大学", "天津科技大学"):
        assert cross_score(latin[0][0], han) < cross_script_model().same
        assert all(pair.doubtful for pair in cross_pairs(latin, [(han, "b")], 0.0))


def test_the_likelier_rendering_of_a_school_scores_higher() -> None:
    names = ["Beijing University of Technology", "Beijing Institute of Technology"]
    scores = score_matrix(names, ["北京工业大学", "北京理工大学"])
    assert scores[0, 0] > scores[0, 1]
    assert scores[1, 1] > scores[1, 0]


def test_a_name_with_unmatched_words_is_not_joined() -> None:
    latin = [("Saint Petersburg State University", "a")]
    (pair,) = cross_pairs(latin, [("Санкт-Петербургский государственный электротехнический университет", "b")], 0.0)
    assert pair.doubtful
    (pair,) = cross_pairs(latin, [("Санкт-Петербургский государственный университет", "b")], 0.0)
    assert not pair.doubtful


@pytest.mark.parametrize(
    ("latin", "han"), [("Huawei Technologies (Kenya)", "华为技术"), ("Nippon Telegraph and Telephone East", "日本電信電話")]
)
def test_a_name_with_a_place_of_its_own_is_not_joined(latin: str, han: str) -> None:
    (pair,) = cross_pairs([(latin, "a")], [(han, "b")], 0.0)
    assert pair.doubtful


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("Nokia", ""),
        ("Ростех", "cyrillic"),
        ("بنك", "arabic"),
        ("삼성", "hangul"),
        ("トヨタ自動車", "kana"),
        ("三菱", "han"),
        ("", ""),
    ],
)
def test_the_script_of_a_name(name: str, script: str) -> None:
    assert script_in(name) == script


def test_forms_of_one_arabic_name_are_folded() -> None:
    assert fold_script("الأُولى", "arabic") == fold_script("الاولي", "arabic")
    assert fold_script("مبین‌نت", "arabic") == ["مبين", "نت"]


def test_russian_endings_are_recognised() -> None:
    words = script_words()["cyrillic"]
    assert {words.root(word) for word in ("таможенная", "таможенной", "таможенное")} == {"таможенн"}
    assert words.root("кварц") == "кварц"


def test_legal_forms_cost_nothing() -> None:
    form = parse_non_latin("Публичное акционерное общество «Кварц»", cross_script_model())
    brand = parse_non_latin("Кварц", cross_script_model())
    assert form.silent == pytest.approx(brand.silent + cross_script_model().missed_empty)


def test_spellings_of_one_sound_have_one_key() -> None:
    assert sound_key("kaspersky", "cyrillic")[0] == sound_key("kasperskiy", "cyrillic")[0]
    assert sound_key("pusan", "hangul")[0] == sound_key("busan", "hangul")[0]


def test_every_letter_has_a_name() -> None:
    assert all(len(names) == 26 for names in letter_names().values())


def test_older_spellings_of_mandarin() -> None:
    assert [wade_giles(syllable) for syllable in ("hua", "zhang", "xin", "tian", "li")] == ["hwa", "chang", "hsin", "tien", "li"]


@given(st.text(alphabet="абвгд بنك 삼성 トヨ銀行 AB12()«»", max_size=30))
@settings(max_examples=50, deadline=None)
def test_any_text_can_be_compared(name: str) -> None:
    assert 0 <= cross_score("Nokia Bank 12", name) <= 1


def test_words_in_katakana_are_translated() -> None:
    assert joined("JP", ("company", "Quillsen; Sun Denshi"), ("company", "サン電子株式会社"))
    assert not joined("JP", ("company", "Quillsen; Star Denshi"), ("company", "サン電子株式会社"))
