"""The versioned parameters by which two records of projects are held for one: `content/models/projects.yml`."""

from functools import cached_property
from typing import Any

from overt.model.errors import ContentError
from overt.model.yaml import Content, packaged_content, parse, read_mapping, refuse_unknown

BASELINE = "unknown"
"""The level of a comparison for which one side says nothing; it weighs nothing unless the model says otherwise."""


class Blocks(Content):
    """What two projects must share to be looked at as a pair; bounds on how many there are."""

    key: int
    """A name that so many projects have at most."""
    word: int
    """A word that so many projects have at most, altogether or in one country."""
    participant: int
    """An organisation that takes part in so many projects at most."""
    country: int
    """A country that has so many projects of the same kind at most."""


class Words(Content):
    """How the name of a project is read."""

    leave_out: list[str]
    """Patterns of what is taken off before the words are read: sums of money, years, mentions of other records."""
    mention: str
    """Pattern of where a name refers to other records of its source by their keys; it is taken off too."""
    tail: str
    """Pattern of what only describes what stands before it: a cable between two towns."""
    quiet: list[str]
    """Words that tell no project from another; they are not read."""
    plain: list[str]
    """Words for kinds of things, which tell little: a name that has others is known by those alone."""
    numbered: list[str]
    """Words after which a Roman number is a number (`phase I`), and by which `first` is one."""
    ordinals: dict[str, str]
    """Words for numbers that count; `first` only beside a word of `numbered`."""
    sides: list[str]
    """Words that tell siblings apart as numbers do: north, central …"""
    wide: list[str]
    """Words for parts of the world: hardly telling in an atlas of cables, and by chance rare in a small one."""
    alike: dict[str, str]
    """Spellings of one word, and abbreviations that stand for a word."""
    acts: dict[str, list[str]]
    """What is done to a thing beyond building it, and the patterns of folded text that say so: a repair of a network is not the
    network."""
    country_bits: float
    """The most that a word of a country's name, of `wide` or of `sides` weighs: where something is is compared by itself."""
    plain_bits: float
    """The most that a word of `plain` weighs."""
    unseen: float
    """How many names the rarity of a word supposes beside those of the atlas; in a small one all words are rare."""
    unseen_share: float
    """The share of them that is supposed to have the word."""


class ProjectModel(Content):
    """Weights in bits (log2 of a Bayes factor) by comparison and level."""

    version: int
    fitted_on: str
    prior: float
    """Bits before any comparison."""
    same: float
    """Probability from which a pair is proposed as one project."""
    review: float
    """Probability from which a pair is shown to a person."""
    blocks: Blocks
    words: Words
    manner: list[str]
    """Kinds that say how something is done, not what; they count only where nothing else is said."""
    related: list[tuple[str, str]]
    """Kinds under which different sources file one thing, beside those that the vocabulary makes narrower or broader."""
    precise: list[str]
    """Precisions at which a place tells near from far."""
    inside: float
    """The share of a name's bits that must be in the other name for it to stand whole in it."""
    name_bits: tuple[float, float]
    """Bits from which a name is `common` and from which it is `telling`; below the first it is `plain`."""
    part_bits: float
    """Bits from which names answer each other in part and not little: those of the words that both have, times their share of the
    shorter name."""
    crowd: tuple[int, int, int]
    """So many projects of the kind that one source has in a country are few, some, many; more are very many."""
    participant_bits: tuple[float, ...]
    place_bits: tuple[float, ...]
    """These two are the lower bounds of the levels 1, 2, …; below the first is level 0."""
    weights: dict[str, dict[str, float]]

    @cached_property
    def comparisons(self) -> tuple[str, ...]:
        """The comparisons in the order in which parts are told."""
        return tuple(self.weights)

    def weight(self, comparison: str, level: str) -> float:
        """Bits of a level; what the model does not list weighs nothing."""
        return self.weights[comparison].get(level, 0.0)


_GAPS = ("same", "possible", "near", "apart", "far")
_GRADES = ("plain", "common", "telling")
_NAMES = ("little", "part", "plain", *(f"{how}-{grade}" for how in ("inside", "initial", "equal") for grade in _GRADES))


def levels_known(model: ProjectModel) -> dict[str, tuple[str, ...]]:
    """Comparison → its levels beside BASELINE, as `levels.py` and `sql/measures.sql` find them."""
    return {
        "kind": ("same", "broader", "related"),
        "name": _NAMES,
        "rival": ("better",),
        "source": ("again", "same"),
        "number": ("first", "later", "same", "some", "other"),
        "side": ("one", "other"),
        "mention": ("both", "one", "none"),
        "act": ("one", "other", "again", "same"),
        "country": ("same", "within", "most", "some", "other"),
        "crowd": ("few", "some", "many", "very many"),
        "participants": tuple(str(level) for level in range(len(model.participant_bits) + 1)),
        "finish": _GAPS,
        "start": _GAPS,
        "agreed": _GAPS,
        "order": ("before", "fits"),
        "place": ("near", "far"),
        "named-place": tuple(str(level) for level in range(1, len(model.place_bits) + 1)),
        "length": ("near", "alike", "far"),
        "amount": ("same",),
    }


def load_model() -> ProjectModel:
    """The packaged parameters."""
    return checked(read_mapping(packaged_content() / "models" / "projects.yml"))


def checked(data: dict[str, Any]) -> ProjectModel:
    """`data` as parameters. Raises ContentError for a comparison or level that is not known."""
    where = "models/projects.yml"
    model = parse(ProjectModel, data, where)
    if not 0 < model.review <= model.same < 1:
        raise ContentError(f"{where}: review and same are probabilities, review not above same")
    known = levels_known(model)
    refuse_unknown(model.weights, known, f"{where}: weights")
    for comparison, levels in known.items():
        if comparison not in model.weights:
            raise ContentError(f"{where}: weights: {comparison!r} is missing")
        refuse_unknown(model.weights[comparison], (*levels, BASELINE), f"{where}: weights.{comparison}")
    return model
