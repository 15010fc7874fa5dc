"""Pairs of project records with the probability that they are one project, and the parts that make it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from overt.model.content import Catalogue
from overt.model.engine import sql
from overt.resolve.projects.facts import SQL, gather
from overt.resolve.projects.model import BASELINE, ProjectModel, load_model

PART: pa.DataType = pa.struct([("comparison", pa.string()), ("level", pa.string()), ("bits", pa.float64())])
_COLUMNS: list[tuple[str, pa.DataType]] = [("left", pa.string()), ("right", pa.string()), ("probability", pa.float64())]
CANDIDATES = pa.schema([*_COLUMNS, ("parts", pa.list_(PART))])
"""One row a pair, left before right; `parts` in the order of the model, `bits` in log2, what adds nothing left out."""
YEAR = 366
FRESH = 31
"""Days within which a date is known to its month."""
Levels = dict[str, npt.NDArray[Any]]


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
    if not len(levels.pop("left")):
        return None
    levels.pop("right")
    bits, probability = _weigh(levels, model)
    return float(probability[0]), list(_parts(levels, bits, model, 0))


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
    """Every pair of the blocks, or one pair, with its levels: arrays `left`, `right`, and one by the name of each comparison."""
    gather(connection, claims, content, model, things or {}, alone)
    if pair:
        held = (SQL / "pair.sql").read_text(encoding="utf-8")
        connection.execute(held, {"left": pair[0], "right": pair[1]})
    else:
        connection.execute(sql(SQL, "blocks", {name: str(most) for name, most in model.blocks.model_dump().items()}))
    columns: dict[str, Any] = connection.execute(sql(SQL, "measures")).fetchnumpy()
    connection.execute("DROP TABLE project_pair; DROP TABLE project_said")
    return {
        "left": columns["left_project"].astype(object),
        "right": columns["right_project"].astype(object),
        **_levels(columns, model),
    }


def _levels(columns: Mapping[str, Any], model: ProjectModel) -> Levels:
    shared = _plain(columns["name_bits"])
    smaller = np.minimum(_plain(columns["left_bits"]), _plain(columns["right_bits"]))
    cover = np.divide(shared, smaller, out=np.zeros_like(shared), where=smaller > 0)
    taken = _plain(columns["participant_bits"]) / 1000
    participants = _steps(taken, model.participant_bits)
    kinds = columns["kind"].astype(object)
    return {
        "kind": np.array([kind.partition(" ")[2] for kind in kinds], object),
        "name": _steps(shared / 1000 * cover, model.name_bits),
        "number": columns["number"].astype(object),
        "mention": columns["mention"].astype(object),
        "act": columns["act"].astype(object),
        "country": columns["country"].astype(object),
        "participants": np.where(taken < 0, BASELINE, participants),
        "finish": _gap(columns, "finish"),
        "start": _gap(columns, "start"),
        "agreed": _gap(columns, "agreed"),
        "order": _order(_plain(columns["too_early"])),
        "place": _place(columns),
        "named-place": _steps(_plain(columns["place_bits"]) / 1000, model.place_bits),
        "length": _near(_plain(columns["length_gap"]), (0.1, "near"), (0.35, "alike"), "far"),
        "amount": _near(_plain(columns["amount_gap"]), (0.01, "same"), (np.inf, BASELINE), BASELINE),
    }


def _plain(column: Any) -> npt.NDArray[np.float64]:
    """Numbers with NaN where there is none."""
    filled = np.ma.filled(np.ma.asarray(column, dtype=np.float64), np.nan)
    return np.asarray(filled, dtype=np.float64)


def _steps(values: npt.NDArray[np.float64], bounds: tuple[float, ...]) -> npt.NDArray[Any]:
    """The number of bounds that each value reaches, as a level's name."""
    reached = np.searchsorted(np.array(bounds), values, side="right")
    return np.array([str(level) for level in range(len(bounds) + 1)], object)[reached]


def _near(values: npt.NDArray[np.float64], first: tuple[float, str], second: tuple[float, str], far: str) -> npt.NDArray[Any]:
    named = np.where(values <= first[0], first[1], np.where(values <= second[0], second[1], far))
    return np.where(np.isnan(values), BASELINE, named)


def _gap(columns: Mapping[str, Any], stage: str) -> npt.NDArray[Any]:
    """How far two dates of one event are apart at least: the same month or day, may be the same, one year, three, more."""
    days, span = _plain(columns[stage]), _plain(columns[f"{stage}_span"])
    named = np.where(days <= YEAR, "near", np.where(days <= 3 * YEAR, "apart", "far"))
    named = np.where(days <= 0, np.where(span <= FRESH, "same", "possible"), named)
    return np.where(np.isnan(days), BASELINE, named)


def _order(too_early: npt.NDArray[np.float64]) -> npt.NDArray[Any]:
    """Whether one was finished more than a year before the other was agreed or begun."""
    named = np.where(too_early > YEAR, "before", "fits")
    return np.where(np.isnan(too_early), BASELINE, named)


def _place(columns: Mapping[str, Any]) -> npt.NDArray[Any]:
    """A place of both by name or within 25 km; or, where all places are known to the town, none that is."""
    same, named = (np.asarray(np.ma.filled(columns[name], False), dtype=np.bool_) for name in ("same_place", "all_named"))
    metres = _plain(columns["metres"])
    is_near = same | (metres <= 25_000)
    is_far = (metres > 100_000) | (named & np.isnan(metres))
    return np.where(is_near, "near", np.where(is_far, "far", BASELINE))


def _weights(model: ProjectModel, comparison: str, levels: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    known, at = np.unique(levels.astype(str), return_inverse=True)
    return np.array([model.weight(comparison, level) for level in known], dtype=np.float64)[at]
