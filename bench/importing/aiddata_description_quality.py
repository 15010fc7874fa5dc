"""Score the rules that read AidData's descriptions: precision and recall by property, against 300 texts labelled by a person.

    python -m bench.importing.aiddata_description_quality                       the scores on both halves
    python -m bench.importing.aiddata_description_quality --errors development  every wrong value, and every missed one, of a half

The labels are `bench/labels/aiddata_descriptions.jsonl`, by a person who never saw the rules; the texts are from the real data
in `$OVERT_DATA` (default `../shared/data`). A name is right if it is the labelled name, or if it comes immediately before the
labelled name in brackets in the text, as in `Council [Consejo]`. Case, punctuation, text in brackets and the words of LEGAL are
ignored. A date is right if it is the labelled date, or its month or year.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson

from bench.importing.aiddata_title_quality import DATA, ROOT, Score, table
from overt.content.sources.aiddata_gcdf.description_reader import Descriptions
from overt.content.sources.aiddata_gcdf.title_reader import Titles
from overt.gazetteer.locate import locate
from overt.gazetteer.lookup_results import Town
from overt.model.content_catalogue import Catalogue
from overt.model.yaml_reading_and_validation import read_yaml

LABELS = ROOT / "bench" / "labels" / "aiddata_descriptions.jsonl"
TEXTS = DATA.with_name("gcdf3_df_filtered.csv")
NAMES = {
    "supplier": "suppliers",
    "implementer": "implementers",
    "customer": "customers",
    "operator": "operators",
    "place": "places",
}
DATES = {"started": "started", "completed": "completed"}
LEGAL = re.compile(
    r"\b(?:co|ltd|limited|corp|corporation|company|inc|plc|llc|group|pvt|private|jsc|ojsc|cjsc|llp|sa|the|technologies|technology)\b"
)


def simplified(name: str) -> str:
    """Return a name in lower case without punctuation, text in brackets, and the words of LEGAL, such as “the” and “ltd”."""
    bare = re.sub(r"\([^()]*\)|[^\w\s]", " ", name.casefold())
    return " ".join(LEGAL.sub(" ", bare).split())


def items(label: Mapping[str, Any], key: str) -> list[Any]:
    """Return the items of a label under `key`.

    Empty if the label lacks the key, or has `none` because the text states nothing.
    """
    value = label.get(key, "none")
    return [] if value == "none" else list(value)


def expected(label: Mapping[str, Any]) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Return the (property, value) pairs that a label expects, and those that it also accepts."""
    also = label.get("also_acceptable", {})
    pairs: list[set[tuple[str, str]]] = [set(), set()]
    for source, into in ((label, pairs[0]), (also, pairs[1])):
        for property_, key in NAMES.items():
            into |= {(property_, simplified(name)) for name in items(source, key)}
        for property_, key in DATES.items():
            into |= {(property_, date.rstrip("~")) for date in items(source, key)}
        for item in items(source, "agreed"):
            if isinstance(item, str):
                into |= {("loan-agreed", item), ("contract-signed", item)}
            else:
                into.add(("contract-signed" if item["of"] == "contract" else "loan-agreed", item["date"].rstrip("~")))
        for item in items(source, "amounts"):
            amount = f"{Decimal(item['value']).normalize():f} {item['currency']}"
            kinds = {"contract": ["contract-value"], "loan": ["loan-amount"], "share": ["loan-amount"]}
            into |= {(name, amount) for name in kinds.get(item.get("of", ""), ["contract-value", "loan-amount"])}
            if item.get("of") == "cost":
                pairs[1].add(("contract-value", amount))
                into.discard(("contract-value", amount))
                into.discard(("loan-amount", amount))
    return pairs[0], pairs[1]


def in_brackets(text: str, labelled: set[str]) -> Iterator[tuple[str, str]]:
    """Yield (other name, labelled name) where the text has a labelled name in brackets, as in `Council [Consejo]`.

    Each run of words up to the bracket is a possible other name.
    """
    for match in re.finditer(r"[(\[]([^()\[\]]{2,90})[)\]]", text):
        if (inside := simplified(match[1].replace("French:", ""))) in labelled:
            words = text[max(0, match.start() - 90) : match.start()].split()
            yield from ((simplified(" ".join(words[index:])), inside) for index in range(len(words)))


def readings() -> Iterator[tuple[Mapping[str, Any], set[tuple[str, str]]]]:
    """Yield every label with the (property, value) pairs that the rules read.

    Places count only if the gazetteer has them as towns. Names are simplified. A name that comes immediately before a labelled
    name in brackets is replaced with the labelled name.
    """
    content = Catalogue()
    folder, areas = content.source_folders["aiddata_gcdf"], content.areas
    titles = Titles(read_yaml(Path(str(folder)) / "title_rules.yml"))
    rules = Descriptions(read_yaml(Path(str(folder)) / "description_rules.yml"), titles.known_name)
    texts = {row["AidData Record ID"]: row for row in table(TEXTS)}
    rows = {row["AidData.Record.ID"]: row for row in table(DATA)}
    for line in LABELS.read_bytes().splitlines():
        label = orjson.loads(line)
        record = str(label["id"])
        known = {
            name: (rows.get(record) or {}).get(name.replace(" ", "."), "").removesuffix(".0")
            for name in ("Commitment Year", "Implementation Start Year", "Completion Year", "Recipient")
        }
        row, short = texts[record], rows.get(record, {})
        country = areas.find(short.get("Recipient.ISO-3") or short.get("Recipient", ""))
        facts = [
            fact
            for fact in rules.read(record, row["Description"], known)
            if fact.property != "place" or isinstance(locate(fact.value, country), Town)
        ]
        labelled = {simplified(name) for key in NAMES.values() for name in items(label, key)}
        other_names = dict(in_brackets(row["Description"], labelled))
        yield (
            label,
            {
                (fact.property, other_names.get(name := simplified(fact.value), name) if fact.property in NAMES else fact.value)
                for fact in facts
            },
        )


def is_coarser(name: str, value: str, labelled: set[tuple[str, str]]) -> bool:
    """Return whether a value is the month or year of a labelled date, which counts as right."""
    is_date = name in DATES or name in ("loan-agreed", "contract-signed")
    return is_date and any(other == name and date.startswith(f"{value}-") for other, date in labelled)


def outcomes() -> Iterator[tuple[str, str, str, str, str]]:
    """Yield (half, record, property, outcome, value). The outcome is `right`, `wrong` or `missed`.

    It skips records whose scope is unclear, values that the label only accepts, and labelled dates that the rules read less
    precisely.
    """
    for label, pairs in readings():
        if label["in_scope"] == "unclear":
            continue
        labelled, accepted = expected(label)
        for name, value in sorted(pairs | labelled):
            if (name, value) in pairs & labelled or ((name, value) in pairs and is_coarser(name, value, labelled)):
                outcome = "right"
            elif (name, value) in pairs:
                if (name, value) in accepted:
                    continue
                outcome = "wrong"
            elif any(other == name and is_coarser(name, date, {(name, value)}) for other, date in pairs):
                continue
            else:
                outcome = "missed"
            yield label["split"], str(label["id"]), name, outcome, value


def measure() -> dict[tuple[str, str], Score]:
    """Return a score for each half and property."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for half, _, name, outcome, _ in outcomes():
        counts.setdefault((half, name), Counter())[outcome] += 1
    return {key: Score(counter["right"], counter["wrong"], counter["missed"]) for key, counter in sorted(counts.items())}


def errors(half: str) -> Iterable[str]:
    """Yield a line for every wrong or missed value in a half."""
    for part, record, name, outcome, value in outcomes():
        if part == half and outcome != "right":
            yield f"{outcome} {name} {record}: {value}"


def main() -> int:
    """Print scores or errors."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--errors", choices=["development", "held-out"], help="list the wrong and the missed values of this half")
    options = parser.parse_args()
    if not TEXTS.is_file():
        print(f"{TEXTS}: no such file; set OVERT_DATA to the folder that has aiddata/", file=sys.stderr)
        return 2
    if options.errors:
        print(*errors(options.errors), sep="\n")
        return 0
    print(f"{'half':11} {'property':16} {'precision':>9} {'recall':>7} {'right':>6} {'wrong':>6} {'missed':>6}")
    for (half, name), score in measure().items():
        shares = f"{score.precision:9.3f} {score.recall:7.3f}"
        print(f"{half:11} {name:16} {shares} {score.right:6} {score.wrong:6} {score.missed:6}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
