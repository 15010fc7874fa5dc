"""Compare two names: quality and speed of `overt.resolve.names.name_comparison` and of every algorithm of nomenklatura.

    python -m bench.linkage.name_pair_quality [--quick] [--json] [--er DIR] [--errors dev]

The cases are the companies, organisations and legal entities of nomenklatura's own labelled pairs (`name_bench_cases.csv`), by
name alone. Each algorithm is evaluated at its published threshold (nomenklatura publishes none; the notes in the file of cases
use 0.7) and at the best threshold for these cases. Overt's weights were set on the half `dev` of the cases (by SHA-256 of the
pair); the result has both halves.

Times are for one core. `batch` is the 497,572 company pairs of `sibur_company_pairs.parquet` with 18,014 names, parsing included;
peers get the first 2,000 pairs. `new_names` pairs these names so that each occurs once. For peers, timing starts after entities
have been built and the pairs compared once. Targets: F1 of 0.90 at the published threshold; under 20 microseconds a pair in
batch. Without nomenklatura (`pip install -e '.[ftm]'`) only Overt is measured.

The labels treat the fifth and sixth fund of a series as one organisation, and also a bank and its Swiss subsidiary. Overt does
not, which counts as wrong. The Sibur pairs treat sister companies as one organisation, so their recall says little.
"""

import csv
import hashlib
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from bench.harness import DATA, Missing, Target, argument_parser, machine, report
from overt.resolve.names.name_arrays import read_name
from overt.resolve.names.name_comparison import compare_names, compare_parts
from overt.resolve.names.name_comparison_weights import name_weights
from overt.resolve.names.name_parser import parse_name

SCHEMATA = ("Company", "Organization", "LegalEntity")
PEER_THRESHOLD = 0.7
PEER_PAIRS = 2_000
"""Number of pairs in the batch on which peers are timed."""
Scores = NDArray[np.float64]
Labels = NDArray[np.bool_]
Pairs = tuple[list[str], list[str]]


def cases(path: Path) -> tuple[Pairs, list[str], Labels]:
    """Read the labelled cases.

    Return the two names of each case, its schema, and whether both names belong to the same organisation.
    """
    with path.open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["schema"] in SCHEMATA]
    pairs = [row["name1"] for row in rows], [row["name2"] for row in rows]
    return pairs, [row["schema"] for row in rows], np.array([row["is_match"] == "true" for row in rows])


def in_dev(pairs: Pairs) -> Labels:
    """Return a mask of the pairs in the half `dev`, on which weights may be set.

    A pair and its mirror image are always in the same half.
    """
    keys = ("\n".join(sorted(pair)) for pair in zip(*pairs, strict=True))
    return np.array([hashlib.sha256(key.encode()).digest()[0] % 2 == 0 for key in keys])


def quality(scores: Scores, same: Labels, threshold: float) -> dict[str, Any]:
    """Return precision, recall and F1 at a threshold, with the counts behind them."""
    predicted = scores >= threshold
    right, wrong, missed = int((predicted & same).sum()), int((predicted & ~same).sum()), int((~predicted & same).sum())
    return {
        "threshold": round(threshold, 3),
        "right": right,
        "wrong": wrong,
        "missed": missed,
        "precision": round(right / max(1, right + wrong), 3),
        "recall": round(right / max(1, right + missed), 3),
        "f1": round(2 * right / max(1, 2 * right + wrong + missed), 3),
    }


def best(scores: Scores, same: Labels) -> dict[str, Any]:
    """Return the quality at the threshold with the highest F1."""
    return max((quality(scores, same, float(score)) for score in np.unique(scores)), key=lambda result: result["f1"])


def reliability(scores: Scores, same: Labels) -> list[dict[str, Any]]:
    """Return, for each band of scores, the number of pairs, their mean score, and how many are the same organisation."""
    bands = []
    for low, high in ((0, 0.1), (0.1, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01)):
        band = (scores >= low) & (scores < high)
        if band.any():
            bands.append(
                {"pairs": int(band.sum()), "mean_score": round(float(scores[band].mean()), 2), "same": int(same[band].sum())}
            )
    return bands


def peers() -> dict[str, Callable[[Pairs, Sequence[str]], tuple[Scores, float]]]:
    """Return nomenklatura's algorithms by name; none if it is not installed.

    Each is a function that scores pairs, and returns the scores and the processor seconds.
    """
    if not find_spec("nomenklatura"):
        return {}
    from followthemoney import model
    from followthemoney.proxy import EntityProxy
    from nomenklatura.matching import ALGORITHMS, ScoringConfig

    def entity(key: str, schema: str, name: str) -> Any:
        return EntityProxy.from_dict({"id": key, "schema": schema, "properties": {"name": [name]}})

    def side(algorithm: Any) -> Callable[[Pairs, Sequence[str]], tuple[Scores, float]]:
        def run(pairs: Pairs, schemata: Sequence[str]) -> tuple[Scores, float]:
            config = ScoringConfig.defaults()
            made = [
                (entity(f"l{at}", schema, left), entity(f"r{at}", schema, right))
                for at, (left, right, schema) in enumerate(zip(*pairs, schemata, strict=True))
            ]
            for left, right in made:  # loads what a process loads only once, before the measured time begins
                algorithm.compare(left, right, config)
            begin = process_time()
            scores = [algorithm.compare(left, right, config).score for left, right in made]
            return np.array(scores, dtype=np.float64), process_time() - begin

        return run

    assert model.schemata
    return {algorithm.NAME: side(algorithm) for algorithm in ALGORITHMS}


def microseconds(pairs: Pairs) -> float:
    """Return Overt's processor time per pair in microseconds, starting with empty caches."""
    read_name.cache_clear()
    parse_name.cache_clear()
    begin = process_time()
    compare_names(*pairs)
    return round((process_time() - begin) / len(pairs[0]) * 1e6, 2)


def batch(path: Path, *, quick: bool) -> tuple[Pairs, Labels]:
    """Return the Sibur pairs, and whether each is labelled a duplicate. `quick`: only the first 5,000 pairs."""
    table = pq.read_table(path)
    table = table.slice(0, 5_000) if quick else table
    pairs = [str(name) for name in table["name_1"].to_pylist()], [str(name) for name in table["name_2"].to_pylist()]
    return pairs, table["is_duplicate"].to_numpy() == 1


def measure(folder: Path, *, quick: bool) -> dict[str, Any]:
    """Return the results for Overt and its peers. Raises Missing if the file of cases is missing."""
    if not (folder / "name_bench_cases.csv").is_file():
        raise Missing(f"name_pair_quality: skipped: {folder}: the labelled pairs are not there; set OVERT_DATA or --er")
    pairs, schemata, same = cases(folder / "name_bench_cases.csv")
    compare_names(pairs[0][:2], pairs[1][:2])  # content is read once per process
    compared = compare_parts(*pairs)
    scores, threshold, dev = compared.score, name_weights().threshold, in_dev(pairs)
    differing = np.minimum(compared.part("number-differs"), compared.part("number-alone")) < 0
    numbers = differing & same
    overt: dict[str, Any] = {
        "published": quality(scores, same, threshold),
        "dev": quality(scores[dev], same[dev], threshold),
        "test": quality(scores[~dev], same[~dev], threshold),
        "best": best(scores, same),
        "labelled_same_with_other_numbers": int(numbers.sum()),
        "published_without_these": quality(scores[~numbers], same[~numbers], threshold),
        "reliability_without_these": reliability(scores[~numbers], same[~numbers]),
        "microseconds_a_pair": {"cases": microseconds(pairs)},
    }
    result: dict[str, Any] = {
        "benchmark": "name_pair_quality",
        **machine(),
        "cases": len(same),
        "same": int(same.sum()),
        "overt": overt,
    }
    many: Pairs | None = None
    if (folder / "sibur_company_pairs.parquet").is_file():
        many, duplicate = batch(folder / "sibur_company_pairs.parquet", quick=quick)
        names = sorted({*many[0], *many[1]})
        compare_names([names[0]], ["华为"])  # the Chinese dictionary is read once per process
        spent = {"batch": microseconds(many), "new_names": microseconds((names[: len(names) // 2], names[-(len(names) // 2) :]))}
        overt["microseconds_a_pair"] |= spent
        result["batch"] = {"pairs": len(many[0]), "names": len(names)}
        result["sibur"] = quality(compare_names(*many), duplicate, threshold)
    result["peers"] = {}
    for name, side in peers().items():
        theirs, seconds = side(pairs, schemata)
        peer: dict[str, Any] = {"published": quality(theirs, same, PEER_THRESHOLD), "best": best(theirs, same)}
        peer["microseconds_a_pair"] = {"cases": round(seconds / len(same) * 1e6, 1)}
        if many:
            first = (many[0][:PEER_PAIRS], many[1][:PEER_PAIRS])
            _, seconds = side(first, ["Company"] * len(first[0]))
            peer["microseconds_a_pair"]["batch"] = round(seconds / len(first[0]) * 1e6, 1)
            peer["times_as_long_as_overt"] = round(
                peer["microseconds_a_pair"]["batch"] / overt["microseconds_a_pair"]["batch"], 1
            )
        result["peers"][name] = peer
    return result


def errors(folder: Path, half: str) -> list[str]:
    """Return a line for each case in a half that Overt gets wrong."""
    pairs, _, same = cases(folder / "name_bench_cases.csv")
    scores, dev = compare_names(*pairs), in_dev(pairs)
    wrong = np.flatnonzero(((scores >= name_weights().threshold) != same) & (dev == (half == "dev")))
    return [f"{'same' if same[at] else 'other'} {scores[at]:.2f} {pairs[0][at]} | {pairs[1][at]}" for at in wrong]


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--er", type=Path, default=DATA / "er", help="the folder with the labelled pairs")
    parser.add_argument("--errors", choices=["dev", "test"], help="list the cases of a half that Overt gets wrong, instead")
    options = parser.parse_args(arguments)
    try:
        if options.errors:
            print(*errors(options.er, options.errors), sep="\n")
            return 0
        result = measure(options.er, quick=options.quick)
    except Missing as missing:
        print(missing)
        return 0
    spent = result["overt"]["microseconds_a_pair"]
    targets = [
        Target("F1", result["overt"]["published"]["f1"], 0.9, "", at_least=True),
        Target("a pair in batch", spent.get("batch", spent["cases"]), 20, " µs"),
    ]
    return report(result, targets, options)


if __name__ == "__main__":
    sys.exit(main())
