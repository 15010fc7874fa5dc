"""Decide whether two projects agree in enough besides their names to be a match, and whether anything contradicts a match."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from overt.resolve.projects.project_model import BASELINE

Levels = dict[str, npt.NDArray[Any]]
"""Comparison → level of each pair."""
_LITTLE_NAMES = ("little", "plain", "inside-plain")
_EVIDENCE = {
    "number": ("same",),
    "link": ("both", "one"),
    "finish": ("day", "same"),
    "agreed": ("day", "same"),
    "place": ("many", "ends"),
    "length": ("near",),
    "amount": ("exact", "same", "part"),
    "stated": ("same",),
    "mention": ("same",),
}
"""Comparison → levels. Any of them is enough evidence that a pair with vague names is one project."""
_EVIDENCE_BESIDE_PARTICIPANT = {
    "finish": ("possible", "near"),
    "start": ("day", "same", "possible"),
    "agreed": ("possible",),
    "place": ("several",),
    "named-place": ("2",),
    "amount": ("converted",),
}
"""Further levels that are enough for a pair with a common participant."""
_AGREES = {
    "finish": ("day", "same", "possible"),
    "start": ("day", "same", "possible"),
    "agreed": ("day", "same", "possible"),
    "place": ("near", "several", "many", "ends"),
    "named-place": ("1", "2"),
    "amount": ("exact", "same", "part", "converted"),
    "stated": ("same", "round"),
    "mention": ("same",),
}
_CONTRADICTS = {
    "number": ("other", "later", "mentioned"),
    "side": ("other",),
    "act": ("other", "one", "again", "renewal"),
    "finish": ("far", "apart"),
    "start": ("far",),
    "agreed": ("far", "apart"),
    "order": ("before",),
    "place": ("far", "titled", "elsewhere", "towns"),
    "amount": ("other", "other-lot", "apart"),
    "stated": ("other", "titled"),
    "mention": ("edition", "other"),
    "setting": ("object", "other"),
    "level": ("other",),
    "source": ("same", "again"),
}
_CONTRADICTS_BY_PARTY = {
    "country": ("other", "some", "most"),
    "suppliers": ("other", "other-maker", "despite-name", "reseller", "other-sound"),
    "customers": ("other", "other-operator", "other-named"),
    "participants": ("0",),
    "kind": ("broader",),
    "link": ("none",),
    "crowd": ("very many", "many"),
}


def evidence(
    levels: Levels, shared_participants: npt.NDArray[np.float64], shared_roles: npt.NDArray[np.float64]
) -> npt.NDArray[Any]:
    """Return `context`, `several` or BASELINE for each pair.

    `context`: the names are vague, and the other evidence is not enough. Any two projects of one customer can share a kind, a
    country, a place or a participant (docs/decisions/0017). `several`: the names are vague, but supplier and customer agree, a
    date, sum, place or the like agrees, too, and nothing contradicts a match. BASELINE: any other pair.
    """
    has_evidence = (
        (shared_participants >= 2)
        | _has_any(levels, _EVIDENCE)
        | (_has_any(levels, _EVIDENCE_BESIDE_PARTICIPANT) & (shared_participants >= 1))
    )
    # A place is required, too, because two bodies of one customer may open something in two towns at once.
    is_near = np.isin(levels["place"].astype(str), ("near", "several"))
    has_evidence |= np.isin(levels["order"].astype(str), ("close",)) & is_near & (shared_participants >= 1)
    little = says_little(levels["name"])
    several = little & (shared_roles >= 2) & _has_any(levels, _AGREES) & ~_has_any(levels, _CONTRADICTS)
    return np.where(several, "several", np.where(little & ~has_evidence, "context", BASELINE)).astype(object)


def have_common_party(levels: Levels) -> npt.NDArray[np.bool_]:
    """Return whether each pair has a participant in common."""
    return ~np.isin(levels["participants"].astype(str), (BASELINE, "0"))


def contradicts(levels: Levels) -> npt.NDArray[np.bool_]:
    """Return, for each pair, whether there is evidence against a match, rather than merely too little evidence for it."""
    return _has_any(levels, _CONTRADICTS | _CONTRADICTS_BY_PARTY)


def _has_any(levels: Levels, levels_by_comparison: Mapping[str, tuple[str, ...]]) -> npt.NDArray[np.bool_]:
    matches = [np.isin(levels[comparison].astype(str), values) for comparison, values in levels_by_comparison.items()]
    return np.asarray(np.any(matches, axis=0), dtype=np.bool_)


def says_little(name: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Return, for each pair, whether its names are too vague to show that both are one project. `name`: levels of the names."""
    return np.isin(name.astype(str), _LITTLE_NAMES)
