"""The versioned parameters of the classifier: `content/models/relations.yml`."""

from typing import Literal, get_args

from overt.model.errors import ContentError
from overt.model.yaml import Content, packaged_content, parse, read_mapping

Label = Literal["same", "renamed", "parent", "subsidiary", "joint-venture", "different"]
LABELS: tuple[Label, ...] = get_args(Label)
"""`parent`: the right one is the parent of the left one; `subsidiary`: the right one is a subsidiary of the left one."""
MIRRORED: dict[str, Label] = {"parent": "subsidiary", "subsidiary": "parent"}
"""What a label is called when the sides are exchanged; all others stay."""


class RelationModel(Content):
    """Bits of each label by clue and level; the likeliest label is told."""

    version: str
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
    """The packaged parameters. Raises ContentError."""
    model = parse(RelationModel, read_mapping(packaged_content() / "models" / "relations.yml"), "models/relations.yml")
    said = {
        label for levels in [*model.weights.values(), *model.judged.values()] for bits in levels.values() for label in bits
    } | set(model.prior)
    if strange := sorted(said - set(LABELS)):
        raise ContentError(f"models/relations.yml: {strange[0]!r} is none of the labels ({', '.join(LABELS)})")
    return model
