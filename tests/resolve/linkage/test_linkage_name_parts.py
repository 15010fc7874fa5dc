"""Names are split into parts, and very long ones are read only in part."""

import pytest

from tests.resolve.linkage.hand_made_records_scored_by_model import READER


@pytest.mark.parametrize(
    ("name", "brand", "field", "place", "form"),
    [
        ("Huawei Technologies (Kenya) Co., Ltd.", "huawei", "technology", "ke", None),
        ("华为技术有限公司", "huawei", "technology", None, None),
        ("ООО «Ромашка» Телекоммуникации", "romashka", "telecom", None, "limited"),
        ("BLUESTEM OPTICS GMBH", "bluestem", "optics", None, "limited"),
        ("Café Zürich S.A.", "cafe", None, "zurich", "stock"),
        ("Petrolera del Sur S.A. de C.V.", "petrolera", None, None, "stock"),
        ("株式会社ミズナラ", "mizunara", None, None, "stock"),
        ("South Africa Fern Systems (Pty) Ltd", "fern", "system", "za", "limited"),
    ],
)
def test_a_name_is_brand_field_place_and_form(name, brand, field, place, form):
    parts = READER.read(name)
    assert (parts.brand, parts.field, parts.place, parts.form) == (brand, field, place, form)


def test_a_name_of_common_words_is_its_brand():
    assert READER.read("Bank of China").brand == "bank cn"
    assert READER.read("中国银行").brand == "bank cn"


def test_names_that_sound_alike_in_two_scripts_have_the_same_consonants():
    assert READER.read("شركة الفجر سلام للخدمات").sound == READER.read("Al Fajr Salam Services").sound == "fkr slm"
    assert READER.read("Нексшаирдтакс").sound == READER.read("Nexshairdthax").sound


@pytest.mark.parametrize("name", ["", " ", "!!!", "…—", "\u200f\u200e", "🙂🙂", "Ltd.", "有限公司", "the"])
def test_a_name_without_information_has_no_brand(name):
    assert READER.read(name).brand is None


def test_marks_of_direction_and_width_change_nothing():
    assert READER.read("\u200fBluestem\u200e Ｏｐｔｉｃｓ") == READER.read("bluestem optics")


def test_numbers_are_the_brand_only_if_no_other_word_remains():
    assert READER.read("Construction Bureau No. 3").numbers == "3"
    assert "3" not in (READER.read("Construction Bureau No. 3").brand or "").split()
    assert READER.read("360").brand == "360"


def test_a_name_of_a_hundred_thousand_characters_is_read_in_part():
    long = READER.read("fern" * 25_000)
    assert long.brand is not None
    assert len(long.brand) <= 120
    assert READER.read("华" * 100_000).brand is not None


def test_signs_letters_and_script_are_those_of_the_brand():
    chinese = READER.read("上海通德通信息有限责任公司")
    assert (chinese.characters, chinese.letters, chinese.script) == ("通德通", "tongdetong", "han")
    # The name is split from its end, so this is not 通信 and 息.
    assert (chinese.place, chinese.field) == ("shanghai", "information")
    assert READER.read("華為技術").characters == READER.read("华为技术").characters
    russian = READER.read("ООО «Ромашка»")
    assert (russian.characters, russian.letters, russian.script) == (None, "romashka", "other")
    assert READER.read("TCL集团").script == "latin"
    assert READER.read("Coral Sapphire").letters == READER.read("CoralSapphire").letters


def test_transliterations_have_the_same_consonants():
    for original, transliterated in (("Хоумкрок", "Houmkrock"), ("Джонсон", "Johnson"), ("فضة خليج", "Fidda Khaleej")):
        assert READER.read(original).sound == READER.read(transliterated).sound
