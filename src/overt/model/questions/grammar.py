"""The words of questions, from `content/questions/grammar.yml`."""

from typing import Literal

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
    restrictions: dict[str, list[str]] = {}
    """Kind of restriction → words."""
    seats: dict[str, list[str]] = {}
    """Code of a country → words for organisations with their seat there."""
    services: dict[str, list[str]] = {}
    """Platform or other service → further names."""
    years: YearWords = YearWords()
    verbs: list[str] = []
    """What an organisation does; they need an organisation, a seat or the intent `suppliers` beside them."""
    fillers: list[str] = []
    """Words without a meaning of their own."""


def combine_grammars(grammars: list[tuple[str, QuestionGrammar]], known: dict[str, set[str]]) -> QuestionGrammar:
    """Return one grammar with the words of several. `known`: the valid keys of `kinds`, `restrictions`, `seats` and `services`.

    Raises ContentError for an unknown key.
    """
    combined: dict[str, dict[str, list[str]]] = {name: {} for name in ("intents", *known)}
    years: dict[str, list[str]] = {name: [] for name in YearWords.model_fields}
    lists: dict[str, list[str]] = {"verbs": [], "fillers": []}
    for path, grammar in grammars:
        for name, words in combined.items():
            for key, more in getattr(grammar, name).items():
                if name in known and key not in known[name]:
                    raise ContentError(f"{path}: {name}: {key!r} is not in the vocabulary; correct it, or add it there")
                words[key] = [*words.get(key, []), *more]
        for key, listed in years.items():
            listed += getattr(grammar.years, key)
        for name, listed in lists.items():
            listed += getattr(grammar, name)
    return QuestionGrammar.model_validate({**combined, "years": years, **lists})
