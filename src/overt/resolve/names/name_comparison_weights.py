"""The weights of the name comparison, from `content/models/names.yml`."""

import math
from functools import cache
from typing import Any, Literal

from pydantic import Field

from overt.model.content_files import packaged_content
from overt.model.errors import ContentError
from overt.model.yaml_reading_and_validation import Content, parse, read_mapping

PartName = Literal[
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
PARTS: tuple[PartName, ...] = PartName.__args__  # type: ignore[attr-defined]


class Evidence(Content):
    """The weight of a word, by its kind. Matching words with a total weight of 1 or more make two names agree in full."""

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
    """Probability above which two names count as a match, for callers that need a yes or no."""
    prior: float
    """Weight of the prior. Multiplied by `calibration`, it is log2 of the prior odds."""
    evidence: Evidence
    full_word: int = Field(ge=1)
    """Number of letters at which a brand's word counts in full. Chinese characters count as two. Shorter words count less."""
    edits: dict[int, int]
    """Minimum length of the longer of two words → maximum number of edits for one to be a misspelling of the other."""
    calibration: float = Field(gt=0)
    """Factor that converts the prior and the parts to bits, which add up to log2 of the odds."""
    parts: dict[PartName, float]
    """Weight per unit of each part. Multiplied by `calibration`, it is in bits. Only `across-scripts` differs: its weight
    multiplies the log2 odds of `cross_score`, without `calibration`.
    """

    def probability(self, bits: float) -> float:
        """Return the probability for a sum of bits."""
        return 1 / (1 + math.exp2(-max(-60.0, min(60.0, bits))))


@cache
def name_weights() -> NameWeights:
    """Return the weights of the package, which are read on the first call."""
    return parse_name_weights(read_mapping(packaged_content() / "models" / "names.yml"))


def parse_name_weights(data: dict[str, Any]) -> NameWeights:
    """Parse the data of `models/names.yml`. Raises ContentError for invalid data, and for a missing or unknown part."""
    weights = parse(NameWeights, data, "models/names.yml")
    missing = [part for part in PARTS if part not in weights.parts]
    if missing:
        raise ContentError(f"models/names.yml: parts: {missing[0]!r} has no weight")
    return weights
