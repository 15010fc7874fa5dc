"""The points for evidence that two bodies of one country are one: `content/models/bodies.yml`."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from overt.model.content_files import packaged_content
from overt.model.errors import ContentError
from overt.model.yaml import Content, parse, read_mapping

_PATH = "models/bodies.yml"
LEVELS: dict[str, frozenset[str]] = {
    "name": frozenset({"equal", "most", "part", "little", "other"}),
    "across": frozenset({"sure", "likely", "possible"}),
    "abbreviation": frozenset({"long", "same", "alike", "fits", "other"}),
    "alias": frozenset({"same"}),
    "brand": frozenset({"alike", "short"}),
    "page": frozenset({"same", "domain", "label"}),
    "kind": frozenset({"same", "other"}),
}
"""Kind of evidence → its levels (`body_evidence`)."""


class BodyModel(Content):
    """`models/bodies.yml`."""

    version: int
    title: str
    description: str
    same: float
    """Points from which two bodies are one."""
    margin: float
    """Minimum distance in points from the second likeliest partner of either body."""
    points: dict[str, dict[str, float]]
    """Kind of evidence → level → points."""

    def sum(self, evidence: Mapping[str, str]) -> float:
        """Return the points of evidence: kind → level. A level without points counts as 0."""
        return sum(self.points[kind].get(level, 0.0) for kind, level in evidence.items())


@cache
def body_model() -> BodyModel:
    """Return the packaged model."""
    return parse_body_model(read_mapping(packaged_content() / "models" / "bodies.yml"))


def parse_body_model(data: dict[str, Any]) -> BodyModel:
    """Parse a model. Raises ContentError for a missing or unknown kind of evidence, and for an unknown level."""
    model = parse(BodyModel, data, _PATH)
    for kind in sorted(LEVELS.keys() ^ model.points.keys()):
        raise ContentError(f"{_PATH}: points: {kind!r} is {'unknown' if kind in model.points else 'missing'}")
    for kind, levels in model.points.items():
        for level in sorted(levels.keys() - LEVELS[kind]):
            raise ContentError(f"{_PATH}: points: {kind}: unknown level {level!r}")
    return model
