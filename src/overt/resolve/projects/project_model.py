"""The versioned model for matching project records: `content/models/projects.yml`."""

from functools import cached_property
from typing import Any

from overt.model.content_files import packaged_content
from overt.model.errors import ContentError
from overt.model.yaml_reading_and_validation import Content, parse, read_mapping, refuse_unknown

BASELINE = "unknown"
"""Level of a comparison that is no evidence, for example if a value is missing. Its weight is 0 unless the model sets one."""


class Blocks(Content):
    """Limits for blocking: projects that share a value become candidate pairs only if at most this many share it."""

    key: int
    """Maximum number of projects with the same name or initials."""
    word: int
    """Maximum number of projects with the same word in their names (overall or in one country) or places."""
    participant: int
    """Maximum number of projects with the same participating organisation."""
    country: int
    """Maximum number of projects of compatible kinds, or with the same sum, in one country."""


class ProjectNameRules(Content):
    """Word lists and patterns for project names."""

    leave_out: list[str]
    """Patterns to remove before words are read: amounts of money, years, mentions of other records."""
    tail: str
    """Pattern for a description after the name, such as the two towns that a cable connects."""
    quiet: list[str]
    """Words that don't distinguish projects. They are ignored."""
    quiet_unspaced: list[str]
    """The same as `quiet`, for scripts without spaces."""
    plain: list[str]
    """Generic words for kinds of projects. They count only in a name without other words."""
    numbered: list[str]
    """Words such as `phase`. Next to such a word, a Roman numeral or `first` counts as a number."""
    parts: list[str]
    """Words of `numbered` that count something other than phases in a description: part, section, lot."""
    ordinals: dict[str, str]
    """Ordinal word → number. `first` counts only next to a word of `numbered`."""
    editions: list[str]
    """Words after the name of a product that distinguish its editions: Pro, Enterprise."""
    counted: dict[str, str]
    """Ordinal word that also has another meaning → number. It counts only next to a word of `numbered`."""
    sides: list[str]
    """Words that distinguish sibling projects, as numbers do: north, central …"""
    wide: list[str]
    """Words for parts of the world, which are common in names of cables, even if they happen to be rare in a small atlas."""
    alike: dict[str, str]
    """Variant of a word (translation, form, spelling or abbreviation) → the word that replaces it in comparisons."""
    acts: dict[str, list[str]]
    """Activity other than building → its patterns in folded text. The repair of a network is not the network."""
    multipliers: dict[str, list[str]]
    """Power of ten → words for it that follow a number, such as million."""
    numerals: dict[str, list[str]]
    """Number → words for it in lower case. They count only before a word of `multipliers`: ninety thousand."""
    units: dict[str, list[str]]
    """What is counted or measured, such as cameras → beginnings of words for it."""
    country_bits: float
    """Maximum weight of words for countries, and of words in `wide` and `sides`. Location is compared separately."""
    plain_bits: float
    """Maximum weight of a word of `plain`."""
    unseen: float
    """Smoothing: number of names assumed in addition to the atlas, because every word is rare in a small atlas."""
    unseen_share: float
    """Share of the assumed names that have a given word."""


class ProjectModel(Content):
    """The model: blocking, rules for names, thresholds, and weights in bits (log2 of a Bayes factor) by comparison and level."""

    version: int
    fitted_on: str
    prior: float
    """Bits before all comparisons: log2 of the prior odds."""
    same: float
    """Minimum probability of a match."""
    review: float
    """Minimum probability at which editors are asked to judge a pair."""
    blocks: Blocks
    words: ProjectNameRules
    resellers: list[str]
    """Beginnings of words for resellers: firms that sell what others make."""
    settings: list[str]
    """Meanings of words for the purpose of a project, or for where it is used.

    The meanings are defined in `names/institution_words_by_meaning.yml`.
    """
    manner: list[str]
    """Kinds for how a project is paid for or carried out, such as `donation`. They count only if a project has no other kinds."""
    related: list[tuple[str, str]]
    """Pairs of kinds that sources use for the same projects, in addition to broader and narrower terms of the vocabulary."""
    boundless: list[str]
    """Kinds of projects between countries. A missing country or different owners don't count against a match of two of them."""
    networks: list[str]
    """Kinds of projects that belong to a single operator, so that different customers mean different projects."""
    precise: list[str]
    """Precisions of places at which the distance between two places counts."""
    inside: float
    """Share of a name's bits that the other name must contain for the level `inside`."""
    name_bits: tuple[float, float]
    """Minimum bits of names with the grades `common` and `telling`. Below the first, the grade is `plain`."""
    part_bits: float
    """Names match in part if the bits of the shared words, times their share of the shorter name's bits, reach this bound."""
    crowd: tuple[int, int, int]
    """Upper bounds of `few`, `some` and `many` projects of one kind per source and country."""
    participant_bits: tuple[float, ...]
    """Lower bounds of levels 1, 2, … of `participants`. Level 0 is below the first."""
    place_bits: tuple[float, ...]
    """Lower bounds of levels 1, 2, … of `named-place`. Below the first, the level is BASELINE."""
    weights: dict[str, dict[str, float]]

    @cached_property
    def comparisons(self) -> tuple[str, ...]:
        """Names of the comparisons, in the order of the model file."""
        return tuple(self.weights)

    def weight(self, comparison: str, level: str) -> float:
        """Return the bits of a level; 0 for a level that the model doesn't list."""
        return self.weights[comparison].get(level, 0.0)


_GAPS = ("day", "same", "possible", "near", "apart", "far")
_GRADES = ("plain", "common", "telling")
_NAMES = ("little", "part", "plain", *(f"{how}-{grade}" for how in ("inside", "initial", "equal") for grade in _GRADES))


def known_levels(model: ProjectModel) -> dict[str, tuple[str, ...]]:
    """Return the levels that each comparison can have, apart from BASELINE."""
    return {
        "kind": ("same", "broader", "related"),
        "name": _NAMES,
        "rival": ("better",),
        "source": ("again", "same"),
        "number": ("first", "later", "mentioned", "described", "same", "some", "other"),
        "side": ("one", "other"),
        "link": ("both", "one", "none"),
        "act": ("one", "renewal", "other", "again", "same"),
        "country": ("same", "landing", "within", "most", "some", "other", "boundless"),
        "crowd": ("few", "some", "many", "very many"),
        "participants": tuple(str(level) for level in range(len(model.participant_bits) + 1)),
        "suppliers": ("other", "other-maker", "despite-name", "reseller", "other-sound"),
        "customers": ("other", "other-operator", "other-named"),
        "finish": _GAPS,
        "start": _GAPS,
        "agreed": _GAPS,
        "order": ("before", "fits", "close"),
        "place": ("ends", "many", "several", "near", "elsewhere", "titled", "far", "towns"),
        "named-place": tuple(str(level) for level in range(1, len(model.place_bits) + 1)),
        "length": ("near", "alike", "far"),
        "amount": ("exact", "same", "part", "converted", "apart", "other", "other-lot"),
        "stated": ("same", "round", "other", "titled"),
        "mention": ("same", "edition", "other"),
        "setting": ("one", "other", "object"),
        "level": ("other",),
        "evidence": ("context", "several"),
    }


def load_project_model() -> ProjectModel:
    """Return the packaged model."""
    return parse_project_model(read_mapping(packaged_content() / "models" / "projects.yml"))


def parse_project_model(data: dict[str, Any]) -> ProjectModel:
    """Parse a model. Raises ContentError if it is invalid."""
    where = "models/projects.yml"
    model = parse(ProjectModel, data, where)
    if not 0 < model.review <= model.same < 1:
        raise ContentError(f"{where}: review and same are probabilities, review not above same")
    known = known_levels(model)
    refuse_unknown(model.weights, known, f"{where}: weights")
    for comparison, levels in known.items():
        if comparison not in model.weights:
            raise ContentError(f"{where}: weights: {comparison!r} is missing")
        refuse_unknown(model.weights[comparison], (*levels, BASELINE), f"{where}: weights.{comparison}")
    return model
