"""On a real local Spark: the same findings in the same order."""

import gzip
import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from overt.measure.judging import Finding
from overt.measure.reading import documents
from overt.measure.running import findings
from overt.measure.spark import FINDING, findings_on
from overt.model.errors import OvertError, UsageError
from tests.measure.generated import main as write
from tests.measure.generated import scenarios, web
from tests.measure.test_fingerprints import SAMPLE

needs_spark = pytest.mark.skipif(not find_spec("pyspark"), reason="needs the extra overt[spark]")


def test_a_row_is_a_finding() -> None:
    assert FINDING.names == list(Finding._fields)


@needs_spark
@pytest.mark.slow
def test_spark_says_what_one_core_says(tmp_path: Path) -> None:
    lines = "".join(json.dumps(made) + "\n" for made, _, _ in scenarios().values())
    (tmp_path / "many.jsonl.gz").write_bytes(gzip.compress((lines * 80).encode()))
    (tmp_path / "cut.jsonl").write_text(lines[:-500])
    (tmp_path / "none.json").write_text("nothing")
    (tmp_path / "one.json").write_text(json.dumps(web(), indent=1))
    here = list(findings(documents([str(tmp_path)]), SAMPLE))
    there = list(findings_on("local[2]", [str(tmp_path)], SAMPLE))
    assert len(here) > 4_096 and {one.verdict for one in here} >= {
        "blocked",
        "down",
        "ok",
        "insufficient",
        "unsupported",
        "broken",
    }
    assert there == here


@needs_spark
@pytest.mark.slow
def test_spark_that_cannot_be_reached_is_one_line(tmp_path: Path) -> None:
    write(tmp_path)
    with pytest.raises(OvertError, match="Spark at local"):
        list(findings_on("local[0]", [str(tmp_path)]))


@pytest.mark.parametrize(
    ("master", "given", "why"), [("yarn", ".", "spark://HOST:PORT"), ("local[1]", "-", "not standard input")]
)
def test_used_wrongly(master: str, given: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        list(findings_on(master, [given]))
