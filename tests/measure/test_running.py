"""On several cores: the same findings in the same order."""

import json
from pathlib import Path

from overt.measure.reading import documents
from overt.measure.running import batches, findings
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
