"""Measure how well Overt recognises addresses of the same document, copied texts, and documents that count as one source.

    python -m bench.releases.source_independence_quality [--json]

`labels/independence.csv` has pairs from the real data that a person read: addresses cited by shutdowns and by the register of
organisations (`same` document or `apart`), and descriptions by AidData and ASPI (`copy`; `passage`, if two projects of one
country or lender share only a passage; `apart`; `unsure`, which is not counted). For addresses and texts that we may not
redistribute, the labels have only a hash or a record's id; the data in `OVERT_DATA` has the addresses and texts themselves. The
share of equal runs of words from which a text counts as a copy was chosen with these labels. Two documents of one record of the
registers are `same` if they count as one source: they have one publisher, one cites the other, or both cite a third. `before`
is the rule that compared only addresses and publishers. Target: precision and recall of addresses and texts at least 0.95,
precision of documents at least 0.97. Peers for texts: the exact share of runs, and difflib's ratio.
"""

import csv
import difflib
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from bench.harness import DATA, Target, argument_parser, report
from overt.model.content_catalogue import Catalogue
from overt.model.values.document_url_normalization import normalize_address
from overt.release.source_independence.independent_sources import count_voices, document_voices
from overt.release.source_independence.near_duplicate_texts import COPIED_SHARE, RUN_WORDS, ComparableText
from overt.release.source_independence.publisher_names import publisher_keys_of
from overt.release.source_independence.same_and_cited_documents import Document
from overt.resolve.names import NameKeys

LABELS = Path(__file__).parents[1] / "labels" / "independence.csv"
TARGET = 0.95
MIN_DOCUMENT_PRECISION = 0.97


def labels(path: Path = LABELS) -> list[dict[str, str]]:
    """Return the labelled pairs, each with `what`, `left`, `right` and `label`."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def addresses(data: Path) -> dict[str, str]:
    """Return the addresses that Access Now's tracker cites, by their names in the labels.

    A name is `keepiton:` and the first twelve hexadecimal digits of the SHA-256 of the address. If the address is an archived
    copy, the name of the original address is `keepiton-original:` and the same digits.
    """
    by_name: dict[str, str] = {}
    for row in pq.read_table(next((data / "keepiton").glob("*.parquet"))).to_pylist():
        for column in ("info_source_link", "an_link", "gov_ack_source", "telco_ack_source"):
            for address in re.findall(r"https?://[^\s,;|)\"\]]+", str(row[column] or "")):
                plain = address.rstrip(".")
                digest = hashlib.sha256(plain.encode()).hexdigest()[:12]
                by_name[f"keepiton:{digest}"] = plain
                by_name[f"keepiton-original:{digest}"] = re.sub(r"^https://web\.archive\.org/web/\d+/", "", plain)
    return by_name


def texts(data: Path) -> dict[str, str]:
    """Return the descriptions in the real data. The keys are `aiddata:` and a record's id, or `aspi:` and a row's number."""
    by_name: dict[str, str] = {}
    with (data / "aiddata" / "gcdf3_df_filtered.csv").open(encoding="utf-8-sig", newline="") as handle:
        by_name |= {f"aiddata:{row['AidData Record ID']}": row["Description"] for row in csv.DictReader(handle)}
    with (data / "aspi" / "aspi_italy_65_rows_from_report.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = enumerate(csv.DictReader(handle), 1)
        by_name |= {f"aspi:{number}": row["text_truncated_200"] for number, row in rows}
    return by_name


def accuracy(pairs: list[dict[str, str]], positive: str, predict: Callable[[str, str], bool]) -> dict[str, Any]:
    """Measure how well `predict` recognises the pairs labelled `positive`: precision, recall, counts and wrong pairs.

    Pairs labelled `unsure` are not counted. Precision and recall are 1 if there is nothing to divide by.
    """
    predictions = [(pair, predict(pair["left"], pair["right"])) for pair in pairs if pair["label"] != "unsure"]
    counts = Counter((pair["label"] == positive, answer) for pair, answer in predictions)
    right, false, missed = counts[True, True], counts[False, True], counts[True, False]
    return {
        "pairs": len(predictions),
        "labels": dict(sorted(Counter(pair["label"] for pair in pairs).items())),
        "found": right,
        "false": false,
        "missed": missed,
        "precision": round(right / (right + false), 3) if right + false else 1.0,
        "recall": round(right / (right + missed), 3) if right + missed else 1.0,
        "wrong": [
            [pair["left"], pair["right"], pair["label"]] for pair, answer in predictions if answer != (pair["label"] == positive)
        ],
    }


def address_accuracy(pairs: list[dict[str, str]], names: Mapping[str, str]) -> dict[str, Any]:
    """Measure how well addresses of the same document are recognised. `names`: as returned by `addresses`."""

    def same(left: str, right: str) -> bool:
        return normalize_address(names.get(left, left)) == normalize_address(names.get(right, right))

    return accuracy(pairs, "same", same)


def text_accuracy(pairs: list[dict[str, str]], names: Mapping[str, str]) -> dict[str, Any]:
    """Measure how well releases and two peers recognise copied texts. `names`: as returned by `texts`."""
    hashed = {name: ComparableText(names[name]) for pair in pairs for name in (pair["left"], pair["right"])}
    words = {name: re.findall(r"\w+", names[name].casefold()) for name in hashed}
    runs = {name: {tuple(text[at : at + RUN_WORDS]) for at in range(len(text) - RUN_WORDS + 1)} for name, text in words.items()}

    def exact(left: str, right: str) -> bool:
        return len(runs[left] & runs[right]) >= COPIED_SHARE * max(1, min(len(runs[left]), len(runs[right])))

    def ratio(left: str, right: str) -> bool:
        return difflib.SequenceMatcher(None, words[left], words[right], autojunk=False).ratio() >= COPIED_SHARE

    return {
        **accuracy(pairs, "copy", lambda left, right: hashed[left].shared_part(hashed[right]) >= COPIED_SHARE),
        "exact": accuracy(pairs, "copy", exact),
        "difflib": accuracy(pairs, "copy", ratio),
    }


def documents(data: Path) -> dict[str, Document]:
    """Return the documents that our registers cite.

    Keys are like `registers:ID#2`, with a record's id and a document's position (from 0).
    """
    by_name = {}
    for path in sorted((data / "registers").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            for number, cited in enumerate(record.get("sources", ())):
                name = f"registers:{record['id']}#{number}"
                title = cited.get("title") or ""
                by_name[name] = Document(
                    name,
                    normalize_address(cited["url"]),
                    "" if title.startswith("Description:") else title,  # written by the register, not by the publisher
                    (cited["publisher"],) if cited.get("publisher") else (),
                    cited.get("published") or "",
                )
    return by_name


def document_accuracy(pairs: list[dict[str, str]], names: Mapping[str, Document]) -> dict[str, Any]:
    """Measure how well documents that count as one source are recognised.

    Measures the current rule and, as `before`, the earlier one, which compared only addresses and publishers.
    """
    forms, countries = NameKeys(), Catalogue().areas.names
    voices = document_voices(dict(names), countries)

    def before(left: str, right: str) -> bool:
        publishers = [publisher_keys_of(forms, names[name].publishers, countries) for name in (left, right)]
        return names[left].address == names[right].address or bool(publishers[0] & publishers[1])

    return {
        **accuracy(pairs, "same", lambda left, right: count_voices([voices[left], voices[right]]) == 1),
        "before": accuracy(pairs, "same", before),
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    options = argument_parser(__doc__).parse_args(arguments)
    pairs = labels()
    if not DATA.is_dir():
        print(f"source_independence_quality: {DATA}: the real data is not there; set OVERT_DATA", file=sys.stderr)
        return 2
    result = {
        "addresses": address_accuracy([pair for pair in pairs if pair["what"] == "address"], addresses(DATA)),
        "texts": text_accuracy([pair for pair in pairs if pair["what"] == "text"], texts(DATA)),
        "documents": document_accuracy([pair for pair in pairs if pair["what"] == "document"], documents(DATA)),
    }
    shares = [result[what][name] for what in ("addresses", "texts") for name in ("precision", "recall")]
    targets = [
        Target("the least of precision and recall", min(shares), TARGET, "", at_least=True),
        Target("precision of documents", result["documents"]["precision"], MIN_DOCUMENT_PRECISION, "", at_least=True),
    ]
    return report(result, targets, options)


if __name__ == "__main__":
    sys.exit(main())
