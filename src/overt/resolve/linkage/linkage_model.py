"""A linkage model: blocking rules, comparisons and the weights of their levels, loaded from content and passed to Splink."""

import math
from collections.abc import Mapping
from functools import cached_property
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

from pydantic import Field

from overt.model.content_files import packaged_content
from overt.model.errors import ContentError
from overt.model.yaml_reading_and_validation import Content, parse, read_mapping, refuse_unknown

_OVERLAP = "{overlap}"
COMPARISONS = ("brand", "field", "place", "form", "numbers", "country", "identifier", "site")
"""Names of the comparisons. Training and `cross_script_scorer` refer to them."""
_ENDS = ("start", "end", "long_start", "long_end", "short_start", "short_end")
KEYS = ("twin", "brand", "sound", *_ENDS, "identifier", "site", "initials", "word")
"""Blocking keys, which the query `linkage_features.keys` computes."""
_LIKELIEST = 0.001
"""Upper bound of the prior, which would otherwise be too high for small collections."""


class Level(Content):
    """A level of a comparison: its condition, and its share among matching pairs (m) and among other pairs (u)."""

    label: str
    when: str
    """SQL that works in DuckDB and Spark, over the columns of both sides (`brand_l`, `brand_r`); `ELSE` for the last level."""
    m: float = Field(gt=0, le=1)
    u: float = Field(gt=0, le=1)
    among: str = ""
    """The kind of pairs that the level is for, if the comparison distinguishes kinds. m and u are shares among these pairs."""
    fixed: bool = False
    """Whether m and u are set by hand, because they can't be estimated from generated records."""
    similar: bool = False
    """Whether the two values are merely similar, so that unrelated organisations in one country may have them."""

    @property
    def weight(self) -> float:
        """log2 of the Bayes factor m/u."""
        return math.log2(self.m / self.u)


class Comparison(Content):
    """A comparison of two records. Its answer is the first level whose condition is true."""

    name: str = Field(pattern=r"^[a-z][a-z_]*$")
    description: str
    unknown: str
    """SQL condition under which the comparison has no answer and no weight."""
    fixed: bool = False
    """Whether all weights are set by hand, because they follow from what the property is: a register assigns each identifier
    only once.
    """
    levels: list[Level] = Field(min_length=2)

    def answer(self, weight: float) -> tuple[str, float]:
        """Return the label of the level with this weight (`not known` if none has it), and the weight.

        No two levels of a comparison have the same weight.
        """
        return self._labels.get(round(weight, 9), "not known"), weight

    @cached_property
    def _labels(self) -> dict[float, str]:
        return {round(level.weight, 9): level.label for level in self.levels}


class Answer(NamedTuple):
    """The result of a comparison for one pair."""

    name: str
    description: str
    answer: str
    """The level's label, or `not known`."""
    weight: float


class Blocking(Content):
    """A blocking rule: pairs with equal keys become candidate pairs."""

    name: str
    left: str
    """One of KEYS."""
    right: str
    also: str = ""
    """An additional SQL condition on both records (`l.brand`, `r.brand`), which keeps the number of pairs small."""
    description: str

    @property
    def rule(self) -> str:
        """The rule in SQL.

        Splink also evaluates all earlier rules for each pair, to skip pairs that it already has. With CASE, `also` isn't
        evaluated if the keys differ.
        """
        equal = f"l.key_{self.left} = r.key_{self.right}"
        return f"{equal} AND CASE WHEN {equal} THEN {self.also} ELSE FALSE END" if self.also else equal


class Thresholds(Content):
    """Minimum probability at which a pair counts as a match (`same`), and at which editors are asked to judge it (`review`)."""

    same: float = Field(gt=0, lt=1)
    review: float = Field(gt=0, lt=1)


class LinkageModel(Content):
    """`models/NAME.yml`: a Fellegi–Sunter model (A Theory for Record Linkage, 1969), computed by Splink.

    log2 of the odds = the prior's weight + the sum of the weights of all comparisons.
    """

    title: str
    description: str
    version: int
    type: str
    """The record type that the model compares."""
    trained_on: str
    prior: float = Field(gt=0, lt=1)
    """Probability that two records drawn at random from `prior_records` records match."""
    prior_records: int = Field(gt=1)
    thresholds: Thresholds
    largest_block: int = Field(gt=1)
    """Maximum number of profiles (records with equal values form one) in a block. Larger blocks are sorted by brand and cut."""
    largest_group: int = Field(gt=1)
    """Maximum number of records with equal values that are all paired with each other. More records form a chain of pairs."""
    blocking: list[Blocking] = Field(min_length=1)
    comparisons: list[Comparison] = Field(min_length=1)

    @cached_property
    def keys(self) -> list[str]:
        """The blocking keys that the rules use, sorted."""
        return sorted({key for rule in self.blocking for key in (rule.left, rule.right)})

    def for_record_count(self, records: int) -> "LinkageModel":
        """Return the model with its prior set for this many records.

        A record is expected to have the same number of matches in any collection. The prior is therefore inversely proportional
        to the number of records, up to an upper bound.
        """
        prior = min(self.prior * self.prior_records / max(records, 2), _LIKELIEST)
        return self.model_copy(update={"prior": prior, "prior_records": records})

    @property
    def prior_weight(self) -> float:
        """log2 of the prior's odds."""
        return math.log2(self.prior / (1 - self.prior))

    def only_similar(self, pair: Mapping[str, Any]) -> bool:
        """Return whether any comparison of a scored pair answers that the values are merely similar (`Level.similar`)."""
        similar = {
            (comparison.name, level.label) for comparison in self.comparisons for level in comparison.levels if level.similar
        }
        return any((answer.name, answer.answer) in similar for answer in self.answers(pair))

    def answers(self, pair: Mapping[str, Any]) -> list[Answer]:
        """Return the answer of every comparison for a scored pair (a row of `score_pairs`), in the order of the comparisons."""
        return [
            Answer(comparison.name, comparison.description, *comparison.answer(pair[f"weight_{comparison.name}"]))
            for comparison in self.comparisons
        ]

    def settings(self, overlap: str, *, parameters: bool = True) -> dict[str, Any]:
        """Return the settings for Splink.

        `overlap`: the engine's function that tests whether two lists share an item; it replaces `{overlap}` in conditions.
        Without `parameters`, m and u are left out so that training estimates them, except in `fixed` comparisons.
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
                    "output_column_name": comparison.name,
                    "comparison_levels": [
                        {
                            "sql_condition": comparison.unknown.replace(_OVERLAP, overlap),
                            "label_for_charts": "unknown",
                            "is_null_level": True,
                        },
                        *(_level(level, overlap, parameters=parameters or comparison.fixed) for level in comparison.levels),
                    ],
                }
                for comparison in self.comparisons
            ],
        }


def _level(level: Level, overlap: str, *, parameters: bool) -> dict[str, Any]:
    known = {"m_probability": level.m, "u_probability": level.u} if parameters else {}
    return {"sql_condition": level.when.replace(_OVERLAP, overlap), "label_for_charts": level.label, **known}


def load_linkage_model(name: str = "organizations", path: Traversable | None = None) -> LinkageModel:
    """Return the model in `models/NAME.yml` of the package, or in the file `path`. Raises ContentError if it is invalid."""
    if path is not None:
        return parse_linkage_model(read_mapping(path), str(path))
    where = f"models/{name}.yml"
    return parse_linkage_model(read_mapping(packaged_content() / where), where)


def parse_linkage_model(data: dict[str, Any], where: str) -> LinkageModel:
    """Parse a model; `where` is the file named in errors. Raises ContentError if the model is invalid."""
    model = parse(LinkageModel, data, where)
    refuse_unknown(model.keys, KEYS, f"{where}: blocking")
    names = [comparison.name for comparison in model.comparisons]
    refuse_unknown(names, COMPARISONS, f"{where}: comparisons")
    if missing := [name for name in COMPARISONS if name not in names]:
        raise ContentError(f"{where}: comparisons: {missing[0]!r} is missing")
    for comparison in model.comparisons:
        is_else = [level.when == "ELSE" for level in comparison.levels]
        if is_else != [False] * (len(is_else) - 1) + [True]:
            raise ContentError(f"{where}: {comparison.name}: the last level, and only the last, should be `when: ELSE`")
    return model
