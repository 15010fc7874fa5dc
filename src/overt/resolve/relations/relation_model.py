"""The versioned parameters of the classifier: `content/models/relations.yml`."""

from typing import Any, Literal, get_args

from overt.model.content_files import packaged_content
from overt.model.errors import ContentError
from overt.model.yaml import Content, parse, read_mapping, refuse_unknown

Label = Literal["same", "renamed", "parent", "subsidiary", "joint-venture", "different"]
LABELS: tuple[Label, ...] = get_args(Label)
"""`parent`: the right one is the parent of the left one; `subsidiary`: the right one is a subsidiary of the left one."""
MIRRORED: dict[str, Label] = {"parent": "subsidiary", "subsidiary": "parent"}
"""What a label is called when the sides are exchanged; all others stay."""
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
    "homonym": ("yes",),
    "unplaced": ("yes",),
}
"""Clue → its levels, as `clues.py` finds them; what it does not find is `none` and weighs nothing."""


class RelationModel(Content):
    """Bits of each label by clue and level; the likeliest label is told."""

    version: int
    fitted_on: str
    alike: tuple[float, ...]
    """Lower bounds of the levels `some`, `much`, `most` of how alike two names are."""
    units: list[str]
    """Ids of fields of work (`names/words.yml`) that name a part of a group: an institute, a bureau, a works."""
    one: float
    """Probability of `same` and `renamed` together from which both are held for one."""
    part: float
    """The same where the name of one alone says that it is a group or a holding, or a part of one (`units`)."""
    states: float
    """Bits for what a source or the register states; they outweigh what names suggest."""
    knows: float
    """Bits for `different` where the register knows both, as two, and states no relation."""
    prior: dict[str, float]
    weights: dict[str, dict[str, dict[str, float]]]
    """Clue → level → label → bits."""
    judged: dict[str, dict[str, dict[str, float]]]
    """The same for clues that the labels hold too few of: set by judgement, never fitted."""

    def bits(self, clue: str, level: str) -> dict[str, float]:
        """Bits of each label; none for what the model does not know."""
        return (self.weights.get(clue) or self.judged.get(clue) or {}).get(level, {})


def load_model() -> RelationModel:
    """The packaged parameters."""
    return checked(read_mapping(packaged_content() / "models" / "relations.yml"))


def checked(data: dict[str, Any]) -> RelationModel:
    """`data` as parameters. Raises ContentError for a clue, level or label that is not known."""
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
        raise ContentError(f"{where}: judged: {twice[0]!r} stands under weights too")
    return model
