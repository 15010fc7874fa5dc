"""Pairs of project records with the probability that they are one project, and the parts that make it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from overt.model.content import Catalogue
from overt.model.duckdb_connection import quote_literal, sql
from overt.resolve.projects.levels import Levels, levels_of
from overt.resolve.projects.project_model import ProjectModel, load_model
from overt.resolve.projects.project_tables import SQL, gather

PART: pa.DataType = pa.struct([("comparison", pa.string()), ("level", pa.string()), ("bits", pa.float64())])
_COLUMNS: list[tuple[str, pa.DataType]] = [("left", pa.string()), ("right", pa.string()), ("probability", pa.float64())]
CANDIDATES = pa.schema([*_COLUMNS, ("parts", pa.list_(PART))])
"""One row a pair, left before right; `parts` in the order of the model, `bits` in log2, what adds nothing left out."""


def candidates(
    connection: duckdb.DuckDBPyConnection,
    claims: str,
    content: Catalogue,
    *,
    things: Mapping[str, str] | None = None,
    alone: Iterable[str] = (),
    model: ProjectModel | None = None,
) -> pa.Table:
    """Pairs of records of type `project` that may be one project (columns of CANDIDATES, sorted).

    `claims`: a relation of the connection with the columns record, type, source, property, value and turn, of which the last turn
    of a record stands, as `overt.resolve.resolver` makes it. `things`: organisation → its cluster, where known. `alone`: the
    sources that have no two records of one project. Nothing but records of type `project` is ever paired: an assessment is none.
    """
    (records,) = connection.execute(f"SELECT count(DISTINCT record) FROM {claims} WHERE type = 'project'").fetchone() or (0,)
    if records < 2:
        return CANDIDATES.empty_table()
    model = model or load_model()
    levels = compare(connection, claims, content, things=things, alone=alone, model=model)
    left, right = levels.pop("left"), levels.pop("right")
    bits, probability = _weigh(levels, model)
    keep = np.flatnonzero(probability >= model.review)
    parts = [[part for part in _parts(levels, bits, model, int(at)) if part["bits"]] for at in keep]
    columns = [left[keep].tolist(), right[keep].tolist(), probability[keep].tolist(), parts]
    arrays = [pa.array(column, field.type) for column, field in zip(columns, CANDIDATES, strict=True)]
    return pa.Table.from_arrays(arrays, schema=CANDIDATES)


def explain(
    connection: duckdb.DuckDBPyConnection,
    claims: str,
    content: Catalogue,
    pair: tuple[str, str],
    *,
    things: Mapping[str, str] | None = None,
    model: ProjectModel | None = None,
) -> tuple[float, list[dict[str, Any]]] | None:
    """The probability that two records of projects are one, and every part of it, also those that weigh nothing; whether or not a
    block brings them together. None where one is not there or their kinds cannot be one thing.
    """
    model = model or load_model()
    levels = compare(connection, claims, content, things=things, model=model, pair=pair)
    found = np.flatnonzero((levels.pop("left") == min(pair)) & (levels.pop("right") == max(pair)))
    if not len(found):
        return None
    bits, probability = _weigh(levels, model)
    return float(probability[found[0]]), list(_parts(levels, bits, model, int(found[0])))


def _weigh(levels: Levels, model: ProjectModel) -> tuple[Levels, npt.NDArray[np.float64]]:
    """Bits by comparison, and the probability of each pair."""
    bits = {name: _weights(model, name, held) for name, held in levels.items()}
    total = model.prior + sum(bits.values(), np.zeros(len(levels["kind"])))
    return bits, np.round(1 / (1 + np.exp2(-total)), 6)


def _parts(levels: Levels, bits: Levels, model: ProjectModel, at: int) -> Iterator[dict[str, Any]]:
    for name in model.comparisons:
        yield {"comparison": name, "level": str(levels[name][at]), "bits": float(bits[name][at])}


def compare(
    connection: duckdb.DuckDBPyConnection,
    claims: str,
    content: Catalogue,
    *,
    things: Mapping[str, str] | None = None,
    alone: Iterable[str] = (),
    model: ProjectModel,
    pair: tuple[str, str] | None = None,
) -> Levels:
    """Every pair of the blocks with its levels: arrays `left`, `right`, and one by the name of each comparison. With `pair`, that
    pair and those of the blocks that one of its two records is in, since `rival` hangs on them.
    """
    gather(connection, claims, content, model, things or {}, alone)
    bounds = {name: str(most) for name, most in model.blocks.model_dump().items()}
    records = ", ".join(map(quote_literal, pair)) if pair else ""
    only = f"(one.project IN ({records}) OR other.project IN ({records}))" if pair else "true"
    connection.execute(sql(SQL, "blocks", {**bounds, "only": only}))
    if pair:
        connection.execute((SQL / "pair.sql").read_text(encoding="utf-8"), {"left": pair[0], "right": pair[1]})
    columns: dict[str, Any] = connection.execute(sql(SQL, "measures", {"inside": str(round(100 * model.inside))})).fetchnumpy()
    connection.execute("DROP TABLE project_pair; DROP TABLE project_said")
    return {
        "left": columns["left_project"].astype(object),
        "right": columns["right_project"].astype(object),
        **levels_of(columns, model),
    }


def _weights(model: ProjectModel, comparison: str, levels: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    known, at = np.unique(levels.astype(str), return_inverse=True)
    return np.array([model.weight(comparison, level) for level in known], dtype=np.float64)[at]
