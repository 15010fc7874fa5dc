"""Score the title rules for AidData: precision and recall against records labelled by people.

    python -m bench.importing.aiddata_title_quality                       the scores on the development and on the held-out part
    python -m bench.importing.aiddata_title_quality --errors development  every record of a part that the rules get wrong
    python -m bench.importing.aiddata_title_quality --draw                the ids of the first labels, a seeded sample

Scope and kinds are scored against `bench/labels/aiddata_titles.csv`, labelled by a person who never saw the rules; financiers,
suppliers and borrowers against the first labels, `tests/sources/aiddata_labels.csv`. The labels have ids and answers, but no
titles: these are read from the real data in `$OVERT_DATA` (default `../shared/data`). How records were labelled, and what the
labels can't show: bench/labels/README.md and docs/decisions/0006-aiddata.md. There is no peer, because nobody else codes these
titles by published rules.
"""

import argparse
import csv
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from overt.content.sources.aiddata_gcdf.title_reader import Reading, Titles
from overt.model.content_catalogue import Catalogue
from overt.model.yaml_reading_and_validation import read_yaml

ROOT = Path(__file__).parents[2]
LABELS = ROOT / "tests" / "sources" / "aiddata_labels.csv"
"""The first labels, by the author of the rules. They define the scope differently from the rules: without scanners, but with
every record of the sector. So only organisations are scored, and only for records that both the labels and the rules put in
scope.
"""
TITLE_LABELS = ROOT / "bench" / "labels" / "aiddata_titles.csv"
DATA = Path(os.environ.get("OVERT_DATA", ROOT.parent / "shared" / "data")) / "aiddata" / "gcdf3_final_input.csv"
SEED = "2022-03-28"
SIZES = {"communications": 120, "close": 110, "broad": 30, "rest": 20}
"""Sample sizes by stratum: records of the sector; other records with a word close to the subject; records with a word for
technology; all others.
"""
UNSAMPLED = "found"
"""Stratum of records that were not drawn: somebody noticed them among those that the rules leave out. All are in the
development part.
"""
CLOSE = re.compile(
    r"surveil|cctv|camera|monitoring system|safe city|smart|e-gov|polic|public security|citizen security"
    r"|ministry of (?:the )?interior|data ?cent|command|\b911\b|-110\b|fingerprint|cable|fib(?:er|re)|intelligen",
    re.IGNORECASE,
)
BROAD = re.compile(
    r"tele-?com|telephon|\bict\b|informati|digital|internet|network|satellite|radio|televis|\btv\b|broadcast|software|cyber"
    r"|video|comput|laptop|electronic|system|technolog|security|inspection|scanner|platform|mobile|huawei|\bzte\b",
    re.IGNORECASE,
)
LINK = re.compile(r"[(\[][^()\[\]]*(?:linked|#)[^()\[\]]*[)\]]+", re.IGNORECASE)
ROLES = {"financier": "financiers", "supplier": "suppliers", "recipient": "borrowers"}
PARTS = {"dev": "development", "test": "held-out"}
"""Parts of the first labels, with the names used by the second labels."""


class Score(NamedTuple):
    """Numbers of right, wrong and missed answers."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of the rules' answers that are right; 1 if they give none."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the labelled answers that the rules give; 1 if there are none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def table(path: Path) -> list[dict[str, str]]:
    """Read a CSV file. Return a dictionary by column for each row."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


class Answer(NamedTuple):
    """The rules' answers to one question about a record, and a person's answers."""

    part: str
    question: str
    stratum: str
    record: str
    read: set[str]
    expected: set[str]
    accepted: set[str]
    """Answers that count neither as right nor as wrong, and are not missed."""

    @property
    def right(self) -> set[str]:
        """The rules' answers that are expected."""
        return self.read & self.expected

    @property
    def wrong(self) -> set[str]:
        """The rules' answers that are neither expected nor accepted."""
        return self.read - self.expected - self.accepted

    @property
    def missed(self) -> set[str]:
        """Expected answers that the rules don't give."""
        return self.expected - self.read


class Reader:
    """The title rules, applied as in the importer."""

    def __init__(self) -> None:
        self.content = Catalogue()
        folder = self.content.source_folders["aiddata_gcdf"]
        self.titles = Titles(read_yaml(folder / "title_rules.yml"))
        self.broader = {term.id: term.broader for term in self.content.vocabularies["project-kinds"].terms}

    def read(self, row: dict[str, str]) -> Reading | str:
        """Apply the rules to a row. Return what they read, or the reason why the record is out of scope."""
        return self.titles.read(row["Sector.Name"], row["Title"])

    def names(self, row: dict[str, str]) -> dict[str, set[str]]:
        """Return the names in a row's title, by question: financiers, suppliers and borrowers."""
        reading = self.read(row)
        names: dict[str, set[str]] = {question: set() for question in ROLES.values()}
        if isinstance(reading, Reading):
            area = self.content.areas.areas[self.content.areas.find(row["Recipient.ISO-3"] or row["Recipient"])]
            for name, role, _ in reading.names:
                if role in ROLES:
                    names[ROLES[role]].add(name.format(recipient=area.label))
        return names

    def kinds(self, row: dict[str, str], expected: set[str]) -> set[str]:
        """Return the kinds that the rules read in a row.

        A broader term of an expected kind counts as right. So it is replaced with that kind, unless it is expected itself.
        """
        reading = self.read(row)
        kinds = set() if isinstance(reading, str) else {kind for kind, _ in reading.kinds}
        narrower = {kind: next((term for term in expected if kind in self.above(term)), kind) for kind in kinds - expected}
        return {narrower.get(kind, kind) for kind in kinds}

    def above(self, kind: str) -> Iterable[str]:
        """Yield all broader terms of a kind, the nearest first."""
        while above := self.broader.get(kind):
            yield above
            kind = above


def cells(text: str) -> set[str]:
    """Split a cell of a label at semicolons. Return its items."""
    return {item for item in text.split(";") if item}


def answers(data: Path = DATA) -> Iterable[Answer]:
    """Yield the answers about every labelled record.

    Skips records whose scope was unclear to the labeller. In the first labels, also skips records that the labeller or the
    rules put out of scope.
    """
    rows = {row["AidData.Record.ID"]: row for row in table(data)}
    reader = Reader()
    for label in table(TITLE_LABELS):
        row, where = rows[label["id"]], (label["stratum"], label["id"])
        if label["in_scope"] == "unclear":
            continue
        in_scope = isinstance(reader.read(row), Reading)
        expected = {"yes"} if label["in_scope"] == "yes" else set()
        yield Answer(label["split"], "scope", *where, {"yes"} if in_scope else set(), expected, set())
        kinds = cells(label["kinds"])
        yield Answer(label["split"], "kinds", *where, reader.kinds(row, kinds), kinds, cells(label["also_acceptable"]))
    for label in table(LABELS):
        if label["in_scope"] == "yes" and isinstance(reader.read(rows[label["record_id"]]), Reading):
            for question, names in reader.names(rows[label["record_id"]]).items():
                where = (label["stratum"], label["record_id"])
                yield Answer(PARTS[label["split"]], question, *where, names, cells(label[question]), set())


def measure(data: Path = DATA) -> dict[tuple[str, str], Score]:
    """Return a score for each part (`development`, `held-out`) and question.

    A question with several answers counts several times.
    """
    counts: dict[tuple[str, str], Counter[str]] = {}
    for answer in answers(data):
        counter = counts.setdefault((answer.part, answer.question), Counter())
        for outcome in ("right", "wrong", "missed"):
            counter[outcome] += len(getattr(answer, outcome))
    return {key: Score(counter["right"], counter["wrong"], counter["missed"]) for key, counter in sorted(counts.items())}


def errors(part: str, data: Path = DATA) -> Iterable[str]:
    """Yield a line with the record's title for every question in a part that has a wrong or missed answer."""
    rows = {row["AidData.Record.ID"]: row for row in table(data)}
    for answer in answers(data):
        if answer.part == part and (answer.wrong or answer.missed):
            differences = f"wrong {sorted(answer.wrong)} missed {sorted(answer.missed)}"
            yield f"{answer.record} {answer.question}: {differences}: {rows[answer.record]['Title']}"


def stratum(row: dict[str, str]) -> str:
    """Return the stratum from which a record is drawn."""
    title = LINK.sub("", row["Title"])
    if row["Sector.Name"] == "COMMUNICATIONS":
        return "communications"
    return "close" if CLOSE.search(title) else "broad" if BROAD.search(title) else "rest"


def draw(data: Path = DATA) -> Iterable[tuple[str, str, str]]:
    """Yield (record id, stratum, part) for every record to label. Every second record is held out."""
    by_stratum: dict[str, list[int]] = {name: [] for name in SIZES}
    for row in table(data):
        by_stratum[stratum(row)].append(int(row["AidData.Record.ID"]))
    for name, size in SIZES.items():
        chosen = random.Random(f"{SEED} {name}").sample(sorted(by_stratum[name]), size)
        yield from ((str(record), name, ("dev", "test")[place % 2]) for place, record in enumerate(chosen))


def main() -> int:
    """Print scores, errors or the sample to label."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--errors", choices=[*PARTS.values()], help="list the wrong and the missed answers of this part")
    parser.add_argument("--draw", action="store_true", help="print the ids of the first labels")
    options = parser.parse_args()
    if not DATA.is_file():
        print(f"{DATA}: no such file; set OVERT_DATA to the folder that has aiddata/", file=sys.stderr)
        return 2
    if options.draw:
        print(*(",".join(line) for line in draw()), sep="\n")
        return 0
    if options.errors:
        print(*errors(options.errors), sep="\n")
        return 0
    print(f"{'part':11} {'question':11} {'precision':>9} {'recall':>7} {'right':>6} {'wrong':>6} {'missed':>6}")
    for (part, question), score in measure().items():
        shares = f"{score.precision:9.3f} {score.recall:7.3f}"
        print(f"{part:11} {question:11} {shares} {score.right:6} {score.wrong:6} {score.missed:6}")
    sizes = Counter((label["split"], label["stratum"], label["in_scope"]) for label in table(TITLE_LABELS))
    for (part, stratum_name, in_scope), size in sorted(sizes.items()):
        print(f"{part:11} {stratum_name}: in scope {in_scope}: {size}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
