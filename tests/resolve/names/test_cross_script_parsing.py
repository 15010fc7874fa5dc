"""Forms of Latin and Chinese names that are compared with each other."""

import pytest

from overt.resolve.names.consonant_comparison import sound_alike
from overt.resolve.names.cross_script.cross_script_model import cross_script_model
from overt.resolve.names.cross_script.cross_script_parsing import han_form, latin_form, parse_numeral

MODEL = cross_script_model()


def texts(name: str) -> list[str]:
    return [word.text for word in latin_form(name).words]


def test_legal_forms_are_recognised_anywhere() -> None:
    form = latin_form("Western Digital Corporation of Delaware, Inc.")
    assert [word.text for word in form.words if word.legal] == ["corporation", "inc"]
    assert form.key == latin_form("Delaware Western Digital").key


def test_a_name_that_is_a_legal_form_keeps_its_first_word() -> None:
    assert not latin_form("Company").words[0].legal


def test_connectives_are_left_out() -> None:
    assert texts("Bank of the Orient") == ["bank", "orient"]
    assert texts("The Oriental Bank’s Fund") == ["oriental", "bank", "fund"]


def test_camel_case_is_cut_and_still_one_name() -> None:
    form = latin_form("SenseTime")
    assert texts("SenseTime") == ["sense", "time"]
    assert (3, "sensetime") in form.joined


def test_numbers_in_figures_and_words() -> None:
    numbers = {word.text: word.number for word in latin_form("Third Academy, 55th Research Institute, Plant 007").words}
    assert (numbers["third"], numbers["55th"], numbers["007"]) == ("3", "55", "7")


def test_brackets_make_an_aside() -> None:
    assert [word.text for word in latin_form("Harbin Engineering University (HEU)").words if word.aside] == ["heu"]


def test_dotted_initials_are_one_word() -> None:
    assert texts("U.S. Steel") == ["us", "steel"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("三", 3), ("十", 10), ("五十五", 55), ("八一一", 811), ("七〇二", 702), ("一百零八", 108), ("二十三四", None), ("", None)],
)
def test_chinese_numerals(text: str, value: int | None) -> None:
    assert parse_numeral(text) == value


def test_a_numbered_institute() -> None:
    form = han_form("中国电子科技集团公司第十三研究所", MODEL)
    assert form.numbers == {"13": [(10, 13)]}


def test_a_numeral_in_a_name_is_not_a_number() -> None:
    assert han_form("三菱电机", MODEL).numbers == {}


def test_latin_letters_and_figures_in_a_chinese_name() -> None:
    form = han_form("小松ＮＴＣ株式会社159厂", MODEL)
    assert form.latin == [(2, "ntc")]
    assert list(form.numbers) == ["159"]


def test_scripts_are_folded() -> None:
    assert han_form("華為技術有限公司", MODEL).units == han_form("华为技术有限公司", MODEL).units


def test_an_unmatched_legal_form_costs_little() -> None:
    assert han_form("有限公司", MODEL).silent < 1 < han_form("莱多斯", MODEL).silent


@pytest.mark.parametrize("name", ["", " ", "!!!", "🛰️🛰️", "\u200f\u200e", "·", "\0"])
def test_a_name_without_letters_has_no_words(name: str) -> None:
    assert not latin_form(name).words
    assert not han_form(name, MODEL).units


@pytest.mark.parametrize(("left", "right"), [("oxygen", "оксиджен"), ("agent", "эйджент"), ("logic", "лоджик")])
def test_x_and_a_soft_g_sound_like_two_letters_in_cyrillic(left: str, right: str) -> None:
    assert sound_alike(left, right)
