"""What `overt.resolve.explanation` found, in sentences."""

from collections.abc import Iterator, Mapping
from typing import Any

STATED = {
    "parent": "{from} has {to} as its parent",
    "subsidiary": "{from} has {to} as its subsidiary",
    "renamed": "{from} was renamed and is now {to}",
    "predecessor": "{from} has {to} as its predecessor",
    "joint-venture": "{from} is a joint venture of {to}",
    "share-held": "{from} holds a share of {to}",
}
"""Kind of a relation (`vocab/relation-kinds.yml`) → what it says of its ends."""


def because(found: Mapping[str, Any], types: tuple[str, str], *, merges: bool) -> list[str]:
    """The sentences, what decides first."""
    return [*_decision(found, types, merges=merges), *_clues(found), *_score(found), *_relations(found)]


def stated(kind: str, one: str, other: str) -> str:
    """What a relation says of its ends, in words."""
    said = STATED.get(kind, f"{{from}} stands to {{to}} as {kind}")
    return said.format(**{"from": one, "to": other})


def percent(probability: float) -> str:
    """A probability as a person reads it; what is nearly sure is not told as sure."""
    if 0 < probability < 0.001 or 0.999 < probability < 1:
        return "under 0.1 %" if probability < 0.5 else "over 99.9 %"
    return f"{probability * 100:.3g} %"


def _decision(found: Mapping[str, Any], types: tuple[str, str], *, merges: bool) -> Iterator[str]:
    if types[0] != types[1]:
        yield f"they are of two types: {types[0]}, {types[1]}"
    elif not merges:
        yield f"records of type {types[0]} are never merged"
    if judged := found["judgement"]:
        yield f"judged {judged['verdict']} by {judged['who']} on {judged['at'][:10]} (entry {judged['entry']}): {judged['why']}"
    yield from (f"joined by {_reason(edge)}: {edge['left']} ~ {edge['right']}" for edge in found["path"])
    for row in found["refused"]:
        by = f" ({row['by']})" if row["by"] else ""
        yield f"a join was refused: {row['why']}{by}, {row['one']} and {row['other']}: {row['words']}"
    if not found["current"]:
        yield "`resolved/` is older than what is here now; `overt resolve` makes it anew"


def _reason(edge: Mapping[str, Any]) -> str:
    return f"{edge['reason']} ({edge['key']})" if edge["key"] else str(edge["reason"])


def _clues(found: Mapping[str, Any]) -> Iterator[str]:
    shared, (one, other) = found["shared"], found["countries"]
    yield from (f"both are called “{name}”" for name in shared["names"])
    yield from (f"both have the identifier {held}" for held in shared["identifiers"])
    if found["type"] and not shared["names"] and not shared["identifiers"]:
        yield "no whole name and no identifier of theirs is the same"
    if one and other and not set(one) & set(other):
        yield f"their countries differ: {', '.join(one)} and {', '.join(other)}"


def _score(found: Mapping[str, Any]) -> Iterator[str]:
    if found["probability"] is None:
        if found["type"] in ("organization", "project"):
            yield "they are not scored: " + _WHY_NOT[found["type"]]
        return
    joins = "enough for the machine to join them" if found["joins"] else "too little for the machine to join them"
    yield f"one {_THING[found['type']]} with {percent(found['probability'])} ({found['bits']:+.2f} bits), {joins}"


_THING = {"organization": "organisation", "project": "project"}
_WHY_NOT = {"organization": "one of them has no name", "project": "their kinds cannot be one thing"}


def _relations(found: Mapping[str, Any]) -> Iterator[str]:
    for held in found["stated"]:
        yield f"{held['title']} states: {stated(held['kind'], held['from'], held['to'])} ({held['record']})"
    if held := found["relation"]:
        words = stated(held["kind"], held["from"], held["to"]) if held["from"] else _ALONE[held["kind"]]
        yield f"by names, seats and what is stated: {words} ({percent(held['probability'])})"


_ALONE = {"same": "the two look like one organisation", "different": "the two look like organisations without a relation"}
