"""Regions: their members by day, and the rules for their files."""

from collections import Counter
from pathlib import Path

import pytest

from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError, ValueProblem

CONTENT = Catalogue()
REGIONS, AREAS = CONTENT.regions, CONTENT.areas
TODAY = "2026-11-24"
ADDED = """
regions:
  - id: alder-group
    label: Alder Group
    label_zh: 赤杨集团
    kind: grouping
    names: [AG7]
    definition: Countries with alders.
    definition_zh: 有赤杨的国家。
    members: [{area: KE, joined: 2019-05}, {area: LA, joined: "2001", left: 2020-06}]
    documents: [{url: "https://alder.example/", title: Members, publisher: Alder, checked: 2026-11-24}]
"""


def members(region: str, day: str = TODAY) -> set[str]:
    return {row.area for row in REGIONS.rows(day) if row.region == region and row.current and row.listed}


@pytest.mark.parametrize(
    ("region", "day", "count"),
    [
        ("european-union", "2020-01-30", 28), ("european-union", "2020-01-31", 27), ("european-union", "1957-12-31", 0),
        ("european-union", "2013-06-30", 27), ("asean", "1998-01-01", 9), ("asean", "2025-10-25", 10), ("asean", TODAY, 11),
        ("african-union", TODAY, 55), ("african-union", "2010-01-01", 53), ("african-union", "1963-05-25", 33), ("gcc", TODAY, 6),
        ("sco", "2016-01-01", 6), ("sco", TODAY, 10), ("brics", "2010-12-23", 4), ("brics", "2023-12-31", 5),
        ("brics", TODAY, 10), ("western-balkans", TODAY, 6), ("central-asia", TODAY, 5), ("south-east-asia", TODAY, 11),
    ],
)  # fmt: skip
def test_members_are_those_of_the_day(region: str, day: str, count: int) -> None:
    assert len(members(region, day)) == count


def test_a_country_that_came_back_is_a_member() -> None:
    morocco = [member for member in REGIONS.members("african-union") if member.area == "MA"]
    assert [(member.joined, member.left) for member in morocco] == [("1963-05-25", "1984"), ("2017-01-31", None)]
    assert "MA" in members("african-union") and "MA" not in members("african-union", "2000-01-01")


def test_every_country_is_in_one_subregion_of_the_united_nations() -> None:
    leaves = [region.id for region in REGIONS.regions.values() if region.kind == "m49" and not region.parts]
    counted = Counter(area for leaf in leaves for area in members(leaf) if AREAS.areas[area].kind != "region")
    assert set(counted.values()) == {1}
    countries = {area.code for area in AREAS.areas.values() if area.kind == "country"} | {"XK"}
    assert countries - set(counted) == {"AQ"}, "Antarctica is in no region"
    assert members("sub-saharan-africa") | members("northern-africa") == members("africa") - {"X-AFRICA-REGIONAL"}


def test_parts_of_a_country_are_in_its_regions_without_being_listed() -> None:
    rows = [row for row in REGIONS.rows(TODAY) if (row.region, row.area) == ("african-union", "X-ZANZIBAR")]
    assert [(row.current, row.listed) for row in rows] == [(True, False)]


def test_every_region_has_documents_and_labels() -> None:
    for identity, region in REGIONS.regions.items():
        assert REGIONS.documents(identity) and all(document.checked >= "2026-11-24" for document in REGIONS.documents(identity))
        assert any("\u4e00" <= character <= "\u9fff" for character in region.label_zh + region.definition_zh), identity
        assert all(member.joined for member in region.members), identity
        assert identity not in AREAS.areas


def test_no_name_means_two_regions() -> None:
    for identity, region in REGIONS.regions.items():
        for name in (identity, region.label, region.label_zh, *region.names):
            assert REGIONS.find(name) == identity, name


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("MENA", "middle-east-and-north-africa"),
        ("Southeast Asia", "south-east-asia"),
        ("东盟", "asean"),
        ("EU", "european-union"),
    ],
)
def test_regions_have_names(name: str, region: str) -> None:
    assert REGIONS.find(name) == region


def test_an_unknown_region_is_refused() -> None:
    with pytest.raises(ValueProblem, match=r"is not a region .*'asean'"):
        REGIONS.find("aseam")


def write(folder: Path, text: str) -> Catalogue:
    (folder / "vocab").mkdir()
    (folder / "vocab" / "regions-ours.yml").write_text(text, encoding="utf-8")
    return Catalogue(folder)


def test_an_editor_adds_a_region(tmp_path: Path) -> None:
    regions = write(tmp_path, ADDED).regions
    assert regions.find("ag7") == "alder-group" and regions.find("ASEAN") == "asean"
    current = {
        day: {row.area for row in regions.rows(day) if row.region == "alder-group" and row.current}
        for day in ("2000-12-31", "2010-01-01", "2019-05-01", "2020-06-29", "2020-06-30", TODAY)
    }
    assert current == {
        "2000-12-31": set(), "2010-01-01": {"LA"}, "2019-05-01": {"KE", "LA"}, "2020-06-29": {"KE", "LA"}, "2020-06-30": {"KE"},
        TODAY: {"KE"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("area: KE", "area: QQ", "alder-group: 'QQ' is not an area"),
        ("joined: 2019-05", "joined: soon", "not a date"),
        ("    members:", "    parts: [nowhere]\n    members:", "the part 'nowhere' is not a region"),
        ("    members:", "    parts: [alder-group]\n    members:", "a part of itself"),
        ("kind: grouping", "kind: club", "kind"),
        ("id: alder-group", "id: ../alder", "'../alder' cannot be an id"),
        (
            'documents: [{url: "https://alder.example/", title: Members, publisher: Alder, checked: 2026-11-24}]',
            "documents: m50",
            "'m50'",
        ),
    ],
)
def test_wrong_regions_are_errors_of_one_line(before: str, after: str, problem: str, tmp_path: Path) -> None:
    assert before in ADDED
    with pytest.raises(ContentError, match=problem) as raised:
        _ = write(tmp_path, ADDED.replace(before, after)).regions
    assert "vocab/regions-ours.yml" in str(raised.value) and "\n" not in str(raised.value)


def test_many_regions_inside_each_other_are_read_at_once(tmp_path: Path) -> None:
    """A chain of regions, each of which names the next several times, must neither recurse deeply nor multiply its members."""
    region = "  - {{id: r{n}, label: R{n}, label_zh: R, kind: usage, definition: D, definition_zh: D, documents: d, {more}}}"
    lines = [region.format(n=n, more=f"parts: [{', '.join(4 * [f'r{n + 1}'])}]") for n in range(1_500)]
    lines.append(region.format(n=1_500, more="areas: [KE]"))
    document = "{url: 'https://alder.example/', title: T, publisher: P, checked: 2026-11-24}"
    regions = write(tmp_path, f"documents:\n  d: [{document}]\nregions:\n" + "\n".join(lines)).regions
    assert [member.area for member in regions.members("r0")] == ["KE"]
