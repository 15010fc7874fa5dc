"""Read AidData's titles: precision and recall of the title rules against records that a person labelled.

    python -m bench.importing.title_rules               the scores on the tuned and on the held-out part
    python -m bench.importing.title_rules --errors dev      every record of a part that the rules get wrong
    python -m bench.importing.title_rules --draw          the ids to label: a seeded sample of four strata

The labels (`tests/sources/aiddata_labels.csv`) have ids and answers, but no titles: these are read from the real data in
`$OVERT_DATA` (default `../shared/data`). How records were labelled, and what the labels can't show:
docs/decisions/0006-aiddata.md. There is no peer: nobody else codes these titles by open rules.
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

from overt.content.sources.aiddata_gcdf.titles import Titles
from overt.model.catalogue import Catalogue
from overt.model.yaml import read_yaml

ROOT = Path(__file__).parents[2]
LABELS = ROOT / "tests" / "sources" / "aiddata_labels.csv"
DATA = Path(os.environ.get("OVERT_DATA", ROOT.parent / "shared" / "data")) / "aiddata" / "gcdf3_final_input.csv"
SEED = "2022-03-28"
SIZES = {"communications": 120, "close": 110, "broad": 30, "rest": 20}
"""Sample sizes by stratum: records of the sector; other records with a word close to the subject; records with a word of
technology; the rest.
"""
UNSAMPLED = "found"
"""Stratum of records that were not drawn, but noticed in the records that the rules leave out. All of them are in the
tuned part.
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
QUESTIONS = ("scope", "kinds", "financiers", "suppliers", "borrowers")
ROLES = {"financier": "financiers", "supplier": "suppliers", "recipient": "borrowers"}


class Score(NamedTuple):
    """Numbers of right, wrong and missed answers."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of the rules' answers that are right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the labelled answers that the rules give."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def table(path: Path) -> list[dict[str, str]]:
    """Read the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


class Reader:
    """The title rules, applied as the importer applies them."""

    def __init__(self) -> None:
        self.content = Catalogue()
        folder = self.content.source_folders["aiddata_gcdf"]
        self.titles = Titles(read_yaml(folder / "title_rules.yml"))

    def read(self, row: dict[str, str]) -> dict[str, set[str]]:
        """Return the rules' answers to every question about a row of the short table."""
        answers: dict[str, set[str]] = {question: set() for question in QUESTIONS}
        reading = self.titles.read(row["Sector.Name"], row["Title"])
        if isinstance(reading, str):
            return answers
        area = self.content.areas.areas[self.content.areas.find(row["Recipient.ISO-3"] or row["Recipient"])]
        answers["scope"] = {"yes"}
        answers["kinds"] = {kind for kind, _ in reading.kinds}
        for name, role, _ in reading.names:
            if role in ROLES:
                answers[ROLES[role]].add(name.format(recipient=area.label))
        return answers


def labelled(label: dict[str, str]) -> dict[str, set[str]]:
    """Return the answers of a label, by question."""
    answers = {question: {item for item in label[question].split(";") if item} for question in QUESTIONS[1:]}
    return {"scope": {"yes"} if label["in_scope"] == "yes" else set(), **answers}


def measure(data: Path = DATA) -> dict[str, dict[str, Score]]:
    """Return a score for each part (dev, test) and question. Every single answer of the labelled records counts."""
    rows = {row["AidData.Record.ID"]: row for row in table(data)}
    reader = Reader()
    counts: dict[str, dict[str, Counter[str]]] = {}
    for label in table(LABELS):
        answers, expected = reader.read(rows[label["record_id"]]), labelled(label)
        for question in QUESTIONS:
            counter = counts.setdefault(label["split"], {}).setdefault(question, Counter())
            counter["right"] += len(answers[question] & expected[question])
            counter["wrong"] += len(answers[question] - expected[question])
            counter["missed"] += len(expected[question] - answers[question])
    return {
        part: {question: Score(counter["right"], counter["wrong"], counter["missed"]) for question, counter in counters.items()}
        for part, counters in sorted(counts.items())
    }


def errors(part: str, data: Path = DATA) -> Iterable[str]:
    """Yield a line with the record's title for every wrong or missed answer."""
    rows = {row["AidData.Record.ID"]: row for row in table(data)}
    reader = Reader()
    for label in table(LABELS):
        answers, expected = reader.read(rows[label["record_id"]]), labelled(label)
        if label["split"] == part:
            for question in QUESTIONS:
                if answers[question] != expected[question]:
                    wrong = sorted(answers[question] - expected[question])
                    missed = sorted(expected[question] - answers[question])
                    yield f"{label['record_id']} {question}: wrong {wrong} missed {missed}: {rows[label['record_id']]['Title']}"


def stratum(row: dict[str, str]) -> str:
    """Return the stratum from which a record is drawn."""
    title = LINK.sub("", row["Title"])
    if row["Sector.Name"] == "COMMUNICATIONS":
        return "communications"
    return "close" if CLOSE.search(title) else "broad" if BROAD.search(title) else "rest"


def draw(data: Path = DATA) -> Iterable[tuple[str, str, str]]:
    """Yield (record id, stratum, part) of every record to label; every second record is held out."""
    by_stratum: dict[str, list[int]] = {name: [] for name in SIZES}
    for row in table(data):
        by_stratum[stratum(row)].append(int(row["AidData.Record.ID"]))
    for name, size in SIZES.items():
        chosen = random.Random(f"{SEED} {name}").sample(sorted(by_stratum[name]), size)
        yield from ((str(record), name, ("dev", "test")[place % 2]) for place, record in enumerate(chosen))


def main() -> int:
    """Print scores, errors or the sample to label."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--errors", choices=["dev", "test"], help="list the wrong and the missed answers of this part")
    parser.add_argument("--draw", action="store_true", help="print the ids to label")
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
    sizes = Counter((label["split"], label["in_scope"]) for label in table(LABELS))
    print(f"{'part':5} {'question':11} {'precision':>9} {'recall':>7} {'right':>6} {'wrong':>6} {'missed':>6}")
    for part, scores in measure().items():
        for question, score in scores.items():
            shares = f"{score.precision:9.3f} {score.recall:7.3f}"
            print(f"{part:5} {question:11} {shares} {score.right:6} {score.wrong:6} {score.missed:6}")
        print(f"{part:5} {sizes[part, 'yes']} records in scope, {sizes[part, 'no']} out of scope")
    return 0


if __name__ == "__main__":
    sys.exit(main())
