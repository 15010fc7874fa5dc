"""Match English names of organisations with names in other scripts, by the names alone: recall and accuracy.

    python bench/cross_script_name_quality.py --matrix FILE.csv    every English name against every Chinese one
    --lang ru              against every Russian one; also ar, fa, ja, ko
    --part aside           only the held-out pairs
    --part tuned --misses  also the missed pairs, with the parts of their scores
    --single               score each pair without knowledge of the other names
    --joins                what Overt would join if all names were of one country
    --json                 print only the result, as JSON

FILE has the columns `name_en` and `name_zh`. With another `--lang`, the second is `name_` and its code, or the only other
`name_…`. Other columns, and rows with a blank name, are ignored. The default is `er/bilingual_en_zh_dev.csv` of the real data
(`$OVERT_DATA`, default `../shared/data`). `labels/names/` has development sets of six languages.

Every row is a pair. The English name of each row is scored against each distinct name of the other column. A match counts as
right if the file has that pair. The result has

- `recall_at_precision_98`: the best recall at any threshold with a precision of at least 98 %;
- `top1`: the share of rows in which a right name scores higher than every wrong one;
- `seconds`: for the matrix, without reading the dictionaries (`seconds_to_load`);
- `distinct`: the same two shares with one row for each distinct English name.

A hash of the pair divides the file: seven tenths were used while words and weights were chosen, three tenths are held out.
There is no peer: nomenklatura 4.17 matches no such pair (docs/decisions/0012).
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

from overt.resolve.names.cross_script.cross_script_alignment import WordWeights, align, find_matches
from overt.resolve.names.cross_script.cross_script_comparison import assignment_probabilities, cross_score, explain_cross
from overt.resolve.names.cross_script.cross_script_model import cross_script_model
from overt.resolve.names.cross_script.cross_script_pair_finder import cross_pairs
from overt.resolve.names.cross_script.cross_script_parsing import HanForm, LatinForm, latin_form
from overt.resolve.names.scripts.non_latin_name_parser import parse_non_latin
from overt.resolve.names.scripts.spelling_finders_by_script import NameSpellingFinder

DATA = Path(os.environ.get("OVERT_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
PRECISION = 0.98
LANGUAGES = ("zh", "ru", "ar", "fa", "ja", "ko")
Matrix = NDArray[np.float64]
Pair = tuple[str, str]


class Unusable(Exception):
    """Raised for a file that the benchmark can't use. The message is a single line for the user."""


def read_pairs(path: Path, lang: str = "zh") -> list[Pair]:
    """Return a file's pairs of an English name and a name in another language. Rows with a blank name are left out.

    Raises Unusable if the file can't be read, lacks a column, or has no pair.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"{path}: cannot be read as UTF-8 text: {error}") from None
    csv.field_size_limit(1 << 24)
    rows = csv.DictReader(text.splitlines(keepends=True))
    columns = {(name or "").strip().lower(): name for name in rows.fieldnames or []}
    columns_left = [name for name in columns if name.startswith("name_") and name != "name_en"]
    other = columns_left[0] if len(columns_left) == 1 and lang != "zh" else f"name_{lang}"
    if missing := {"name_en", other} - columns.keys():
        raise Unusable(f"{path}: has no column {min(missing)}; its first line should name name_en and {other}")
    try:
        names = [(_clean(row[columns["name_en"]]), _clean(row[columns[other]])) for row in rows]
    except csv.Error as error:
        raise Unusable(f"{path}: line {rows.line_num}: {error}") from None
    pairs = [pair for pair in names if all(pair)]
    if not pairs:
        raise Unusable(f"{path}: no row has both names")
    return pairs


def _clean(name: str | None) -> str:
    return unicodedata.normalize("NFC", " ".join((name or "").split()))


def part_of(pair: Pair) -> str:
    """Return the part to which a pair belongs by its hash: `tuned` or `aside`."""
    number = int(hashlib.sha256("|".join(pair).encode()).hexdigest(), 16)
    return "tuned" if number % 10 < 7 else "aside"


def truth_of(pairs: Sequence[Pair], chinese: Sequence[str]) -> NDArray[np.bool_]:
    """Return a mask of the right matches; shape (pairs, distinct names in the other language)."""
    known: dict[str, set[str]] = {}
    for latin, name in pairs:
        known.setdefault(latin, set()).add(name)
    return np.array([[name in known[latin] for name in chinese] for latin, _ in pairs])


def recall_at(scores: NDArray[np.float64], truth: NDArray[np.bool_], precision: float = PRECISION) -> tuple[float, float]:
    """Return the best recall at a precision of at least `precision`, and its threshold.

    (0, infinity) if no threshold reaches this precision.
    """
    order = np.argsort(-scores, axis=None, kind="stable")
    ranked, right = scores.ravel()[order], np.cumsum(truth.ravel()[order])
    precise = right / np.arange(1, len(order) + 1) >= precision
    precise &= np.append(ranked[:-1] != ranked[1:], True)  # a threshold can't separate equal scores
    if not precise.any():
        return 0.0, float("inf")
    last = int(np.flatnonzero(precise)[np.argmax(right[precise])])
    return float(right[last] / truth.sum()), float(ranked[last])


def top1(scores: NDArray[np.float64], truth: NDArray[np.bool_]) -> float:
    """Return the share of rows in which a right match scores higher than every wrong one."""
    best_right = np.where(truth, scores, -np.inf).max(axis=1)
    best_wrong = np.where(truth, -np.inf, scores).max(axis=1)
    return float((best_right > best_wrong).mean())


def measure_pairwise(pairs: Sequence[Pair]) -> dict[str, object]:
    """Return the recall at two precisions if each pair of names is scored on its own (`cross_score`)."""
    latin, chinese = sorted({pair[0] for pair in pairs}), sorted({pair[1] for pair in pairs})
    true_pairs = set(pairs)
    begin = perf_counter()
    scores = np.array([[cross_score(name_en, name_zh) for name_zh in chinese] for name_en in latin])
    seconds = perf_counter() - begin
    truth = np.array([[(name_en, name_zh) in true_pairs for name_zh in chinese] for name_en in latin])
    recalls = {
        f"recall_at_precision_{bound:.0%}".rstrip("%"): round(recall_at(scores, truth, bound)[0], 4) for bound in (0.98, 0.8)
    }
    return {
        "benchmark": "cross_script_name_quality, each pair by itself",
        "pairs": len(true_pairs),
        "cells": scores.size,
        **recalls,
        "seconds": round(seconds, 1),
    }


def score_matrix(latin: Sequence[str], han: Sequence[str]) -> Matrix:
    """Return the match probability of every Latin name with every name in another script; shape (latin, han).

    Unlike `cross_score`, this compares all names at once; unlike `cross_pairs`, it compares every pair. A word that many names
    share weighs less. Each name has at most one partner, so a pair is less likely if one of its names has a better match. Names
    that differ only by legal form, brackets or script count as one name. The order of names doesn't matter.
    """
    rows, columns = [latin_form(name) for name in latin], [parse_non_latin(name, cross_script_model()) for name in han]
    return assignment_matrix(bits_matrix(rows, columns), [form.key for form in rows], [form.units for form in columns])


def assignment_matrix(bits: Matrix, rows: Sequence[tuple[str, ...]], columns: Sequence[tuple[str, ...]]) -> Matrix:
    """Return the probabilities of all pairs from their bits. Rows with equal keys share one partner, as do columns."""
    result = np.zeros(bits.shape)
    row, column = np.nonzero(np.isfinite(bits))
    result[row, column] = assignment_probabilities(bits[row, column], row, column, rows, columns)
    return result


def bits_matrix(firsts: Sequence[LatinForm], seconds: Sequence[HanForm]) -> Matrix:
    """Return the bits of every pair of a Latin name and a name in another script; minus infinity if either has no word."""
    model = cross_script_model()
    rows = {form: None for form in firsts if form.words}
    columns = {form.units: form for form in seconds if form.units}
    weights = WordWeights(model, list(rows))
    han_forms = list(columns.values())
    finder = NameSpellingFinder(han_forms)
    min_bits = model.spelled_least
    spellings: dict[str, dict[int, list[tuple[int, int, float]]]] = {}
    cells: dict[LatinForm, NDArray[np.float64]] = {}
    for form in rows:
        bits = [weights.word_bits(word) for word in form.words]
        for letters, is_common in finder.letters_of(form).items():
            if letters not in spellings:
                spellings[letters] = dict(finder.find(letters, min_bits, is_common=is_common))
        line = np.empty(len(han_forms))
        for number, second in enumerate(han_forms):
            sounds = {letters: places[number] for letters in finder.letters_of(form) if number in (places := spellings[letters])}
            line[number] = align(form, second, bits, find_matches(form, second, bits, sounds, model), model).bits
        cells[form] = line
    place = {units: number for number, units in enumerate(columns)}
    result = np.full((len(firsts), len(seconds)), -np.inf)
    for row, first in enumerate(firsts):
        for column, second in enumerate(seconds):
            if first.words and second.units:
                result[row, column] = cells[first][place[second.units]]
    return result


def measure(pairs: Sequence[Pair]) -> tuple[dict[str, object], NDArray[np.float64], float]:
    """Return the result, a matrix of scores (pairs × distinct names in the other language), and the threshold."""
    begin = perf_counter()
    score_matrix(["Leidos"], ["莱多斯公司"])
    loaded = perf_counter()
    latin, chinese = list(dict.fromkeys(pair[0] for pair in pairs)), list(dict.fromkeys(pair[1] for pair in pairs))
    cells = score_matrix(latin, chinese)
    end = perf_counter()
    scores = cells[[latin.index(pair[0]) for pair in pairs]]
    truth = truth_of(pairs, chinese)
    recall, threshold = recall_at(scores, truth)
    distinct = list(dict.fromkeys(pairs))
    true_pairs = set(distinct)
    distinct_truth = np.array([[(name_en, name_zh) in true_pairs for name_zh in chinese] for name_en in latin])
    result: dict[str, object] = {
        "benchmark": "cross_script_name_quality",
        "pairs": len(pairs),
        "recall_at_precision_98": round(recall, 4),
        "top1": round(top1(scores, truth), 4),
        "seconds": round(end - loaded, 3),
        "seconds_to_load": round(loaded - begin, 3),
        "threshold": round(threshold, 4),
        "distinct": {
            "pairs": len(distinct),
            "recall_at_precision_98": round(recall_at(cells, distinct_truth)[0], 4),
            "top1": round(top1(cells, distinct_truth), 4),
        },
    }
    return result, scores, threshold


def measure_joins(pairs: Sequence[Pair]) -> dict[str, object]:
    """Count the right joins and list the wrong ones, with the threshold that Overt uses.

    First, all names are compared. Then only names of different pairs are compared, so every join counts as wrong.
    """
    distinct = list(dict.fromkeys(pairs))
    joins = _joins(distinct, distinct)
    wrong = [pair for pair in joins if pair not in set(distinct)]
    apart = [*_joins(distinct[::2], distinct[1::2]), *_joins(distinct[1::2], distinct[::2])]
    return {
        "benchmark": "cross_script_name_quality, joins",
        "pairs": len(distinct),
        "right": len(joins) - len(wrong),
        "wrong": wrong,
        "wrong_without_partners": apart,
    }


def _joins(latin: Sequence[Pair], other: Sequence[Pair]) -> list[Pair]:
    model = cross_script_model()
    matches = cross_pairs(
        [(pair[0], f"a:{number}") for number, pair in enumerate(latin)],
        [(pair[1], f"b:{number}") for number, pair in enumerate(other)],
        model.same,
    )
    return [(latin[match.latin][0], other[match.han][1]) for match in matches if not match.doubtful]


def print_misses(pairs: Sequence[Pair], scores: NDArray[np.float64], threshold: float) -> None:
    """Print the pairs below the threshold, each with the best-scoring name and the parts of its score."""
    chinese = list(dict.fromkeys(pair[1] for pair in pairs))
    for pair in dict.fromkeys(pairs):
        line = scores[pairs.index(pair)]
        if line[chinese.index(pair[1])] < threshold:
            best = int(line.argmax())
            print(f"{pair[0]} | {pair[1]}: {line[chinese.index(pair[1])]:.3f}; best: {chinese[best]} {line[best]:.3f}")
            for part, bits, words in explain_cross(*pair):
                print(f"    {bits:6.1f}  {part}: {words}")


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark and print its result. Return 2 if the file can't be used."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--matrix", type=Path, metavar="FILE", default=DATA / "er" / "bilingual_en_zh_dev.csv")
    parser.add_argument("--lang", choices=LANGUAGES, default="zh", help="language of the other names")
    parser.add_argument("--part", choices=("all", "tuned", "aside"), default="all", help="which pairs to use")
    parser.add_argument("--single", action="store_true", help="score each pair without the other names")
    parser.add_argument("--joins", action="store_true", help="count what Overt would join")
    parser.add_argument("--misses", action="store_true", help="print the missed pairs")
    parser.add_argument("--json", action="store_true", help="print only the result, as JSON")
    options = parser.parse_args(arguments)
    try:
        pairs = [pair for pair in read_pairs(options.matrix, options.lang) if options.part in ("all", part_of(pair))]
        if not pairs:
            raise Unusable(f"{options.matrix}: no pair is in the part {options.part}")
    except Unusable as error:
        print(f"cross_script_name_quality: {error}", file=sys.stderr)
        return 2
    if options.single or options.joins:
        print(json.dumps(measure_joins(pairs) if options.joins else measure_pairwise(pairs), ensure_ascii=False))
        return 0
    result, scores, threshold = measure(pairs)
    if options.json:
        print(json.dumps(result))
        return 0
    if options.misses:
        print_misses(pairs, scores, threshold)
    for key, value in result.items():
        print(f"{key}: {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
