"""Combines the grammars of several files into one, and checks their keys and phrases."""

from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import Any

from overt.model.errors import ContentError
from overt.model.questions.question_vocabulary import QuestionGrammar
from overt.model.yaml_reading_and_validation import Content

_LISTS = tuple(name for name, field in QuestionGrammar.model_fields.items() if field.annotation == list[str])
"""Fields with one list of words."""
_WORDS = tuple(name for name, field in QuestionGrammar.model_fields.items() if field.annotation == dict[str, str])
"""Fields with one string by key."""
_GROUPS = tuple(name for name, field in QuestionGrammar.model_fields.items() if field.annotation == list[list[str]])
"""Fields with lists of words that mean the same."""
_NESTED: Mapping[str, type[Content]] = {
    name: field.annotation
    for name, field in QuestionGrammar.model_fields.items()
    if isinstance(field.annotation, type) and issubclass(field.annotation, Content)
}
"""Fields that are models themselves, each with several lists of words."""
_BY_KEY = tuple(name for name in QuestionGrammar.model_fields if name not in (*_LISTS, *_WORDS, *_GROUPS, *_NESTED))
"""Fields with a list of words by key."""


def combine_grammars(grammars: list[tuple[str, QuestionGrammar]], known: Mapping[str, Collection[str]]) -> QuestionGrammar:
    """Return one grammar with the words of several grammars.

    `known`: the valid keys of fields such as `kinds` and `seats`; for fields with one string by key, the valid strings. Raises
    ContentError for an unknown key, string or code, and for a phrase without a word.
    """
    for path, grammar in grammars:
        for name, words in grammar.model_dump().items():
            for phrase in _wordless(words):
                raise ContentError(f"{path}: {name}: {phrase!r} has no letter or digit; correct or remove it")
    combined: dict[str, dict[str, list[str]]] = {name: {} for name in _BY_KEY}
    nested: dict[str, dict[str, list[str]]] = {name: {key: [] for key in own.model_fields} for name, own in _NESTED.items()}
    lists: dict[str, list[str]] = {name: [] for name in _LISTS}
    strings: dict[str, dict[str, str]] = {name: {} for name in _WORDS}
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
        for name, by_field in nested.items():
            for key, listed in by_field.items():
                listed += getattr(getattr(grammar, name), key)
        for name, listed in lists.items():
            listed += getattr(grammar, name)
        for name, by_words in strings.items():
            by_key_of_file: Mapping[str, str] = getattr(grammar, name)
            if name in known and (unknown := set(by_key_of_file.values()) - set(known[name])):
                raise ContentError(f"{path}: {name}: {min(unknown)!r} is not in the vocabulary; correct it, or add it there")
            by_words |= by_key_of_file
    lists["unweighed"] += dict.fromkeys(chain.from_iterable(combined["law_statuses"].values()))
    _add_customers(combined, lists, strings["orderer_customers"])
    groups = {name: [words for _, grammar in grammars for words in getattr(grammar, name)] for name in _GROUPS}
    return QuestionGrammar.model_validate({**combined, **nested, **lists, **strings, **groups})


def _wordless(words: Any) -> Iterator[str]:
    """Yield the strings without a letter or digit among words, and among the keys and words of nested lists and mappings."""
    if isinstance(words, str):
        if not any(map(str.isalnum, words)):
            yield words
    elif isinstance(words, Mapping):
        for key, nested in words.items():
            yield from chain(_wordless(str(key)), _wordless(nested))
    else:
        for nested in words:
            yield from _wordless(nested)


def _add_customers(
    combined: Mapping[str, dict[str, list[str]]], lists: Mapping[str, list[str]], by_body: Mapping[str, str]
) -> None:
    """Add words for kinds of customers to those that limit a question, and to those for bodies that order restrictions.

    An editor therefore needs to write a word for the police or an army only once, as a kind of customer. Words that also have
    another meaning, such as a subject of laws, limit no question.
    """
    customers = combined["customer_words"]
    meanings = {word for name in ("kinds", "markers", "subjects") for words in combined.get(name, {}).values() for word in words}
    for kind in lists["limiting_customers"]:
        words = [word for word in customers.get(kind, ()) if word not in meanings]
        for name in ("unweighed", "limits"):
            lists[name].extend(word for word in words if word not in lists[name])
    for body, kind in by_body.items():
        words = combined["orderers"].setdefault(body, [])
        words.extend(word for word in customers.get(kind, ()) if word not in words)
