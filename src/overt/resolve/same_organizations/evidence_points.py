"""Points for evidence that two organisations of one country are the same: `content/models/organizations_of_one_country.yml`."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from overt.model.content_files import packaged_content
from overt.model.errors import ContentError
from overt.model.yaml_reading_and_validation import Content, parse, read_mapping, refuse_unknown

_PATH = "models/organizations_of_one_country.yml"
LEVELS: dict[str, frozenset[str]] = {
    "name": frozenset({"equal", "most", "part", "little", "other"}),
    "across": frozenset({"sure", "likely", "possible"}),
    "abbreviation": frozenset({"long", "initials", "same", "fits", "other"}),
    "alias": frozenset({"same"}),
    "brand": frozenset({"whole", "alike", "short"}),
    "page": frozenset({"same", "named", "domain", "label"}),
    "kind": frozenset({"same", "other"}),
    "former": frozenset({"same", "sound", "short"}),
    "portfolio": frozenset({"same"}),
}
"""Kind of evidence → its levels (`evidence_levels`)."""


class BodyModel(Content):
    """`models/organizations_of_one_country.yml`."""

    version: int
    title: str
    description: str
    same: float
    """Minimum number of points for two bodies to be the same."""
    margin: float
    """Minimum number of points by which a pair must exceed either body's pair with its second likeliest partner."""
    points: dict[str, dict[str, float]]
    """Kind of evidence → level → points."""

    def sum(self, evidence: Mapping[str, str]) -> float:
        """Return the total points of evidence (kind → level). A level without points counts as 0."""
        return sum(self.points[kind].get(level, 0.0) for kind, level in evidence.items())


@cache
def body_model() -> BodyModel:
    """Return the packaged model, read on the first call."""
    return parse_body_model(read_mapping(packaged_content() / _PATH))


def parse_body_model(data: dict[str, Any]) -> BodyModel:
    """Parse a model. Raises ContentError if it is invalid, for example if it lacks a kind of evidence."""
    model = parse(BodyModel, data, _PATH)
    refuse_unknown(model.points, LEVELS, f"{_PATH}: points")
    for kind, levels in LEVELS.items():
        if kind not in model.points:
            raise ContentError(f"{_PATH}: points: {kind!r} is missing")
        refuse_unknown(model.points[kind], levels, f"{_PATH}: points.{kind}")
    return model
