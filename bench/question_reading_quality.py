"""Count the labelled questions that the grammar reads correctly: `python -m bench.question_reading_quality ATLAS`.

There are five sets. In the first, each label gives the intent and all parts. A reading is right if it has exactly these, or if
the question was declined and its label has no intent. It is honest if the question was declined although its label has an
intent. The other sets were written without knowledge of the grammar. Each of their labels has names of organisations, places,
kinds, services and lenders instead of ids, and years. A reading is right if it has these and no other organisation, place,
service or year, or if the question can't be answered and was declined. A reading that has an organisation or project may lack
the kinds. A reading is honest if the question can be answered but was not understood. Every other reading is wrong.
"""

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from overt.cli.atlas_access import release_folder
from overt.cli.pipeline.current_index import open_reader
from overt.model.workspace import Workspace
from overt.queries.database import Reader
from overt.queries.labels import load_words
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_reader import read_question
from overt.queries.questions.understood_question import Part, Question
from overt.queries.translations.chinese_by_english_text import chinese_phrases

LABELS = Path(__file__).parent / "labels" / "questions.csv"
SECOND_LABELS = LABELS.with_name("questions_second.csv")
THIRD_LABELS = LABELS.with_name("questions_third.csv")
FOURTH_LABELS = LABELS.with_name("questions_fourth.csv")
FIFTH_LABELS = LABELS.with_name("questions_fifth.csv")
_CELLS = ("organizations", "places", "kinds", "services", "lenders")
_COMPARED = frozenset({"organization", "absent", "area", "region", "place", "seat", "kind", "service", "project_name"})
_STRICT = _COMPARED - {"kind", "project_name"}
"""Types of parts that make a reading wrong if the label doesn't have them."""
_UNANSWERABLE = re.compile("not answerable|must show which")
_COMPANIES = re.compile("companies|suppliers")
_ASIDE = re.compile(r"\([^)]*\)")
_NO_PART = re.compile("|any loan|shutdown|blocking|training|agreement|law")
"""Matches words in labels that name no kind of project, because the intent covers them."""


class Reading(NamedTuple):
    """How a labelled question was read."""

    question: str
    verdict: str
    """`right`, `honest` or `wrong`."""
    expected: str
    got: str


def read_labels(reader: Reader, lexicon: Lexicon, labels: Path = LABELS) -> list[Reading]:
    """Read every question of the first set. Return a reading for each."""
    names = {row["id"]: row["label"] for row in reader.select("SELECT id, label FROM records WHERE type = 'organization'")}
    readings = []
    for row in _rows(labels):
        question = read_question(reader, lexicon, row["question"])
        intent, parts = question.intent or "none", _parts(question, names)
        expected = {part for part in row["parts"].split(";") if part}
        is_right = intent == row["intent"] and (intent == "none" or parts == expected)
        verdict = "right" if is_right else "honest" if intent == "none" else "wrong"
        got = f"{intent} {'; '.join(sorted(parts))}"
        readings.append(Reading(row["question"], verdict, f"{row['intent']} {row['parts']}", got))
    return readings


def read_labels_in_words(reader: Reader, lexicon: Lexicon, labels: Path = SECOND_LABELS) -> list[Reading]:
    """Read every question of the second, third, fourth or fifth set. Return a reading for each."""
    readings = []
    for row in _rows(labels):
        question = read_question(reader, lexicon, row["question"])
        got = {(part.type, part.id) for part in (*question.parts, *question.excluded) if part.type in _COMPARED}
        named = {kind for kind, _ in got} & {"organization", "project_name"}
        expected = {cell: [_meanings(reader, lexicon, name, question) for name in _names(row[cell])] for cell in _CELLS}
        missing = [
            cell for cell, names in expected.items() for meant in names if not meant & got and not (named and cell == "kinds")
        ]
        known = {meaning for names in expected.values() for meant in names for meaning in meant}
        more = {part for part in got - known if part[0] in _STRICT}
        is_wrong = bool(missing or more) or _years(question) != row["years"]
        if _UNANSWERABLE.search(row["expected"]):
            verdict = "wrong" if question.understood else "right"
        else:
            verdict = "honest" if not question.understood else "wrong" if is_wrong else "right"
        read = f"{question.intent or question.reason} {sorted(got)} {_years(question)}; missing {missing}, more {sorted(more)}"
        readings.append(Reading(row["question"], verdict, row["expected"], read))
    return readings


def _rows(labels: Path) -> Iterator[Mapping[str, str]]:
    with labels.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _names(cell: str) -> Iterator[str]:
    """Yield the names in a cell of a label. A name with a slash or brackets has several forms, any of which may be read."""
    for name in re.split(r"; | or (?![^(]*\))", cell):
        if name.strip() and not _NO_PART.fullmatch(_ASIDE.sub("", name).strip()):
            yield name


def _meanings(reader: Reader, lexicon: Lexicon, name: str, question: Question) -> set[tuple[str, str]]:
    """Return what a name in a label may mean, as (type, id) pairs.

    “Companies” or “suppliers” of a country mean only the country in which organisations are based. An organisation in the
    question is also accepted if its name begins with the label's name: Alibaba Cloud for “Alibaba”.
    """
    forms = [form.strip() for form in re.split(r"[/()]", name) if form.strip()]
    parts = [part for form in forms for part in _read_parts(reader, lexicon, form) if part.type in _COMPARED]
    parts += [part for part in question.parts if part.type == "organization" and part.label.startswith(name)]
    meanings = {(part.type, part.id) for part in parts}
    meanings |= {(part.type, identity) for part in parts for identity, _ in part.alternatives}
    seats = {("seat", identity) for kind, identity in meanings if kind in ("area", "seat")}
    return seats if _COMPANIES.search(name) else meanings | seats


def _read_parts(reader: Reader, lexicon: Lexicon, text: str) -> list[Part]:
    question = read_question(reader, lexicon, text)
    return [*question.parts, *question.excluded]


def _parts(question: Question, names: dict[str, str]) -> set[str]:
    parts = {
        f"{part.type}={names.get(part.id, part.id) if part.type == 'organization' else part.id}"
        for part in question.parts
        if part.type not in ("intent", "year")
    }
    if question.years:
        parts.add(f"years={_years(question, short=False)}")
    return parts


def _years(question: Question, *, short: bool = True) -> str:
    """Return the question's years as labels write them: `2019-2021`.

    `short`: write a single year as `2019`, not `2019-2019`.
    """
    if not question.years:
        return ""
    first, last = (str(year or "") for year in question.years)
    return first if short and first == last else f"{first}-{last}"


def main() -> None:
    """Print the readings that are wrong or honest, and the counts for each set."""
    atlas = Workspace.open(Path(sys.argv[1]))
    reader = open_reader(atlas, release_folder(atlas, None).name)
    words = load_words(reader, atlas.content.areas.names)
    lexicon = Lexicon(atlas.content.question_grammar, words, chinese_phrases(atlas.content))
    for name, readings in (
        ("first set", read_labels(reader, lexicon)),
        ("second set", read_labels_in_words(reader, lexicon)),
        ("third set", read_labels_in_words(reader, lexicon, THIRD_LABELS)),
        ("fourth set", read_labels_in_words(reader, lexicon, FOURTH_LABELS)),
        ("fifth set", read_labels_in_words(reader, lexicon, FIFTH_LABELS)),
    ):
        for reading in readings:
            if reading.verdict != "right":
                print(f"{reading.verdict}: {reading.question}: {reading.got}; expected {reading.expected}")
        counts = Counter(reading.verdict for reading in readings)
        print(f"{name}: {len(readings)} questions: {', '.join(f'{counts[v]} {v}' for v in ('right', 'honest', 'wrong'))}")


if __name__ == "__main__":
    main()
