import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.model.errors import ValueProblem
from overt.model.values.canonical_texts_urls_and_identifiers import (
    MAX_TEXT_LENGTH,
    canonical_boolean,
    canonical_identifier,
    canonical_text,
    canonical_url,
    clean_text,
)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  Huawei \t Marine\n Networks ", "Huawei Marine Networks"),
        ("Zho\u0304\u0301ng", "Zhṓng"),  # The text is normalised to NFC.
        ("e\u200b\u0301", "é"),  # This also works across an invisible character.
        ("soft\u00adhyphen", "softhyphen"),
        ("\u202eright to left", "right to left"),
        ("bell\x07", "bell"),
        ("华为\u3000技术", "华为 技术"),
        ("نرم\u200cافزار", "نرم\u200cافزار"),  # A joiner is part of Persian spelling.
        ("=SUM(A1:A9)", "=SUM(A1:A9)"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),  # This is plain text, which pages and tables escape.
        ("\U0003134a", "\U0003134a"),  # This ideograph is unknown to Python 3.11.
    ],
)
def test_text_is_cleaned(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


@pytest.mark.parametrize("text", ["", "  \n", "\u200b", "\u200d", "\x00\x01", "\ufdd0"])
def test_empty_texts_are_refused(text: str) -> None:
    with pytest.raises(ValueProblem, match="empty"):
        canonical_text(text)


def test_too_long_texts_are_refused() -> None:
    assert len(canonical_text("x" * MAX_TEXT_LENGTH)) == MAX_TEXT_LENGTH
    for length in (MAX_TEXT_LENGTH + 1, 5 * MAX_TEXT_LENGTH):
        with pytest.raises(ValueProblem, match="too long"):
            canonical_text("x" * length)


@given(st.text())
def test_cleaned_text_is_stable(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert "\x1f" not in cleaned, "claim ids join fields by it"
    assert cleaned == cleaned.strip()


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("HTTP://Example.ORG/Path?q=A#f", "http://example.org/Path?q=A#f"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        ("http://[2001:DB8::1]:80/x", "http://[2001:db8::1]:80/x"),
        (" https://例え.jp/ ", "https://例え.jp/"),
    ],
)
def test_a_url_has_a_canonical_form(text: str, url: str) -> None:
    assert canonical_url(text) == url
    assert canonical_url(url) == url


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "data:text/html,x", "ftp://example.org/", "example.org", "http://", "http://user:secret@example.org/",
     "http://a b/", "http://example.org:99999/", "http://[::1", "mailto:a@example.org", "//example.org/"],
)  # fmt: skip
def test_other_texts_are_not_urls(text: str) -> None:
    with pytest.raises(ValueProblem, match="web address"):
        canonical_url(text)


@given(st.text(max_size=80) | st.text(max_size=40).map("https://".__add__))
def test_any_text_is_refused_or_stable_as_url(text: str) -> None:
    try:
        url = canonical_url(text)
    except ValueProblem:
        return
    assert canonical_url(url) == url


def test_identifiers_have_a_scheme_and_a_value() -> None:
    assert canonical_identifier(" wikidata:Q160120 ") == "wikidata:Q160120"
    assert canonical_identifier("lei:5299 00") == "lei:5299 00"
    for text in ("Q160120", "LEI:5299", ":x", "lei:", "lei: ", "1a:x"):
        with pytest.raises(ValueProblem, match="scheme:value"):
            canonical_identifier(text)


def test_booleans_are_true_and_false() -> None:
    assert [canonical_boolean(word) for word in ("true", "false")] == ["true", "false"]
    for word in ("yes", "1", "True", ""):
        with pytest.raises(ValueProblem, match="neither true nor false"):
            canonical_boolean(word)
