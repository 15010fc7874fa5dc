"""The model that compares Latin names of organisations with names in other scripts, and the word lists that it uses."""

from functools import cache
from typing import Any

from pydantic import Field

from overt.model.content_files import packaged_content
from overt.model.yaml_reading_and_validation import Content, parse, read_mapping
from overt.resolve.names.han.cedict import Sense, english_words, parse_sense, stem


class CrossScriptModel(Content):
    """Model for comparing a Latin name with one in another script, from `models/chinese_and_latin_names.yml`.

    Weights are in bits unless noted.
    """

    version: int
    title: str
    description: str
    rare: float
    """Weight of a word that is rare in names."""
    common: float
    """Weight of a common word: Technology, International."""
    trade: float
    """Weight of a word that is common in one trade: Satellite, Heavy."""
    place: float
    """Weight of a place name."""
    legal: float
    """Weight of a legal form."""
    aside: float
    """Share of the normal weight for a word in brackets."""
    number: float
    """Weight of a number."""
    numbers_differ: float
    """Cost if both names have a number and the numbers differ."""
    several_renderings: float
    """Cost if only a word with several renderings distinguishes the schools of a town (`Alignment.doubtful`)."""
    replaced: float
    """Share of the cost of unmatched words that is charged again if both sides have some: one brand may replace another."""
    translated: float
    """Share of a word's weight for a translation."""
    related: float
    """Maximum share of a word's weight for a related meaning."""
    related_sign: float
    """Maximum share of a word's weight for a related meaning of a single character."""
    part: float
    """Maximum share of a word's weight for a translation of only its beginning or end."""
    partial: float
    """Exponent of the share of matching words, for a meaning of several words."""
    spelled: float
    """Share of the bits of a phonetic spelling that counts."""
    spelled_from: float
    """Bits that are subtracted from a spelling because some spellings match by chance."""
    spelled_least: float
    """Minimum number of bits for a spelling to count."""
    spelled_most: float
    """Upper bound of the bits of a spelled word."""
    spelled_sure: float
    """Bits at which a spelling saves the full cost of the word and the characters. A poorer spelling saves only a share."""
    letters: float
    """Bits per letter of equal Latin letters. Together, they have at most two bits more than a rare word."""
    initials: float
    """Bits per letter of Latin letters that match the initials of words."""
    missed_latin: float
    """Cost of an unmatched Latin word, as a share of its weight."""
    missed_sign: float
    """Cost of an unmatched Chinese character, kana or Hangul syllable."""
    missed_word: float
    """Cost of an unmatched dictionary word."""
    missed_common: float
    """Cost of an unmatched common word or place name."""
    missed_empty: float
    """Cost of an unmatched word without information, such as 公司 (company)."""
    missed_letters: float
    """Cost of unmatched Latin letters or an unmatched number in the other name, and of an unmatched Cyrillic or Arabic word."""
    complete: float
    """If rival names are considered: bits added to a pair in which all words match. Other pairs get a share of these bits."""
    intercept: float
    """Constant term of the log-odds of a single pair. Matches, unmatched words and doubts add to it (`explain_cross`)."""
    answered: float
    """Factor by which the bits of all matches are multiplied."""
    answered_most: float
    """Upper bound of the bits of all matches together."""
    coverage: float = Field(alias="whole")
    """Factor by which the product of both names' matched shares is multiplied."""
    other_number: float
    """Log-odds that are subtracted if the numbers differ."""
    certainty: float
    """If rival names are considered: bits of a pair's weight per bit of evidence."""
    unmatched: float = Field(alias="alone")
    """If rival names are considered: weight, in bits, of having no partner."""
    unmatched_among_many: float = Field(alias="alone_among_many")
    """The same when names of an atlas are compared, most of which have no partner."""
    matrix_intercept: float
    """If rival names are considered: log-odds of a pair whose probability was one half before calibration."""
    matrix_slope: float
    """If rival names are considered: factor of the log-odds that a pair had before calibration."""
    same: float
    """Minimum probability at which the score joins two records that also share evidence besides their names."""
    same_left: float
    """Maximum unmatched share of either name for the score to join records without a shared identifier or home page."""
    review: float
    """Minimum probability at which editors are asked to judge a pair."""


class HanWords:
    """The word lists of `han_words.yml`, with English words as stems, and the legal forms of `legal_forms.yml`."""

    def __init__(self, data: dict[str, Any], legal: dict[str, Any]) -> None:
        self.empty = frozenset(data["empty"])
        self.common = frozenset(stem(word) for word in data["common"])
        self.filler = frozenset(str(word) for word in data["filler"])
        self.senses: dict[str, tuple[Sense, ...]] = {
            word: tuple(dict.fromkeys(parse_sense(english) for english in meanings)) for word, meanings in data["words"].items()
        }
        self.schools: dict[str, dict[Sense, float]] = {
            word: {parse_sense(english): share for english, share in renderings.items()}
            for word, renderings in data["schools"].items()
        }
        """Word in the names of technical schools → its English renderings, each with its reliability from 0 to 1."""
        self.trade = frozenset(root for senses in self.senses.values() for sense in senses for root in sense.stems)
        """Stems of the English meanings of all words in `senses`."""
        self.latin: dict[str, list[str]] = {}
        """Stem of an English word → Chinese words with this meaning."""
        for word, senses in self.senses.items():
            for sense in senses:
                if len(sense.stems) == 1:
                    self.latin.setdefault(next(iter(sense.stems)), []).append(word)
        spellings = {
            tuple(english_words(spelling)) for form in legal["forms"] for spelling in form["spellings"] if spelling.isascii()
        }
        self.legal = frozenset(spelling for spelling in spellings if spelling)


@cache
def han_words() -> HanWords:
    """Return the word lists of the package, which are read on the first call."""
    names = packaged_content() / "names"
    return HanWords(read_mapping(names / "han_words.yml"), read_mapping(names / "legal_forms.yml"))


@cache
def cross_script_model() -> CrossScriptModel:
    """Return the model of the package, which is read on the first call."""
    return parse_cross_script_model(read_mapping(packaged_content() / "models" / "chinese_and_latin_names.yml"))


def parse_cross_script_model(data: dict[str, Any]) -> CrossScriptModel:
    """Parse the data of a model. Raises ContentError if they are invalid."""
    return parse(CrossScriptModel, data, "models/chinese_and_latin_names.yml")
