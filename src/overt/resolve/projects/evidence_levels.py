"""Whether what agrees besides the names of two projects is enough, and what contradicts it."""

from typing import Any

import numpy as np
import numpy.typing as npt

from overt.resolve.projects.project_model import BASELINE

Levels = dict[str, npt.NDArray[Any]]
"""Comparison → level of each pair."""
LITTLE_NAMES = ("little", "plain", "inside-plain")
_EVIDENCE = {
    "number": ("same",),
    "link": ("both", "one"),
    "finish": ("day", "same", "possible", "near"),
    "start": ("day", "same", "possible"),
    "agreed": ("day", "same", "possible"),
    "place": ("several", "many"),
    "named-place": ("2",),
    "length": ("near",),
    "amount": ("same", "part"),
    "stated": ("same",),
    "mention": ("same",),
}
"""Comparison → levels by which a pair with names that say little can be one project."""
_STRONG_EVIDENCE = {
    "number": ("same",),
    "link": ("both", "one"),
    "finish": ("day", "same"),
    "agreed": ("day", "same"),
    "place": ("many",),
    "length": ("near",),
    "amount": ("same", "part"),
    "stated": ("same",),
    "mention": ("same",),
}
"""The same for a pair without a common participant."""
_AGREES = {
    "finish": ("day", "same", "possible"),
    "start": ("day", "same", "possible"),
    "agreed": ("day", "same", "possible"),
    "place": ("near", "several", "many"),
    "named-place": ("1", "2"),
    "amount": ("same", "part", "converted"),
    "stated": ("same", "round"),
    "mention": ("same",),
}
_CONTRADICTS = {
    "number": ("other", "later", "mentioned"),
    "side": ("other", "one"),
    "act": ("other", "one", "again", "renewal"),
    "finish": ("far", "apart"),
    "start": ("far",),
    "agreed": ("far", "apart"),
    "order": ("before",),
    "place": ("far", "titled", "elsewhere"),
    "amount": ("other", "apart"),
    "stated": ("other",),
    "setting": ("other",),
    "level": ("other",),
    "source": ("same", "again"),
}


def evidence(
    levels: Levels, shared_participants: npt.NDArray[np.float64], shared_roles: npt.NDArray[np.float64]
) -> npt.NDArray[Any]:
    """Return `context` if names say little and only kind, country, place and at most one participant agree.

    Any two projects of one customer can have these in common (docs/decisions/0017). `several`: the names say little, but supplier
    and customer agree, so does a date, a sum or a place, and nothing contradicts.
    """
    has_evidence = shared_participants >= 2
    for comparison, telling in _EVIDENCE.items():
        has_evidence |= np.isin(levels[comparison].astype(str), telling) & (shared_participants >= 1)
    for comparison, telling in _STRONG_EVIDENCE.items():
        has_evidence |= np.isin(levels[comparison].astype(str), telling)
    agrees, contradicts = (
        np.any([np.isin(levels[comparison].astype(str), values) for comparison, values in of.items()], axis=0)
        for of in (_AGREES, _CONTRADICTS)
    )
    several = says_little(levels) & (shared_roles >= 2) & agrees & ~contradicts
    return np.where(several, "several", np.where(says_little(levels) & ~has_evidence, "context", BASELINE)).astype(object)


def says_little(levels: Levels) -> npt.NDArray[np.bool_]:
    """Return whether the names of each pair don't show that both are one project."""
    return np.isin(levels["name"].astype(str), LITTLE_NAMES)
