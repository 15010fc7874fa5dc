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
