"""Judges measurements on Spark, for more files than one machine can read. Its tasks run the usual judge."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from overt.measure.block_page_fingerprints import Fingerprints
from overt.measure.measurement_file_reader import input_files, read_documents
from overt.measure.measurement_judge import Finding, Judge
from overt.measure.verdict_rules import Rules
from overt.model.engines.spark_session import spark_session
from overt.model.errors import OvertError, UsageError

_MASTER = re.compile(r"local(\[(\*|\d+)(,\s*\d+)?\])?|spark://\S+")
_BATCH_ROWS = 4_096
"""Number of findings in a batch that a task returns."""
_MAX_TASKS = 20_000
"""Maximum number of tasks, because more would strain the driver. With more files, a task judges several."""
FINDING = pa.schema(
    [(name, pa.string()) for name in ("file", "place", "id", "test_name", "input", "country")]
    + [("asn", pa.int64())]
    + [(name, pa.string()) for name in ("verdict", "mechanism", "rule", "confidence")]
    + [("also", pa.list_(pa.string()))]
    + [(name, pa.string()) for name in ("fingerprints", "day", "software", "platform")]
    + [("resolver_asn", pa.int64()), ("observations", pa.int64()), ("reason", pa.string())]
)
"""The fields of a `Finding`, as columns of the table that tasks return."""


def judge_on_spark(master: str, inputs: Iterable[str], fingerprints: Path | None = None) -> Iterator[Finding]:
    """Yield the finding for each document in files and folders, in the order of `parallel_judging.judge_documents`.

    Every machine of the cluster must have Overt, and the files at the same paths.

    Raises UsageError for an invalid master, input or list of fingerprints, for standard input, and if the extra `spark` or Java
    is missing. Raises OSError if a list can't be read, and OvertError if Spark can't be reached or fails.
    """
    if not _MASTER.fullmatch(master):
        raise UsageError(f"--spark {master}: give local[*] or spark://HOST:PORT")
    files = input_files(inputs)
    if any(path is None for path, _ in files):
        raise UsageError("--spark reads files, not standard input")
    Fingerprints.load(fingerprints)  # Errors in the lists are raised here, not in a task.
    with spark_session(master, "overt measure", {}) as session:
        try:
            from pyspark import StorageLevel

            names = session.sparkContext.parallelize([(name,) for _, name in files], min(len(files), _MAX_TASKS))
            rows = session.createDataFrame(names, "file string").mapInArrow(
                partial(_judge_files, fingerprints=fingerprints), _ddl()
            )
            # Findings are first written to the disks of the workers, and then returned in the order of the files. An iterator
            # alone would judge one file after the other, and collecting would keep all findings in memory here.
            rows = rows.persist(StorageLevel.DISK_ONLY)
            rows.count()
            for row in rows.toLocalIterator(prefetchPartitions=True):
                values = row.asDict()
                yield Finding(**values | {"also": tuple(values["also"])})
        except OvertError:
            raise
        except Exception as error:  # Spark and its bridge to Java raise many types of exceptions.
            raise OvertError(f"Spark at {master} failed: {str(error).splitlines()[0][:300]}") from error


@cache
def _judge(fingerprints: Path | None) -> Judge:
    """Return the judge of a Spark process. A process runs many tasks, but creates the judge only once."""
    return Judge(Rules.load(), Fingerprints.load(fingerprints))


def _judge_files(batches: Iterator[pa.RecordBatch], fingerprints: Path | None) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        for task in batch.to_pylist():
            findings = map(_judge(fingerprints).judge, read_documents([task["file"]]))
            while rows := [finding._asdict() for finding in islice(findings, _BATCH_ROWS)]:
                yield pa.RecordBatch.from_pylist(rows, FINDING)


def _ddl() -> str:
    types: dict[Any, str] = {pa.string(): "string", pa.int64(): "bigint", pa.list_(pa.string()): "array<string>"}
    return ", ".join(f"`{field.name}` {types[field.type]}" for field in FINDING)
