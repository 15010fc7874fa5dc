"""Titles of projects as evidence for or against a match: settings, designations, places and coined names."""

import pytest

from tests.resolve.resolved_hand_made_claims import record
from tests.resolve.test_project_match_probabilities import level, parties


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le FXQ2T prévoit 2 000 km de fibre.", "same"),
        ("The network of the ministry.", "unknown"),
        ("Built by QUILLCOM.", "unknown"),  # QUILLCOM is a participant.
        ("FXQ2T " + "and other projects " * 20, "unknown"),  # A long text is about other projects, too.
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
        ("Fernland-Quillia Cable", "PLUMIGO-West, a cable to Quillia", "unknown"),  # Only one cable has a name of its own.
        ("Fernland-Quillia Cable (FQC)", "QUILLCOM cable to Quillia", "unknown"),  # QUILLCOM is a participant.
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


def test_titles_that_name_places_of_their_own_are_two_projects() -> None:
    claims = []
    for key, town in (("a:1", "Quillville"), ("b:1", "Fernstadt")):
        claims.append(record(key, "project", name=f"Data centre at {town}", kind="data-centre", country="DE"))
        claims[-1] += record(f"{key}/p", "place", project=key, name=town, precision="unlocated")
    assert level("place", *claims) == "titled"


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
