"""The versioned parameters by which two records of projects are held for one: `content/models/projects.yml`."""

from functools import cached_property

from overt.model.errors import ContentError
from overt.model.yaml import Content, packaged_content, parse, read_mapping

BASELINE = "unknown"
"""The level of a comparison for which one side says nothing; it weighs nothing unless the model says otherwise."""


class Blocks(Content):
    """What two projects must share to be looked at as a pair; bounds on how many there are."""

    word: int
    """A word that so many projects have at most."""
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
    quiet: list[str]
    """Words that tell no project from another."""
    numbered: list[str]
    """Words after which a Roman number is a number (`phase I`)."""
    alike: dict[str, str]
    """Spellings of one word, and abbreviations that stand for a word."""
    acts: dict[str, list[str]]
    """What is done to a thing, and the patterns of folded text that say so: a repair of a network is not its construction."""
    country_bits: float
    """The most that a word of the country's own name weighs: the countries are a comparison of their own."""


class ProjectModel(Content):
    """Weights in bits (log2 of a Bayes factor) by comparison and level."""

    version: str
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
    name_bits: tuple[float, ...]
    """Of the words that both names have: their bits times the share that they are of the shorter name."""
    participant_bits: tuple[float, ...]
    place_bits: tuple[float, ...]
    """These three are the lower bounds of the levels 1, 2, …; below the first is level 0."""
    weights: dict[str, dict[str, float]]

    @cached_property
    def comparisons(self) -> tuple[str, ...]:
        """The comparisons in the order in which parts are told."""
        return tuple(self.weights)

    def weight(self, comparison: str, level: str) -> float:
        """Bits of a level; what the model does not list weighs nothing."""
        return self.weights[comparison].get(level, 0.0)


def load_model() -> ProjectModel:
    """The packaged parameters. Raises ContentError."""
    model = parse(ProjectModel, read_mapping(packaged_content() / "models" / "projects.yml"), "models/projects.yml")
    if not 0 < model.review <= model.same < 1:
        raise ContentError("models/projects.yml: review and same are probabilities, review not above same")
    return model
