"""Progress of long commands: a bar in a terminal, and elsewhere a line from time to time."""

import pytest

from overt.cli import messages_and_progress as module
from overt.cli.messages_and_progress import messages, step_bar


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time in seconds, which a test sets."""
    now = [0.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    return now


def test_a_long_task_prints_a_line_a_minute_where_there_is_no_terminal(
    clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    with step_bar("publishing") as progress:
        for second in range(150):
            clock[0] = float(second)
            progress(f"{second:,} of 150", second / 150)
        clock[0] = 180.0
        progress("signing")
    assert capsys.readouterr().err.splitlines() == [
        "publishing: 60 of 150 (40%)", "publishing: 120 of 150 (80%)", "publishing: signing",
    ]  # fmt: skip


def test_a_quiet_command_prints_no_progress(
    clock: list[float], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "quiet", True)
    with step_bar("publishing") as progress:
        clock[0] = 61.0
        progress("signing")
    assert capsys.readouterr().err == ""
