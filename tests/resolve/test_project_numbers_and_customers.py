"""Numbers, sums, phases and customers of two projects as evidence for or against a match."""

import numpy as np
import pytest

from overt.resolve.projects.project_name_reader import ProjectNameReader
from overt.resolve.projects.stated_numbers import NumberReader
from overt.resolve.projects.sufficient_or_contradicting_evidence import contradicts
from tests.resolve.resolved_hand_made_claims import record
from tests.resolve.test_project_match_probabilities import MODEL, level, parties


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("1,850 cameras for the town", "بلدية: ١٨٥٠ كاميرا", "same"),
        ("35 ezer kamera", "35,000 cameras", "same"),
        ("1,000 cameras", "one thousand or 1 000 cameras", "round"),
        ("808 towers", "169 communication towers", "titled"),
        ("Plan 2030", "Plan 2030 again", "unknown"),  # 2030 is a year.
    ],
)
def test_numbers_that_two_texts_state_are_compared(left: str, right: str, expected: str) -> None:
    values = {"kind": "video-surveillance", "country": "LB"}
    assert (
        level("stated", record("a:1", "project", name=left, **values), record("b:1", "project", name=right, **values)) == expected
    )


def test_a_customer_of_a_city_and_one_of_a_region_are_on_two_levels() -> None:
    values = {"kind": "video-surveillance", "country": "RU", "name": "Quillwater"}
    first = record("a:1", "project", **values) + parties("a:1", "customer", "City of Fernlake")
    second = record("b:1", "project", **values) + parties("b:1", "customer", "Правительство региона")
    assert level("level", first, second) == "other"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("After the first phase, the second phase has 808 towers.", "mentioned"), ("After the first phase, 808 towers.", "other")],
)
def test_a_text_can_name_the_phase_that_the_title_leaves_out(text: str, expected: str) -> None:
    values = {"kind": "mobile-network", "country": "ZM"}
    first = record("a:1", "project", name="Quill Towers, Phase II", **values)
    assert level("number", first, record("b:1", "project", name="Fern coverage", description=text, **values)) == expected


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
