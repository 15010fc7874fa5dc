"""Records of one source that the source links, and which of them are the same project."""

from pathlib import Path

import pytest

from overt.importing.folder_import_without_archive import import_folder
from overt.model.claim import Claim
from overt.model.content_catalogue import Catalogue
from overt.resolve.pair_scorer import Scorer
from overt.resolve.projects.projects_linked_by_source import find_linked_projects, linking_sources
from tests.resolve.resolved_hand_made_claims import World, record

CONTENT = Catalogue()
VALUES = {"kind": "smart-city", "country": "SR", "agreed": "2018"}


def pair(**right: str | list[str]) -> list[Claim]:
    """Return two records that link to each other. `right` changes the values of the second."""
    return [
        *record("a:1", "project", name="Loan", **VALUES, phase="1", linked="a:2"),
        *record("a:2", "project", **{"name": "Grant", **VALUES, "phase": "1", "linked": "a:1", **right}),
    ]


def clusters(folder: Path, *claims: list[Claim], scorer: Scorer | None = None) -> set[frozenset[str]]:
    """Resolve claims; return the clusters of more than one project record."""
    world = World(folder)
    world.snapshot(*claims)
    resolution = world.resolve(scorer=scorer)
    groups: dict[str, set[str]] = {}
    for member, kind, identity, *_ in resolution.members:
        if kind == "project":
            groups.setdefault(identity, set()).add(member)
    return {frozenset(group) for group in groups.values() if len(group) > 1}


@pytest.mark.parametrize(
    ("right", "joins"),
    [
        ({}, True),
        ({"phase": "2"}, False),
        ({"phase": []}, False),
        ({"country": "CV"}, False),
        ({"kind": "satellite"}, False),
        ({"kind": ["donation", "smart-city"]}, True),
        ({"work": "training"}, False),
        ({"umbrella": "true"}, False),
        ({"agreed": "2015", "completed": "2016-05"}, False),
        ({"agreed": "2015", "completed": "2017-05"}, True),
        ({"linked": "a:3"}, False),
        ({"linked": [], "linked_outside": "77"}, False),
        ({"linked": []}, True),
    ],
    ids=str,
)
def test_linked_records_are_one_project_if_their_facts_agree(tmp_path: Path, right: dict[str, object], joins: bool) -> None:
    unrelated = record("a:3", "project", name="Other", country="NO")
    assert clusters(tmp_path, pair(**right), unrelated) == ({frozenset({"a:1", "a:2"})} if joins else set())


def test_a_gift_is_no_subject_that_two_projects_share(tmp_path: Path) -> None:
    claims = [
        *record("a:1", "project", name="Gift", kind="donation", country="SR", linked="a:2"),
        *record("a:2", "project", name="Gift", kind="donation", country="SR", linked="a:1"),
    ]
    assert clusters(tmp_path, claims) == set()


@pytest.mark.parametrize(
    ("provinces", "phase", "joins"),
    [
        (("Oruro", "Oruro"), [], True),
        (("Oruro", "Santa Cruz"), [], False),
        (("Oruro", ""), [], True),
        (("Oruro", "La Paz"), "1", True),
    ],
)
def test_deliveries_to_two_provinces_are_two_projects(
    tmp_path: Path, provinces: tuple[str, str], phase: str | list[str], joins: bool
) -> None:
    claims = [
        *record("a:1", "project", name="Scanner", **VALUES, linked="a:2", phase=phase),
        *record("a:2", "project", name="Scanner", **VALUES, linked="a:1", phase=phase),
    ]
    for number, province in enumerate(provinces, start=1):
        if province:
            claims += record(f"a:{number}/p", "place", project=f"a:{number}", name=province, precision="admin1")
    assert bool(clusters(tmp_path, claims)) is joins


@pytest.mark.parametrize(("phase", "joins"), [("1", True), ("2", False)])
def test_loans_to_one_borrower_for_one_phase_need_no_link(tmp_path: Path, phase: str, joins: bool) -> None:
    claims = [*pair(phase="7"), *record("a:o", name="Borrower")]
    for number, of_phase in ((8, "1"), (9, phase)):
        claims += record(f"a:{number}", "project", name="Loan", **VALUES, phase=of_phase)
        claims += record(f"a:{number}/r", "role", project=f"a:{number}", organization="a:o", role="recipient")
    assert clusters(tmp_path, claims) == ({frozenset({"a:8", "a:9"})} if joins else set())


def test_no_score_joins_records_that_their_source_does_not_link(tmp_path: Path) -> None:
    values = {**VALUES, "name": "Quillwater Harrowfen Safe City", "agreed": "2018-03-01", "completed": "2019-04-01"}
    twins = [*record("a:1", "project", **values), *record("a:2", "project", **values)]
    links = pair(phase="2")
    renamed = [
        claim._replace(record=claim.record.replace("a:", "a:5"), value=claim.value.replace("a:", "a:5")) for claim in links
    ]
    filler = [
        record(f"b:{number}", "project", name=f"Cable {number * 37 + 100}", kind="submarine-cable", country="NO")
        for number in range(100)
    ]
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    scorer = Scorer(CONTENT)
    assert clusters(tmp_path / "one", twins, *filler, scorer=scorer) == {frozenset({"a:1", "a:2"})}
    assert clusters(tmp_path / "two", twins, renamed, *filler, scorer=scorer) == set()


def test_sources_that_link_their_own_records() -> None:
    assert linking_sources([("a:1", "linked", "a:2"), ("b:1", "linked", "c:1"), ("d:1", "kind", "d:2")]) == {"a"}
    assert list(find_linked_projects([], ())) == []


# --- AidData's records as Overt ships them ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def edition() -> list[Claim]:
    return list(import_folder(CONTENT, "aiddata_gcdf", Path(str(CONTENT.source_folders["aiddata_gcdf"])) / "edition").claims)


def of_aiddata(*ids: int) -> frozenset[str]:
    return frozenset(f"aiddata_gcdf:{number}" for number in ids)


def test_loans_of_one_phase_are_one_project(edition: list[Claim], tmp_path: Path) -> None:
    groups = clusters(tmp_path, edition, scorer=Scorer(CONTENT))
    assert {
        of_aiddata(39281, 59325, 59662),  # ECU 911
        of_aiddata(30497, 57477),  # Congo, phase 1
        of_aiddata(57531, 68940),  # Congo, phase 3
        of_aiddata(69219, 70238),  # Cuba
        of_aiddata(62637, 88562),
        of_aiddata(66841, 66842),
        of_aiddata(88175, 88176),
        of_aiddata(70878, 70881, 70884),
        of_aiddata(70886, 70889),
        of_aiddata(96036, 96037, 96069),
    } <= groups
    apart = [(59394, 59744), (54576, 54577), (56716, 88567), (70442, 95622), (66001, 66003), (64663, 64690), (382, 95662)]
    together = [pair for pair in apart if any(of_aiddata(*pair) <= group for group in groups)]
    assert together == []


@pytest.mark.ci
def test_other_titles_give_the_same_projects(edition: list[Claim], tmp_path: Path) -> None:
    def reworded(claim: Claim) -> Claim:
        return (
            claim._replace(value=f"Record {claim.record[13:]}") if (claim.type, claim.property) == ("project", "name") else claim
        )

    (tmp_path / "ours").mkdir()
    (tmp_path / "others").mkdir()
    scorer = Scorer(CONTENT)
    ours = clusters(tmp_path / "ours", edition, scorer=scorer)
    assert ours == clusters(tmp_path / "others", [reworded(claim) for claim in edition], scorer=scorer)


def test_phases_are_part_of_a_programme(edition: list[Claim]) -> None:
    part_of = {claim.record: claim.value for claim in edition if claim.property == "part-of"}
    names = {claim.record: claim.value for claim in edition if claim.type == "project_programme" and claim.property == "name"}
    congo = {number: part_of[f"aiddata_gcdf:{number}"] for number in (30497, 57477, 57529, 57531, 68940)}
    assert set(congo.values()) == {"aiddata_gcdf:programme/30497"}
    assert names["aiddata_gcdf:programme/30497"] == "National telecommunication coverage (Republic of the Congo)"
    for first, second in ((54576, 54577), (56716, 88567), (70442, 95622)):
        assert part_of[f"aiddata_gcdf:{first}"] == part_of[f"aiddata_gcdf:{second}"]
    assert not {f"aiddata_gcdf:{number}" for number in (39281, 66936, 66953, 54984)} & part_of.keys()
    assert all(len([member for member, value in part_of.items() if value == programme]) > 1 for programme in names)
