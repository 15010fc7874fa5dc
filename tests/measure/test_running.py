"""On several cores: the same findings in the same order."""

import json
import os
import signal
from pathlib import Path

import pytest

from overt.measure import running
from overt.measure.reading import Document, documents
from overt.measure.running import batches, findings
from overt.model.errors import OvertError
from tests.measure.generated import scenarios
from tests.measure.test_fingerprints import SAMPLE


def test_two_processes_say_what_one_says(tmp_path: Path) -> None:
    lines = [json.dumps(made) for made, _, _ in scenarios().values()]
    (tmp_path / "a.jsonl").write_text("\n".join(lines * 20))
    (tmp_path / "b.json").write_bytes(b"nothing")
    one, two = (list(findings(documents([str(tmp_path)]), SAMPLE, jobs)) for jobs in (1, 2))
    assert len(one) == len(lines) * 20 + 1
    assert one == two


def test_batches_keep_everything_in_order(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("".join(f'{{"test_name": "t{n}"}}\n' for n in range(1_300)))
    held = [document.place for batch in batches(documents([str(tmp_path / "a.jsonl")])) for document in batch]
    assert held == [f"line={n}" for n in range(1, 1_301)]


def end_yourself(batch: list[Document]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_that_is_ended_from_outside_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "_judged", end_yourself)
    with pytest.raises(OvertError, match="try fewer --jobs"):
        list(findings([Document("made", "", b"{}")], None, 2))
