import pytest

from overt.model.errors import MAX_QUOTED, OvertError, UsageError, ValueProblem, quote_text


@pytest.mark.parametrize("kind", [OvertError, UsageError, ValueProblem])
def test_a_message_has_one_line(kind: type[OvertError]) -> None:
    assert str(kind("what\nwhere\r\n  what to do")) == "what where what to do"


def test_quoted_text_is_short_and_has_no_control_characters() -> None:
    assert quote_text("word") == "'word'"
    assert quote_text("\x1b[2Jgone\n") == r"'\x1b[2Jgone\n'"
    assert len(quote_text("x" * 10**6)) <= MAX_QUOTED + 3
