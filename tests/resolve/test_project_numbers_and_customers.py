"""Evidence for and against a match of projects: stated numbers, settings, designations, customers and levels of government."""

import numpy as np
import pytest

from overt.model.claim import Claim
from overt.resolve.projects.project_name_reader import ProjectNameReader
from overt.resolve.projects.stated_numbers import NumberReader
from overt.resolve.projects.sufficient_evidence import contradicts
from tests.resolve.claim_snapshots import record
from tests.resolve.test_projects import MODEL, level, pairs, parties, place, product


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("1,850 cameras for the town", "بلدية: ١٨٥٠ كاميرا", "same"),
        ("35 ezer kamera", "35,000 cameras", "same"),
        ("1,000 cameras", "one thousand or 1 000 cameras", "round"),
        ("808 towers", "169 communication towers", "titled"),
        ("Plan 2030", "Plan 2030 again", "unknown"),  # a year
    ],
)
def test_numbers_that_two_texts_state_are_compared(left: str, right: str, expected: str) -> None:
    values = {"kind": "video-surveillance", "country": "LB"}
    assert (
        level("stated", record("a:1", "project", name=left, **values), record("b:1", "project", name=right, **values)) == expected
    )


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Drones for the police", "Traffic cameras", "other"),
        ("Metro cameras", "Камеры в метро", "unknown"),
        ("Metro cameras", "Cameras of the police", "one"),
    ],
)
def test_titles_that_speak_of_other_settings_are_evidence_against(left: str, right: str, expected: str) -> None:
    values = {"kind": "video-surveillance", "country": "RU"}
    assert (
        level("setting", record("a:1", "project", name=left, **values), record("b:1", "project", name=right, **values))
        == expected
    )


def test_two_designations_are_two_projects() -> None:
    values = {"kind": "submarine-cable"}
    assert (
        level("number", record("a:1", "project", name="Quill-1", **values), record("b:1", "project", name="FERN2", **values))
        == "other"
    )


def test_a_customer_of_a_city_and_one_of_a_region_are_on_two_levels() -> None:
    values = {"kind": "video-surveillance", "country": "RU", "name": "Quillwater"}
    first = record("a:1", "project", **values) + parties("a:1", "customer", "City of Fernlake")
    second = record("b:1", "project", **values) + parties("b:1", "customer", "Правительство региона")
    assert level("level", first, second) == "other"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le FXQ2T prévoit 2 000 km de fibre.", "same"),
        ("The network of the ministry.", "unknown"),
        ("Built by QUILLCOM.", "unknown"),  # a participant
        ("FXQ2T " + "and other projects " * 20, "unknown"),  # a long text tells of others
    ],
)
def test_a_coined_name_in_the_text_of_the_other_is_evidence(text: str, expected: str) -> None:
    values = {"kind": "terrestrial-cable", "country": "BJ"}
    first = record("a:1", "project", name="Loan for the Fern Network (FXQ2T) of QUILLCOM", **values)
    first += parties("a:1", "supplier", "QUILLCOM")
    assert level("mention", first, record("b:1", "project", name="Lancement au port", description=text, **values)) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Fernland-Quillia Cable (FQC)", "PLUMIGO-West, a cable to Quillia", "other"),
        ("Fernland-Quillia Cable (FQC)", "FQC reaches Quillia", "unknown"),
        ("Fernland-Quillia Cable", "PLUMIGO-West, a cable to Quillia", "unknown"),  # only one has a name of its own
        ("Fernland-Quillia Cable (FQC)", "QUILLCOM cable to Quillia", "unknown"),  # a participant
    ],
)
def test_two_cables_with_names_of_their_own_are_two(left: str, right: str, expected: str) -> None:
    values = {"kind": "submarine-cable"}
    claims = record("a:1", "project", name=left, **values) + parties("a:1", "supplier", "QUILLCOM")
    assert level("mention", claims, record("b:1", "project", name=right, **values)) == expected
    other = {**values, "kind": "terrestrial-cable", "country": "BJ"}
    assert (
        level("mention", record("a:1", "project", name=left, **other), record("b:1", "project", name=right, **other)) == "unknown"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [("After the first phase, the second phase has 808 towers.", "mentioned"), ("After the first phase, 808 towers.", "other")],
)
def test_a_text_can_name_the_phase_that_the_title_leaves_out(text: str, expected: str) -> None:
    values = {"kind": "mobile-network", "country": "ZM"}
    first = record("a:1", "project", name="Quill Towers, Phase II", **values)
    assert level("number", first, record("b:1", "project", name="Fern coverage", description=text, **values)) == expected


def test_titles_that_name_places_of_their_own_are_two_projects() -> None:
    claims = []
    for key, town in (("a:1", "Quillville"), ("b:1", "Fernstadt")):
        claims.append(record(key, "project", name=f"Data centre at {town}", kind="data-centre", country="DE"))
        claims[-1] += record(f"{key}/p", "place", project=key, name=town, precision="unlocated")
    assert level("place", *claims) == "titled"


@pytest.mark.parametrize(
    ("title", "expected"), [("Modernisation of the Quill network", "renewal"), ("Training for the Quill network", "one")]
)
def test_a_network_that_is_modernised_may_be_built_in_other_words(title: str, expected: str) -> None:
    values = {"kind": "fixed-network", "country": "RS"}
    first = record("a:1", "project", name=title, **values)
    assert level("act", first, record("b:1", "project", name="Fern selects an all-IP future", **values)) == expected


def test_a_number_before_a_name_designates_it() -> None:
    values = {"kind": "submarine-cable"}
    first = record("a:1", "project", name="Quillia-1", **values)
    assert level("number", first, record("b:1", "project", name="2Quillia cable", **values)) == "other"


def test_initials_with_an_ampersand_are_an_abbreviation() -> None:
    values = {"kind": "video-surveillance", "country": "IN"}
    first = record("a:1", "project", name="Cameras in Fern", **values) + parties("a:1", "supplier", "Larch & Thistle Limited")
    second = record("b:1", "project", name="Order for Quill", **values) + parties("b:1", "supplier", "L&T")
    third = record("b:1", "project", name="Order for Quill", **values) + parties("b:1", "supplier", "L&M")
    assert [level("suppliers", first, other) for other in (second, third)] == ["unknown", "other"]


def network(key: str, name: str, operator: str, description: str) -> list:
    """Return the claims of a mobile network in Taiwan by Quillcom."""
    values = {"kind": "mobile-network", "country": "TW", "name": name, "agreed": "2020-06", "description": description}
    return record(key, "project", **values) + parties(key, "supplier", "Quillcom") + parties(key, "customer", operator)


@pytest.mark.parametrize(("description", "expected"), [("三年合約4.53億歐元", "other-named"), ("三年合約", "other-operator")])
def test_a_sum_that_both_texts_state_speaks_for_one_operator_in_two_scripts(description: str, expected: str) -> None:
    left = network("a:1", "Quillcom wins EUR 453 million contract of Fernwater Mobile", "Fernwater Mobile", "")
    assert level("customers", left, network("b:1", "行動網路由其獨家供應", "大哥大電信", description)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("نود هزار دوربین، کابل", 90_000),
        ("Ninety thousand cameras", 90_000),
        ("آٹھ ہزار کیمرے", 8_000),
        ("noventa mil cámaras", 90_000),
        ("接入九万个摄像头", 90_000),
        ("twenty-five thousand cameras", None),
        ("treinta y dos mil cámaras", None),
        ("nine of the cameras", None),
    ],
)
def test_a_number_in_words_is_a_number(text: str, expected: int | None) -> None:
    reader = NumberReader(MODEL.words.multipliers, MODEL.words.units, MODEL.words.numerals)
    assert [number.value for number in reader.read(text)] == ([expected] if expected else [])


def test_one_product_of_two_customers_is_two_projects() -> None:
    left = product("a:1", "成田空港の手続き「Quillgate Fernpass」", "成田国際空港株式会社", "成田市")
    right = product("b:1", "羽田空港で「Quillgate Fernpass」始まる", "東京国際空港ターミナル株式会社", "大田区")
    assert level("customers", left, right) == "other-named"
    assert level("place", left, right) == "towns"
    same = product("b:1", "成田で「Quillgate Fernpass」始まる", "成田国際空港株式会社", "成田市")
    assert level("customers", left, same) == "unknown"


def test_a_lack_of_evidence_contradicts_nothing() -> None:
    levels = {comparison: np.array(["unknown", "unknown"], object) for comparison in MODEL.comparisons}
    levels["suppliers"] = np.array(["unknown", "other"], object)
    levels["evidence"] = np.array(["context", "context"], object)
    assert contradicts(levels).tolist() == [False, True]


def test_generations_of_networks_and_standards_are_no_numbers_of_phases() -> None:
    reader = ProjectNameReader(MODEL.words)
    assert not reader.read("Turkcell 4.5G network").numbers
    assert not reader.read("SORM-3 equipment").numbers
    assert reader.read("Quill network phase 3").numbers == {"3"}


def test_titles_name_two_customers_in_two_alphabets() -> None:
    left = record("a:1", "project", kind="mobile-network", country="RU", name="Quill core for QTS") + parties(
        "a:1", "customer", "QTS"
    )
    other = record("b:1", "project", kind="mobile-network", country="RU", name="«Фернпост» закупил Quill")
    assert level("customers", left, other + parties("b:1", "customer", "Фернпост")) in ("other-named", "other-operator")
    same = record("b:1", "project", kind="mobile-network", country="RU", name="«КТС» закупила Quill")
    assert level("customers", left, same + parties("b:1", "customer", "КТС")) == "unknown"


def test_one_maker_builds_two_operators_networks_in_one_city_and_month() -> None:
    """The same claims without customers make one project, so the customers are what keeps the networks apart."""

    def ericsson_network(key: str, name: str, *customers: str) -> list[Claim]:
        claims = record(key, "project", kind="mobile-network", country="BR", name=name, agreed="2022-06")
        claims += parties(key, "supplier", "Ericsson") + parties(key, "customer", *customers)
        return claims + place(f"{key}/p", key, name="São Paulo", latitude="-23.55", longitude="-46.63", precision="locality")

    left, right = "Ericsson to roll out 5G Standalone for Vivo in São Paulo", "TIM escolhe a Ericsson para o 5G em São Paulo"
    pair = ("a:1", "b:1")
    assert pairs(ericsson_network("a:1", left), ericsson_network("b:1", right))[pair] >= MODEL.same
    assert pairs(ericsson_network("a:1", left, "Vivo"), ericsson_network("b:1", right, "TIM Brasil")).get(pair, 0.0) < MODEL.same


@pytest.mark.parametrize(
    ("text", "agreed", "expected"),
    [
        ("Sold by a Mexican reseller.", "2014-10-29", "reseller"),
        ("La intermediaria no tiene oficina.", "2014-10-29", "reseller"),
        ("Sold to the police.", "2014-10-29", "other"),
        ("Sold by a Mexican reseller.", "2015-03", "other"),
    ],
)
def test_a_maker_and_its_reseller_are_weak_evidence_of_two(text: str, agreed: str, expected: str) -> None:
    def contract(key: str, supplier: str, **values: str) -> list[Claim]:
        claims = record(key, "project", name=f"Quill {key}", kind="spyware", country="MX", **values)
        claims += record(f"{key}/m", "commitment", project=key)
        claims.append(Claim(key.partition(":")[0], f"{key}/m", "commitment", "amount", "32000000", unit="USD"))
        return claims + parties(key, "supplier", supplier) + parties(key, "customer", "Fern Office")

    first = contract("a:1", "Fernware", agreed="2014-10", description=text)
    assert level("suppliers", first, contract("b:1", "Mossbull", agreed=agreed)) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Uganda Police Force", "Ministry of Internal Affairs", "unknown"),
        ("Uganda Police Force", "Ministry of Health", "other"),
        ("Fernlake Police", "Ministry of Internal Affairs", "other"),
    ],
)
def test_the_police_of_a_state_belong_to_its_ministry_of_interior(left: str, right: str, expected: str) -> None:
    values = {"kind": "video-surveillance", "country": "UG"}
    first = record("a:1", "project", name="Quill", **values) + parties("a:1", "customer", left)
    second = record("b:1", "project", name="Fern", **values) + parties("b:1", "customer", right)
    assert level("customers", first, second) == expected
