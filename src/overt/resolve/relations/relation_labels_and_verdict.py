"""How two organisations are related: the labels, and a verdict with its probability and clues."""

from typing import Literal, NamedTuple, get_args

Label = Literal["same", "renamed", "parent", "subsidiary", "joint-venture", "different"]
LABELS: tuple[Label, ...] = get_args(Label)
"""All labels. `parent` and `subsidiary` are what the right organisation is to the left organisation."""


class WeighedClue(NamedTuple):
    """A clue and its weight for the verdict's label, in bits relative to the mean of all labels."""

    clue: str
    level: str
    bits: float


class ProposedRelation(NamedTuple):
    """A proposed record of type `relation`, which an editor may accept.

    `from_` and `to` are its ends, as in `vocab/relation-kinds.yml`.
    """

    from_: str
    kind: str
    to: str


class RelationVerdict(NamedTuple):
    """The likeliest relation of two organisations."""

    label: Label
    probability: float
    clues: tuple[WeighedClue, ...]
    probabilities: dict[str, float]
    """Probability of each label; they add up to 1."""
    is_same: bool
    """Whether the two are almost certainly the same organisation, under one name or two."""

    def relation(self, left: str, right: str) -> ProposedRelation | None:
        """Return the relation to propose between two records; None for the labels `same` and `different`."""
        return None if self.label in ("same", "different") else ProposedRelation(left, self.label, right)
