"""From what was measured of pairs of projects to the levels of the model's comparisons."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from overt.resolve.projects.project_model import BASELINE, ProjectModel

YEAR = 366
FRESH = 31
"""Days within which a date is known to its month."""
Levels = dict[str, npt.NDArray[Any]]


def levels_of(columns: Mapping[str, Any], model: ProjectModel) -> Levels:
    """The level of every comparison for every pair; `columns`: what `measures.sql` gives."""
    taken = _plain(columns["participant_bits"]) / 1000
    participants = _steps(taken, model.participant_bits)
    places = _steps(_plain(columns["place_bits"]) / 1000, model.place_bits)
    kinds = columns["kind"].astype(object)
    name, number, country = _name(columns, model), columns["number"].astype(object), _country(columns)
    return {
        "kind": np.array([kind.partition(" ")[2] for kind in kinds], object),
        "name": name,
        "rival": _rival(columns, name, number, country),
        "source": _source(columns),
        "number": number,
        "side": columns["side"].astype(object),
        "mention": columns["mention"].astype(object),
        "act": columns["act"].astype(object),
        "country": country,
        "crowd": _crowd(_plain(columns["crowd"]), model.crowd),
        "participants": np.where(taken < 0, BASELINE, participants),
        "finish": _gap(columns, "finish"),
        "start": _gap(columns, "start"),
        "agreed": _gap(columns, "agreed"),
        "order": _order(_plain(columns["too_early"])),
        "place": _place(columns),
        "named-place": np.where(places == "0", BASELINE, places),
        "length": _near(_plain(columns["length_gap"]), (0.1, "near"), (0.35, "alike"), "far"),
        "amount": _near(_plain(columns["amount_gap"]), (0.01, "same"), (np.inf, BASELINE), BASELINE),
    }


def _name(columns: Mapping[str, Any], model: ProjectModel) -> npt.NDArray[Any]:
    """How the names answer each other: equal, initials, one whole in the other, in part, little; and how telling that is."""
    shared = _plain(columns["name_bits"])
    smaller = np.minimum(_plain(columns["left_bits"]), _plain(columns["right_bits"]))
    cover = np.divide(shared, smaller, out=np.zeros_like(shared), where=smaller > 0)
    found = np.where(shared / 1000 * cover >= model.part_bits, "part", "little").astype(object)
    # A name of words for kinds of things alone (a data centre, the safe city) can stand for any.
    found = np.where((shared <= 0) & (smaller < 1000 * model.name_bits[0]), "plain", found)
    for how in ("inside", "initial", "equal"):
        bits = _plain(columns[f"{how}_bits"])
        grade = np.array(["plain", "common", "telling"], object)[
            np.searchsorted(np.array(model.name_bits), bits / 1000, side="right")
        ]
        # A repair of a network is called as the network is, and a course as the course of the year before.
        said = np.where(_is_otherwise(columns), "inside", how) if how == "equal" else how
        found = np.where(bits >= 0, said + "-" + grade, found)
    return found


def _is_otherwise(columns: Mapping[str, Any]) -> npt.NDArray[Any]:
    """Whether something else is done."""
    return np.isin(columns["act"].astype(str), ["one", "other", "again"])


def _source(columns: Mapping[str, Any]) -> npt.NDArray[Any]:
    """Whether one source tells of both; `again` where it does so years apart and refers from neither to the other."""
    again = (_gap(columns, "agreed") == "far") & np.isin(columns["mention"].astype(str), ["none", BASELINE])
    return np.where(columns["left_source"] == columns["right_source"], np.where(again, "again", "same"), BASELINE).astype(object)


def _rival(
    columns: Mapping[str, Any], name: npt.NDArray[Any], number: npt.NDArray[Any], country: npt.NDArray[Any]
) -> npt.NDArray[Any]:
    """`better` where a record of the other's source has one of the two for its name, and the other has not."""
    tier = np.where(
        np.isin(name, ["equal-telling", "equal-common"]), 2, np.where(np.isin(name, ["inside-telling", "initial-telling"]), 1, 0)
    )
    tier = np.where((number == "other") | (country == "other"), -1, tier)
    sides = [columns[f"{side}_number"].astype(np.int64) for side in ("left", "right")]
    sources = [columns[f"{side}_source"].astype(np.int64) for side in ("left", "right")]
    many = int(max((held.max(initial=0) for held in sources), default=0)) + 1
    better = np.zeros(len(tier), dtype=np.bool_)
    for one, other in ((0, 1), (1, 0)):
        at = sides[one] * many + sources[other]
        best = np.full(int(at.max(initial=0)) + 1, -1)
        np.maximum.at(best, at, tier)
        better |= best[at] > tier
    return np.where(better & (sources[0] != sources[1]), "better", BASELINE)


def _country(columns: Mapping[str, Any]) -> npt.NDArray[Any]:
    """Which countries both lie in; `most` where those are at least half of all."""
    found = columns["country"].astype(object)
    shared, left, right = (_plain(columns[f"{name}_countries"]) for name in ("shared", "left", "right"))
    return np.where((found == "some") & (2 * shared >= left + right - shared), "most", found)


def _crowd(crowd: npt.NDArray[np.float64], bounds: tuple[int, int, int]) -> npt.NDArray[Any]:
    named = np.array(["few", "some", "many", "very many"], object)[np.searchsorted(np.array(bounds), crowd, side="left")]
    return np.where(np.isnan(crowd), BASELINE, named)


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
