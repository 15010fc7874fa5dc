"""A local Spark gives the same findings as one process, in the same order. Failures and wrong use give one-line errors."""

import gzip
import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from overt.measure.measurement_file_reader import read_documents
from overt.measure.measurement_judge import Finding
from overt.measure.parallel_judging import judge_documents
from overt.measure.spark_judging import FINDING, judge_on_spark
from overt.model.errors import OvertError, UsageError
from tests.measure.scenarios.basic_web_and_service_scenarios import main as write
from tests.measure.scenarios.basic_web_and_service_scenarios import scenarios
from tests.measure.scenarios.measurement_parts import web
from tests.measure.test_block_page_fingerprints import SAMPLE

needs_spark = pytest.mark.skipif(not find_spec("pyspark"), reason="needs the extra overt[spark]")


def test_columns_are_the_fields_of_a_finding() -> None:
    assert FINDING.names == list(Finding._fields)


@needs_spark
@pytest.mark.slow
def test_spark_gives_the_findings_of_one_process(tmp_path: Path) -> None:
    lines = "".join(json.dumps(measurement) + "\n" for measurement, _, _ in scenarios().values())
    (tmp_path / "many.jsonl.gz").write_bytes(gzip.compress((lines * 80).encode()))
    (tmp_path / "cut.jsonl").write_text(lines[:-500])
    (tmp_path / "none.json").write_text("nothing")
    (tmp_path / "indented.json").write_text(json.dumps(web(), indent=1))
    local = list(judge_documents(read_documents([str(tmp_path)]), SAMPLE))
    on_spark = list(judge_on_spark("local[2]", [str(tmp_path)], SAMPLE))
    assert len(local) > 4_096 and {finding.verdict for finding in local} >= {
        "blocked",
        "down",
        "ok",
        "insufficient",
        "unsupported",
        "broken",
    }
    assert on_spark == local


@needs_spark
@pytest.mark.ci
def test_a_spark_failure_is_a_one_line_error(tmp_path: Path) -> None:
    write(tmp_path)
    with pytest.raises(OvertError, match="Spark at local"):
        list(judge_on_spark("local[0]", [str(tmp_path)]))


@pytest.mark.parametrize(("master", "path", "why"), [("yarn", ".", "spark://HOST:PORT"), ("local[1]", "-", "not standard input")])
def test_wrong_use_is_refused(master: str, path: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        list(judge_on_spark(master, [path]))
