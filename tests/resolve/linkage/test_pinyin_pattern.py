"""The pattern recognises Chinese words in pinyin."""

import pytest

from overt.model.engines.duckdb_connection import connect
from overt.resolve.linkage.pinyin_pattern import WORD


@pytest.mark.parametrize(
    ("word", "is_pinyin"),
    [("huawei", True), ("tongdetong", True), ("chenggong", True), ("nvxing", True), ("xingnanxdn", False), ("hikvision", False),
     ("feng", False), ("", False), ("na" * 60, True), ("na" * 60 + "x", False)],
)  # fmt: skip
def test_a_word_of_two_syllables_or_more_is_pinyin(word, is_pinyin):
    with connect(threads=1) as connection:
        assert connection.execute("SELECT regexp_full_match(?, ?)", [word, WORD]).fetchone() == (is_pinyin,)
