"""Classes of look-alikes that stay apart, each with a similar pair that belongs together."""

import pytest

from overt.resolve.equal_names_and_identifiers import MatchingClaim
from overt.resolve.home_pages import office_host
from overt.resolve.identity_conflicts import IdentityConflicts
from overt.resolve.names import NameKeys
from overt.resolve.names.consonant_comparison import sound_alike
from overt.resolve.names.institution_name_meanings import read_translated
from overt.resolve.projects.brands_in_supplier_names import differ_across_scripts, share_brand
from overt.resolve.projects.coined_project_names import own_names
from overt.resolve.projects.project_name_reader import ProjectNameReader
from overt.resolve.projects.title_subjects import project_subjects
from overt.resolve.same_organizations.abbreviation_evidence import abbreviation_level
from overt.resolve.same_organizations.alias_evidence import alias_level
from overt.resolve.same_organizations.evidence_levels import evidence_of
from overt.resolve.same_organizations.organization_clusters_by_country import Body
from overt.resolve.same_organizations.pairs_with_different_names import CorroboratedNames
from tests.resolve.resolved_hand_made_claims import record
from tests.resolve.test_project_match_probabilities import MODEL, level, parties
from tests.resolve.two_organizations import Side, two

CAMERAS = {"kind": "video-surveillance", "country": "RU"}


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Cameras in yards of Quillwater", "Камеры в подъездах", "other"),
        ("Cameras in yards of Quillwater", "Камеры во дворах", "unknown"),
        ("Live face recognition", "Retrospective face recognition", "other"),
        ("Live face recognition", "Face recognition in the streets", "unknown"),
        ("Cameras in the metro", "Камеры на улицах", "other"),
        ("Cameras in the streets", "Камеры города", "unknown"),
        ("Surveillance balloons", "Камеры города", "object"),
        ("Surveillance balloons", "Аэростаты с камерами", "unknown"),
        ("Cameras in yards of Quillwater", "Камеры города", "one"),
    ],
)
def test_titles_that_say_what_a_project_is_for_tell_two_apart(left: str, right: str, expected: str) -> None:
    first, second = record("a:1", "project", name=left, **CAMERAS), record("b:1", "project", name=right, **CAMERAS)
    assert level("setting", first, second) == expected


def test_a_subject_in_letters_without_spaces_is_found_inside_a_title() -> None:
    names = {"a:1": {"市公安局执法记录仪采购"}, "b:1": {"市公安局摄像头采购"}}
    groups = {(project, group) for project, group, _ in project_subjects(names, {}, [])}
    assert ("a:1", "object") in groups
    assert ("b:1", "object") not in groups


@pytest.mark.parametrize(
    ("dates", "sums", "expected"),
    [
        (("2015-12", "2015-12"), ("2600000000", "5200000000"), "other-lot"),
        (("2015-12", "2014-02"), ("2600000000", "5200000000"), "other"),
        (("2015-12", "2015-12"), ("2600000000", "2600000000"), "same"),
    ],
)
def test_unequal_sums_of_one_month_are_two_lots(dates: tuple[str, str], sums: tuple[str, str], expected: str) -> None:
    first, second = (
        record(key, "project", name=name, agreed=date, **CAMERAS, **{"contract-value": amount})
        for key, name, date, amount in zip(("a:1", "b:1"), ("Quillwater", "Fernlake"), dates, sums, strict=True)
    )
    first, second = (
        [claim._replace(unit="RUB") if claim.property == "contract-value" else claim for claim in of] for of in (first, second)
    )
    assert level("amount", first, second) == expected


@pytest.mark.parametrize(
    ("right", "expected"),
    [("ООО «НеоФерн»", "other-sound"), ("ООО «Сергон»", "unknown"), ("ООО «СГ»", "unknown")],
)
def test_suppliers_that_sound_different_in_two_alphabets(right: str, expected: str) -> None:
    values = {**CAMERAS, "name": "Quillwater"}
    first = record("a:1", "project", **values) + parties("a:1", "supplier", "Sergon")
    second = record("b:1", "project", **{**values, "name": "Фернлейк"}) + parties("b:1", "supplier", right)
    assert level("suppliers", first, second) == expected


def test_abbreviations_and_known_makers_are_not_compared_by_their_sound() -> None:
    assert differ_across_scripts(["Quillon"], ["Фернлейк"])
    assert not differ_across_scripts(["Speech Technology Center"], ["ЦРТ"])
    assert not differ_across_scripts(["Huawei"], ["Хуавей"])
    assert not differ_across_scripts(["Quillon"], ["Fernlake"])


def test_an_umlaut_can_be_two_letters() -> None:
    assert share_brand(["Müllbauer"], ["Muellbauer ID Services"])
    assert not share_brand(["Müllbauer"], ["Mallbauer"])


def test_three_capitals_name_a_cable_and_no_other_project() -> None:
    names = {"a:1": {"QZF lands at Fernlake"}, "b:1": {"QZF lands at Fernlake"}, "c:1": {"QZ-FQ-LK 5"}}
    assert set(own_names(names, set(), {"a:1", "c:1"})) == {("a:1", "qzf")}


@pytest.mark.parametrize(
    "title",
    [
        "شبكة الجيل الثالث",
        "Fernlake third-generation network",
        "сеть третьего поколения",
        "第三代网络",
        "red de tercera generación",
    ],
)
def test_the_generation_of_a_network_counts_no_phase(title: str) -> None:
    assert not ProjectNameReader(MODEL.words).read(title).numbers


@pytest.mark.parametrize(
    "title", ["Dostawa urządzeń, część 2", "Поставка оборудования, лот 2", "设备采购第二包", "Equipment, package 2"]
)
def test_a_lot_has_a_number(title: str) -> None:
    assert ProjectNameReader(MODEL.words).read(title).numbers == {"2"}


@pytest.mark.parametrize("title", ["Amadora alarga a videovigilância", "Расширение сети камер", "Rozbudowa monitoringu"])
def test_an_extension_is_another_activity(title: str) -> None:
    assert "extend" in ProjectNameReader(MODEL.words).read(title).acts


def _joins(country: str, left: Side, right: Side) -> bool:
    claims: list[MatchingClaim] = [
        (key, "organization", property_, value)
        for key, values in (("a:1", left), ("b:1", right))
        for property_, value in {"country": country, "kind": "company", **values}.items()
    ]
    return any(CorroboratedNames(claims, {"a:1": "a:1", "b:1": "b:1"}, NameKeys()).find())


def test_a_brand_made_of_the_country_and_its_field_may_be_that_of_another_firm() -> None:
    left: Side = {"name": "Syriatel Mobile Telecom S.A.", "alias": "Syriatel"}
    right: Side = {"name": "الشركة السورية للاتصالات", "alias": "Syrian Telecom"}
    assert _joins("SY", left, right)
    assert not _joins("SY", {**left, "website": "syriatel.sy"}, {**right, "website": "syriantelecom.com.sy"})


def _own(body: Body, alias: str) -> Body:
    body.short.setdefault(alias, "b:1")
    return body


def test_an_abbreviation_can_be_of_a_name_with_its_legal_form() -> None:
    left, right = two(
        "CN",
        "state-owned-company",
        {"name": "China Electronics Technology Group Corporation", "alias": "CETC"},
        {"name": "China Electronics Corporation", "alias": "CEC"},
    )
    assert abbreviation_level(left, right) == "other"


@pytest.mark.parametrize(("name", "expected"), [("මොබිටෙල්", ""), ("Fernlake Cellular", "same")])
def test_an_alias_that_sounds_like_a_name_of_one_is_a_brand_of_its_group(name: str, expected: str) -> None:
    left, right = two(
        "LK", "company", {"name": "Sri Lanka Telecom", "alias": "SLT-Mobitel"}, {"name": name, "alias": "SLT-Mobitel"}
    )
    assert alias_level(left, right) == expected


def test_the_brand_of_a_subsidiary_is_no_abbreviation_in_its_name() -> None:
    left, right = two("LK", "company", {"name": "Sri Lanka Telecom"}, {"name": "ශ්‍රී ලංකා ටෙලිකොම් මොබිටෙල්", "alias": "Mobitel"})
    evidence = evidence_of(left, _own(right, "mobitel"))
    assert evidence is not None and evidence.get("name") != "equal"


def _conflict(left: Side, right: Side) -> bool:
    claims: list[MatchingClaim] = [
        (key, "organization", property_, value)
        for key, values in (("a:1", left), ("b:1", right))
        for property_, value in values.items()
    ]
    return IdentityConflicts(claims, NameKeys()).find("a:1", "b:1") is not None


def test_offices_of_two_regions_with_one_name_are_two() -> None:
    assert office_host("ssp.ba.gov.br") == ("ssp", "ba.gov.br")
    assert office_host("ssp.gov.br") is None
    assert office_host("jpn.quill.co.jp") is None
    assert _conflict({"website": "ssp.ba.gov.br"}, {"website": "ssp.sp.gov.br"})
    assert not _conflict({"website": "ssp.ba.gov.br"}, {"website": "seg.sp.gov.br"})
    assert _conflict({"alias": "SSP-BA"}, {"alias": "SSP/SP"})
    assert not _conflict({"alias": "SSP-BA"}, {"alias": "SSP BA"})


def test_firms_whose_names_begin_alike_have_other_initials() -> None:
    left: Side = {"name": "Quill Shipbuilding Industry Corporation", "alias": "QSIC"}
    right: Side = {"name": "Quill State Shipbuilding Corporation", "alias": "QSSC"}
    assert _conflict(left, right)
    assert not _conflict(left, {**right, "alias": "Quillships"})
    assert not _conflict({**left, "state-body": "1"}, {**right, "state-body": "1"})


@pytest.mark.parametrize(
    ("left", "right", "is_one"), [("glory", "グローリー", True), ("sanyo", "ソニー", False), ("sony", "ソニー", True)]
)
def test_kana_spell_out_vowels_and_have_one_sound_for_l_and_r(left: str, right: str, is_one: bool) -> None:
    assert sound_alike(left, right) is is_one


def test_a_word_that_sounds_like_an_official_word_is_no_name_of_the_country() -> None:
    assert not read_translated("סאיטו טק", "IL").names_country


def test_a_word_of_another_language_of_the_script_has_no_meaning() -> None:
    assert "prison" not in read_translated("الجيل الثالث", "PS").meanings
    assert "prison" in read_translated("جیل", "PK").meanings
