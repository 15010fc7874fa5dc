"""Append to a long ledger, with all checks: milliseconds until the entry is on the disk.

    python -m bench.ledger.append [--entries 100000] [--appends 100] [--quick] [--json]

Fills a signed ledger in a SQLite file with generated entries, without timing this: judgements, claims, retractions (one entry
in ten) and undos (one in twenty). Then appends signed entries of three kinds: a judgement, a retraction (which checks whether the
record is already retracted) and an undo (which checks whether the entry is already undone). Each append opens and closes the
database, as a command does. At the end, the ledger is verified.

Target: under 20 ms at the median for each kind. Peer, in the same run and alternating with the appends: one row inserted by
`sqlite3` into a table of as many rows, with synchronous=FULL in WAL mode, the file opened and closed each time.
"""

import random
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.harness import Target, argument_parser, machine, report
from overt.ledger import Draft, Ledger, SourceDocument, claim_draft, judgement_draft
from overt.ledger.entry_drafts import make_draft

WHY = "both pages name the same registration number"
AT = "2026-11-24T12:00:00Z"
DOCUMENT = SourceDocument("Annual report", "page 12", "https://bluestem.example/report.pdf")
_TABLE = "CREATE TABLE rows (number INTEGER PRIMARY KEY, text TEXT)"


def drafts(entries: int) -> Iterator[Draft]:
    """Yield drafts of `entries` ledger entries. Each undo takes back a different earlier judgement."""
    draw = random.Random(1)
    judgements: list[int] = []
    for number in range(2, entries + 2):  # the first entry of the ledger admits the key
        part = draw.random()
        if part < 0.05 and judgements:
            yield make_draft(AT, "", WHY, "undo", {"sequence": judgements.pop(draw.randrange(len(judgements)))})
        elif part < 0.15:
            yield make_draft(AT, "", WHY, "retraction", {"target": f"alpha:{number}"})
        elif part < 0.4:
            yield claim_draft(
                f"editorial:{number}", "organization", "name", f"Name {number}", document=DOCUMENT, who="", why=WHY, at=AT
            )
        else:
            judgements.append(number)
            yield judgement_draft(f"alpha:{number}", f"beta:{number}", draw.choice(("same", "different")), "", WHY, AT)


def make_peer(path: Path, rows: int) -> None:
    """Create the peer's SQLite file, with a table of `rows` rows."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(_TABLE)
        text = "x" * 400  # about the size of an entry
        connection.executemany("INSERT INTO rows VALUES (?, ?)", ((number, text) for number in range(rows)))


def insert_plainly(path: Path, number: int) -> None:
    """Insert a row into the peer's table, opening and closing the file as each append does."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        with connection:
            connection.execute("INSERT INTO rows VALUES (?, ?)", (number, "x" * 400))


def measure(entries: int, appends: int) -> dict[str, Any]:
    """Append entries of each kind, alternating with the peer, and verify the ledger.

    Returns the wall-clock and processor milliseconds of each kind and of the peer, and the seconds that the verification took.
    """
    key = Ed25519PrivateKey.generate()
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        ledger, peer = Ledger(f"sqlite:///{temporary}/ledger.db", lambda: key), Path(temporary) / "peer.db"
        ledger.admit_key(key.public_key().public_bytes_raw().hex(), "the first key")
        print(f"writing a ledger of {entries:,} entries …", file=sys.stderr, flush=True)
        ledger.append_drafts(lambda _: list(drafts(entries)))
        judged = [judgement.sequence for judgement in ledger.judgements()][:appends]
        make_peer(peer, entries)
        kinds: dict[str, Callable[[int], object]] = {
            "judgement": lambda number: ledger.judge(f"new:{number}", "old:1", "same", "", WHY),
            "retraction": lambda number: ledger.retract(f"new:{number}", "", WHY),
            "undo": lambda number: ledger.undo(judged[number % len(judged)], "", WHY),
            "peer": lambda number: insert_plainly(peer, entries + number),
        }
        wall: dict[str, list[float]] = {kind: [] for kind in kinds}
        cpu: dict[str, list[float]] = {kind: [] for kind in kinds}
        for number in range(min(appends, len(judged))):
            for kind, append in kinds.items():
                begin, used = perf_counter(), process_time()
                append(number)
                wall[kind].append((perf_counter() - begin) * 1000)
                cpu[kind].append((process_time() - used) * 1000)
        begin = perf_counter()
        problems = len(list(ledger.verify()))
        verified = perf_counter() - begin
    assert problems == 0
    peer_median = median(wall["peer"])
    return {
        "milliseconds": {kind: round(median(times), 2) for kind, times in wall.items()},
        "slowest": {kind: round(max(times), 2) for kind, times in wall.items()},
        "processor_milliseconds": {kind: round(median(times), 2) for kind, times in cpu.items()},
        "times_the_peer": {kind: round(median(times) / peer_median, 2) for kind, times in wall.items() if kind != "peer"},
        "verify_seconds": round(verified, 1),
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--entries", type=int, default=100_000, help="entries of the ledger (100000)")
    parser.add_argument("--appends", type=int, default=100, help="appends of each kind (100)")
    options = parser.parse_args(arguments)
    entries, appends = (300, 5) if options.quick else (options.entries, options.appends)
    before = machine()
    measured = measure(entries, appends)
    result = {"benchmark": "ledger.append", "entries": entries, "appends": appends, **before, **measured}
    kinds = [kind for kind in measured["milliseconds"] if kind != "peer"]
    targets = [Target(kind, measured["milliseconds"][kind], 20, " ms") for kind in kinds]
    return report(result, targets, options)


if __name__ == "__main__":
    sys.exit(main())
