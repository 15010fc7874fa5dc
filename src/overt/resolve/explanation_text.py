"""Sentences for explanations and relations, and probabilities in percent."""

from collections.abc import Iterator, Mapping
from typing import Any

_RELATION_SENTENCES = {
    "parent": "{from} has {to} as its parent",
    "subsidiary": "{from} has {to} as its subsidiary",
    "renamed": "{from} was renamed and is now {to}",
    "predecessor": "{from} has {to} as its predecessor",
    "joint-venture": "{from} is a joint venture of {to}",
    "share-held": "{from} holds a share of {to}",
    "grouped-under": "{from} is grouped under {to}, as a subsidiary or under another name",
    "affiliate": "{from} is affiliated with {to}",
}
"""Kind of relation (`vocab/relation-kinds.yml`) → sentence about its two ends."""


def explanation_sentences(explanation: Mapping[str, Any], types: tuple[str, str], *, merges: bool) -> list[str]:
    """Return an explanation (`overt.resolve.explanation.explain_pair`) as sentences, beginning with the decision.

    `types`: types of the two records. `merges`: whether records of this type can be merged at all.
    """
    return [
        *_decision(explanation, types, merges=merges),
        *_shared_values(explanation),
        *_score(explanation),
        *_relations(explanation),
    ]


def relation_sentence(kind: str, from_: str, to: str) -> str:
    """Return a sentence, without a full stop, on the relation of `from_` to `to`."""
    template = _RELATION_SENTENCES.get(kind, f"{{from}} is related to {{to}} as {kind}")
    return template.format(**{"from": from_, "to": to})


def format_probability(probability: float) -> str:
    """Return a probability in percent. A probability close to 0 or 1 is never rounded to 0 or 100 %."""
    if 0 < probability < 0.001 or 0.999 < probability < 1:
        return "under 0.1 %" if probability < 0.5 else "over 99.9 %"
    return f"{probability * 100:.3g} %"


def _decision(explanation: Mapping[str, Any], types: tuple[str, str], *, merges: bool) -> Iterator[str]:
    if types[0] != types[1]:
        yield f"they are of two types: {types[0]}, {types[1]}"
    elif not merges:
        yield f"records of type {types[0]} are never merged"
    if judged := explanation["judgement"]:
        yield f"judged {judged['verdict']} by {judged['who']} on {judged['at'][:10]} (entry {judged['entry']}): {judged['why']}"
    yield from (f"joined by {_reason(edge)}: {edge['left']} ~ {edge['right']}" for edge in explanation["path"])
    for row in explanation["refused"]:
        by = f" ({row['by']})" if row["by"] else ""
        yield f"a join was refused: {row['why']}{by}, {row['one']} and {row['other']}: {row['words']}"
    if not explanation["current"]:
        yield "`resolved/` is older than what is here now; `overt resolve` makes it again"


def _reason(edge: Mapping[str, Any]) -> str:
    return f"{edge['reason']} ({edge['key']})" if edge["key"] else str(edge["reason"])


def _shared_values(explanation: Mapping[str, Any]) -> Iterator[str]:
    shared, (left, right) = explanation["shared"], explanation["countries"]
    yield from (f"both are called “{name}”" for name in shared["names"])
    yield from (f"both have the identifier {identifier}" for identifier in shared["identifiers"])
    if explanation["type"] not in (None, "restriction") and not shared["names"] and not shared["identifiers"]:
        yield "they share no full name and no identifier"
    if left and right and not set(left) & set(right):
        yield f"their countries differ: {', '.join(left)} and {', '.join(right)}"


def _score(explanation: Mapping[str, Any]) -> Iterator[str]:
    if explanation["probability"] is None:
        if explanation["type"] in ("organization", "project"):
            yield "they are not scored: " + _WHY_NOT_SCORED[explanation["type"]]
        return
    joins = "enough for the machine to join them" if explanation["joins"] else "too little for the machine to join them"
    probability = format_probability(explanation["probability"])
    yield f"one {_NOUNS[explanation['type']]} with {probability} ({explanation['bits']:+.2f} bits), {joins}"


_NOUNS = {"organization": "organisation", "project": "project"}
_WHY_NOT_SCORED = {"organization": "one of them has no name", "project": "their kinds cannot be the same thing"}


def _relations(explanation: Mapping[str, Any]) -> Iterator[str]:
    for stated in explanation["stated"]:
        yield f"{stated['title']} states: {relation_sentence(stated['kind'], stated['from'], stated['to'])} ({stated['record']})"
    if likely := explanation["relation"]:
        kind, from_ = likely["kind"], likely["from"]
        sentence = relation_sentence(kind, from_, likely["to"]) if from_ else _NO_RELATION[kind]
        yield f"by names, seats and stated relations: {sentence} ({format_probability(likely['probability'])})"


_NO_RELATION = {"same": "the two look like one organisation", "different": "the two look like organisations without a relation"}
