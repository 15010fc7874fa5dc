"""Comparison levels for pairs of projects, computed from measures."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from overt.resolve.projects.project_model import BASELINE, ProjectModel
from overt.resolve.projects.sufficient_or_contradicting_evidence import Levels, evidence, says_little

YEAR = 366
MONTH = 31
"""Dates count as being of the same month if their bounds are at most this many days apart."""
TWO_MONTHS = 62
PLAUSIBLE_DURATION = 5 * YEAR
"""Maximum number of days from the other project's agreement or start to an end that fits it."""
CLOSE_SUM = 0.05
"""Two sums are close if the smaller one is less by at most this share of the larger one."""
DIFFERENT_SUM = 1 / 3
"""Two sums differ if the smaller one is less by more than this share of the larger one."""
_SEVERAL, _MANY = 2, 3
"""Numbers of places that two projects rarely share by chance."""
_MOST_PLACES = 2 / 3
"""Minimum share of the places of the project with fewer places that the other has, too."""
CONVERTED_SUM = 0.08
"""Two sums in different currencies are alike if their values in US dollars differ by at most this share."""


def levels_of(columns: Mapping[str, Any], model: ProjectModel) -> Levels:
    """Return each comparison's level for every pair. `columns`: the result of `project_measures.measures`."""
    participant_bits = _plain(columns["participant_bits"]) / 1000
    participants = _steps(participant_bits, model.participant_bits)
    places = _steps(_plain(columns["place_bits"]) / 1000, model.place_bits)
    kinds = columns["kind"].astype(object)
    boundless = _flags(columns["boundless"])
    name, number, country = _name(columns, model), columns["number"].astype(object), _country(columns)
    country = np.where(boundless & (country == BASELINE), "boundless", country)
    # A report about one landing of a cable names only that country.
    country = np.where(boundless & (country == "within"), "landing", country)
    setting = columns["setting"].astype(object)
    # Cameras on balloons and on drones of one town share its name.
    name = np.where(np.isin(setting.astype(str), ("object", "other")) & np.isin(name.astype(str), ("part",)), "little", name)
    agreed = _gap(columns, "agreed")
    amount = _amount(columns, agreed)
    levels = {
        "kind": np.array([kind.partition(" ")[2] for kind in kinds], object),
        "name": name,
        "rival": _rival(columns, name, number, country),
        "source": _source(columns),
        "number": number,
        "side": columns["side"].astype(object),
        "link": columns["link"].astype(object),
        "act": np.where(_is_renewal(columns) & says_little(name), "renewal", columns["act"].astype(object)),
        "country": country,
        "crowd": _crowd(_plain(columns["crowd"]), model.crowd),
        "participants": np.where(participant_bits < 0, BASELINE, participants),
        "suppliers": _suppliers(columns, name, amount, agreed),
        "customers": _customers(columns, name, boundless),
        "finish": _gap(columns, "finish"),
        "start": _gap(columns, "start"),
        "agreed": agreed,
        "order": _order(_plain(columns["too_early"]), _plain(columns["span"])),
        "place": _place(columns, boundless),
        "named-place": np.where(places == "0", BASELINE, places),
        "length": _near(_plain(columns["length_gap"]), (0.1, "near"), (0.35, "alike"), "far"),
        "amount": amount,
        "stated": columns["stated"].astype(object),
        "mention": _mention(columns, name, boundless),
        "setting": setting,
        "level": columns["level"].astype(object),
    }
    return {**levels, "evidence": evidence_of(levels, columns)}


def evidence_of(levels: Levels, columns: Mapping[str, Any]) -> npt.NDArray[Any]:
    """Return the level of `evidence`, which depends on the other levels and on common participants."""
    return evidence(levels, _plain(columns["shared_participants"]), _plain(columns["shared_roles"]))


def _suppliers(
    columns: Mapping[str, Any], name: npt.NDArray[Any], amount: npt.NDArray[Any], agreed: npt.NDArray[Any]
) -> npt.NDArray[Any]:
    """Return `other` for different suppliers, and `other-maker` for two known makers.

    Return `despite-name` instead if the projects have equal names of some weight, since firms are renamed and replaced. Return
    `reseller` instead of `other` if a text mentions a reseller, and the projects share a participant, a month of agreement and
    a sum: one source may name the maker, and the other the reseller.
    """
    is_equal = np.isin(name.astype(str), ("equal-common", "equal-telling"))
    levels = columns["suppliers"].astype(object)
    agrees = np.isin(amount.astype(str), ("same", "exact")) & np.isin(agreed.astype(str), ("day", "same"))
    agrees &= (_plain(columns["shared_participants"]) >= 1) & _flags(columns["resold"])
    levels = np.where(agrees & (levels == "other"), "reseller", levels)
    return np.where(np.isin(levels.astype(str), ("other", "other-maker", "reseller")) & is_equal, "despite-name", levels)


def _name(columns: Mapping[str, Any], model: ProjectModel) -> npt.NDArray[Any]:
    """Return the level of each pair's names: part, little, plain; or equal, initial or inside, with a grade of specificity."""
    shared = _plain(columns["name_bits"])
    smaller = np.minimum(_plain(columns["left_bits"]), _plain(columns["right_bits"]))
    cover = np.divide(shared, smaller, out=np.zeros_like(shared), where=smaller > 0)
    levels = np.where(shared / 1000 * cover >= model.part_bits, "part", "little").astype(object)
    # A name of generic words (a data centre, the safe city) can refer to any project.
    levels = np.where((shared <= 0) & (smaller < 1000 * model.name_bits[0]), "plain", levels)
    for how in ("inside", "initial", "equal"):
        bits = _plain(columns[f"{how}_bits"])
        grade = np.array(["plain", "common", "telling"], object)[
            np.searchsorted(np.array(model.name_bits), bits / 1000, side="right")
        ]
        # The repair of a network is named like the network, and a course is named like last year's course.
        match = np.where(_other_activity(columns), "inside", how) if how == "equal" else how
        levels = np.where(bits >= 0, match + "-" + grade, levels)
    return levels


def _other_activity(columns: Mapping[str, Any]) -> npt.NDArray[Any]:
    return np.isin(columns["act"].astype(str), ["one", "other", "again"])


def _is_renewal(columns: Mapping[str, Any]) -> npt.NDArray[np.bool_]:
    """Return whether only one title names an activity, and this is a repair or an extension.

    What one source calls the modernisation of a network may be a new network to another source. But if the names are otherwise
    equal, the other title means the network itself.
    """
    return np.asarray(np.isin(columns["act"].astype(str), "one") & _flags(columns["renewal"]), dtype=np.bool_)


def _source(columns: Mapping[str, Any]) -> npt.NDArray[Any]:
    """Return `same` if both records are from one source, or `again` if they are also years apart without a link."""
    again = (_gap(columns, "agreed") == "far") & np.isin(columns["link"].astype(str), ["none", BASELINE])
    return np.where(columns["left_source"] == columns["right_source"], np.where(again, "again", "same"), BASELINE).astype(object)


def _rival(
    columns: Mapping[str, Any], name: npt.NDArray[Any], number: npt.NDArray[Any], country: npt.NDArray[Any]
) -> npt.NDArray[Any]:
    """Return `better` if either record matches another record of the other's source better by name."""
    tier = np.where(
        np.isin(name, ["equal-telling", "equal-common"]), 2, np.where(np.isin(name, ["inside-telling", "initial-telling"]), 1, 0)
    )
    tier = np.where((number == "other") | (country == "other"), -1, tier)
    sides = [columns[f"{side}_number"].astype(np.int64) for side in ("left", "right")]
    sources = [columns[f"{side}_source"].astype(np.int64) for side in ("left", "right")]
    source_count = int(max((column.max(initial=0) for column in sources), default=0)) + 1
    better = np.zeros(len(tier), dtype=np.bool_)
    for side, opposite in ((0, 1), (1, 0)):
        group = sides[side] * source_count + sources[opposite]
        best = np.full(int(group.max(initial=0)) + 1, -1)
        np.maximum.at(best, group, tier)
        better |= best[group] > tier
    return np.where(better & (sources[0] != sources[1]), "better", BASELINE)


def _country(columns: Mapping[str, Any]) -> npt.NDArray[Any]:
    """Return the level of each pair's countries; `most` replaces `some` if at least half are shared."""
    levels = columns["country"].astype(object)
    shared, left, right = (_plain(columns[f"{name}_countries"]) for name in ("shared", "left", "right"))
    return np.where((levels == "some") & (2 * shared >= left + right - shared), "most", levels)


def _crowd(crowd: npt.NDArray[np.float64], bounds: tuple[int, int, int]) -> npt.NDArray[Any]:
    levels = np.array(["few", "some", "many", "very many"], object)[np.searchsorted(np.array(bounds), crowd, side="left")]
    return np.where(np.isnan(crowd), BASELINE, levels)


def _plain(column: Any) -> npt.NDArray[np.float64]:
    """Return numbers, with NaN for missing ones."""
    filled = np.ma.filled(np.ma.asarray(column, dtype=np.float64), np.nan)
    return np.asarray(filled, dtype=np.float64)


def _flags(column: Any) -> npt.NDArray[np.bool_]:
    """Return booleans, with False for missing ones."""
    return np.asarray(np.ma.filled(column, False), dtype=np.bool_)


def _steps(values: npt.NDArray[np.float64], bounds: tuple[float, ...]) -> npt.NDArray[Any]:
    """Return how many bounds each value reaches, as the name of a level."""
    reached = np.searchsorted(np.array(bounds), values, side="right")
    return np.array([str(level) for level in range(len(bounds) + 1)], object)[reached]


def _near(values: npt.NDArray[np.float64], first: tuple[float, str], second: tuple[float, str], far: str) -> npt.NDArray[Any]:
    levels = np.where(values <= first[0], first[1], np.where(values <= second[0], second[1], far))
    return np.where(np.isnan(values), BASELINE, levels)


def _amount(columns: Mapping[str, Any], agreed: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return `same` for two sums within 1 %, and `exact` for equal ones of three digits or more, of one lender, within two years.

    `apart` (more than 5 %) or `other` (more than a third) if all sums differ by that much and two are of one kind (loans,
    contracts), and `other-lot` instead of `other` if both were agreed in one month, as two lots of a tender are. `part` for a
    loan of 80, 85, 90 or 95 % of a contract; `converted` for sums in different currencies that are alike in dollars.

    `agreed`: the levels of that comparison.
    """
    gap = _plain(columns["amount_gap"])
    levels = _near(gap, (0.01, "same"), (DIFFERENT_SUM, BASELINE), "other")
    is_late = _plain(columns["agreed"]) > 2 * YEAR
    levels = np.where((levels == "same") & _flags(columns["amount_of_lender"]) & ~is_late, "exact", levels)
    levels = np.where((levels == BASELINE) & (gap > CLOSE_SUM), "apart", levels)
    of_one_kind = _flags(columns["amounts_of_one_kind"])
    levels = np.where(np.isin(levels.astype(str), ("other", "apart")) & ~of_one_kind, BASELINE, levels)
    levels = np.where((levels == "other") & np.isin(agreed.astype(str), ("day", "same")), "other-lot", levels)
    is_part = _flags(columns["amount_is_part"])
    levels = np.where((levels == BASELINE) & is_part, "part", levels)
    return np.where((levels == BASELINE) & np.isnan(gap) & (_plain(columns["usd_gap"]) <= CONVERTED_SUM), "converted", levels)


def _customers(columns: Mapping[str, Any], name: npt.NDArray[Any], boundless: npt.NDArray[np.bool_]) -> npt.NDArray[Any]:
    """Return `other` for different customers, and `other-operator` for networks, each of which belongs to one operator.

    `other-named`: all that the titles share is a name within one of them, which may be that of a product; or the texts about
    two networks state the same number, because then one operator may have two names (台灣大哥大, Taiwan Mobile). Customers of
    boundless projects, such as cables, are not compared.
    """
    customers = columns["customers"].astype(object)
    networks = _flags(columns["networks"]) & _flags(columns["operators"])
    states_same = columns["stated"].astype(str) == "same"
    customers = np.where((customers == "other") & networks, np.where(states_same, "other-named", "other-operator"), customers)
    customers = np.where((customers == "other") & np.isin(name.astype(str), ("inside-telling",)), "other-named", customers)
    return np.where(boundless, BASELINE, customers)


def _mention(columns: Mapping[str, Any], name: npt.NDArray[Any], boundless: npt.NDArray[np.bool_]) -> npt.NDArray[Any]:
    """Return `same` if a coined name of one side is in a text of the other.

    Return `other` for two cables with coined names if neither has a coined name of the other, and their names match in part at
    most: ASC and INDIGO-West.
    """
    is_other = boundless & _flags(columns["named_apart"]) & (says_little(name) | np.isin(name.astype(str), ("part",)))
    return np.where(_flags(columns["mentioned"]), "same", np.where(is_other, "other", BASELINE)).astype(object)


def _gap(columns: Mapping[str, Any], stage: str) -> npt.NDArray[Any]:
    """Return how near the nearest dates of a stage are: the same `day`, the `same` month, or `possible` if they may coincide.

    Otherwise `near` (at most a year apart), `apart` (at most three) or `far`.

    Two exact days are of the same month if at most a month lies between them, as if each were known to the month only.
    """
    days, span = _plain(columns[stage]), _plain(columns[f"{stage}_span"])
    levels = np.where(days <= YEAR, "near", np.where(days <= 3 * YEAR, "apart", "far"))
    levels = np.where(span <= MONTH, "same", np.where(days <= 0, "possible", levels))
    levels = np.where(span <= 0, "day", levels)
    return np.where(np.isnan(days), BASELINE, levels)


def _order(too_early: npt.NDArray[np.float64], span: npt.NDArray[np.float64]) -> npt.NDArray[Any]:
    """Return `before` if one project ended more than a year before the other was agreed or started.

    `close` if the end of one and the agreement or start of the other surely lie within TWO_MONTHS: probably two reports of one
    event, which only one of them calls the opening.

    `fits` is for an end that isn't surely more than TWO_MONTHS before the agreement or start, nor more than PLAUSIBLE_DURATION
    after it: an end many years later would fit any project.
    """
    levels = np.where(too_early > YEAR, "before", np.where(too_early < -PLAUSIBLE_DURATION, BASELINE, "fits"))
    levels = np.where((levels == "fits") & (span <= TWO_MONTHS), "close", levels)
    levels = np.where((levels == "fits") & (too_early > TWO_MONTHS), BASELINE, levels)
    return np.where(np.isnan(too_early), BASELINE, levels)


def _place(columns: Mapping[str, Any], boundless: npt.NDArray[np.bool_]) -> npt.NDArray[Any]:
    """Return `near` for a shared place or at most 25 km; `several` or `many` if they share most places of one of them.

    `ends`: two cables have the same landings, two or more, and a common owner or maker.

    `far` for more than 100 km, or for precise places that differ in name and lack a point; `elsewhere` for more than 40 km, or
    for names that sound different and not all of which have points; `titled` for more than 25 km, or instead of `elsewhere`, if
    the titles name different places of their own. If each has one place, a place is far from an area, such as a province, if it
    is more than 20 km beyond its radius.
    """
    same, all_named = (_flags(columns[name]) for name in ("same_place", "all_named"))
    metres = _plain(columns["metres"])
    is_near = same | (metres <= 25_000)
    is_far = (metres > 100_000) | (all_named & np.isnan(metres)) | (np.isnan(metres) & (_plain(columns["outside"]) > 20_000))
    elsewhere = _flags(columns["elsewhere"]) | (metres > 40_000)
    shared = _plain(columns["shared_places"])
    levels = np.where(is_near, "near", np.where(is_far, "far", np.where(elsewhere, "elsewhere", BASELINE)))
    is_apart = elsewhere | is_far | (metres > 25_000)
    levels = np.where(_flags(columns["titles_apart"]) & is_apart & (levels != "near") & (levels != "far"), "titled", levels)
    are_most = is_near & (shared >= _MOST_PLACES * _plain(columns["fewest_places"]))
    levels = np.where(are_most & (shared >= _MANY), "many", np.where(are_most & (shared >= _SEVERAL), "several", levels))
    are_all = are_most & (shared >= np.maximum(_plain(columns["most_places"]), _SEVERAL))
    return np.where(boundless & are_all & (_plain(columns["shared_participants"]) >= 1), "ends", levels)
