"""How many labelled questions the grammar reads right: `python -m bench.questions ATLAS`.

A question counts as right if its intent and all its parts are those of the label, as honest if it was not understood though it
could be, and as wrong otherwise.
"""

import csv
import sys
from pathlib import Path
from typing import NamedTuple

from overt.cli.atlas_access import release_folder
from overt.cli.pipeline.current_index import open_reader
from overt.model.workspace import Workspace
from overt.queries.database import Reader
from overt.queries.labels import load_words
from overt.queries.questions.parsed_question import read_question
from overt.queries.questions.question import Question
from overt.queries.questions.question_words import Lexicon

LABELS = Path(__file__).parent / "labels" / "questions.csv"


class Reading(NamedTuple):
    """How a labelled question was read."""

    question: str
    verdict: str
    """right, honest or wrong."""
    expected: str
    got: str


def read_labels(reader: Reader, lexicon: Lexicon, labels: Path = LABELS) -> list[Reading]:
    """Read every labelled question."""
    names = {row["id"]: row["label"] for row in reader.select("SELECT id, label FROM records WHERE type = 'organization'")}
    readings = []
    with labels.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            question = read_question(reader, lexicon, row["question"])
            intent, parts = question.intent or "none", _parts(question, names)
            expected = {part for part in row["parts"].split(";") if part}
            is_right = intent == row["intent"] and (intent == "none" or parts == expected)
            verdict = "right" if is_right else "honest" if intent == "none" else "wrong"
            got = f"{intent} {'; '.join(sorted(parts))}"
            readings.append(Reading(row["question"], verdict, f"{row['intent']} {row['parts']}", got))
    return readings


def _parts(question: Question, names: dict[str, str]) -> set[str]:
    parts = {
        f"{part.type}={names.get(part.id, part.id) if part.type == 'organization' else part.id}"
        for part in question.parts
        if part.type not in ("intent", "year")
    }
    if question.years:
        parts.add("years=" + "-".join(str(year or "") for year in question.years))
    return parts


def main() -> None:
    """Print the readings that are not right, and the counts."""
    atlas = Workspace.open(Path(sys.argv[1]))
    reader = open_reader(atlas, release_folder(atlas, None).name)
    readings = read_labels(reader, Lexicon(atlas.content.question_grammar, load_words(reader, atlas.content.areas.names)))
    for reading in readings:
        if reading.verdict != "right":
            print(f"{reading.verdict}: {reading.question}: {reading.got}; expected {reading.expected}")
    counts = {verdict: sum(reading.verdict == verdict for reading in readings) for verdict in ("right", "honest", "wrong")}
    print(f"{len(readings)} questions: {', '.join(f'{count} {verdict}' for verdict, count in counts.items())}")


if __name__ == "__main__":
    main()
