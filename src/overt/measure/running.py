"""Judging many documents, on one core or several: the findings are the same, in the same order."""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from overt.measure.fingerprints import Fingerprints, Given
from overt.measure.judging import Finding, Judge
from overt.measure.reading import Document
from overt.measure.rules import Rules
from overt.model.errors import OvertError

BATCH_BYTES, BATCH_DOCUMENTS = 2 << 20, 512
"""What one process is given at a time: enough that handing over costs little, little enough that memory stays small."""
_ALL_CORES_FROM = 64 << 20
"""From so many bytes on, more than one process is worth starting."""
_AHEAD = 3
"""Batches in the works for each process."""
_judge: Judge | None = None


def findings(given: Iterable[Document], fingerprints: Given = None, jobs: int = 1) -> Iterator[Finding]:
    """The finding on each document, in their order. Raises UsageError for fingerprints that cannot be used,
    OvertError when a process is ended from outside."""
    if jobs <= 1:
        judge = Judge(Rules.load(), Fingerprints.load(fingerprints))
        yield from map(judge.judge, given)
        return
    Fingerprints.load(fingerprints)  # what is wrong with them is said here, not in each process
    # Started afresh: processes that are copied while threads run can stand still for ever.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, context, _prepare, (fingerprints,))
    waiting: deque[Future[list[Finding]]] = deque()
    try:
        for batch in batches(given):
            with _not_interrupted():
                waiting.append(pool.submit(_judged, batch))
            # What is ready is said at once, so that a pipe which stays open does not wait for its next batches.
            while waiting and (len(waiting) >= jobs * _AHEAD or waiting[0].done()):
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool:
        raise OvertError(
            "a process that judged measurements was ended from outside, as when memory is short; try fewer --jobs"
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _not_interrupted() -> Iterator[None]:
    """Processes and threads that are started here never get Ctrl-C, which a terminal sends to all alike: who gets it is the
    one that gave them what they do, and ends them.
    """
    if not hasattr(signal, "pthread_sigmask"):  # not on Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def processes(size: int) -> int:
    """How many processes are worth starting for files of so many bytes."""
    return cores() if size >= _ALL_CORES_FROM else 1


def batches(given: Iterable[Document]) -> Iterator[list[Document]]:
    """The documents in their order, in batches."""
    held: list[Document] = []
    size = 0
    for document in given:
        held.append(document)
        size += len(document.data)
        if size >= BATCH_BYTES or len(held) >= BATCH_DOCUMENTS:
            yield held
            held, size = [], 0
    if held:
        yield held


def _prepare(fingerprints: Given) -> None:
    global _judge
    _judge = Judge(Rules.load(), Fingerprints.load(fingerprints))


def _judged(batch: list[Document]) -> list[Finding]:
    assert _judge is not None, "a process is prepared before it is given anything"
    return [_judge.judge(document) for document in batch]
