"""The published weights by which two names are compared, from `content/models/names.yml`."""

import math
from functools import cache
from typing import Any, Literal

from pydantic import Field

from overt.model.content_files import packaged_content
from overt.model.errors import ContentError
from overt.model.yaml import Content, parse, read_mapping

Part = Literal[
    "words-agree",
    "spelling",
    "brand-left-over",
    "field-left-over",
    "scope-left-over",
    "generic-left-over",
    "words-differ",
    "number-differs",
    "number-alone",
    "place-differs",
    "country-alone",
    "region-alone",
    "city-alone",
    "seat-alone",
    "place-agrees",
    "form-agrees",
    "form-differs",
    "form-elsewhere",
    "initials",
    "across-scripts",
]
PARTS: tuple[Part, ...] = Part.__args__  # type: ignore[attr-defined]


class Evidence(Content):
    """How much of a name a word is, by its kind; a whole name is 1."""

    brand: float = Field(ge=0)
    field: float = Field(ge=0)
    scope: float = Field(ge=0)
    generic: float = Field(ge=0)
    number: float = Field(ge=0)
    country: float = Field(ge=0)
    region: float = Field(ge=0)
    city: float = Field(ge=0)
    seat: float = Field(ge=0)


class NameWeights(Content):
    """`models/names.yml`."""

    title: str
    version: str
    description: str
    threshold: float = Field(gt=0, lt=1)
    """The probability from which two names are taken for one, where a yes or a no is needed."""
    prior: float
    """log2 of the odds before anything is compared."""
    evidence: Evidence
    full_word: int = Field(ge=1)
    """A word of the brand that has so many letters counts in full, a shorter one in proportion."""
    edits: dict[int, int]
    """The longer of two words has at least so many letters: so many edits make them one word misspelled."""
    calibration: float = Field(gt=0)
    """By what the sum of the parts is multiplied before it is taken for log2 of the odds."""
    parts: dict[Part, float]
    """Bits for one unit of each part."""

    def probability(self, bits: float) -> float:
        """The probability that a sum of bits stands for."""
        return 1 / (1 + math.exp2(-max(-60.0, min(60.0, bits))))


@cache
def name_weights() -> NameWeights:
    """The packaged weights."""
    return checked_weights(read_mapping(packaged_content() / "models" / "names.yml"))


def checked_weights(data: dict[str, Any]) -> NameWeights:
    """`data` as weights. Raises ContentError: broken, or a part lacks or is not known."""
    weights = parse(NameWeights, data, "models/names.yml")
    missing = [part for part in PARTS if part not in weights.parts]
    if missing:
        raise ContentError(f"models/names.yml: parts: {missing[0]!r} has no weight")
    return weights
