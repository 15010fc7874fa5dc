"""Evidence for and against one project: stated numbers, settings, designations and levels of government."""

import pytest

from tests.resolve.claim_snapshots import record
from tests.resolve.test_projects import level, parties


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("1,850 cameras for the town", "بلدية: ١٨٥٠ كاميرا", "same"),
        ("35 ezer kamera", "35,000 cameras", "same"),
        ("1,000 cameras", "one thousand or 1 000 cameras", "round"),
        ("808 towers", "169 communication towers", "other"),
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
    for key, place in (("a:1", "Quillville"), ("b:1", "Fernstadt")):
        claims.append(record(key, "project", name=f"Data centre at {place}", kind="data-centre", country="DE"))
        claims[-1] += record(f"{key}/p", "place", project=key, name=place, precision="unlocated")
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
