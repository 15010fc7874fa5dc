"""The same judging on Spark, for more files than one machine reads: a file is a task, which runs what one core here runs."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from overt.measure.fingerprints import Fingerprints
from overt.measure.judging import Finding, Judge
from overt.measure.reading import documents, files
from overt.measure.rules import Rules
from overt.model.errors import OvertError, UsageError
from overt.model.spark import spark_session

_MASTER = re.compile(r"local(\[(\*|\d+)(,\s*\d+)?\])?|spark://\S+")
_ROWS = 4_096
"""Findings that are handed back at a time."""
_MOST_TASKS = 20_000
"""So many tasks a driver keeps track of with ease; with more files than that, a task has several."""
FINDING = pa.schema(
    [(name, pa.string()) for name in ("file", "place", "id", "test_name", "input", "country")]
    + [("asn", pa.int64())]
    + [(name, pa.string()) for name in ("verdict", "mechanism", "rule", "confidence")]
    + [("also", pa.list_(pa.string()))]
    + [(name, pa.string()) for name in ("day", "software", "platform")]
    + [("resolver_asn", pa.int64()), ("observations", pa.int64()), ("reason", pa.string())]
)
"""A finding as a row."""


def findings_on(master: str, inputs: Iterable[str], fingerprints: Path | None = None) -> Iterator[Finding]:
    """What `findings` gives on these files and folders, in the same order, judged on the Spark of `master`.

    Every machine of it must have Overt, and the files at the same paths. Raises UsageError for what is no master, for standard
    input, and when the extra `spark` is not installed; OvertError when Spark cannot be reached or fails.
    """
    if not _MASTER.fullmatch(master):
        raise UsageError(f"--spark {master}: give local[*] or spark://HOST:PORT")
    named = files(inputs)
    if any(path is None for path, _ in named):
        raise UsageError("--spark reads files, not standard input")
    Fingerprints.load(fingerprints)  # what is wrong with them is said here, not by a task
    with spark_session(master, "overt measure", {}) as session:
        try:
            from pyspark import StorageLevel

            names = session.sparkContext.parallelize([(name,) for _, name in named], min(len(named), _MOST_TASKS))
            found = session.createDataFrame(names, "file string").mapInArrow(partial(_judged, fingerprints=fingerprints), _ddl())
            # All at once onto the disks of those who judge, then back in the order of the files: an iterator by itself would have
            # one file judged after the other, and collecting would take all findings into memory here.
            found = found.persist(StorageLevel.DISK_ONLY)
            found.count()
            for row in found.toLocalIterator(prefetchPartitions=True):
                held = row.asDict()
                yield Finding(**held | {"also": tuple(held["also"])})
        except OvertError:
            raise
        except Exception as error:  # of Spark or of its bridge to Java; all are told the same way
            raise OvertError(f"Spark at {master} failed: {str(error).splitlines()[0][:300]}") from error


@cache
def _judge(fingerprints: Path | None) -> Judge:
    """One for each process of Spark, which lives for many tasks."""
    return Judge(Rules.load(), Fingerprints.load(fingerprints))


def _judged(given: Iterator[pa.RecordBatch], fingerprints: Path | None) -> Iterator[pa.RecordBatch]:
    for batch in given:
        for task in batch.to_pylist():
            found = map(_judge(fingerprints).judge, documents([task["file"]]))
            while rows := [one._asdict() for one in islice(found, _ROWS)]:
                yield pa.RecordBatch.from_pylist(rows, FINDING)


def _ddl() -> str:
    kinds: dict[Any, str] = {pa.string(): "string", pa.int64(): "bigint", pa.list_(pa.string()): "array<string>"}
    return ", ".join(f"`{field.name}` {kinds[field.type]}" for field in FINDING)
