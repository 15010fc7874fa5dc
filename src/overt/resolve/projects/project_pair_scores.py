"""Pairs of project records, with their match probability and the bits of every comparison."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from overt.resolve.projects.comparison_levels import evidence_of, levels_of
from overt.resolve.projects.contradictions import add_contradictions
from overt.resolve.projects.project_model import ProjectModel, load_project_model
from overt.resolve.projects.project_texts import read_project_texts
from overt.resolve.projects.sufficient_or_contradicting_evidence import Levels, contradicts, says_little
from overt.resolve.projects.tables_for_project_comparison import make_project_tables
from overt.resolve.projects.titles_across_scripts import Titles, add_titles_across_scripts
from overt.resolve.sql_queries import fill_query

PART: pa.DataType = pa.struct([("comparison", pa.string()), ("level", pa.string()), ("bits", pa.float64())])
_COLUMNS: list[tuple[str, pa.DataType]] = [("left", pa.string()), ("right", pa.string()), ("probability", pa.float64())]
CANDIDATES = pa.schema([*_COLUMNS, ("apart", pa.bool_()), ("parts", pa.list_(PART))])
"""One row per pair, left before right. `apart`: whether no chain of matches may join the two. `parts` are in the model's order,
in bits (log2), without parts of 0 bits.
"""

_SUBJECTS = {"name": "name", "party": "party", "place": "date_and_place", "sum": "sum"}
"""Subject in the name of a query → subject in the name of its file: `place_measures` is in
`project_date_and_place_comparison.sql`.
"""


def score_project_pairs(
    connection: duckdb.DuckDBPyConnection,
    claims: str,
    content: Catalogue,
    *,
    clusters: Mapping[str, str] | None = None,
    one_to_one: Iterable[str] = (),
    model: ProjectModel | None = None,
) -> pa.Table:
    """Return the pairs of projects whose probability is at least the model's `review` (columns of CANDIDATES, sorted).

    Pairs that are kept apart are included whatever their probability, if both records match other records. `claims`: SQL for a
    relation of claims. `clusters`: organisation → its cluster. `one_to_one`: sources without duplicates. `model`: by default,
    the packaged model.
    """
    (records,) = connection.execute(f"SELECT count(DISTINCT record) FROM {claims} WHERE type = 'project'").fetchone() or (0,)
    if records < 2:
        return CANDIDATES.empty_table()
    model = model or load_project_model()
    levels = compare_projects(connection, claims, content, clusters=clusters, one_to_one=one_to_one, model=model)
    left, right = levels.pop("left"), levels.pop("right")
    bits, probability = _weigh(levels, model)
    is_match = probability >= model.same
    matched = np.concatenate([left[is_match], right[is_match]])
    apart = are_kept_apart(levels, probability, model) & np.isin(left, matched) & np.isin(right, matched)
    selected = np.flatnonzero((probability >= model.review) | apart)
    parts = [[part for part in _parts(levels, bits, model, int(row)) if part["bits"]] for row in selected]
    columns = [*(column[selected].tolist() for column in (left, right, probability, apart)), parts]
    arrays = [pa.array(column, field.type) for column, field in zip(columns, CANDIDATES, strict=True)]
    return pa.Table.from_arrays(arrays, schema=CANDIDATES)


def are_kept_apart(levels: Levels, probability: npt.NDArray[np.float64], model: ProjectModel) -> npt.NDArray[np.bool_]:
    """Return, for each pair, whether no chain of matches may join the two.

    These are pairs that differ in number or side and don't match, and unlikely pairs with uninformative names and evidence
    against a match. Unlikely pairs with distinctive names may still be joined: a report about one landing of a cable gives
    other countries and another length.
    """
    is_other = np.isin(levels["number"].astype(str), "other") | np.isin(levels["side"].astype(str), "other")
    unlikely = (probability < model.review) & says_little(levels["name"]) & contradicts(levels)
    return np.asarray(unlikely | (is_other & (probability < model.same)), dtype=np.bool_)


def explain_project_pair(
    connection: duckdb.DuckDBPyConnection,
    claims: str,
    content: Catalogue,
    pair: tuple[str, str],
    *,
    clusters: Mapping[str, str] | None = None,
    model: ProjectModel | None = None,
) -> tuple[float, list[dict[str, Any]]] | None:
    """Return the probability that two records are one project, and the level and bits of every comparison, even those of 0 bits.

    The pair need not be a candidate pair. Return None if a record is unknown or if the kinds of the two are incompatible.
    """
    model = model or load_project_model()
    levels = compare_projects(connection, claims, content, clusters=clusters, model=model, pair=pair)
    rows = np.flatnonzero((levels.pop("left") == min(pair)) & (levels.pop("right") == max(pair)))
    if not len(rows):
        return None
    bits, probability = _weigh(levels, model)
    return float(probability[rows[0]]), list(_parts(levels, bits, model, int(rows[0])))


def compare_projects(
    connection: duckdb.DuckDBPyConnection,
    claims: str,
    content: Catalogue,
    *,
    clusters: Mapping[str, str] | None = None,
    one_to_one: Iterable[str] = (),
    model: ProjectModel,
    pair: tuple[str, str] | None = None,
) -> Levels:
    """Return the levels of every candidate pair: arrays `left`, `right`, and one array per comparison.

    If `pair` is given, only this pair and the candidate pairs of its two records are returned, because the comparison `rival`
    depends on these.
    """
    make_project_tables(connection, claims, content, model, clusters or {}, one_to_one)
    bounds = {name: str(bound) for name, bound in model.blocks.model_dump().items()}
    condition = "true"
    if pair:
        records = f"({quote_literal(pair[0])}, {quote_literal(pair[1])})"
        condition = f"(l.project IN {records} OR r.project IN {records})"
    connection.execute(fill_query("project_candidate_pairs.candidate_pairs", **bounds, condition=condition))
    if pair:
        left, right = quote_literal(min(pair)), quote_literal(max(pair))
        connection.execute(fill_query("project_candidate_pairs.add_pair", left=left, right=right))
    columns = _measures(connection, model)
    names = dict(connection.execute(fill_query("project_claims.project_names")).fetchall())
    texts = read_project_texts(connection, names)
    connection.execute("DROP TABLE project_pair; DROP TABLE project_claim")
    left, right = columns["left_project"].astype(object), columns["right_project"].astype(object)
    levels = levels_of(columns, model)
    add_contradictions(left, right, levels, _weigh(levels, model)[1], texts, model)
    levels["evidence"] = evidence_of(levels, columns)
    titles = Titles(names, model.words)
    add_titles_across_scripts(left, right, levels, _weigh(levels, model)[1], titles, model)
    return {"left": left, "right": right, **levels}


def _measures(connection: duckdb.DuckDBPyConnection, model: ProjectModel) -> dict[str, Any]:
    """Return the columns of `project_comparison.measures`, after making the tables that it joins."""
    for subject, file in _SUBJECTS.items():
        connection.execute(fill_query(f"project_{file}_comparison.{subject}_measures", inside=str(round(100 * model.inside))))
    columns: dict[str, Any] = connection.execute(fill_query("project_comparison.measures")).fetchnumpy()
    for subject in _SUBJECTS:
        connection.execute(f"DROP TABLE project_pair_{subject}")
    return columns


def _weigh(levels: Levels, model: ProjectModel) -> tuple[Levels, npt.NDArray[np.float64]]:
    """Return the bits of each comparison, and the probability of each pair."""
    bits = {comparison: _weights(model, comparison, column) for comparison, column in levels.items()}
    total = model.prior + sum(bits.values(), np.zeros(len(levels["kind"])))
    return bits, np.round(1 / (1 + np.exp2(-total)), 6)


def _parts(levels: Levels, bits: Levels, model: ProjectModel, row: int) -> Iterator[dict[str, Any]]:
    for name in model.comparisons:
        yield {"comparison": name, "level": str(levels[name][row]), "bits": float(bits[name][row])}


def _weights(model: ProjectModel, comparison: str, levels: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    distinct, index = np.unique(levels.astype(str), return_inverse=True)
    return np.array([model.weight(comparison, level) for level in distinct], dtype=np.float64)[index]
