"""How well names of organisations in English are matched with those in Chinese, by the names alone.

    python bench/names.py --matrix FILE.csv [--json]            every English name against every Chinese one
    python bench/names.py --matrix FILE.csv --part aside        only the pairs that nobody looked at when weights were tuned
    python bench/names.py --matrix FILE.csv --part tuned --misses   and what was not found, with the parts of its score
    python bench/names.py --matrix FILE.csv --single            each pair by itself, which knows nothing of the other names

FILE has the columns `name_en` and `name_zh`; other columns and rows with a blank name are passed over. Without `--matrix` it
is `er/bilingual_en_zh_dev.csv` of the real data (`$OVERT_DATA`, default `../shared/data`).

Every row is a pair. Each row's English name is scored with each different Chinese name of the file; a score is right where
the file has such a pair (equal Chinese names count as the same).
Told are

- `recall_at_precision_98`: the share of pairs that are found at the threshold that finds most, of those at which at least 98 %
  of all scores above it are right;
- `top1`: the share of rows whose best score, alone at the top, is right;
- `seconds`: for the matrix, after the dictionaries were read (`seconds_to_load`);
- `distinct`: the same two shares with equal rows counted once.

The parts are told by a hash of the pair: seven tenths were looked at while words and weights were chosen, three tenths put aside.
No peer is measured: nomenklatura 4.17 matches none of such pairs (docs/decisions/0012).
"""

import argparse
import csv
import hashlib
import json
import os
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from overt.resolve.names.han import cross_score, explain_cross, matrix

DATA = Path(os.environ.get("OVERT_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
PRECISION = 0.98
Pair = tuple[str, str]


class Unusable(Exception):
    """The file cannot be measured on; the message is the one line to print."""


def read_pairs(path: Path) -> list[Pair]:
    """The pairs of a file, spaces at the ends cut. Raises Unusable."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"{path}: cannot be read as UTF-8 text: {error}") from None
    csv.field_size_limit(1 << 24)
    rows = csv.DictReader(text.splitlines(keepends=True))
    columns = {(name or "").strip().lower(): name for name in rows.fieldnames or []}
    if missing := {"name_en", "name_zh"} - columns.keys():
        raise Unusable(f"{path}: has no column {min(missing)}; its first line should name name_en and name_zh")
    try:
        found = [(_clean(row[columns["name_en"]]), _clean(row[columns["name_zh"]])) for row in rows]
    except csv.Error as error:
        raise Unusable(f"{path}: line {rows.line_num}: {error}") from None
    pairs = [pair for pair in found if all(pair)]
    if not pairs:
        raise Unusable(f"{path}: no row has both names")
    return pairs


def _clean(name: str | None) -> str:
    return unicodedata.normalize("NFC", " ".join((name or "").split()))


def part_of(pair: Pair) -> str:
    """`tuned` or `aside`, by a hash of the pair."""
    number = int(hashlib.sha256("|".join(pair).encode()).hexdigest(), 16)
    return "tuned" if number % 10 < 7 else "aside"


def truth_of(pairs: Sequence[Pair], chinese: Sequence[str]) -> NDArray[np.bool_]:
    """Which cells are right; shape (pairs, Chinese names)."""
    known: dict[str, set[str]] = {}
    for latin, name in pairs:
        known.setdefault(latin, set()).add(name)
    return np.array([[name in known[latin] for name in chinese] for latin, _ in pairs])


def recall_at(scores: NDArray[np.float64], truth: NDArray[np.bool_], wanted: float = PRECISION) -> tuple[float, float]:
    """The best recall at which precision is as wanted, and the threshold; (0, infinity) where there is none."""
    order = np.argsort(-scores, axis=None, kind="stable")
    ranked, right = scores.ravel()[order], np.cumsum(truth.ravel()[order])
    held = right / np.arange(1, len(order) + 1) >= wanted
    held &= np.append(ranked[:-1] != ranked[1:], True)  # equal scores are all above a threshold, or none is
    if not held.any():
        return 0.0, float("inf")
    last = int(np.flatnonzero(held)[np.argmax(right[held])])
    return float(right[last] / truth.sum()), float(ranked[last])


def top1(scores: NDArray[np.float64], truth: NDArray[np.bool_]) -> float:
    """Share of rows whose best right score is above every wrong one."""
    best_right = np.where(truth, scores, -np.inf).max(axis=1)
    best_wrong = np.where(truth, -np.inf, scores).max(axis=1)
    return float((best_right > best_wrong).mean())


def measure_single(pairs: Sequence[Pair]) -> dict[str, object]:
    """Each cell scored by itself (`cross_score`): recall at two precisions."""
    latin, chinese = sorted({pair[0] for pair in pairs}), sorted({pair[1] for pair in pairs})
    held = set(pairs)
    begin = perf_counter()
    scores = np.array([[cross_score(one, other) for other in chinese] for one in latin])
    seconds = perf_counter() - begin
    truth = np.array([[(one, other) in held for other in chinese] for one in latin])
    found = {
        f"recall_at_precision_{bound:.0%}".rstrip("%"): round(recall_at(scores, truth, bound)[0], 4) for bound in (0.98, 0.8)
    }
    return {
        "benchmark": "names, each pair by itself",
        "pairs": len(held),
        "cells": scores.size,
        **found,
        "seconds": round(seconds, 1),
    }


def measure(pairs: Sequence[Pair]) -> tuple[dict[str, object], NDArray[np.float64], float]:
    """The result, the scores of each pair with each different Chinese name, and the threshold."""
    begin = perf_counter()
    matrix(["Leidos"], ["莱多斯公司"])
    loaded = perf_counter()
    latin, chinese = list(dict.fromkeys(pair[0] for pair in pairs)), list(dict.fromkeys(pair[1] for pair in pairs))
    cells = matrix(latin, chinese)
    done = perf_counter()
    scores = cells[[latin.index(pair[0]) for pair in pairs]]
    truth = truth_of(pairs, chinese)
    recall, threshold = recall_at(scores, truth)
    once = list(dict.fromkeys(pairs))
    held = set(once)
    single = np.array([[(one, other) in held for other in chinese] for one in latin])
    result: dict[str, object] = {
        "benchmark": "names",
        "pairs": len(pairs),
        "recall_at_precision_98": round(recall, 4),
        "top1": round(top1(scores, truth), 4),
        "seconds": round(done - loaded, 3),
        "seconds_to_load": round(loaded - begin, 3),
        "threshold": round(threshold, 4),
        "distinct": {
            "pairs": len(once),
            "recall_at_precision_98": round(recall_at(cells, single)[0], 4),
            "top1": round(top1(cells, single), 4),
        },
    }
    return result, scores, threshold


def tell_misses(pairs: Sequence[Pair], scores: NDArray[np.float64], threshold: float) -> None:
    """Print the pairs under the threshold, each with its best rival and its parts."""
    chinese = list(dict.fromkeys(pair[1] for pair in pairs))
    for pair in dict.fromkeys(pairs):
        line = scores[pairs.index(pair)]
        if line[chinese.index(pair[1])] < threshold:
            best = int(line.argmax())
            print(f"{pair[0]} | {pair[1]}: {line[chinese.index(pair[1])]:.3f}; best: {chinese[best]} {line[best]:.3f}")
            for part, bits, words in explain_cross(*pair):
                print(f"    {bits:6.1f}  {part}: {words}")


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 2 when the file cannot be used."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--matrix", type=Path, metavar="FILE", default=DATA / "er" / "bilingual_en_zh_dev.csv")
    options.add_argument("--part", choices=("all", "tuned", "aside"), default="all", help="pairs by the hash that parts them")
    options.add_argument("--single", action="store_true", help="score each pair by itself")
    options.add_argument("--misses", action="store_true", help="print what was not found")
    options.add_argument("--json", action="store_true", help="print the result as JSON alone")
    given = options.parse_args(arguments)
    try:
        pairs = [pair for pair in read_pairs(given.matrix) if given.part in ("all", part_of(pair))]
        if not pairs:
            raise Unusable(f"{given.matrix}: no pair is in the part {given.part}")
    except Unusable as error:
        print(f"names: {error}", file=sys.stderr)
        return 2
    if given.single:
        print(json.dumps(measure_single(pairs)))
        return 0
    result, scores, threshold = measure(pairs)
    if given.json:
        print(json.dumps(result))
        return 0
    if given.misses:
        tell_misses(pairs, scores, threshold)
    for key, value in result.items():
        print(f"{key}: {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
