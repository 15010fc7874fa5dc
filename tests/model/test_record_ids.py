import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.model.errors import ValueProblem
from overt.model.record_ids import canonical_id, key_part, record_id


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("37016", "37016"), ("TC-1", "TC-1"), ("a.b_c~d", "a.b_c~d"), ("China Mobile, Ltd.", "china-mobile-ltd"),
        ("华为技术有限公司", "华为技术有限公司"), ("Işık / Görüntü", "işık-görüntü"), ("ＺＴＥ", "ZTE"), ("  x  y ", "x-y"),
        ("हुआवेई", "हुआवेई"), ("ฮัวเว่ย", "ฮัวเว่ย"),  # in these scripts, vowels are marks rather than letters
    ],
)  # fmt: skip
def test_a_key_part_is_safe_between_slashes(text: str, part: str) -> None:
    assert key_part(text) == part


def test_names_that_differ_in_a_mark_have_different_keys() -> None:
    assert key_part("हुआवेई") != key_part("हीआवाई")


@pytest.mark.parametrize("text", ["", "  ", "—", "???", "/"])
def test_a_key_needs_a_letter_or_digit(text: str) -> None:
    with pytest.raises(ValueProblem, match="no letter or digit"):
        key_part(text)


@given(st.text(max_size=60))
def test_a_key_is_stable_and_has_no_separator(text: str) -> None:
    try:
        part = key_part(text)
    except ValueProblem:
        return
    assert part and not set(part) & set("/: \n\x1f")
    assert key_part(part) == part


def test_a_record_id_begins_with_a_source_name() -> None:
    assert record_id("aiddata_gcdf", "37016") == "aiddata_gcdf:37016"
    for source in ("", "AidData", "1x", "a-b", "a:b"):
        with pytest.raises(ValueProblem, match="not a source's name"):
            record_id(source, "x")


def test_published_ids_never_change() -> None:
    """Recorded on 2026-11-25. If this fails, every published id has changed."""
    assert canonical_id("aiddata_gcdf:37016") == "ovt-hyxutj6ak5ex"
    assert canonical_id("organizations:huawei") == "ovt-s3b3kv3hvlpi"
