"""Weights of a linkage model found without labels. Not part of the package: `overt resolve` never trains.

    python -m bench.linkage.training RECORDS.parquet [--model organizations] [--write FILE.yml]

RECORDS.parquet has the columns of `features.RECORDS`; a column `entity` more, where there is one, is not used for training but to
check what came of it. Equal records and an equal model give an equal file, to the byte: one thread, seeded samples.
"""

import argparse
import math
import sys
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from overt.model.atomic_files import atomic_write
from overt.model.content import Catalogue
from overt.model.duckdb_connection import connect
from overt.resolve.linkage.duckdb import OVERLAP, drop_results, linker_on
from overt.resolve.linkage.features import RECORDS, build_features
from overt.resolve.linkage.model import Comparison, Level, LinkageModel, dump_model, load_model
from overt.resolve.linkage.score import score_pairs
from overt.resolve.linkage.words import NameReader, load_reader

SEED = 1
RANDOM_PAIRS = 10_000_000
"""Pairs drawn at random for u."""
_SURE = (
    "l.identifiers = r.identifiers",
    "l.brand = r.brand AND l.field = r.field AND l.countries = r.countries",
)
"""Rules that hardly ever join two organisations; with how many of all they find they give the first guess of the prior."""
_SURE_FIND = 0.6
_ROUNDS = 10
_NAME, _FIELD, _PROOF = "brand", "field", "identifier"
"""Comparisons whose pairs are counted apart: see `_again`."""
_ENOUGH = 1000
"""So many pairs that share an identifier say how one organisation is written."""
_FEW = 20
"""Fewer pairs than this, of different organisations, do not show how rare a level is."""
_STEP = 0.02
"""By how much each further likeness of brands says less than the one before it, at the least; so no two weigh the same."""
_UNSEEN = 0.5
"""Added to every count: what a sample did not have may yet be."""
_LEAST = 0.004
"""The least m: sources err in more ways than a sample shows."""


def train(
    connection: duckdb.DuckDBPyConnection, records: pa.Table, model: LinkageModel, reader: NameReader, named: str
) -> LinkageModel:
    """The model with weights found in `records`; `named` says what these are.

    Splink draws random pairs for u, and guesses the prior. Then the pairs that blocking finds are scored and counted a few times,
    each pair for as much of a match as it is likely to be one: expectation maximisation, beginning from the model's own m.
    """
    build_features(connection, records, model, reader)
    connection.execute("CREATE TEMP TABLE linkage_train AS FROM linkage_feature WHERE id BETWEEN 0 AND 4294967295 ORDER BY id")
    count = _one(connection, "SELECT count(*) FROM linkage_train")
    linker = linker_on(connection, "linkage_train", model.settings(OVERLAP, parameters=False))
    linker.training.estimate_probability_two_random_records_match(list(_SURE), recall=_SURE_FIND)
    linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED, min_count_per_level=None, num_chunks=1)
    trained = _begun(model, linker.misc.save_model_to_json())
    drop_results(linker)
    for _ in range(_ROUNDS):
        trained = _again(connection, trained, count * (count - 1) / 2)
    return trained.model_copy(update={"trained_on": named, "prior_records": round(count)})


def _begun(model: LinkageModel, settings: dict[str, Any]) -> LinkageModel:
    """The model with the prior of Splink's settings, and their u for the fields of work of brands that differ: blocking looks for
    the same field there, so pairs that it finds do not show how rare that is.
    """
    found = {held["output_column_name"]: held["comparison_levels"] for held in settings["comparisons"]}
    comparisons = []
    for held in model.comparisons:
        if held.name == _FIELD:
            drawn = [level.get("u_probability") for level in found[held.name] if not level.get("is_null_level")]
            shares = [
                value if isinstance(value, int | float) and level.among == held.levels[-1].among else 0.0
                for value, level in zip(drawn, held.levels, strict=True)
            ]
            held = held.model_copy(update={"levels": _shared(held, [level.m for level in held.levels], shares)})
        comparisons.append(held)
    prior = settings["probability_two_random_records_match"]
    return model.model_copy(update={"prior": _rounded(prior), "comparisons": comparisons})


def _again(connection: duckdb.DuckDBPyConnection, model: LinkageModel, pairs: float) -> LinkageModel:
    """One step of expectation maximisation over the pairs that blocking finds: Splink scores them, this counts them.

    `pairs`: how many there are in all. m is counted among pairs that share an identifier, where there are many: these are found
    however they are written. What tells organisations of one brand apart is counted for pairs of one brand; for pairs of brands
    that differ, among those that are alike.
    """
    # Splink tells the level of each answer only beside the values compared.
    linker = linker_on(connection, "linkage_train", {**model.settings(OVERLAP), "retain_matching_columns": True})
    table = linker.inference.predict(warning_mode="never").physical_name
    by_name = {held.name: held for held in model.comparisons}
    brand, field = by_name[_NAME], by_name[_FIELD]
    learned: dict[str, Comparison] = {}
    for held in model.comparisons:
        if held.name == _NAME or held.fixed:
            continue
        same, other = _counted(connection, table, held, f"gamma_{_NAME} > 0")
        proven, _ = _counted(connection, table, held, f"gamma_{_PROOF} = 1")
        if held.name == _FIELD:  # of brands that differ u stays as it was drawn
            other = [
                level.u if level.among == held.levels[-1].among else count
                for level, count in zip(held.levels, other, strict=True)
            ]
        learned[held.name] = held.model_copy(update={"levels": _shared(held, proven if sum(proven) >= _ENOUGH else same, other)})
    # A brand that is the same is found with any field of work, one that is alike only with the same, by which it is multiplied.
    number = len(field.levels)
    first = next(at for at, level in enumerate(field.levels) if level.among == field.levels[-1].among)
    anywhere, there = f"gamma_{_FIELD} >= {number - first}", f"gamma_{_FIELD} = {number - first - 1}"
    same, other = _counted(connection, table, brand, f"({anywhere} OR {there})")
    _, alike = _counted(connection, table, brand, there)
    proven, _ = _counted(connection, table, brand, f"gamma_{_PROOF} = 1")
    found = [all_of_it - part + part / field.levels[first].u for all_of_it, part in zip(other[:-1], alike[:-1], strict=True)]
    counted = _shared(brand, proven if sum(proven) >= _ENOUGH else same, [*found, pairs - sum(found)])
    learned[_NAME] = brand.model_copy(update={"levels": _capped(counted)})
    prior = _one(connection, f"SELECT sum(match_probability) FROM {table}") / pairs
    drop_results(linker)
    comparisons = [learned.get(held.name, held) for held in model.comparisons]
    return model.model_copy(update={"prior": _rounded(prior), "comparisons": comparisons})


def _counted(connection: duckdb.DuckDBPyConnection, table: str, held: Comparison, among: str) -> tuple[list[float], list[float]]:
    """How many of the pairs `among` have each level: as matches, and as others, each pair by its probability."""
    level, probability = f"gamma_{held.name}", "match_probability"
    rows = connection.execute(
        f"SELECT {level}, sum({probability}), sum(1 - {probability}) FROM {table} WHERE {level} >= 0 AND {among} GROUP BY 1"
    ).fetchall()
    found = {number: (same, other) for number, same, other in rows}
    # Splink numbers the levels from the last one, which is 0.
    levels = [found.get(number, (0.0, 0.0)) for number in reversed(range(len(held.levels)))]
    return [same for same, _ in levels], [other for _, other in levels]


def _shared(held: Comparison, same: list[float], other: list[float]) -> list[Level]:
    """The levels with m and u from how many pairs, of matches and of others, have each: shares of the pairs of their kind.

    A kind that no pair shows keeps what it came with, and a level that few others have is not held to be rarer than it was.
    """
    levels = list(held.levels)
    counted = sum(other) > len(other)  # else these are shares already
    for kind in sorted({level.among for level in levels}):
        places = [at for at, level in enumerate(levels) if level.among == kind and not level.fixed]
        by_hand = [level for level in levels if level.among == kind and level.fixed]
        m, u = (_shares([counts[at] for at in places]) for counts in (same, other))
        m = [max(share, _LEAST) for share in m]
        if counted:
            u = [max(share, levels[at].u) if other[at] < _FEW else share for share, at in zip(u, places, strict=False)]
        for name, shares in (("m", m), ("u", u)):
            left = 1 - sum(getattr(level, name) for level in by_hand)
            for share, at in zip(shares, places, strict=False):
                levels[at] = levels[at].model_copy(update={name: _rounded(share * left / sum(shares))})
    return levels


def _shares(counts: list[float]) -> list[float]:
    """Shares that add up to 1, where anything was counted. What a sample did not have may yet be."""
    if not sum(counts):
        return []
    unseen = _UNSEEN if sum(counts) > len(counts) else 0.0
    return [(count + unseen) / sum(counts) for count in counts]


def _capped(levels: list[Level]) -> list[Level]:
    """Likenesses of a brand, none of which says as much as the first, the best: u is raised where it is too small for that."""
    capped: list[Level] = []
    most = math.inf
    for at, level in enumerate(levels):
        u = level.u if level.fixed else max(level.u, level.m / 2**most * (1 + _STEP * at))
        capped.append(level.model_copy(update={"u": _rounded(min(u, 1.0))}))
        if level.weight > 0 and at == 0:
            most = level.weight
    return capped


def _rounded(value: float) -> float:
    """Six significant digits: more say nothing, and differ between machines."""
    return float(f"{value:.6g}")


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> float:
    row = connection.execute(query).fetchone()
    return float(row[0]) if row and row[0] is not None else 0.0


def check(connection: duckdb.DuckDBPyConnection, records: pa.Table, model: LinkageModel, reader: NameReader) -> list[str]:
    """What the model says of records whose `entity` is known: a line for each tenth of probability, and for its thresholds."""
    pairs = score_pairs(connection, records, model, reader, minimum=0.01)
    with connect(threads=1) as own:
        own.register("pairs", pairs)
        own.register("records", records.select(["record", "entity"]))
        judged = (
            "SELECT probability, l.entity = r.entity AS same FROM pairs "
            "JOIN records AS l ON l.record = pairs.left JOIN records AS r ON r.record = pairs.right"
        )
        known = int(_one(own, "SELECT sum(n * (n - 1) // 2) FROM (SELECT count(*) AS n FROM records GROUP BY entity)"))
        told = []
        tenths = "SELECT floor(probability * 10) / 10 AS low, count(*), count(*) FILTER (same)"
        for low, count, right in own.execute(f"{tenths} FROM ({judged}) GROUP BY low ORDER BY low").fetchall():
            told.append(f"probability {low:.1f} to {low + 0.1:.1f}: {right:,} of {count:,} pairs are one ({right / count:.3f})")
        for name, least in (("same", model.thresholds.same), ("review", model.thresholds.review)):
            count = int(_one(own, f"SELECT count(*) FROM ({judged}) WHERE probability >= {least}"))
            right = int(_one(own, f"SELECT count(*) FILTER (same) FROM ({judged}) WHERE probability >= {least}"))
            told.append(
                f"{name}, {least} or more: precision {right / max(count, 1):.4f} ({right:,} of {count:,} pairs), "
                f"recall {right / max(known, 1):.4f} (of {known:,})"
            )
    return told


def main(arguments: list[str] | None = None) -> int:
    """Train, tell what came of it, and write the model where it was asked for."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("records", type=Path)
    options.add_argument("--model", default="organizations", help="the model in content/models to begin from")
    options.add_argument("--named", default="", help="what the records are, for the model's `trained_on`")
    options.add_argument("--write", type=Path, help="the file to write")
    given = options.parse_args(arguments)
    records, model, reader = pq.read_table(given.records), load_model(given.model), load_reader(Catalogue())
    with connect(threads=1) as connection:
        trained = train(connection, records.select(RECORDS.names), model, reader, given.named or given.records.name)
        lines = check(connection, records, trained, reader) if "entity" in records.column_names else []
    for held in trained.comparisons:
        print(f"{held.name}: " + "; ".join(f"{level.label} {level.weight:+.1f}" for level in held.levels))
    print(f"prior: {trained.prior_weight:+.1f}", *lines, sep="\n")
    if given.write:
        atomic_write(given.write, dump_model(trained).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
