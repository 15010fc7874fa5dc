"""Judges many documents on one or several cores. The findings and their order don't depend on the number of cores."""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from overt.measure.block_page_fingerprints import FingerprintFiles, Fingerprints
from overt.measure.measurement_file_reader import Document
from overt.measure.measurement_judge import Finding, Judge
from overt.measure.verdict_rules import Rules
from overt.model.engines.worker_interrupt_shield import interrupts_blocked
from overt.model.errors import OvertError

BATCH_BYTES, BATCH_DOCUMENTS = 2 << 20, 512
"""Size in bytes, or number of documents, at which a batch for one process is complete.

A batch is large enough to make the transfer cheap, and small enough to need little memory.
"""
_PARALLEL_BYTES = 64 << 20
"""Minimum input size, in bytes, for which more than one process pays off."""
_BATCHES_AHEAD = 3
"""Maximum number of batches in progress or waiting, per process."""
_judge: Judge | None = None


def judge_documents(documents: Iterable[Document], fingerprints: FingerprintFiles = None, jobs: int = 1) -> Iterator[Finding]:
    """Yield the finding for each document, in order. `jobs`: number of processes; 1 to judge in this one.

    Raises UsageError for invalid fingerprints, OSError for those that can't be read, and OvertError if a process is killed from
    outside.
    """
    if jobs <= 1:
        judge = Judge(Rules.load(), Fingerprints.load(fingerprints))
        yield from map(judge.judge, documents)
        return
    Fingerprints.load(fingerprints)  # Errors in the lists are raised here, not in each process.
    # Processes are spawned, not forked, because a process that is forked while threads run can hang.
    context = multiprocessing.get_context("spawn")
    with interrupts_blocked():
        pool = ProcessPoolExecutor(jobs, context, _prepare, (fingerprints,))
    waiting: deque[Future[list[Finding]]] = deque()
    try:
        for batch in batches(documents):
            with interrupts_blocked():
                waiting.append(pool.submit(_judge_batch, batch))
            # Finished batches are yielded at once, so that findings from an open pipe don't wait for further batches.
            while waiting and (len(waiting) >= jobs * _BATCHES_AHEAD or waiting[0].done()):
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool:
        raise OvertError(
            "a process that judged measurements was killed from outside, perhaps for lack of memory; try fewer --jobs"
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def cores() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def process_count(size: int) -> int:
    """Return how many processes to start for files of `size` bytes."""
    return cores() if size >= _PARALLEL_BYTES else 1


def batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Yield the documents in their order, in batches that end at `BATCH_BYTES` or `BATCH_DOCUMENTS`."""
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.data)
        if size >= BATCH_BYTES or len(batch) >= BATCH_DOCUMENTS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _prepare(fingerprints: FingerprintFiles) -> None:
    global _judge
    _judge = Judge(Rules.load(), Fingerprints.load(fingerprints))


def _judge_batch(batch: list[Document]) -> list[Finding]:
    assert _judge is not None, "_prepare runs first in each process"
    return [_judge.judge(document) for document in batch]
