"""Classify how two organisations are related, with probabilities and clues."""

from collections.abc import Mapping, Sequence
from math import log2

from overt.resolve.relations.clues import NONE, Organization, find_clues
from overt.resolve.relations.relation_labels_and_verdict import LABELS, RelationVerdict, WeighedClue
from overt.resolve.relations.relation_model import RelationModel
from overt.resolve.relations.stated_names_and_relations import Register


class Classifier:
    """Classifies pairs by names, seats, home pages, identifiers and stated relations, weighted by a model.

    Shared identifiers, and relations that sources state, outweigh the other clues.
    """

    def __init__(self, model: RelationModel, register: Register | None = None) -> None:
        self._model = model
        self._register = register

    def classify(self, left: Organization, right: Organization) -> RelationVerdict:
        """Return the verdict on a pair. If the sides are swapped, only parent and subsidiary change places."""
        return self.classify_all([(left, right)])[0]

    def classify_all(self, pairs: Sequence[tuple[Organization, Organization]]) -> list[RelationVerdict]:
        """Return the verdict on each pair, which doesn't depend on other pairs. This is much faster than one call per pair."""
        return [self._verdict(*pair, levels) for pair, levels in zip(pairs, find_clues(pairs, self._model), strict=True)]

    def _verdict(self, left: Organization, right: Organization, levels: Mapping[str, str]) -> RelationVerdict:
        model = self._model
        bits: dict[str, float] = {label: model.prior.get(label, 0.0) for label in LABELS}
        weights: list[tuple[str, str, dict[str, float]]] = []
        for clue, level in levels.items():
            if level != NONE and (by_label := model.bits(clue, level)):
                weights.append((clue, level, by_label))
        if left.identifiers & right.identifiers:
            weights.append(("identifier", min(left.identifiers & right.identifiers), {"same": model.states}))
        if self._register and (stated := self._register.stated_label(left, right)):
            weights.append(("stated", stated.why, {stated.label: model.states if stated.explicit else model.knows}))
        for _, _, by_label in weights:
            for label, weight in by_label.items():
                bits[label] += weight
        probabilities = _probabilities(bits)
        best = max(LABELS, key=lambda label: (probabilities[label], -LABELS.index(label)))
        clues = [
            WeighedClue(clue, level, round(by_label.get(best, 0.0) - sum(by_label.values()) / len(LABELS), 3))
            for clue, level, by_label in weights
        ]
        threshold = model.part if {levels["group"], levels["unit"]} & {"left", "right"} else model.same_organization
        is_same = probabilities["same"] + probabilities["renamed"] >= threshold
        return RelationVerdict(best, probabilities[best], tuple(clues), probabilities, is_same)


def _probabilities(bits: dict[str, float]) -> dict[str, float]:
    """Return the probability of each label, proportional to two to the power of its bits."""
    maximum = max(bits.values())
    powers = {label: 2 ** (weight - maximum) for label, weight in bits.items()}
    total = log2(sum(powers.values()))
    return {label: round(2 ** (weight - maximum - total), 6) for label, weight in bits.items()}
