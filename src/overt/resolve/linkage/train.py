"""Weights of a linkage model found without labels. A command for developers; `overt resolve` never trains.

    python -m overt.resolve.linkage.train RECORDS.parquet [--model organizations] [--write FILE.yml]

RECORDS.parquet has the columns of `features.RECORDS`; a column `entity` more, where there is one, is not used for training but to
check what came of it. Equal records and an equal model give an equal file, to the byte: one thread, seeded samples.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from overt.model.content import Catalogue
from overt.model.engine import connect
from overt.model.files import atomic_write
from overt.resolve.linkage.duckdb import OVERLAP, drop_results, linker_on
from overt.resolve.linkage.features import RECORDS, build_features
from overt.resolve.linkage.model import Comparison, LinkageModel, dump_model, load_model
from overt.resolve.linkage.score import score_pairs
from overt.resolve.linkage.words import NameReader, load_reader

SEED = 1
RANDOM_PAIRS = 10_000_000
"""Pairs drawn at random for u."""
EM_PAIRS = 5_000_000
"""Pairs that a session of expectation maximisation looks at, about."""
_SURE = (
    "l.identifiers = r.identifiers",
    "l.brand = r.brand AND l.field = r.field AND l.countries = r.countries",
)
"""Rules that hardly ever join two organisations; with how many of all they find they give the first guess of the prior."""
_SURE_FIND = 0.6
_SESSIONS = ("l.brand = r.brand", "l.field = r.field AND l.countries = r.countries")
"""What pairs share in each session; the questions about it get no answer there, so two sessions answer all."""
_ROUNDS = 10
_NAME, _FIELD, _PROOF = "brand", "field", "identifier"
"""Comparisons whose pairs are counted apart: see `_again`."""
_ENOUGH = 1000
"""So many pairs that share an identifier say how the brand of one organisation varies."""
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

    Splink draws random pairs for u and finds m by expectation maximisation. Then the pairs that blocking finds are scored and
    counted a few times more, each pair for as much of a match as it is likely to be one. This corrects u where a level is so
    rare that most random pairs that have it are matches, which samples of any size get wrong.
    """
    build_features(connection, records, model, reader)
    connection.execute("CREATE TEMP TABLE linkage_train AS FROM linkage_feature WHERE id BETWEEN 0 AND 4294967295 ORDER BY id")
    count = _one(connection, "SELECT count(*) FROM linkage_train")
    linker = linker_on(connection, "linkage_train", model.settings(OVERLAP, parameters=False))
    linker.training.estimate_probability_two_random_records_match(list(_SURE), recall=_SURE_FIND)
    linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED, min_count_per_level=None, num_chunks=1)
    for rule in _SESSIONS:
        linker.training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=EM_PAIRS)
    trained = _filled(model, linker.misc.save_model_to_json())
    drop_results(linker)
    for _ in range(_ROUNDS):
        trained = _again(connection, trained, count * (count - 1) / 2)
    return trained.model_copy(update={"trained_on": named})


def _filled(model: LinkageModel, settings: dict[str, Any]) -> LinkageModel:
    """The model with the weights of Splink's settings; a level that no pair had keeps the weights it came with."""
    found = {held["output_column_name"]: held["comparison_levels"] for held in settings["comparisons"]}
    comparisons = []
    for held in model.comparisons:
        if held.fixed:
            comparisons.append(held)
            continue
        levels = [level for level in found[held.name] if not level.get("is_null_level")]
        values = [
            (_number(level.get("m_probability"), own.m), _number(level.get("u_probability"), own.u))
            for level, own in zip(levels, held.levels, strict=True)
        ]
        own = [own.model_copy(update={"m": m, "u": u}) for own, (m, u) in zip(held.levels, values, strict=True)]
        comparisons.append(held.model_copy(update={"levels": own}))
    prior = settings["probability_two_random_records_match"]
    return model.model_copy(update={"prior": _rounded(prior), "comparisons": comparisons})


def _again(connection: duckdb.DuckDBPyConnection, model: LinkageModel, pairs: float) -> LinkageModel:
    """One step of expectation maximisation over the pairs that blocking finds: Splink scores them, this counts them.

    `pairs`: how many there are in all. What tells organisations of one brand apart is counted among pairs of one brand: there
    it matters (a subsidiary has its parent's brand), and there blocking asks for nothing else. The brand itself is counted
    among pairs of one field of work, where blocking finds nearly all brands that are alike; how brands of one organisation
    differ, among pairs that share an identifier, where there are many.
    """
    # Splink tells the level of each answer only beside the values compared.
    linker = linker_on(connection, "linkage_train", {**model.settings(OVERLAP), "retain_matching_columns": True})
    table = linker.inference.predict(warning_mode="never").physical_name
    by_name = {held.name: held for held in model.comparisons}
    brand, field = (len(by_name[name].levels) - 1 for name in (_NAME, _FIELD))  # Splink's numbers of the first levels
    learned: dict[str, Comparison] = {}
    for held in model.comparisons:
        if held.name != _NAME and not held.fixed:
            same, other = _counted(connection, table, held, f"gamma_{_NAME} >= {brand - 1}")
            if sum(same) and sum(other):
                learned[held.name] = _with(held, same, other)
    same, other = _counted(connection, table, by_name[_NAME], f"gamma_{_FIELD} = {field}")
    proven = [sum(both) for both in zip(*_counted(connection, table, by_name[_NAME], f"gamma_{_PROOF} = 1"), strict=True)]
    if sum(proven) >= _ENOUGH:
        same = proven
    of_field = pairs * learned.get(_FIELD, by_name[_FIELD]).levels[0].u
    learned[_NAME] = _with(by_name[_NAME], same, [*other[:-1], of_field - sum(other[:-1])])
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


def _with(held: Comparison, same: list[float], other: list[float]) -> Comparison:
    """The comparison with m and u from how many pairs, of matches and of others, have each level.

    A level that no pair has keeps what it came with, and one that few others have is not held to be rarer than it was.
    """
    m, u = ([(count + _UNSEEN) / sum(counts) for count in counts] for counts in (same, other))
    m = [max(share, _LEAST) for share in m]
    if held.name == _NAME:  # no likeness says as much as sameness, though subsidiaries make sameness common
        u = [max(share, mine * u[0] / m[0] * (1 + _STEP * at)) for at, (share, mine) in enumerate(zip(u, m, strict=True))]
    u = [max(share, level.u) if count < _FEW else share for share, level, count in zip(u, held.levels, other, strict=True)]
    levels = [
        level.model_copy(update={"m": _rounded(m[at] / sum(m)), "u": _rounded(u[at] / sum(u))}) if same[at] + other[at] else level
        for at, level in enumerate(held.levels)
    ]
    return held.model_copy(update={"levels": levels})


def _number(value: object, own: float) -> float:
    return float(value) if isinstance(value, int | float) else own


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
