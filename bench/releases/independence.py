"""Whether copies are told from what only looks alike: addresses of one document, and texts that were copied.

    python -m bench.releases.independence [--json]

`labels/independence.csv` holds pairs of the real files that a person read: addresses that shutdowns and the register of
organisations cite (`same` document or `apart`), and descriptions of AidData's and ASPI's (`copy`; `passage`: only a passage
is shared, of another project of the same country or lender; `apart`; `unsure`, which counts nowhere). What is not ours to
pass on stands there by a hash of the address, or the id of its record, alone; the rest is read from `OVERT_DATA`. The share
of runs from which on a text is a copy was chosen on these labels. Target: precision and recall of both at least 0.95. Peers:
the exact share of runs, and the ratio of difflib.
"""

import csv
import difflib
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from bench.harness import DATA, Target, parser, report
from overt.model.values.document_addresses import document_address
from overt.release.text_copies import RUN, SHARE, Text

LABELS = Path(__file__).parents[1] / "labels" / "independence.csv"
WANTED = 0.95


def labels(path: Path = LABELS) -> list[dict[str, str]]:
    """Each labelled pair: what, left, right, label."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def addresses(data: Path) -> dict[str, str]:
    """The addresses that Access Now's tracker cites, each as labels name it: `keepiton:` and twelve digits of its hash;
    `keepiton-original:` is the address that an archive's one holds.
    """
    found: dict[str, str] = {}
    for row in pq.read_table(next((data / "keepiton").glob("*.parquet"))).to_pylist():
        for column in ("info_source_link", "an_link", "gov_ack_source", "telco_ack_source"):
            for address in re.findall(r"https?://[^\s,;|)\"\]]+", str(row[column] or "")):
                plain = address.rstrip(".")
                named = hashlib.sha256(plain.encode()).hexdigest()[:12]
                found[f"keepiton:{named}"] = plain
                found[f"keepiton-original:{named}"] = re.sub(r"^https://web\.archive\.org/web/\d+/", "", plain)
    return found


def texts(data: Path) -> dict[str, str]:
    """The descriptions of the real files: `aiddata:` and the id of a record, `aspi:` and the number of a row."""
    found: dict[str, str] = {}
    with (data / "aiddata" / "gcdf3_df_filtered.csv").open(encoding="utf-8-sig", newline="") as handle:
        found |= {f"aiddata:{row['AidData Record ID']}": row["Description"] for row in csv.DictReader(handle)}
    with (data / "aspi" / "aspi_italy_65_rows_from_report.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = enumerate(csv.DictReader(handle), 1)
        found |= {f"aspi:{number}": row["text_truncated_200"] for number, row in rows}
    return found


def told(pairs: list[dict[str, str]], yes: str, says: Callable[[str, str], bool]) -> dict[str, Any]:
    """Precision and recall of `says` over labelled pairs, with the counts behind them, and the pairs that it got wrong."""
    right = [(pair, says(pair["left"], pair["right"])) for pair in pairs if pair["label"] != "unsure"]
    counts = Counter((pair["label"] == yes, answer) for pair, answer in right)
    found, false, missed = counts[True, True], counts[False, True], counts[True, False]
    return {
        "pairs": len(right),
        "labels": dict(sorted(Counter(pair["label"] for pair in pairs).items())),
        "found": found,
        "false": false,
        "missed": missed,
        "precision": round(found / (found + false), 3) if found + false else 1.0,
        "recall": round(found / (found + missed), 3) if found + missed else 1.0,
        "wrong": [[pair["left"], pair["right"], pair["label"]] for pair, answer in right if answer != (pair["label"] == yes)],
    }


def of_addresses(pairs: list[dict[str, str]], held: Mapping[str, str]) -> dict[str, Any]:
    """Addresses of one document. `held`: those that labels name otherwise than by themselves."""

    def same(left: str, right: str) -> bool:
        return document_address(held.get(left, left)) == document_address(held.get(right, right))

    return told(pairs, "same", same)


def of_texts(pairs: list[dict[str, str]], held: Mapping[str, str]) -> dict[str, Any]:
    """Copied texts, by what a release uses and by two others."""
    made = {name: Text(held[name]) for pair in pairs for name in (pair["left"], pair["right"])}
    words = {name: re.findall(r"\w+", held[name].casefold()) for name in made}
    runs = {name: {tuple(one[at : at + RUN]) for at in range(len(one) - RUN + 1)} for name, one in words.items()}

    def exact(left: str, right: str) -> bool:
        return len(runs[left] & runs[right]) >= SHARE * max(1, min(len(runs[left]), len(runs[right])))

    def ratio(left: str, right: str) -> bool:
        return difflib.SequenceMatcher(None, words[left], words[right], autojunk=False).ratio() >= SHARE

    return {
        **told(pairs, "copy", lambda left, right: made[left].share(made[right]) >= SHARE),
        "exact": told(pairs, "copy", exact),
        "difflib": told(pairs, "copy", ratio),
    }


def main(words: list[str] | None = None) -> int:
    """Measure, print, and say whether the target is met."""
    options = parser(__doc__).parse_args(words)
    pairs = labels()
    if not DATA.is_dir():
        print(f"independence: {DATA}: the real files are not there; set OVERT_DATA", file=sys.stderr)
        return 2
    found = {
        "addresses": of_addresses([pair for pair in pairs if pair["what"] == "address"], addresses(DATA)),
        "texts": of_texts([pair for pair in pairs if pair["what"] == "text"], texts(DATA)),
    }
    least = [held[name] for held in found.values() for name in ("precision", "recall")]
    return report(found, [Target("the least of precision and recall", min(least), WANTED, "", at_least=True)], options)


if __name__ == "__main__":
    sys.exit(main())
