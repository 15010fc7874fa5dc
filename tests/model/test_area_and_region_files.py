"""Areas and regions of an atlas (`vocab/areas-….yml`, `vocab/regions-….yml`): what is refused, and how it is reported."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError, ContentErrors


def load_areas(folder: Path, **files: list[dict[str, Any]] | dict[str, Any]) -> Catalogue:
    """Return the catalogue of an atlas with `vocab/areas-NAME.yml` for each of the files, after loading its areas."""
    (folder / "vocab").mkdir(exist_ok=True)
    for name, content in files.items():
        data = content if isinstance(content, dict) else {"areas": content}
        (folder / "vocab" / f"areas-{name}.yml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    catalogue = Catalogue(folder)
    _ = catalogue.areas
    return catalogue


def area(code: str, **fields: str) -> dict[str, Any]:
    return {"code": code, "label": f"Area {code}", "label_zh": "地区", **fields}


def test_an_atlas_adds_a_part_of_a_country(tmp_path: Path) -> None:
    content = load_areas(tmp_path, mine=[area("X-BOUGAINVILLE", part_of="PG", names=["Bougainville"])])  # type: ignore[arg-type]
    assert content.areas.find("Bougainville") == "X-BOUGAINVILLE"
    assert content.areas.areas["X-BOUGAINVILLE"].part_of == "PG"


def test_a_later_file_defines_an_area_again(tmp_path: Path) -> None:
    content = load_areas(tmp_path, a=[area("X-A", label="First")], b=[area("X-A", label="Second")])
    assert content.areas.areas["X-A"].label == "Second"


def test_labels_of_an_atlas_replace_packaged_ones(tmp_path: Path) -> None:
    content = load_areas(tmp_path, mine={"labels": {"TR": "Türkiye"}, "labels_zh": {"AE": "阿拉伯联合酋长国"}})
    assert (content.areas.areas["TR"].label, content.areas.areas["AE"].label_zh) == ("Türkiye", "阿拉伯联合酋长国")


@pytest.mark.parametrize(
    ("areas", "mistake"),
    [
        ([area("X-A", part_of="QQ")], "X-A is part of 'QQ', which is not an area"),
        ([area("X-A", part_of="X-A")], r"X-A is a part of itself \(`part_of`\)"),
        ([area("X-A", part_of="X-B"), area("X-B", part_of="X-A")], "X-A is a part of itself .*; X-B is a part of itself"),
        ([area("X-A"), area("X-A")], "X-A is defined twice; remove one of the two"),
        ([area("X-A", alpha3="KEN")], "the alpha-3 code KEN of X-A is that of KE"),
        ([area("X-A", alpha3="XKX")], "the alpha-3 code XKX of X-A is that of XK"),
        ([area("X-A", alpha3="QQA"), area("X-B", alpha3="QQA")], "the alpha-3 code QQA of X-B is that of X-A"),
        ([area("X-A", alpha3="ab")], "'ab' is not an alpha-3 code; write three capitals A–Z: KEN"),
        ([area("X-A", label=" ")], "the text is empty"),
        ([area("X-A", label="A\u202eB")], "has characters or spaces that can't be in a label; write 'AB'"),
        ([area("X-A", label="A ")], "has characters or spaces that can't be in a label; write 'A'"),
    ],
)
def test_a_faulty_area_is_refused(tmp_path: Path, areas: list[dict[str, Any]], mistake: str) -> None:
    with pytest.raises(ContentError, match=rf"^vocab/areas-mine\.yml: .*{mistake}"):
        load_areas(tmp_path, mine=areas)


def test_unknown_codes_are_reported_for_each_file(tmp_path: Path) -> None:
    with pytest.raises(ContentErrors) as caught:
        load_areas(
            tmp_path, a={"labels": {"QQ": "A"}, "ambiguous": {"Congo": ["CD", "QZ"]}}, b={"names": {"QX": ["B"]}}, c=[area("X-C")]
        )
    assert [error.mistakes for error in caught.value.errors] == [
        [
            "labels: 'QQ' is not an area; write ISO 3166-1 alpha-2, or define it under areas:",
            "ambiguous: 'QZ' is not an area; write ISO 3166-1 alpha-2, or define it under areas:",
        ],
        ["names: 'QX' is not an area; write ISO 3166-1 alpha-2, or define it under areas:"],
    ]
    assert [error.where for error in caught.value.errors] == ["vocab/areas-a.yml", "vocab/areas-b.yml"]


@pytest.mark.parametrize(
    ("change", "mistake"),
    [
        ({"url": "javascript:alert(1)"}, "'javascript:alert.1.' is not a web address"),
        ({"url": "https://reader:secret@example.org/"}, "is not a web address"),
        ({"title": "\u0007Charter"}, "has characters or spaces that can't be in a label; write 'Charter'"),
        ({"publisher": ""}, "the text is empty"),
    ],
)
def test_a_faulty_document_of_a_region_is_refused(tmp_path: Path, change: dict[str, str], mistake: str) -> None:
    document = {"url": "https://example.org/", "title": "Charter", "publisher": "Union", "checked": "2026-11-02", **change}
    region = {
        "id": "union", "label": "Union", "label_zh": "联盟", "kind": "grouping", "definition": "Members.",
        "definition_zh": "成员。", "areas": ["KE"], "documents": [document],
    }  # fmt: skip
    file = tmp_path / "vocab" / "regions-mine.yml"
    file.parent.mkdir()
    file.write_text(yaml.safe_dump({"regions": [region]}, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ContentError, match=rf"^vocab/regions-mine\.yml: .*{mistake}"):
        _ = Catalogue(tmp_path).regions
