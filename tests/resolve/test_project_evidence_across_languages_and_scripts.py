"""Evidence that records of projects match, although two sources give names and titles in different words or scripts."""

import pytest

from overt.model.claim import Claim
from overt.resolve.projects.participants_under_two_names import alike_participants
from overt.resolve.projects.places.place_sounds import place_sounds
from overt.resolve.projects.project_model import load_project_model
from overt.resolve.projects.project_name_reader import ProjectNameReader
from overt.resolve.projects.stated_numbers import NumberReader
from overt.resolve.projects.titles_across_scripts import Titles
from tests.resolve.resolved_hand_made_claims import record
from tests.resolve.test_project_match_probabilities import MODEL, level, parties, product

WORDS = load_project_model().words
CAMERAS = {"kind": "video-surveillance", "country": "DE"}


def project(key: str, *places: str, **values: str | list[str]) -> list[Claim]:
    """Return the claims of a project with places that only have names."""
    claims = record(key, "project", **{"name": f"Quill {key}", **CAMERAS, **values})
    for number, name in enumerate(places):
        claims += record(f"{key}/p{number}", "place", project=key, name=name, precision="unlocated")
    return claims


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (["Sydney", "Valparaíso"], ["Sídney", "Valparaíso", "Papenoo"], "several"),
        (["Tarawa", "Pohnpei", "Nauru"], ["タラワ", "ポンペイ", "ナウル"], "many"),
        (["Duisburg"], ["杜伊斯堡"], "near"),
        (["Arlit", "Diffa", "Niamey"], ["Arlit", "Agadez", "Zinder", "Tahoua"], "near"),
    ],
)
def test_places_agree_in_degrees_and_across_scripts(left: list[str], right: list[str], expected: str) -> None:
    assert level("place", project("a:1", *left), project("b:1", *right)) == expected


def test_a_place_in_another_script_is_the_most_likely_of_its_country() -> None:
    places = [("a:1", "Beirut", None), ("a:2", "Tripoli", None), ("b:1", "贝鲁特", None), ("c:1", "贝鲁特", None)]
    countries = {"a:1": {"LB"}, "a:2": {"LB"}, "b:1": {"LB"}, "c:1": {"FR"}}
    names = {(row.project, row.name) for row in place_sounds(places, countries) if row.script == "han"}
    assert names == {("b:1", "贝鲁特"), ("b:1", "beirut"), ("c:1", "贝鲁特")}


def test_participants_in_scripts_that_cannot_be_compared_say_nothing() -> None:
    first = project("a:1") + parties("a:1", "supplier", "Квилл")
    second = project("b:1") + parties("b:1", "supplier", "فرن")
    assert level("suppliers", first, second) == level("participants", first, second) == "unknown"
    assert level("suppliers", first, project("b:1") + parties("b:1", "supplier", "Мох")) == "other"


@pytest.mark.parametrize(
    ("left", "right", "role"),
    [
        ("City of Duisburg", "杜伊斯堡市政府", "customer"),
        ("Huawei", "华为技术有限公司", "supplier"),
        ("Роскосмос", "روس‌کاسموس", "supplier"),
        ("Acme Systems", "Acme Systems International", "supplier"),
    ],
)
def test_participants_are_compared_in_any_scripts(left: str, right: str, role: str) -> None:
    entries = [("DE", f"p:{name}", role, name, frozenset({name})) for name in (left, right)]
    assert [set(pair) for _, *pair in alike_participants(entries)] == [{left, right}]


def test_makers_of_cables_are_found_by_the_words_of_their_brand() -> None:
    names = ("Fern Submarine Networks", "Fern-Quill Submarine Networks", "Moss Marine")
    entries = [("", f"p:{name}", "supplier", name, frozenset({name})) for name in names]
    assert [set(pair) for _, *pair in alike_participants(entries)] == [{*names[:2]}]


def test_numbers_follow_words_at_once_in_scripts_without_spaces() -> None:
    reader = NumberReader(WORDS.multipliers, WORDS.units, WORDS.numerals)
    assert [number.value for number in reader.read("卫星定点于东经128.5度")] == [128.5]
    assert reader.read("model A450") == ()


def test_a_title_with_several_sides_is_of_the_whole() -> None:
    other = project("b:1", name="Fibre network")
    assert level("side", project("a:1", name="Fibre network: North, South and Centre"), other) == "unknown"
    assert level("side", project("a:1", name="Fibre network, North"), other) == "one"


def test_single_foreign_words_are_no_title() -> None:
    reader = ProjectNameReader(WORDS)
    variants = {variant.tokens for variant in reader.read("«Билайн» и Huawei открыли зону 5G в Москве").variants}
    assert not any(set(tokens) <= {"huawei", "5g"} for tokens in variants)
    assert ("quill", "harbour") in {variant.tokens for variant in reader.read("Quill Harbour 翎羽港").variants}


def test_a_name_in_quotation_marks_is_compared_with_a_title() -> None:
    names = {"a:1": ["Polar Express"], "b:1": ["Прокладка кабеля «Полярный экспресс» началась"], "c:1": ["Кабель «Вьюга» готов"]}
    titles = Titles(names, WORDS)
    assert titles.match("a:1", "b:1")
    assert not titles.match("a:1", "c:1")


@pytest.mark.parametrize(
    ("latin", "other", "is_shared"),
    [
        ("Sergek traffic monitoring", "Как работает «Сергек»", True),
        ("Sergek traffic monitoring", "Как работает Сергек", False),  # The name is not quoted.
        ("Traffic monitoring", "Как работает «Трафик»", False),  # The quoted word isn't coined.
        ("Quillek traffic monitoring", "Как работает «Сергек»", False),
    ],
)
def test_a_coined_name_is_quoted_in_another_script(latin: str, other: str, is_shared: bool) -> None:
    assert Titles({"a": [latin], "b": [other]}, MODEL.words).shares_coined_name("a", "b") is is_shared


def test_a_latin_name_within_a_title_is_not_the_title() -> None:
    left = product("a:1", "羽田空港で「Quillgate Fernpass」始まる", "成田国際空港株式会社", "成田市")
    right = product("b:1", "羽田空港にも「Quillgate Fernpass」導入", "東京国際空港ターミナル株式会社", "大田区")
    assert level("name", left, right) == "part"
    after = record("a:1", "project", kind="facial-recognition", country="JP", name="羽田空港の手続き Quillgate Fernpass")
    before = record("b:1", "project", kind="facial-recognition", country="JP", name="Quillgate Fernpass")
    assert level("name", after, before) == "equal-telling"  # The first title is in two languages.
