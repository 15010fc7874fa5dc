"""The versioned model of the relation classifier: `content/models/relations.yml`."""

from typing import Any

from pydantic import Field

from overt.model.content_files import packaged_content
from overt.model.errors import ContentError
from overt.model.yaml_reading_and_validation import Content, parse, read_mapping, refuse_unknown
from overt.resolve.relations.relation_labels_and_verdict import LABELS

_SETS = ("same", "left-alone", "right-alone", "left", "right", "some", "apart")
_SIDES = ("both", "left", "right")
CLUES: dict[str, tuple[str, ...]] = {
    "name": ("equal", "little", "some", "much", "most"),
    "alias": ("shared",),
    "initials": ("yes",),
    "within": ("apart", "both", *(f"{side}-{more}" for side in ("left", "right") for more in ("abroad", "brand", "words"))),
    "brand": _SETS,
    "field": _SETS,
    "place": _SETS,
    "number": _SETS,
    "group": _SIDES,
    "unit": _SIDES,
    "seat": ("same", "differ"),
    "site": ("same",),
    "homonym": ("yes",),
    "unplaced": ("yes",),
}
"""Clue → the levels that `clues.py` returns, except `none`, which has no weight."""


class RelationModel(Content):
    """Bits for each label, by clue and level."""

    version: int
    fitted_on: str
    alike: tuple[float, ...]
    """Lower bounds of the levels `some`, `much` and `most` of the similarity of two names."""
    units: list[str]
    """Ids of fields of work that mean part of a group, such as an institute, a bureau or a factory.

    `names/organization_fields_and_kinds.yml` has the fields.
    """
    same_organization: float = Field(alias="one")
    """Minimum combined probability of `same` and `renamed` if two records are to count as the same organisation."""
    part: float
    """The same threshold if only one name is that of a group or holding, or only one name is that of a unit (`units`)."""
    states: float
    """Bits for `same` if two organisations share an identifier, and for labels that sources state. They outweigh the names."""
    knows: float
    """Bits for `different` if one source lists both organisations and no source states a relation between them."""
    prior: dict[str, float]
    weights: dict[str, dict[str, dict[str, float]]]
    """Clue → level → label → bits."""
    judged: dict[str, dict[str, dict[str, float]]]
    """Like `weights`, for clues with too few labelled pairs. These bits are set by judgement and never fitted."""

    def bits(self, clue: str, level: str) -> dict[str, float]:
        """Return the bits of each label for a level of a clue; empty if the model has none."""
        return (self.weights.get(clue) or self.judged.get(clue) or {}).get(level, {})


def load_relation_model() -> RelationModel:
    """Return the packaged model."""
    return parse_relation_model(read_mapping(packaged_content() / "models" / "relations.yml"))


def parse_relation_model(data: dict[str, Any]) -> RelationModel:
    """Parse a model. Raises ContentError if it is invalid."""
    where = "models/relations.yml"
    model = parse(RelationModel, data, where)
    refuse_unknown(model.prior, LABELS, f"{where}: prior")
    for key, clues in (("weights", model.weights), ("judged", model.judged)):
        refuse_unknown(clues, CLUES, f"{where}: {key}")
        for clue, levels in clues.items():
            refuse_unknown(levels, CLUES[clue], f"{where}: {key}.{clue}")
            for level, bits in levels.items():
                refuse_unknown(bits, LABELS, f"{where}: {key}.{clue}.{level}")
    if twice := sorted(model.weights.keys() & model.judged.keys()):
        raise ContentError(f"{where}: judged: {twice[0]!r} is under weights too")
    return model
