"""Which of the labels fits a pair of organisations best, with its probability and the clues that speak for it."""

from collections.abc import Mapping, Sequence
from functools import cache
from math import log2
from typing import NamedTuple

from overt.resolve.relations.clues import NONE, Organization, clues
from overt.resolve.relations.register import Register
from overt.resolve.relations.relation_model import LABELS, Label, RelationModel, load_model


class Part(NamedTuple):
    """One clue: how it weighs for the label that is told, in bits against the mean of all labels."""

    clue: str
    level: str
    bits: float


class ProposedRelation(NamedTuple):
    """A record of type `relation` that a person or a rule may accept. `from_` and `to` as in `vocab/relation-kinds.yml`."""

    from_: str
    kind: str
    to: str


class Verdict(NamedTuple):
    """How two organisations stand to each other."""

    label: Label
    probability: float
    parts: tuple[Part, ...]
    probabilities: dict[str, float]
    """Of every label; they add up to 1."""
    is_one: bool
    """Whether both are surely one organisation, under one name or two."""

    def relation(self, left: str, right: str) -> ProposedRelation | None:
        """The relation that is proposed between two records; none where they are one, or have nothing to do with each other."""
        return None if self.label in ("same", "different") else ProposedRelation(left, self.label, right)


class Classifier:
    """Names, seats and identifiers by the weights of a model, and what sources state, which goes before."""

    def __init__(self, model: RelationModel, register: Register | None = None) -> None:
        self._model = model
        self._register = register

    def classify(self, left: Organization, right: Organization) -> Verdict:
        """The likeliest label. Exchanging the sides exchanges parent and subsidiary and changes no probability."""
        return self.classify_all([(left, right)])[0]

    def classify_all(self, pairs: Sequence[tuple[Organization, Organization]]) -> list[Verdict]:
        """The verdict on each pair, independent of the others; many at once take a tenth of the time."""
        return [self._verdict(*pair, found) for pair, found in zip(pairs, clues(pairs, self._model), strict=True)]

    def _verdict(self, left: Organization, right: Organization, found: Mapping[str, str]) -> Verdict:
        model = self._model
        bits = {label: model.prior.get(label, 0.0) for label in LABELS}
        told: list[tuple[str, str, dict[str, float]]] = []
        for clue, level in found.items():
            if level != NONE and (weighed := model.bits(clue, level)):
                told.append((clue, level, weighed))
        if left.identifiers & right.identifiers:
            told.append(("identifier", min(left.identifiers & right.identifiers), {"same": model.states}))
        if self._register and (stated := self._register.stated(left, right)):
            told.append(("stated", stated.why, {stated.label: model.states if stated.surely else model.knows}))
        for _, _, weighed in told:
            for label, weight in weighed.items():
                bits[label] += weight  # type: ignore[index]
        chances = _chances({str(label): weight for label, weight in bits.items()})
        best = max(LABELS, key=lambda label: (chances[label], -LABELS.index(label)))
        parts = [
            Part(clue, level, round(weighed.get(best, 0.0) - sum(weighed.values()) / len(LABELS), 3))
            for clue, level, weighed in told
        ]
        least = model.part if {found["group"], found["unit"]} & {"left", "right"} else model.one
        return Verdict(best, chances[best], tuple(parts), chances, chances["same"] + chances["renamed"] >= least)


def _chances(bits: dict[str, float]) -> dict[str, float]:
    """Probabilities that stand to one another as the powers of two of the bits."""
    most = max(bits.values())
    powers = {label: 2 ** (weight - most) for label, weight in bits.items()}
    whole = log2(sum(powers.values()))
    return {label: round(2 ** (weight - most - whole), 6) for label, weight in bits.items()}


@cache
def load_classifier() -> Classifier:
    """The classifier by the packaged weights, without a register."""
    return Classifier(load_model())
