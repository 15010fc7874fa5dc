"""Compare what readers receive from two versions of Overt.

    python -m tools.same_output OLD NEW [--data DIR] [--keep DIR]

OLD and NEW are git revisions, or `.` for the working tree. Each version builds an atlas from the same data and serves it. The
pages listed in `pages.txt` and the files listed in `files.txt` must be byte-equal, and every released table must keep its sha256.
The comparison ignores the ids of releases, other hashes that depend on code or content, the ids of entries in feeds, the hashes
in addresses of static files, and the server's own address. The exit code is 1 if anything differs.
"""

import argparse
import difflib
import sys
import tempfile
from pathlib import Path

from tools.same_output.stored_responses import Capture, capture, checkout

_MAX_LINES = 12
"""Maximum number of lines to print for each difference."""


def main() -> int:
    """Capture both versions and print what differs."""
    parser = argparse.ArgumentParser(description="Compare what two versions of Overt give readers.")
    parser.add_argument("old", help="a git revision, or . for the working tree")
    parser.add_argument("new", help="the same")
    parser.add_argument("--data", type=Path, help="the real data; without it, the edition that Overt ships")
    parser.add_argument(
        "--keep", type=Path, help="keep the output of each version in this folder, and reuse output that is there"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        old, new = (_captured(folder, revision, options.data) for revision in (options.old, options.new))
        return _compare(old, new)


def _captured(folder: Path, revision: str, data: Path | None) -> Capture:
    place = folder / revision.replace("/", "-").replace(".", "working-tree")
    if revision == "." or not (place / "release.json").is_file():
        with checkout(revision) as tree:
            capture(tree, place, data)
    return Capture.load(place)


def _compare(old: Capture, new: Capture) -> int:
    print(f"releases: {old.release}, {new.release}")
    tables = sorted(old.tables.keys() | new.tables.keys())
    changed = [name for name in tables if old.tables.get(name) != new.tables.get(name)]
    print(f"tables: {len(tables) - len(changed)} of {len(tables)} have the same sha256")
    for name in changed:
        print(f"  {name}: {old.tables.get(name, 'missing')} → {new.tables.get(name, 'missing')}")
    failed = len(changed)
    for kind in ("pages", "files"):
        before, after = old.responses(kind), new.responses(kind)
        differing = [address for address in before if before[address] != after.get(address)]
        print(f"{kind}: {len(before) - len(differing)} of {len(before)} are byte-equal")
        for address in differing:
            print(f"  {address}")
            _print_difference(before[address], after.get(address, b""))
        failed += len(differing)
    return 1 if failed else 0


def _print_difference(before: bytes, after: bytes) -> None:
    lines = difflib.unified_diff(
        before.decode(errors="replace").splitlines(), after.decode(errors="replace").splitlines(), lineterm="", n=0
    )
    for line in list(lines)[2 : 2 + _MAX_LINES]:
        print(f"    {line[:300]}")


if __name__ == "__main__":
    sys.exit(main())
