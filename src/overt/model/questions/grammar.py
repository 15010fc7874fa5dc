"""The words of questions, from `content/questions/grammar.yml`."""

from collections.abc import Collection, Mapping
from typing import Any, Literal

from overt.model.errors import ContentError
from overt.model.yaml import Content

Intent = Literal["suppliers", "places", "money", "blocked", "agreements", "lists", "projects"]


class YearWords(Content):
    """Words around years."""

    since: list[str] = []
    after: list[str] = []
    until: list[str] = []
    before: list[str] = []
    between: list[str] = []


class QuestionGrammar(Content):
    """The words around the names in questions, by what they mean."""

    intents: dict[Intent, list[str]] = {}
    kinds: dict[str, list[str]] = {}
    """Kind of project → words."""
    near_kinds: dict[str, list[str]] = {}
    """Kind of project → kinds under which sources record what a reader may call by the first: police cameras as a safe city."""
    restrictions: dict[str, list[str]] = {}
    """Kind of restriction → words."""
    seats: dict[str, list[str]] = {}
    """Code of a country → words for organisations with their seat there."""
    adjectives: dict[str, list[str]] = {}
    """Code of a country → its adjectives, which mean the country or the seat of a supplier."""
    exporters: list[str] = []
    """Codes of countries whose adjective means the seat of a supplier if nothing says otherwise: “Israeli spyware”."""
    companies: list[str] = []
    """Words for companies; an adjective before one means their seat."""
    regions: dict[str, list[str]] = {}
    """Region → further names."""
    country_groups: dict[str, list[str]] = {}
    """Name of several countries or regions that is no region itself → their codes or ids."""
    debated_members: dict[str, list[str]] = {}
    """Region → codes of countries in it that readers may not expect there; answers name those."""
    services: dict[str, list[str]] = {}
    """Platform or other service → further names."""
    names: dict[str, list[str]] = {}
    """Name of an organisation → short names, brands and products. A word under several names means all of them."""
    project_names: dict[str, list[str]] = {}
    """Words in names of projects → what readers call them."""
    name_endings: list[str] = []
    """Words at the end of names that readers leave out or add, such as “Group”."""
    agreement_kinds: dict[str, list[str]] = {}
    """Kind of agreement → words; the narrower kinds are meant, too."""
    subjects: dict[str, list[str]] = {}
    """Subject of laws and agreements → words for it, in questions and in names; a topic of provisions, or a name of our own."""
    years: YearWords = YearWords()
    verbs: list[str] = []
    """What an organisation does; they need an organisation, a seat or the intent `suppliers` beside them."""
    deliveries: list[str] = []
    """Nouns such as “exports” that ask for suppliers right after a kind."""
    fillers: list[str] = []
    """Words without a meaning of their own."""
    unweighed: list[str] = []
    """Words that narrow a question in a way that answers can't; the answer says that it leaves them out."""
    refused: list[str] = []
    """Words that turn a question around, such as “not”; they are never understood, nor taken for a misspelling."""


_LISTS = ("exporters", "companies", "name_endings", "verbs", "deliveries", "fillers", "unweighed", "refused")
_FREE = ("country_groups", "intents", "names", "project_names", "subjects")
"""Words by keys that are in no vocabulary."""


def combine_grammars(grammars: list[tuple[str, QuestionGrammar]], known: Mapping[str, Collection[str]]) -> QuestionGrammar:
    """Return one grammar with the words of several. `known`: the valid keys of `kinds`, `seats` and so on.

    Raises ContentError for an unknown key.
    """
    combined: dict[str, dict[str, list[str]]] = {name: {} for name in (*_FREE, *known)}
    years: dict[str, list[str]] = {name: [] for name in YearWords.model_fields}
    lists: dict[str, list[str]] = {name: [] for name in _LISTS}
    for path, grammar in grammars:
        for name, words in combined.items():
            by_key: Mapping[Any, list[str]] = getattr(grammar, name)
            for key, more in by_key.items():
                if name in known and key not in known[name]:
                    raise ContentError(f"{path}: {name}: {key!r} is not in the vocabulary; correct it, or add it there")
                if name == "near_kinds" and (unknown := set(more) - set(known["kinds"])):
                    raise ContentError(f"{path}: near_kinds: {key}: {min(unknown)!r} is not a kind of project; correct it")
                codes = {"debated_members": {*known["seats"]}, "country_groups": {*known["seats"], *known["regions"]}}
                if name in codes and (unknown := set(more) - codes[name]):
                    raise ContentError(f"{path}: {name}: {key}: {min(unknown)!r} is not a known code; correct it")
                words[key] = [*words.get(key, []), *more]
        for key, listed in years.items():
            listed += getattr(grammar.years, key)
        for name, listed in lists.items():
            listed += getattr(grammar, name)
    return QuestionGrammar.model_validate({**combined, "years": years, **lists})
