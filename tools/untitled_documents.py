"""Count the documents of our own registers that have no title, or list them: `python -m tools.untitled_documents [REGISTER]`."""

import csv
import sys
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from overt.model.content_catalogue import Catalogue


class Register(NamedTuple):
    """A register, and the rows of its documents."""

    name: str
    rows: list[dict[str, str]]

    @property
    def untitled(self) -> list[dict[str, str]]:
        """The rows without a title."""
        return [row for row in self.rows if not row["title"].strip()]


def registers(folders: Mapping[str, Traversable | Path]) -> Iterator[Register]:
    """Yield each register that has a file of documents. `folders`: the folders of the sources, by slug."""
    for name, folder in sorted(folders.items()):
        for path in sorted(Path(str(folder)).glob("edition/*_documents.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            if rows and {"id", "title", "publisher", "url"} <= rows[0].keys():
                yield Register(name, rows)


def main(names: list[str]) -> int:
    """Print the counts of all registers or, given names, the untitled documents of those registers.

    Return 1 if a name is unknown.
    """
    known = {register.name: register for register in registers(Catalogue().source_folders)}
    if unknown := [name for name in names if name not in known]:
        print(f"no register of this name: {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 1
    for name in names:
        for row in known[name].untitled:
            print(row["id"], row["publisher"], row["url"], sep="\t")
    if not names:
        for register in known.values():
            print(f"{register.name}: {len(register.untitled)} of {len(register.rows)} documents have no title")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
