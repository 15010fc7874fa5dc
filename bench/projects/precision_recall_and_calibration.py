"""Compare joins of projects with labels: precision and recall, overall and by kind, joined look-alikes, and calibration."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from bench.projects.labels import DESCRIBED, Pair, Truth, is_across
from overt.resolve.projects.project_model import load_project_model
from overt.resolve.projects.sufficient_or_contradicting_evidence import Levels

KINDS = {
    "submarine-cable": "submarine cable",
    "satellite": "satellite",
    "terrestrial-cable": "land network",
    "data-centre": "data centre",
}
KINDS |= dict.fromkeys(("fixed-network", "mobile-network", "5g-network", "telecom-ict"), "land network")
KINDS |= dict.fromkeys(
    ("smart-city", "video-surveillance", "surveillance", "police-it", "smart-policing"), "city and surveillance"
)
KINDS |= {"broadcasting": "broadcasting"}


class View(NamedTuple):
    """The candidate pairs in one view of the data, with their probabilities and the joins."""

    name: str
    """`full`, `sparse`, or `shipped` (AidData's records by the short titles of Overt's edition, and no cable map)."""
    levels: Levels
    kinds: dict[str, str]
    """A project record's first kind in alphabetical order, by record."""
    chance: Any
    at: dict[Pair, int]
    """Position of each pair in `levels`."""
    joined: frozenset[Pair]


def counts(view: View, labels: Truth, part: str, *, across: bool = False, kind: str | None = None) -> dict[str, Any]:
    """Compare the joins in a part with the labels.

    `across`: count only pairs from two sources. `kind`: count only one group of kinds.
    """

    def selected(pair: Pair) -> bool:
        of_part = labels.part(pair) == part and (is_across(pair) or not across)
        return of_part and kind in (None, group(view, pair)) and in_view(view, pair)

    matches = {pair for pair in labels.same if selected(pair)}
    joined = {pair for pair in view.joined if labels.counts(pair) and selected(pair)}
    right = len(joined & matches)
    return {
        "one_project": len(matches),
        "joined": right,
        "wrong": len(joined) - right,
        "for_review": sum(_for_review(view, pair) for pair in matches - joined),
        "not_in_blocks": len(matches - view.at.keys()),
        "precision": round(right / len(joined), 3) if joined else None,
        "recall": round(right / len(matches), 3) if matches else None,
    }


def in_view(view: View, pair: Pair) -> bool:
    """Return whether a view contains both records of a pair. In a sparse view, exactly one must be a described record."""
    return view.kinds.keys() >= {*pair} and (view.name != "sparse" or sum(record.startswith(DESCRIBED) for record in pair) == 1)


def _for_review(view: View, pair: Pair) -> bool:
    return pair in view.at and bool(view.chance[view.at[pair]] >= load_project_model().review)


def group(view: View, pair: Pair) -> str:
    """Return the group of kinds of a pair. If one of its records is in the atlas, that record's kind decides."""
    record = min(pair, key=lambda record: (record.startswith(DESCRIBED), record))
    return KINDS.get(view.kinds.get(record) or "", "other")


def look_alikes(view: View, labels: Truth, part: str) -> dict[str, int]:
    """Count the labelled look-alikes that were joined, and those that were offered for review."""
    pairs = [pair for pair in labels.alike if labels.part(pair) == part and in_view(view, pair)]
    joined = sum(pair in view.joined for pair in pairs)
    return {
        "pairs": len(pairs),
        "joined": joined,
        "for_review": sum(_for_review(view, pair) and pair not in view.joined for pair in pairs),
    }


def calibration(views: Iterable[View], labels: Truth, part: str) -> list[dict[str, Any]]:
    """Return the number of pairs, their mean probability and the share of matches, by tenth of probability."""
    tenths: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for view in views:
        for pair in labelled(view, labels, part):
            chance = float(view.chance[view.at[pair]])
            tenths[min(int(chance * 10), 9)].append((chance, pair in labels.same))
    return [
        {
            "from": tenth / 10,
            "pairs": len(rows),
            "mean_probability": round(sum(chance for chance, _ in rows) / len(rows), 3),
            "share_same": round(sum(same for _, same in rows) / len(rows), 3),
        }
        for tenth, rows in sorted(tenths.items())
    ]


def labelled(view: View, labels: Truth, part: str) -> Iterator[Pair]:
    """Yield the candidate pairs of a part that have a label."""
    yield from (pair for pair in view.at if labels.counts(pair) and labels.part(pair) == part and in_view(view, pair))


def summary(views: Sequence[View], labels: Truth, part: str) -> dict[str, Any]:
    """Return, for a part, all counts by view, and the calibration over all views together."""
    kinds = sorted({*KINDS.values(), "other"})
    by_view: dict[str, Any] = {
        view.name: {
            "joins": counts(view, labels, part),
            "across_sources": counts(view, labels, part, across=True),
            "by_kind": {kind: counts(view, labels, part, across=True, kind=kind) for kind in kinds},
            "look_alikes": look_alikes(view, labels, part),
        }
        for view in views
    }
    return {**by_view, "calibration": calibration(views, labels, part)}
