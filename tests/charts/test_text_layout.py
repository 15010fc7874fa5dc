"""Labels that fit, text that wraps, and characters that cannot be drawn."""

from overt.charts.text_layout import drawable_text, text_width, truncate, wrap_text


def test_a_truncated_label_fits_and_ends_with_an_ellipsis() -> None:
    long = "Joint Stock Company of Marine Cables"
    cut = truncate(long, 100)
    assert cut.endswith("…") and long.startswith(cut[:-1])
    assert text_width(cut) <= 100 < text_width(long)
    assert truncate("ZTE", 100) == "ZTE"
    assert text_width("华为") == 2 * 12
    assert len(truncate("华" * 50, 100)) < len(truncate("i" * 50, 100))


def test_any_sign_is_cut_when_there_are_ten_thousand() -> None:
    for character in ("A", "华", "\u0301", "\u202e", " ", "\x00", "i"):
        assert len(truncate(character * 10_000, 200)) <= 60, repr(character)


def test_signs_that_cannot_be_drawn_are_left_out() -> None:
    assert drawable_text("a\x00b\x08c\ud800d\ufffe") == "abcd"
    assert drawable_text("\u202eevil\u202c \u200fname\u2066") == "evil name"
    assert drawable_text("two\r\n\tlines") == "two lines"
    assert drawable_text("e" + "\u0301" * 40) == "e" + "\u0301" * 3
    assert drawable_text("ไม่รู้") == "ไม่รู้"


def test_a_text_wraps_at_spaces() -> None:
    lines = wrap_text("one two three four five six seven eight", 80)
    assert " ".join(lines) == "one two three four five six seven eight"
    assert all(text_width(line) <= 80 for line in lines)
    assert wrap_text("a " * 500, 80)[-1].endswith("…")
    assert len(wrap_text("a " * 500, 80)) == 4
    assert wrap_text("", 80) == [""]


def test_a_text_without_spaces_wraps() -> None:
    chinese = "虚线表示连接了什么，而不是经过哪里；柔和的标记只知道在某个城镇。"
    for text in (chinese, f"https://atlas.example/?q={'long' * 40}", f"自2012年以来{chinese}"):
        lines = wrap_text(text, 100, max_lines=50)
        assert "".join(lines) == text, "nothing is lost"
        assert len(lines) > 3 and all(text_width(line) <= 100 for line in lines)
        assert not any(line[0] in "，；。" for line in lines)
