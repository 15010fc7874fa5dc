"""Organisations with names that translate, abbreviate or sound like each other, and numbers that contain each other."""

import pytest

from overt.resolve.equal_names_and_identifiers import MatchingClaim
from overt.resolve.names import NameKeys
from overt.resolve.names.abbreviations.syllable_abbreviations import abbreviates_most_words
from overt.resolve.names.consonant_comparison import share_stem, sound_alike
from overt.resolve.names.institution_name_meanings import read_translated
from overt.resolve.names.institution_word_meanings import WordTable, institution_words
from overt.resolve.names.translated_name_comparison import compare_translated
from overt.resolve.nested_register_numbers import contained_identifiers, plain_identifier
from overt.resolve.same_organizations.pairs_with_different_names import CorroboratedNames, is_slip

KEYS = NameKeys()


def are_joined(country: str, kind: str, left: str, right: str) -> bool:
    """Return whether the rules find by their names that two organisations of one country and kind are the same."""
    claims: list[MatchingClaim] = []
    for record, name in (("a:1", left), ("b:1", right)):
        claims += [(record, "organization", key, value) for key, value in (("name", name), ("country", country), ("kind", kind))]
    corroborated = CorroboratedNames(claims, {"a:1": "a:1", "b:1": "b:1"}, KEYS)
    return any(corroborated.find()) or any(corroborated.misspelled())


@pytest.mark.parametrize(
    ("country", "left", "right"),
    [
        ("GE", "სახელმწიფო უსაფრთხოების სამსახური", "State Security Service of Georgia"),
        ("IL", "משרד התקשורת", "Ministry of Communications"),
        ("NP", "नेपाल प्रहरी", "Nepal Police"),
        ("PL", "Urząd Komunikacji Elektronicznej", "Office of Electronic Communications"),
        ("HU", "Belügyminisztérium", "Ministry of Interior"),
        ("ET", "የኢትዮጵያ ኮሙኒኬሽን ባለሥልጣን", "Ethiopian Communications Authority"),
        ("IN", "मुंबई पुलिस", "Mumbai Police"),
        ("KH", "ក្រសួងប្រៃសណីយ៍និងទូរគមនាគមន៍", "Ministry of Post and Telecommunications"),
    ],
)
def test_state_bodies_whose_names_translate_each_other_are_one(country: str, left: str, right: str) -> None:
    assert are_joined(country, "state-body", left, right)


@pytest.mark.parametrize(
    ("country", "left", "right"),
    [
        ("IN", "मुंबई पुलिस", "Navi Mumbai Police"),
        ("IN", "लखनऊ पुलिस", "Lucknow Railway Police"),
        ("GE", "საქართველოს თავდაცვის სამინისტრო", "Ministry of Internal Affairs of Georgia"),
        ("IL", "משרד הביטחון", "Ministry of National Security"),
        ("BD", "ঢাকা মেট্রোপলিটন পুলিশ", "Chattogram Metropolitan Police"),
        ("KE", "National Information Security Authority", "National Information Security Agency"),
        ("PL", "Agencja Wywiadu", "Internal Security Agency"),
    ],
)
def test_look_alikes_are_two(country: str, left: str, right: str) -> None:
    assert not are_joined(country, "state-body", left, right)


def test_companies_are_one_if_their_brand_is_written_in_two_scripts() -> None:
    assert are_joined("GE", "company", "სილქნეტი", "Silknet")
    assert are_joined("GR", "company", "Ιντρακόμ Τέλεκομ", "Intracom Telecom")
    assert not are_joined("GR", "company", "Ιντρακόμ Τέλεκομ", "Intracom Defense")


def test_a_slip_of_the_pen_in_a_long_name_is_no_difference() -> None:
    assert are_joined("DE", "company", "Dermalog Identification Systems", "DERMALOG INDENTIFICATION SYSTEMS GMBH")
    assert not is_slip("acme communications group", "acme communication group")  # This is a plural, not a slip.
    assert is_slip("acme identification group", "acme indentification group")


def test_one_stock_is_one_company() -> None:
    names = {"a:1": ("Quill Technology Group", "688244.SH"), "b:1": ("翎羽科技集团", "688244")}
    claims: list[MatchingClaim] = []
    for record, (name, alias) in names.items():
        claims += [(record, "organization", "name", name), (record, "organization", "alias", alias)]
        claims += [(record, "organization", "country", "CN"), (record, "organization", "kind", "company")]
    assert [shared.key for shared in CorroboratedNames(claims, {"a:1": "a:1", "b:1": "b:1"}, KEYS).find()] == ["688244"]


def test_a_word_with_two_meanings_agrees_with_either() -> None:
    defence = read_translated("משרד הביטחון", "IL")
    assert compare_translated(defence, read_translated("ministry of defense", "IL")) == "equal"
    assert compare_translated(defence, read_translated("ministry of security", "IL")) == "equal"
    assert compare_translated(defence, read_translated("ministry of health", "IL")) == "different"


def test_words_count_only_where_their_language_is_spoken() -> None:
    assert institution_words("KE").senses(["mamlaka"], 0)[1][0].meaning == "authority"
    assert not institution_words("PL").senses(["mamlaka"], 0)[1]


def test_a_stem_that_is_too_short_is_refused() -> None:
    from overt.model.errors import ContentError
    from overt.resolve.names.institution_word_meanings import Sense

    with pytest.raises(ContentError, match="is not one word of 4 letters"):
        WordTable().learn("abc*", Sense("words", "air"), "names/institution_words.yml")


def test_words_sound_alike_across_scripts() -> None:
    assert sound_alike("بيروت", "beirut")
    assert sound_alike("სილქნეტი", "silknet")
    assert not sound_alike("москва", "minsk")
    assert share_stem("operatiul", "operational")
    assert not share_stem("operatiul", "optical")


def test_an_abbreviation_may_leave_out_a_word_of_a_long_name() -> None:
    words = ("china", "national", "electronics", "import", "export", "corporation")
    assert abbreviates_most_words("ceiec", words)
    assert not abbreviates_most_words("ceic", ("acme", *words))
    assert not abbreviates_most_words("cei", words)


def test_numbers_of_registers_contain_each_other() -> None:
    assert list(contained_identifiers("fr-siret:440 305 282 00069")) == ["fr-siren:440305282"]
    assert list(contained_identifiers("eu-vat:FR40440305282")) == ["fr-siren:440305282"]
    assert list(contained_identifiers("br-cnpj:40.432.544/0001-47")) == ["br-cnpj-root:40432544"]
    assert list(contained_identifiers("lei:529900T8BM49AURSDO55")) == []
    assert plain_identifier("cl-rut:60.513.000-3") == "cl-rut:605130003"
