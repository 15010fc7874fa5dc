"""Words that names of organisations are made of, in both languages, and the weights with which names are compared."""

from functools import cache
from typing import Any

from overt.model.content_files import packaged_content
from overt.model.yaml import Content, parse, read_mapping
from overt.resolve.names.cedict import Sense, joins, stem, words


class HanModel(Content):
    """Weights of the comparison of a Chinese name with a Latin one, from `content/models/han.yml`; in bits, if not said else."""

    version: int
    title: str
    description: str
    rare: float
    """What a word tells that is not common in names."""
    common: float
    """What a common word tells: Technology, International."""
    trade: float
    """What a word tells that many names of one trade have: Satellite, Heavy."""
    place: float
    """What the name of a place tells."""
    legal: float
    """What a legal form tells."""
    aside: float
    """Share of its bits that a word in brackets keeps."""
    number: float
    """What a number tells."""
    numbers_differ: float
    """What it costs when both names have a number and the numbers differ."""
    replaced: float
    """Share of the bits of what is unanswered on both sides that it costs once more: another brand in the brand's place."""
    translated: float
    """Share of a word's bits that a translation earns."""
    related: float
    """Share of a word's bits that a word of kin meaning earns, at most."""
    related_sign: float
    """The same for one character."""
    part: float
    """Share of a word's bits that a translation of its beginning or end earns, at most."""
    partial: float
    """Power by which a meaning of several words loses when only some are met."""
    spelled: float
    """Share of the bits of a phonetic spelling that count."""
    spelled_from: float
    """Bits that a spelling loses, for that it may be chance."""
    spelled_least: float
    """Bits that a spelling has at least to be looked at."""
    spelled_most: float
    """Bits that one spelled word earns at most."""
    letters: float
    """Bits of equal Latin letters, a letter; at most what a rare word tells."""
    initials: float
    """Bits of Latin letters that are the initials of words, a letter."""
    missed_latin: float
    """Share of its bits that a Latin word costs which nothing answers."""
    missed_sign: float
    """Bits that a Chinese character costs which nothing answers."""
    missed_word: float
    """The same for a word of the dictionary."""
    missed_common: float
    """The same for a common Chinese word."""
    missed_empty: float
    """The same for a word that tells nothing (公司)."""
    missed_letters: float
    """The same for Latin letters or a number in the Chinese name."""
    intercept: float
    answered: float
    answered_most: float
    whole: float
    other_number: float
    """Log-odds of one pair looked at alone: intercept + answered × bits of all answers (of `answered_most` at most) + whole × the
    product of the shares of both names that are answered - `other_number` where the numbers differ."""
    certainty: float
    """Within a matrix: bits of weight that a bit of evidence makes."""
    alone: float
    """Within a matrix: what it weighs that a name has no partner."""
    alone_among_many: float
    """The same within an atlas, where most names have none."""
    matrix_intercept: float
    matrix_slope: float
    """Log-odds within a matrix: intercept + slope × log-odds of the share of assignments."""
    same: float
    """From this probability on two records are one organisation, where nothing else speaks against it."""
    review: float
    """From this probability on a pair is shown to a person."""


class HanWords:
    """The word lists of `content/names/`, with English words as stems."""

    def __init__(self, data: dict[str, Any], legal: dict[str, Any]) -> None:
        self.empty = frozenset(data["empty"])
        self.common = frozenset(stem(word) for word in data["common"])
        self.filler = frozenset(str(word) for word in data["filler"])
        self.senses: dict[str, tuple[Sense, ...]] = {
            word: tuple(dict.fromkeys(sense(english) for english in meanings)) for word, meanings in data["words"].items()
        }
        self.trade = frozenset(root for senses in self.senses.values() for one in senses for root in one.stems)
        """Stems of all words of the lists."""
        self.latin: dict[str, list[str]] = {}
        """Chinese words by the stem of their English word."""
        for word, senses in self.senses.items():
            for one in senses:
                if len(one.stems) == 1:
                    self.latin.setdefault(next(iter(one.stems)), []).append(word)
        spellings = {tuple(words(spelling)) for form in legal["forms"] for spelling in form["spellings"] if spelling.isascii()}
        self.legal = frozenset(spelling for spelling in spellings if spelling)


def sense(english: str) -> Sense:
    """An English phrase as a meaning."""
    return Sense(frozenset(stem(word) for word in words(english) if not joins(word)))


@cache
def han_words() -> HanWords:
    """The packaged word lists."""
    names = packaged_content() / "names"
    return HanWords(read_mapping(names / "han_words.yml"), read_mapping(names / "legal_forms.yml"))


@cache
def han_model() -> HanModel:
    """The packaged weights."""
    return checked_han(read_mapping(packaged_content() / "models" / "han.yml"))


def checked_han(data: dict[str, Any]) -> HanModel:
    """`data` as weights. Raises ContentError when one lacks or is not known."""
    return parse(HanModel, data, "models/han.yml")
