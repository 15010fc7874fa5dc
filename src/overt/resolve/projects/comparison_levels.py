"""Levels of all comparisons for pairs of projects, computed from measures such as distances and shared words."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from overt.resolve.projects.project_model import BASELINE, ProjectModel
from overt.resolve.projects.sufficient_or_contradicting_evidence import Levels, evidence, says_little

YEAR = 366
MONTH = 31
"""Maximum number of days between the bounds of two dates that count as the same month."""
TWO_MONTHS = 62
PLAUSIBLE_DURATION = 5 * YEAR
"""Maximum number of days from the agreement or start of one project to the end of the other for the dates to fit (`_order`)."""
CLOSE_SUM = 0.05
"""Maximum difference of two sums that count as close, as a share of the larger sum."""
DIFFERENT_SUM = 1 / 3
"""Difference, as a share of the larger sum, above which two sums count as different."""
_SEVERAL, _MANY = 2, 3
"""Minimum numbers of shared places for the levels `several` and `many`. Projects rarely share so many by chance."""
_MOST_PLACES = 2 / 3
"""Minimum share of one project's places (the one with fewer) that the other also has, for `several`, `many` and `ends`."""
CONVERTED_SUM = 0.08
"""Maximum difference of two sums in different currencies that count as alike, in US dollars and as a share of the larger one."""


def levels_of(columns: Mapping[str, Any], model: ProjectModel) -> Levels:
    """Return each comparison's level for every pair. `columns`: the result of `project_comparison.measures`."""
    participant_bits = _plain(columns["participant_bits"]) / 1000
    participants = _steps(participant_bits, model.participant_bits)
    places = _steps(_plain(columns["place_bits"]) / 1000, model.place_bits)
    kinds = columns["kind"].astype(object)
    boundless = _flags(columns["boundless"])
    name, number, country = _name(columns, model), columns["number"].astype(object), _country(columns)
    country = np.where(boundless & (country == BASELINE), "boundless", country)
    # A report about one landing of a cable names only the country of that landing.
    country = np.where(boundless & (country == "within"), "landing", country)
    setting = columns["setting"].astype(object)
    # Two projects of one town, such as cameras on balloons and cameras on drones, share the town's name.
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
    """Return `other` for pairs with different suppliers, and `other-maker` if each also has a known maker as a supplier.

    `other` becomes `reseller` if a text mentions a reseller, and the projects share a participant, a month of agreement and a
    sum: one source may name the maker, and the other the reseller. All three levels become `despite-name` if the projects have
    equal names that aren't generic, because firms are renamed and replaced.
    """
    is_equal = np.isin(name.astype(str), ("equal-common", "equal-telling"))
    levels = columns["suppliers"].astype(object)
    agrees = np.isin(amount.astype(str), ("same", "exact")) & np.isin(agreed.astype(str), ("day", "same"))
    agrees &= (_plain(columns["shared_participants"]) >= 1) & _flags(columns["resold"])
    levels = np.where(agrees & (levels == "other"), "reseller", levels)
    return np.where(np.isin(levels.astype(str), ("other", "other-maker", "reseller")) & is_equal, "despite-name", levels)


def _name(columns: Mapping[str, Any], model: ProjectModel) -> npt.NDArray[Any]:
    """Return the level of each pair's names: `part`, `little` or `plain`; or `equal`, `initial` or `inside` with a grade.

    The grades are `plain`, `common` and `telling`, by how specific the name is, as in `equal-telling`.
    """
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
        # An equal name proves less here: the repair of a network is named like the network, and a course like last year's course.
        match = np.where(_other_activity(columns), "inside", how) if how == "equal" else how
        levels = np.where(bits >= 0, match + "-" + grade, levels)
    return levels


def _other_activity(columns: Mapping[str, Any]) -> npt.NDArray[Any]:
    return np.isin(columns["act"].astype(str), ["one", "other", "again"])


def _is_renewal(columns: Mapping[str, Any]) -> npt.NDArray[np.bool_]:
    """Return whether only one title names an activity, and this is a repair or an extension.

    This is weak evidence against a match, because one source may report as a new network what another calls the modernisation
    of a network. But if the names are otherwise equal, the other title means the network itself.
    """
    return np.asarray(np.isin(columns["act"].astype(str), "one") & _flags(columns["renewal"]), dtype=np.bool_)


def _source(columns: Mapping[str, Any]) -> npt.NDArray[Any]:
    """Return `same` if both records are from one source, or `again` if they are also unlinked and agreed over 3 years apart."""
    again = (_gap(columns, "agreed") == "far") & np.isin(columns["link"].astype(str), ["none", BASELINE])
    return np.where(columns["left_source"] == columns["right_source"], np.where(again, "again", "same"), BASELINE).astype(object)


def _rival(
    columns: Mapping[str, Any], name: npt.NDArray[Any], number: npt.NDArray[Any], country: npt.NDArray[Any]
) -> npt.NDArray[Any]:
    """Return `better` if either record has a better match by name in the source of the other record."""
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
    """Return a column of numbers as an array, with NaN for missing values."""
    filled = np.ma.filled(np.ma.asarray(column, dtype=np.float64), np.nan)
    return np.asarray(filled, dtype=np.float64)


def _flags(column: Any) -> npt.NDArray[np.bool_]:
    """Return a column of booleans as an array, with False for missing values."""
    return np.asarray(np.ma.filled(column, False), dtype=np.bool_)


def _steps(values: npt.NDArray[np.float64], bounds: tuple[float, ...]) -> npt.NDArray[Any]:
    """Return the level of each value: the number of bounds that it reaches, as text (`0`, `1` …)."""
    reached = np.searchsorted(np.array(bounds), values, side="right")
    return np.array([str(level) for level in range(len(bounds) + 1)], object)[reached]


def _near(values: npt.NDArray[np.float64], first: tuple[float, str], second: tuple[float, str], far: str) -> npt.NDArray[Any]:
    levels = np.where(values <= first[0], first[1], np.where(values <= second[0], second[1], far))
    return np.where(np.isnan(values), BASELINE, levels)


def _amount(columns: Mapping[str, Any], agreed: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the level of each pair's sums. `agreed`: the levels of that comparison.

    `same`: two sums differ by at most 1 %. `exact`: in addition, two sums of three significant digits or more are equal, and
    the projects share a lender and were not agreed more than two years apart. `apart`, `other`: even the closest sums
    differ by more than 5 % or a third, respectively, and two sums are of the same kind (loans, contracts). `other-lot`: as
    `other`, but both were agreed in one month, like two lots of a tender. `part`: one sum is 80, 85, 90 or 95 % of a sum of the
    other kind, as a loan may be of a contract. `converted`: sums in different currencies are alike in US dollars.
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
    """Return `other` for different customers, and `other-operator` for different operators of networks.

    `other-named` replaces `other` if one project's name contains the other's, which may be that of a product. It also
    replaces `other-operator` if the texts about two networks state the same number, because one operator may then have two
    names (台灣大哥大, Taiwan Mobile). Customers of boundless projects, such as cables, are not compared.
    """
    customers = columns["customers"].astype(object)
    networks = _flags(columns["networks"]) & _flags(columns["operators"])
    states_same = columns["stated"].astype(str) == "same"
    customers = np.where((customers == "other") & networks, np.where(states_same, "other-named", "other-operator"), customers)
    customers = np.where((customers == "other") & np.isin(name.astype(str), ("inside-telling",)), "other-named", customers)
    return np.where(boundless, BASELINE, customers)


def _mention(columns: Mapping[str, Any], name: npt.NDArray[Any], boundless: npt.NDArray[np.bool_]) -> npt.NDArray[Any]:
    """Return `same` if a coined name of one project is in a text of the other.

    Return `other` for two cables with coined names (ASC and INDIGO-West) if neither has a coined name of the other, and their
    names match at most in part.
    """
    is_other = boundless & _flags(columns["named_apart"]) & (says_little(name) | np.isin(name.astype(str), ("part",)))
    return np.where(_flags(columns["mentioned"]), "same", np.where(is_other, "other", BASELINE)).astype(object)


def _gap(columns: Mapping[str, Any], stage: str) -> npt.NDArray[Any]:
    """Return how near the nearest dates of a stage are: the same `day`, the `same` month, or `possible` if they may coincide.

    Otherwise, the levels are `near` (at most one year), `apart` (at most three years) and `far`. Two exact days count as the
    same month if at most MONTH days lie between them.
    """
    days, span = _plain(columns[stage]), _plain(columns[f"{stage}_span"])
    levels = np.where(days <= YEAR, "near", np.where(days <= 3 * YEAR, "apart", "far"))
    levels = np.where(span <= MONTH, "same", np.where(days <= 0, "possible", levels))
    levels = np.where(span <= 0, "day", levels)
    return np.where(np.isnan(days), BASELINE, levels)


def _order(too_early: npt.NDArray[np.float64], span: npt.NDArray[np.float64]) -> npt.NDArray[Any]:
    """Return how the end of one project relates to the agreement or start of the other.

    `before`: the end is more than a year earlier. `close`: the two are certainly within TWO_MONTHS. Probably these are two
    reports of one event, which only one of them calls the opening. `fits`: the end may be up to TWO_MONTHS earlier or up to
    PLAUSIBLE_DURATION later. Everything else gets the baseline: an even later end would fit any project.
    """
    levels = np.where(too_early > YEAR, "before", np.where(too_early < -PLAUSIBLE_DURATION, BASELINE, "fits"))
    levels = np.where((levels == "fits") & (span <= TWO_MONTHS), "close", levels)
    levels = np.where((levels == "fits") & (too_early > TWO_MONTHS), BASELINE, levels)
    return np.where(np.isnan(too_early), BASELINE, levels)


def _place(columns: Mapping[str, Any], boundless: npt.NDArray[np.bool_]) -> npt.NDArray[Any]:
    """Return the level of each pair's places.

    `near`: a shared place, or at most 25 km between two places. `several`, `many`: at least two or three shared places, which are
    most places of one project. `ends`: two cables share all landings, at least two, and an owner or maker.

    `far`: more than 100 km, or precise places without points that have different names. If each project has one place and one
    of them is an area, such as a province, `far` means more than 20 km beyond the area's radius. `elsewhere`: more than 40 km,
    or names that sound different if some places have no point. `titled`: if each title names a place of its own, this replaces
    `elsewhere` and also applies to more than 25 km.
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
