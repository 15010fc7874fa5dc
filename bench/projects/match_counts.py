"""What joins of projects are counted against labels: precision and recall, by kind, and how well a probability is calibrated."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from bench.projects.labels import DESCRIBED, Pair, Truth, is_across
from overt.resolve.projects.levels import Levels
from overt.resolve.projects.model import load_model

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
    """All pairs of the blocks, and what is made of them."""

    name: str
    """`full`, `sparse`, or `shipped`: AidData's records by the short titles of Overt's edition, and no map of cables."""
    levels: Levels
    kinds: dict[str, str]
    """Record → its first kind, of every project that there is."""
    chance: Any
    at: dict[Pair, int]
    joined: frozenset[Pair]


def counts(seen: View, labels: Truth, part: str, *, across: bool = False, kind: str | None = None) -> dict[str, Any]:
    """Joins of one part against its labels; `across`: of pairs of two sources; `kind`: of pairs of one group of kinds."""

    def chosen(pair: Pair) -> bool:
        of_part = labels.part(pair) == part and (is_across(pair) or not across)
        return of_part and kind in (None, group(seen, pair)) and shown(seen, pair)

    wanted = {pair for pair in labels.same if chosen(pair)}
    made = {pair for pair in seen.joined if labels.counts(pair) and chosen(pair)}
    right = len(made & wanted)
    return {
        "one_project": len(wanted),
        "joined": right,
        "wrong": len(made) - right,
        "for_review": sum(_asked(seen, pair) for pair in wanted - made),
        "not_in_blocks": len(wanted - seen.at.keys()),
        "precision": round(right / len(made), 3) if made else None,
        "recall": round(right / len(wanted), 3) if wanted else None,
    }


def shown(seen: View, pair: Pair) -> bool:
    """Whether a view is about a pair: it has both records, and if it is sparse, one of the two is sparse."""
    return seen.kinds.keys() >= {*pair} and (seen.name != "sparse" or sum(record.startswith(DESCRIBED) for record in pair) == 1)


def _asked(seen: View, pair: Pair) -> bool:
    return pair in seen.at and bool(seen.chance[seen.at[pair]] >= load_model().review)


def group(seen: View, pair: Pair) -> str:
    """The group of kinds that a pair is counted in: of the record that is not described, where there is one."""
    record = min(pair, key=lambda one: (one.startswith(DESCRIBED), one))
    return KINDS.get(seen.kinds.get(record) or "", "other")


def look_alikes(seen: View, labels: Truth, part: str) -> dict[str, int]:
    """Pairs that are labelled as two that look like one: how many were joined, and how many a person is asked about."""
    pairs = [pair for pair in labels.alike if labels.part(pair) == part and shown(seen, pair)]
    joined = sum(pair in seen.joined for pair in pairs)
    return {
        "pairs": len(pairs),
        "joined": joined,
        "for_review": sum(_asked(seen, pair) and pair not in seen.joined for pair in pairs),
    }


def calibration(views: Iterable[View], labels: Truth, part: str) -> list[dict[str, Any]]:
    """By tenth of probability, of all views: how many pairs, the mean probability, the share that is one project."""
    tenths: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for seen in views:
        for pair in labelled(seen, labels, part):
            chance = float(seen.chance[seen.at[pair]])
            tenths[min(int(chance * 10), 9)].append((chance, pair in labels.same))
    return [
        {
            "from": tenth / 10,
            "pairs": len(rows),
            "mean_probability": round(sum(one for one, _ in rows) / len(rows), 3),
            "share_same": round(sum(same for _, same in rows) / len(rows), 3),
        }
        for tenth, rows in sorted(tenths.items())
    ]


def labelled(seen: View, labels: Truth, part: str) -> Iterator[Pair]:
    """The pairs of the blocks of which people can say what they are."""
    yield from (pair for pair in seen.at if labels.counts(pair) and labels.part(pair) == part and shown(seen, pair))


def told(views: Sequence[View], labels: Truth, part: str) -> dict[str, Any]:
    """All counts of a part, by view, and how well the probability is calibrated over all views."""
    kinds = sorted({*KINDS.values(), "other"})
    found: dict[str, Any] = {
        seen.name: {
            "joins": counts(seen, labels, part),
            "across_sources": counts(seen, labels, part, across=True),
            "by_kind": {kind: counts(seen, labels, part, across=True, kind=kind) for kind in kinds},
            "look_alikes": look_alikes(seen, labels, part),
        }
        for seen in views
    }
    return {**found, "calibration": calibration(views, labels, part)}
