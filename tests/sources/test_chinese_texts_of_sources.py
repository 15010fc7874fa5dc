"""Chinese texts of sources: folding leaves no spaces, AidData's scope is complete, and the bounds of totals are translated."""

import csv
import re
from typing import Any

import pytest
import yaml

from overt.model.content_catalogue import Catalogue

SPACE_AFTER_CHINESE_SIGN = re.compile(r"[，。；：、？！] ")


def chinese_texts(node: Any, *, is_chinese: bool = False) -> list[str]:
    """Return the strings of all keys that end in `_zh`, at any depth."""
    if isinstance(node, dict):
        return [
            text
            for key, value in node.items()
            for text in chinese_texts(value, is_chinese=is_chinese or str(key).endswith("_zh"))
        ]
    if isinstance(node, list):
        return [text for value in node for text in chinese_texts(value, is_chinese=is_chinese)]
    return [node] if is_chinese and isinstance(node, str) else []


def test_no_folded_line_leaves_a_space_in_a_chinese_text(content: Catalogue) -> None:
    """YAML joins the lines of a folded text by a space, which Chinese doesn't have between sentences."""
    for slug, folder in content.source_folders.items():
        for text in chinese_texts(yaml.safe_load((folder / "source.yml").read_text(encoding="utf-8"))):
            assert not SPACE_AFTER_CHINESE_SIGN.search(text), (slug, text)


@pytest.mark.parametrize("word", ["安检扫描设备", "卫星", "广播电视机构或网络", "办公用品"])
def test_the_chinese_scope_of_aiddata_has_the_parts_of_the_english_one(content: Catalogue, word: str) -> None:
    """The Chinese text used to lack scanners, satellites, broadcasters and networks, and the exception for office goods."""
    assert word in (content.sources["aiddata_gcdf"].covers_zh or "")


def test_every_bound_of_a_reported_total_has_a_chinese_word(content: Catalogue) -> None:
    register = content.source_folders["reported_figures"] / "edition" / "reported_figures.csv"
    with register.open(encoding="utf-8", newline="") as lines:
        bounds = {row["bound"] for row in csv.DictReader(lines)} - {"", "exact", "exactly"}
    assert bounds and bounds <= set(content.chinese_phrases)
