"""Train the weights of a linkage model without labels. Not part of the package: `overt resolve` never trains.

    python -m bench.linkage.weight_trainer RECORDS.parquet [--model organizations] [--named TEXT] [--write FILE.yml]

For each level of a comparison, training estimates m and u, the shares of matches and of non-matches at that level.

RECORDS.parquet has the columns of `RECORDS` in `overt.resolve.linkage.record_feature_tables`. A column `entity` is used to
check the result, not to train. Equal records and an equal model give equal bytes: training uses one thread and seeded samples.
"""

import argparse
import math
import sys
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import connect
from overt.model.files.atomic_writes import atomic_write
from overt.resolve.linkage.linkage_model import Comparison, Level, LinkageModel, load_linkage_model
from overt.resolve.linkage.linkage_name_parts import NameReader, load_reader
from overt.resolve.linkage.pair_scores import score_pairs
from overt.resolve.linkage.record_feature_tables import RECORDS, build_features
from overt.resolve.linkage.splink_duckdb import OVERLAP, drop_results, linker_on

SEED = 1
RANDOM_PAIRS = 10_000_000
"""Number of random pairs used to estimate u."""
_SURE = (
    "l.identifiers = r.identifiers",
    "l.brand = r.brand AND l.field = r.field AND l.countries = r.countries",
)
"""Rules that hardly ever join two different organisations. With their recall, they give the first estimate of the prior."""
_SURE_RECALL = 0.6
_ROUNDS = 10
_NAME, _FIELD, _PROOF = "brand", "field", "identifier"
"""Comparisons with a special role in `_maximized`."""
_ENOUGH = 1000
"""Minimum number of pairs with a shared identifier for estimating m from these pairs only."""
_FEW = 20
"""Minimum number of pairs of different organisations at a level for lowering its u. Fewer don't show how rare the level is."""
_STEP = 0.02
"""Relative step by which u rises from one capped level of similar brands to the next, so that no two have the same weight."""
_UNSEEN = 0.5
"""Added to every count, because a level that is missing from a sample may still occur."""
_MIN_M = 0.004
"""Lower bound of m, because sources err in more ways than a sample shows."""


def train(
    connection: duckdb.DuckDBPyConnection, records: pa.Table, model: LinkageModel, reader: NameReader, trained_on: str
) -> LinkageModel:
    """Return the model with weights estimated from `records`, which `trained_on` describes.

    Splink estimates the prior and, from random pairs, the u of fields of work of different brands. Expectation maximisation,
    which starts with the model's other weights, then scores the pairs that blocking finds and weights each by its probability of
    being a match.
    """
    build_features(connection, records, model, reader)
    connection.execute("CREATE TEMP TABLE linkage_train AS FROM linkage_feature WHERE id BETWEEN 0 AND 4294967295 ORDER BY id")
    count = _scalar(connection, "SELECT count(*) FROM linkage_train")
    linker = linker_on(connection, "linkage_train", model.settings(OVERLAP, parameters=False))
    linker.training.estimate_probability_two_random_records_match(list(_SURE), recall=_SURE_RECALL)
    linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED, min_count_per_level=None, num_chunks=1)
    trained = _initial(model, linker.misc.save_model_to_json())
    drop_results(linker)
    for _ in range(_ROUNDS):
        trained = _maximized(connection, trained, count * (count - 1) / 2)
    return trained.model_copy(update={"trained_on": trained_on, "prior_records": round(count)})


def _initial(model: LinkageModel, settings: dict[str, Any]) -> LinkageModel:
    """Return the model with Splink's prior and, for fields of work of different brands, Splink's u.

    This u is never changed again: for different brands, blocking requires an equal field, so the pairs that it finds don't show
    how rare an equal field is.
    """
    estimated = {entry["output_column_name"]: entry["comparison_levels"] for entry in settings["comparisons"]}
    comparisons = []
    for comparison in model.comparisons:
        if comparison.name == _FIELD:
            drawn = [level.get("u_probability") for level in estimated[comparison.name] if not level.get("is_null_level")]
            shares = [
                value if isinstance(value, int | float) and level.among == comparison.levels[-1].among else 0.0
                for value, level in zip(drawn, comparison.levels, strict=True)
            ]
            comparison = comparison.model_copy(
                update={"levels": _shared(comparison, [level.m for level in comparison.levels], shares)}
            )
        comparisons.append(comparison)
    prior = settings["probability_two_random_records_match"]
    return model.model_copy(update={"prior": _rounded(prior), "comparisons": comparisons})


def _maximized(connection: duckdb.DuckDBPyConnection, model: LinkageModel, pairs: float) -> LinkageModel:
    """Return the model after one step of expectation maximisation.

    `pairs` is the number of all pairs. If enough pairs share an identifier, m is counted among these, because blocking finds
    them whatever their spelling. In comparisons other than `brand`, levels for equal brands are counted among pairs with equal
    brands, and levels for different brands among pairs with similar ones.
    """
    # Splink returns the level of each comparison only together with the compared values.
    linker = linker_on(connection, "linkage_train", {**model.settings(OVERLAP), "retain_matching_columns": True})
    table = linker.inference.predict(warning_mode="never").physical_name
    by_name = {comparison.name: comparison for comparison in model.comparisons}
    brand, field = by_name[_NAME], by_name[_FIELD]
    learned: dict[str, Comparison] = {}
    for comparison in model.comparisons:
        if comparison.name == _NAME or comparison.fixed:
            continue
        same, other = _counted(connection, table, comparison, f"gamma_{_NAME} > 0")
        proven, _ = _counted(connection, table, comparison, f"gamma_{_PROOF} = 1")
        if comparison.name == _FIELD:  # for different brands, u stays as estimated from random pairs
            other = [
                level.u if level.among == comparison.levels[-1].among else count
                for level, count in zip(comparison.levels, other, strict=True)
            ]
        learned[comparison.name] = comparison.model_copy(
            update={"levels": _shared(comparison, proven if sum(proven) >= _ENOUGH else same, other)}
        )
    # Blocking finds pairs with equal brands whatever their fields of work, but pairs with similar brands only if their fields are
    # equal. So the non-matches among the latter are scaled up to all fields.
    number = len(field.levels)
    first = next(at for at, level in enumerate(field.levels) if level.among == field.levels[-1].among)
    anywhere, there = f"gamma_{_FIELD} >= {number - first}", f"gamma_{_FIELD} = {number - first - 1}"
    same, other = _counted(connection, table, brand, f"({anywhere} OR {there})")
    _, alike = _counted(connection, table, brand, there)
    proven, _ = _counted(connection, table, brand, f"gamma_{_PROOF} = 1")
    scaled = [every - part + part / field.levels[first].u for every, part in zip(other[:-1], alike[:-1], strict=True)]
    counted = _shared(brand, proven if sum(proven) >= _ENOUGH else same, [*scaled, pairs - sum(scaled)])
    learned[_NAME] = brand.model_copy(update={"levels": _capped(counted)})
    prior = _scalar(connection, f"SELECT sum(match_probability) FROM {table}") / pairs
    drop_results(linker)
    comparisons = [learned.get(comparison.name, comparison) for comparison in model.comparisons]
    return model.model_copy(update={"prior": _rounded(prior), "comparisons": comparisons})


def _counted(
    connection: duckdb.DuckDBPyConnection, table: str, comparison: Comparison, condition: str
) -> tuple[list[float], list[float]]:
    """Return counts of matches and of non-matches by level among the pairs that meet a condition.

    Each pair is weighted by its probability.
    """
    level, probability = f"gamma_{comparison.name}", "match_probability"
    rows = connection.execute(
        f"SELECT {level}, sum({probability}), sum(1 - {probability}) FROM {table} WHERE {level} >= 0 AND {condition} GROUP BY 1"
    ).fetchall()
    counts = {number: (same, other) for number, same, other in rows}
    # Splink numbers the levels backwards. The last level is 0.
    levels = [counts.get(number, (0.0, 0.0)) for number in reversed(range(len(comparison.levels)))]
    return [same for same, _ in levels], [other for _, other in levels]


def _shared(comparison: Comparison, same: list[float], other: list[float]) -> list[Level]:
    """Return the levels with m and u as shares of the matches and non-matches counted for their kind.

    A kind without counted pairs keeps its m and u. A level with few non-matches doesn't become rarer than before.
    """
    levels = list(comparison.levels)
    counted = sum(other) > len(other)  # without counted pairs, these are shares already
    for kind in sorted({level.among for level in levels}):
        places = [at for at, level in enumerate(levels) if level.among == kind and not level.fixed]
        by_hand = [level for level in levels if level.among == kind and level.fixed]
        m, u = (_shares([counts[at] for at in places]) for counts in (same, other))
        m = [max(share, _MIN_M) for share in m]
        if counted:
            u = [max(share, levels[at].u) if other[at] < _FEW else share for share, at in zip(u, places, strict=False)]
        for name, shares in (("m", m), ("u", u)):
            left = 1 - sum(getattr(level, name) for level in by_hand)
            for share, at in zip(shares, places, strict=False):
                levels[at] = levels[at].model_copy(update={name: _rounded(share * left / sum(shares))})
    return levels


def _shares(counts: list[float]) -> list[float]:
    """Return counts as shares of their sum, smoothed unless `counts` are shares already. Smoothed shares add up to more than 1.

    Empty if nothing was counted.
    """
    if not sum(counts):
        return []
    unseen = _UNSEEN if sum(counts) > len(counts) else 0.0
    return [(count + unseen) / sum(counts) for count in counts]


def _capped(levels: list[Level]) -> list[Level]:
    """Return the levels of similar brands, with u raised so that none weighs as much as the first and best level."""
    capped: list[Level] = []
    max_weight = math.inf
    for at, level in enumerate(levels):
        u = level.u if level.fixed else max(level.u, level.m / 2**max_weight * (1 + _STEP * at))
        capped.append(level.model_copy(update={"u": _rounded(min(u, 1.0))}))
        if level.weight > 0 and at == 0:
            max_weight = level.weight
    return capped


def _rounded(value: float) -> float:
    """Return a number rounded to six significant digits, because further digits differ between machines."""
    return float(f"{value:.6g}")


def _scalar(connection: duckdb.DuckDBPyConnection, query: str) -> float:
    row = connection.execute(query).fetchone()
    return float(row[0]) if row and row[0] is not None else 0.0


def check(connection: duckdb.DuckDBPyConnection, records: pa.Table, model: LinkageModel, reader: NameReader) -> list[str]:
    """Return lines that state how many pairs match, by tenth of probability, and precision and recall at each threshold.

    `records` must have the column `entity`.
    """
    pairs = score_pairs(connection, records, model, reader, minimum=0.01)
    with connect(threads=1) as scratch:
        scratch.register("pairs", pairs)
        scratch.register("records", records.select(["record", "entity"]))
        compared = (
            "SELECT probability, l.entity = r.entity AS same FROM pairs "
            "JOIN records AS l ON l.record = pairs.left JOIN records AS r ON r.record = pairs.right"
        )
        true_pairs = int(
            _scalar(scratch, "SELECT sum(n * (n - 1) // 2) FROM (SELECT count(*) AS n FROM records GROUP BY entity)")
        )
        lines = []
        tenths = "SELECT floor(probability * 10) / 10 AS low, count(*), count(*) FILTER (same)"
        for low, count, right in scratch.execute(f"{tenths} FROM ({compared}) GROUP BY low ORDER BY low").fetchall():
            lines.append(f"probability {low:.1f} to {low + 0.1:.1f}: {right:,} of {count:,} pairs match ({right / count:.3f})")
        for name, threshold in (("same", model.thresholds.same), ("review", model.thresholds.review)):
            count = int(_scalar(scratch, f"SELECT count(*) FROM ({compared}) WHERE probability >= {threshold}"))
            right = int(_scalar(scratch, f"SELECT count(*) FILTER (same) FROM ({compared}) WHERE probability >= {threshold}"))
            lines.append(
                f"{name}, {threshold} or more: precision {right / max(count, 1):.4f} ({right:,} of {count:,} pairs), "
                f"recall {right / max(true_pairs, 1):.4f} (of {true_pairs:,})"
            )
    return lines


def dump_model(model: LinkageModel) -> str:
    """Return the model as the text of its file. Equal models give equal text."""
    return yaml.safe_dump(model.model_dump(mode="json", exclude_defaults=True), sort_keys=False, allow_unicode=True, width=130)


def main(arguments: list[str] | None = None) -> int:
    """Train a model, print its weights and its accuracy, and write it to the file given with `--write`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path)
    parser.add_argument("--model", default="organizations", help="the model in content/models to start from")
    parser.add_argument("--named", default="", help="a description of the records for `trained_on` of the model")
    parser.add_argument("--write", type=Path, help="the model file to write")
    options = parser.parse_args(arguments)
    records, model, reader = pq.read_table(options.records), load_linkage_model(options.model), load_reader(Catalogue())
    with connect(threads=1) as connection:
        trained = train(connection, records.select(RECORDS.names), model, reader, options.named or options.records.name)
        lines = check(connection, records, trained, reader) if "entity" in records.column_names else []
    for comparison in trained.comparisons:
        levels = "; ".join(f"{level.label} {level.weight:+.1f}" for level in comparison.levels)
        print(f"{comparison.name}: {levels}")
    print(f"prior: {trained.prior_weight:+.1f}", *lines, sep="\n")
    if options.write:
        atomic_write(options.write, dump_model(trained).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
