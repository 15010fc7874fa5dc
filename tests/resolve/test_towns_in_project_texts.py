"""Towns of projects: names in several languages, regions, districts, and different towns, which mean that projects differ."""

import subprocess
import sys

import pytest

from overt.resolve.names import fold
from overt.resolve.projects.places.present_and_usual_town_names import present_name, usual_name
from overt.resolve.projects.places.towns_in_project_texts import are_apart, is_town, towns_in
from tests.resolve.resolved_hand_made_claims import record
from tests.resolve.test_project_match_probabilities import MODEL, level, pairs, parties, place, product, unrelated_cables
from tools import town_names_in_official_languages

WORDS = MODEL.words
OWNERS = [("a:1", "Quilldell"), ("b:1", "Fernwater")]


@pytest.mark.parametrize(
    ("country", "left", "right", "apart"),
    [
        ("KZ", {"astana"}, {"алматы"}, True),
        ("PK", {"lahore"}, {"اسلام اباد"}, True),
        ("JP", {"narita"}, {"羽田"}, True),
        ("JP", {"narita"}, {"成田"}, False),
        ("KZ", {"nur sultan"}, {"астана"}, False),  # The town was renamed.
        ("MA", {"casablanca"}, {"الدار البيضاء"}, False),  # One of the names is an exonym.
        ("KZ", {"almaty", "astana", "shymkent"}, {"алматы"}, False),  # The town on the right is one of those on the left.
        ("UZ", {"tashkent"}, {"toshkent"}, False),
        ("AO", {"luanda"}, {"罗安达"}, False),
        ("EG", {"cairo"}, {"亚历山大"}, False),  # Chinese names of towns abroad may be exonyms
        ("KZ", {"astana"}, set(), False),
    ],
)
def test_towns_are_apart_if_none_can_be_the_other(country: str, left: set[str], right: set[str], apart: bool) -> None:
    assert are_apart(left, right, country) is apart
    assert are_apart(right, left, country) is apart


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("Алматыда «Quillgate» жүйесі", "KZ", {"алматы"}),
        ("Quillgate at Narita International Airport", "JP", {"narita"}),
        ("羽田空港で「Quillgate」始まる", "JP", {"羽田"}),
        ("Akimat of Astana", "KZ", {"astana"}),
        ("National police", "KZ", set()),
    ],
)
def test_titles_and_customers_name_towns(text: str, country: str, expected: set[str]) -> None:
    assert towns_in(text, {"алматы", "astana"}, country) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Astana", True),
        ("Almaty Region", False),
        ("Chilonzor tumani", False),
        ("市原区", False),
        ("广州", True),
        ("成都", True),
        ("京都", True),
        ("대구", True),
        ("贵州", False),
        ("甘南州", False),
        ("东京都", False),
        ("京都府", False),
        ("중구", False),
        ("경기도", False),
    ],
)
def test_regions_and_districts_are_no_towns(name: str, expected: bool) -> None:
    assert is_town(name) is expected


@pytest.mark.parametrize(
    ("town", "text", "country"),
    [
        ("ขอนแก่น", "ติดตั้งกล้องในขอนแก่น", "TH"),
        ("広島", "広島で始まる", "JP"),
        ("부천", "부천시청", "KR"),
        ("ភ្នំពេញ", "កាមេរ៉ានៅភ្នំពេញ", "KH"),
    ],
)
def test_a_town_is_found_within_a_text_without_spaces(town: str, text: str, country: str) -> None:
    assert towns_in(text, {fold(town)}, country) == {fold(town)}


def cameras(key: str, title: str, customer: str, town: str = "") -> list:
    """Return the claims of a project with a maker, its customer and, if given, its town."""
    claims = record(key, "project", kind="video-surveillance", country="KZ", name=title, agreed="2019")
    claims += parties(key, "supplier", "Quillkem Telecom") + parties(key, "customer", customer)
    return claims + (place(f"{key}/p", key, name=town) if town else [])


@pytest.mark.parametrize(
    ("title", "customer", "town", "is_same"),
    [
        ("Алматыда «Сергек» камералары", "Алматы қаласының әкімдігі", "Алматы", False),
        ("Нұр-Сұлтанда «Сергек» камералары", "Нұр-Сұлтан әкімдігі", "Нұр-Сұлтан", True),
        ("«Сергек» камералары", "Астана әкімдігі", "", True),
    ],
)
def test_a_coined_name_does_not_join_projects_of_two_towns(title: str, customer: str, town: str, is_same: bool) -> None:
    left = cameras("a:1", "Sergek cameras in Astana", "Akimat of Astana", "Astana")
    right = cameras("b:1", title, customer, town)
    other = cameras("c:1", "Quillwater", "Fern Office", "Алматы")
    probability = pairs(left, right, other, *unrelated_cables()).get(("a:1", "b:1"), 0.0)
    assert (probability >= MODEL.same) is is_same, probability
    assert (level("place", left, right, other) == "towns") is not is_same


@pytest.mark.parametrize(("where", "expected"), [("of Almaty", "unknown"), ("of the capital", "several")])
def test_what_agrees_is_no_evidence_beside_a_town_that_differs(where: str, expected: str) -> None:
    """The level `several` is only for pairs that nothing contradicts."""
    left, right = (
        record(key, "project", kind="video-surveillance", country="KZ", name=f"Video surveillance {where}", agreed="2019-05")
        + parties(key, "supplier", "Quillkem Telecom")
        + parties(key, "customer", "Fern Office")
        for key, where in (("a:1", "in Astana"), ("b:1", where))
    )
    other = record("c:1", "project", name="Quillwater", kind="video-surveillance", country="KZ")
    towns = place("a:1/p", "a:1", name="Astana") + place("c:1/p", "c:1", name="Almaty")
    assert level("evidence", left, right, other + towns) == expected


def test_names_of_a_town_in_two_official_languages_are_no_contradiction() -> None:
    left = cameras("a:1", "Quillgate", "Quill Office") + place("a:1/p", "a:1", name="Nicosia")
    right = cameras("b:1", "Fernlight", "Fern Office") + place("b:1/p", "b:1", name="Λευκωσία")
    of_cyprus = [[claim._replace(value="CY") if claim.value == "KZ" else claim for claim in claims] for claims in (left, right)]
    assert level("place", left, right) == "towns"
    assert level("place", *of_cyprus) == "unknown"


def test_official_names_of_towns_are_those_of_cldr() -> None:
    # This runs in a separate process, because other tests read Babel's locales with other aliases.
    text = subprocess.run(
        [sys.executable, "-m", "tools.town_names_in_official_languages", "--print"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert town_names_in_official_languages.PATH.read_text(encoding="utf-8") == text.stdout, (
        "run `python -m tools.town_names_in_official_languages`"
    )


def test_a_district_of_the_town_that_a_customer_names_is_not_another_town() -> None:
    left = cameras("a:1", "Sergek cameras in Astana", "Akimat of Astana", "Astana")
    right = cameras("b:1", "Sergek cameras", "Akimat of Astana", "Saryarka")
    assert level("place", left, right) == "elsewhere"


@pytest.mark.parametrize(
    ("town", "expected"), [("Бостандық ауданы", "elsewhere"), ("Бостандық", "elsewhere"), ("Шымкент", "towns")]
)
def test_a_title_in_another_script_names_the_town_of_a_district(town: str, expected: str) -> None:
    left = cameras("a:1", "Sergek cameras in Almaty", "Quill Office", "Almaty")
    title = "Алматының ауданында «Сергек»" if town != "Шымкент" else "Шымкентте «Сергек»"
    assert level("place", left, cameras("b:1", title, "Fern Office", town)) == expected


@pytest.mark.parametrize(
    ("title", "customer", "expected"),
    [
        ("Fernwater mula bina pusat data di Quillpark", "Fernwater Group", "other-named"),
        ("Quilldell data centre at Quillpark", "Quilldell", "unknown"),
        ("Pusat data baharu di Quillpark", "Fernwater Group", "other"),  # This title names no customer.
    ],
)
def test_titles_that_name_other_customers_are_of_two_projects(title: str, customer: str, expected: str) -> None:
    values = {"kind": "data-centre", "country": "MY", "agreed": "2022-04"}
    left = record("a:1", "project", name="Quilldell builds data centre at Quillpark", **values)
    right = record("b:1", "project", name=title, **values)
    left, right = left + parties("a:1", "customer", "Quilldell"), right + parties("b:1", "customer", customer)
    assert level("customers", left, right) == expected


def test_customers_of_projects_in_two_countries_and_of_cables_are_not_compared() -> None:
    titles = ("Fibre backbone of Kenya with Uganda", "National backbone for Uganda and Tanzania link")
    left = record("a:1", "project", name=titles[0], kind="fixed-network", country=["KE", "UG"])
    right = record("b:1", "project", name=titles[1], kind="fixed-network", country=["KE", "UG"])
    left, right = (
        left + parties("a:1", "customer", "Government of Kenya"),
        right + parties("b:1", "customer", "Government of Tanzania"),
    )
    assert level("customers", left, right) != "other-named"
    cables = [record(key, "project", name=f"{firm} cable", kind="submarine-cable", country="MY") for key, firm in OWNERS]
    left, right = (claims + parties(key, "customer", firm) for claims, (key, firm) in zip(cables, OWNERS, strict=True))
    assert level("customers", left, right) == "unknown"


def test_words_that_projects_of_two_airports_share_are_those_of_the_product() -> None:
    values = {"kind": "facial-recognition", "country": "JP"}
    left = record("a:1", "project", name="Quillgate Fernpass at Narita Airport", **values)
    right = record("b:1", "project", name="羽田空港で「Quillgate Fernpass」開始", **values)
    same = record("b:1", "project", name="成田空港で「Quillgate Fernpass」開始", **values)
    assert (level("place", left, right), level("name", left, right)) == ("towns", "little")
    assert level("place", left, same) == "unknown"


@pytest.mark.parametrize(("town", "expected"), [("Luanda", "several"), ("本格拉", "context")])
def test_a_close_opening_is_evidence_only_in_the_same_town(town: str, expected: str) -> None:
    values = {"kind": "video-surveillance", "country": "AO"}
    left = record("a:1", "project", name="Centro Integrado", operational="2019-12-30", **values) + place(
        "a:1/p", "a:1", name="Luanda"
    )
    right = record("b:1", "project", name="安全中心启用", agreed="2019-12", **values) + place("b:1/p", "b:1", name=town)
    for key, claims, names in (
        ("a:1", left, ("CEIEC", "Ministério do Interior")),
        ("b:1", right, ("中国电子进出口有限公司", "安哥拉内政部")),
    ):
        claims += parties(key, "customer", names[1]) + (parties(key, "supplier", names[0]) if expected == "several" else [])
    assert level("evidence", left, right) == expected


def test_exonyms_are_names_of_one_town_but_no_evidence() -> None:
    assert usual_name("القاهرة", {"EG"}) == usual_name("Le Caire", {"EG"}) == "Cairo"
    assert present_name("القاهرة", {"EG"}) == "القاهرة"


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("Нур-Султан", "KZ", "Astana"),
        ("Bombay", "IN", "Mumbai"),
        ("Madras", "", "Chennai"),
        ("Salisbury", "GB", "Salisbury"),  # Only the Salisbury in Zimbabwe became Harare.
        ("Quillwater", "KZ", "Quillwater"),
    ],
)
def test_a_renamed_town_has_its_present_name(name: str, country: str, expected: str) -> None:
    assert present_name(name, [country] if country else []) == expected


def test_projects_in_a_renamed_town_are_near() -> None:
    values = {"kind": "video-surveillance", "country": "KZ"}
    left = record("a:1", "project", name="Quill", **values) + place("a:1/p", "a:1", name="Astana")
    right = record("b:1", "project", name="Fern", **values) + place("b:1/p", "b:1", name="Нур-Султан")
    assert level("place", left, right) == "near"


@pytest.mark.parametrize(("town", "expected"), [("泉佐野市", "elsewhere"), ("大阪府", "unknown")])
def test_towns_in_chinese_characters_differ_at_home_but_not_from_a_region(town: str, expected: str) -> None:
    left = product("a:1", "Quillgate", "Quill Office", "常滑市")
    assert level("place", left, product("b:1", "Fernpass", "Fern Office", town)) == expected
