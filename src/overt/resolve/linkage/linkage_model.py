"""A linkage model: what is compared and how much each answer weighs, read from content and handed to Splink."""

import math
from collections.abc import Mapping
from functools import cached_property
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

import yaml
from pydantic import Field

from overt.model.errors import ContentError
from overt.model.yaml import Content, packaged_content, parse, read_mapping, refuse_unknown

_OVERLAP = "{overlap}"
COMPARISONS = ("brand", "field", "place", "form", "numbers", "country", "identifier")
"""What is compared; training and the comparison across scripts know them by these names."""
_ENDS = ("start", "end", "long_start", "long_end", "short_start", "short_end")
KEYS = ("twin", "brand", "sound", *_ENDS, "identifier", "initials", "word")
"""Keys of `sql/keys.sql`."""
_LIKELIEST = 0.001
"""The prior of a small collection at most: that of some thousand records."""


class Level(Content):
    """One answer of a comparison: when it holds, and how likely it is among pairs that are one thing (m) and others (u)."""

    label: str
    when: str
    """SQL that DuckDB and Spark read alike, over the columns of both sides (`brand_l`, `brand_r`); `ELSE` for what is left."""
    m: float = Field(gt=0, le=1)
    u: float = Field(gt=0, le=1)
    among: str = ""
    """Of which pairs it is an answer, where a comparison tells kinds of pairs apart; shares are of the pairs of a kind."""
    fixed: bool = False
    """Whether its weights are set by hand: what it is about cannot be learned from made-up records."""

    @property
    def weight(self) -> float:
        """log2 of the Bayes factor m/u."""
        return math.log2(self.m / self.u)


class Comparison(Content):
    """One question that is asked of a pair; of its levels the first whose condition holds is the answer."""

    name: str = Field(pattern=r"^[a-z][a-z_]*$")
    description: str
    unknown: str
    """SQL; where it holds the question has no answer and weighs nothing."""
    fixed: bool = False
    """Whether its weights are set by hand, because they follow from what is compared: registers give an identifier once."""
    levels: list[Level] = Field(min_length=2)

    def answer(self, weight: float) -> tuple[str, float]:
        """The label of the level that weighs so much, and the weight; no two levels weigh the same."""
        labels = {round(level.weight, 9): level.label for level in self.levels}
        return labels.get(round(weight, 9), "not known"), weight


class Answer(NamedTuple):
    """What a comparison says of a pair."""

    name: str
    description: str
    answer: str
    """The level's label, or `not known`."""
    weight: float


class Blocking(Content):
    """A rule for which pairs are looked at: those whose keys are equal."""

    name: str
    left: str
    """A key of `sql/keys.sql`, without its prefix `key_`."""
    right: str
    also: str = ""
    """SQL over both records (`l.brand`, `r.brand`) that must hold too: what is compared is few pairs then."""
    description: str

    @property
    def rule(self) -> str:
        """The rule in SQL. Splink asks of each pair if an earlier rule has it, and CASE alone stops where the keys differ."""
        equal = f"l.key_{self.left} = r.key_{self.right}"
        return f"{equal} AND CASE WHEN {equal} THEN {self.also} ELSE FALSE END" if self.also else equal


class Thresholds(Content):
    """From which probability on a pair is taken for one thing, or shown to a person."""

    same: float = Field(gt=0, lt=1)
    review: float = Field(gt=0, lt=1)


class LinkageModel(Content):
    """`models/NAME.yml`. Probability = prior and the sum of the weights of all comparisons, through the logistic function.

    The form is Fellegi and Sunter's (A Theory for Record Linkage, 1969); Splink computes it.
    """

    title: str
    description: str
    version: int
    type: str
    """The record type that it compares."""
    trained_on: str
    prior: float = Field(gt=0, lt=1)
    """How likely two of `prior_records` records drawn at random are to be one thing."""
    prior_records: int = Field(gt=1)
    thresholds: Thresholds
    largest_block: int = Field(gt=1)
    """How many records may share a key; more are cut, in the order of their names, into blocks of this size."""
    largest_group: int = Field(gt=1)
    """How many records that are written alike are paired each with each; more make a chain."""
    blocking: list[Blocking] = Field(min_length=1)
    comparisons: list[Comparison] = Field(min_length=1)

    @cached_property
    def keys(self) -> list[str]:
        """The keys that blocking needs, in a fixed order."""
        return sorted({key for rule in self.blocking for key in (rule.left, rule.right)})

    def among(self, records: int) -> "LinkageModel":
        """The model for so many records: how many of the others are the same thing as one does not hang on how many there are."""
        prior = min(self.prior * self.prior_records / max(records, 2), _LIKELIEST)
        return self.model_copy(update={"prior": prior, "prior_records": records})

    @property
    def prior_weight(self) -> float:
        """log2 of the prior's odds."""
        return math.log2(self.prior / (1 - self.prior))

    def answers(self, pair: Mapping[str, Any]) -> list[Answer]:
        """What a scored pair (a row of `score_pairs`) is made of, in the order of the comparisons."""
        return [Answer(held.name, held.description, *held.answer(pair[f"weight_{held.name}"])) for held in self.comparisons]

    def settings(self, overlap: str, *, parameters: bool = True) -> dict[str, Any]:
        """Splink's settings. `overlap`: the engine's function that says whether two lists share an item, which stands as
        `{overlap}` in conditions; without `parameters` m and u are left for training to find.
        """
        return {
            "link_type": "dedupe_only",
            "unique_id_column_name": "id",
            "probability_two_random_records_match": self.prior,
            "retain_matching_columns": False,
            "retain_intermediate_calculation_columns": True,
            "linker_uid": "overt",
            "blocking_rules_to_generate_predictions": [{"blocking_rule": rule.rule} for rule in self.blocking],
            "comparisons": [
                {
                    "output_column_name": held.name,
                    "comparison_levels": [
                        {
                            "sql_condition": held.unknown.replace(_OVERLAP, overlap),
                            "label_for_charts": "unknown",
                            "is_null_level": True,
                        },
                        *(_level(level, overlap, parameters=parameters or held.fixed) for level in held.levels),
                    ],
                }
                for held in self.comparisons
            ],
        }


def _level(level: Level, overlap: str, *, parameters: bool) -> dict[str, Any]:
    known = {"m_probability": level.m, "u_probability": level.u} if parameters else {}
    return {"sql_condition": level.when.replace(_OVERLAP, overlap), "label_for_charts": level.label, **known}


def load_model(name: str = "organizations", place: Traversable | None = None) -> LinkageModel:
    """The model in `models/NAME.yml` of the package, or in the file `place`. Raises ContentError when it is broken."""
    path = place or packaged_content() / "models" / f"{name}.yml"
    return checked(read_mapping(path), f"models/{name}.yml")


def checked(data: dict[str, Any], where: str) -> LinkageModel:
    """`data` as a model. Raises ContentError when a block or a comparison lacks or is not known."""
    model = parse(LinkageModel, data, where)
    refuse_unknown(model.keys, KEYS, f"{where}: blocking")
    refuse_unknown((held.name for held in model.comparisons), COMPARISONS, f"{where}: comparisons")
    if missing := [known for known in COMPARISONS if known not in {held.name for held in model.comparisons}]:
        raise ContentError(f"{where}: comparisons: {missing[0]!r} is missing")
    for held in model.comparisons:
        if [level.when == "ELSE" for level in held.levels] != [False] * (len(held.levels) - 1) + [True]:
            raise ContentError(f"{where}: {held.name}: the last level, and only the last, should be `when: ELSE`")
    return model


def dump_model(model: LinkageModel) -> str:
    """The model as the text of its file: equal models, equal text."""
    return yaml.safe_dump(model.model_dump(mode="json", exclude_defaults=True), sort_keys=False, allow_unicode=True, width=130)
