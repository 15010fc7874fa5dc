"""Former names that come in lists or match by sound, and authorities whose names include their ministry's."""

import pytest

from overt.resolve.names import NameKeys
from overt.resolve.names.folding_and_scripts import fold
from overt.resolve.names.former_and_registered_notes import former_names_in
from overt.resolve.same_organizations.evidence_levels import evidence_of
from overt.resolve.same_organizations.organization_clusters_by_country import read_bodies
from overt.resolve.same_organizations.removal_of_ministry_from_authority_names import names_without_ministry
from tests.resolve.test_combined_evidence_for_organizations import joined
from tests.resolve.test_former_names_and_domains import bodies, claims_of


@pytest.mark.parametrize(
    ("alias", "names"),
    [
        ("formerly Fernix, Quillcom and Mossnet", ("Fernix", "Quillcom", "Mossnet")),
        ("ранее Ферникс и Квиллком", ("Ферникс", "Квиллком")),
        ("formerly Post and Telecommunications", ("Post and Telecommunications",)),
        ("formerly Quill Systems", ("Quill Systems",)),
        ("Quill, Fern", ()),
    ],
)
def test_a_list_of_former_brands_is_several_names(alias: str, names: tuple[str, ...]) -> None:
    assert former_names_in(alias, has_form=False) == names


def test_a_former_brand_is_that_of_an_older_name() -> None:
    old = claims_of("a:1", "KE", name="Quillcom Communications Limited", kind="company")
    new = claims_of("b:1", "KE", name="Mossnet Kenya", alias="formerly Fernix, Quillcom", kind="company")
    assert (evidence_of(*bodies(old, new)) or {})["former"] == "same"
    other = claims_of("a:1", "KE", name="Quillcom Towers Limited", kind="company")
    assert "former" not in (evidence_of(*bodies(other, new)) or {})


def test_a_former_name_is_compared_word_by_word_in_another_script() -> None:
    old = claims_of("a:1", "RU", name="Oxyfern Software Company", kind="company")
    new = claims_of("b:1", "RU", name="ООО «Квилл»", alias="ранее Оксиферн Софтвер", kind="company")
    assert (evidence_of(*bodies(old, new)) or {})["former"] == "sound"


@pytest.mark.parametrize(
    ("name", "country", "rest"),
    [
        ("İçişleri Bakanlığı Göç İdaresi Başkanlığı", "TR", ["goc idaresi baskanligi"]),
        ("Ministerio del Interior, Dirección General de Migración", "PA", ["direccion general de migracion"]),
        ("Department of Prisons, Ministry of Home Affairs", "MY", []),  # Many ministries have such departments.
        ("Ministry of Finance, Agency for Procurement", "RS", []),  # Other ministries have such an agency, too.
        ("Ministry of Interior", "GH", []),
    ],
)
def test_an_authority_is_named_with_its_ministry(name: str, country: str, rest: list[str]) -> None:
    assert list(names_without_ministry(name, NameKeys().key(name) or fold(name), country)) == rest


def test_an_authority_is_one_with_and_without_its_ministry() -> None:
    left = claims_of("a:1", "TR", name="Presidency of Migration Management", kind="state-body")
    right = claims_of("b:1", "TR", name="İçişleri Bakanlığı Göç İdaresi Başkanlığı", kind="state-body")
    assert (evidence_of(*bodies(left, right)) or {})["name"] == "equal"
    other = claims_of("b:1", "TR", name="İçişleri Bakanlığı Sahil Güvenlik Komutanlığı", kind="state-body")
    read = read_bodies([*left, *other], {"a:1": "a:1", "b:1": "b:1"}, NameKeys())
    assert (evidence_of(*read.values()) or {}).get("name") != "equal"


@pytest.mark.parametrize(
    ("left", "right", "is_one"),
    [
        ("Fenglin Qiaobu", "云投某某股份有限公司; 枫林乔布（2023年更名前）", True),
        ("Fenglin Qiaobu", "云投某某股份有限公司; 柏林乔布（2023年更名前）", False),  # The consonants differ.
        ("Hua Xin", "云投某某股份有限公司; 华鑫（2019年更名前）", False),  # The name has only two characters.
    ],
)
def test_a_former_name_of_four_characters_is_known_by_its_sound(left: str, right: str, is_one: bool) -> None:
    assert bool(joined("CN", ("company", left), ("company", right))) is is_one
