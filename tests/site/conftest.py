"""Answers about the shipped edition, as the question box gives them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from overt.language.language import CHINESE, ENGLISH, Language, load_translations
from overt.model.content_catalogue import Catalogue
from overt.queries.database import Reader
from overt.queries.labels import load_words
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.translations.chinese_by_english_text import chinese_phrases
from overt.queries.translations.localized_vocabulary import words_in
from overt.site.search.question_answering import ask

Ask = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="session")
def lexicon(shipped_reader: Reader, content: Catalogue) -> Lexicon:
    """The lexicon of the shipped edition. Modules about other atlases have their own."""
    return Lexicon(content.question_grammar, load_words(shipped_reader, content.areas.names), chinese_phrases(content))


@pytest.fixture(scope="session")
def answer(answer_in_english: Ask, answer_in_chinese: Ask) -> Ask:
    """A function that answers a question about the shipped edition: in English if it is in ASCII, otherwise in Chinese."""
    return lambda question: answer_in_english(question) if question.isascii() else answer_in_chinese(question)


@pytest.fixture(scope="session")
def answer_in_english(shipped_reader: Reader, content: Catalogue, lexicon: Lexicon) -> Ask:
    """A function that answers a question about the shipped edition in English, whatever the question's language."""
    return _answering(shipped_reader, content, lexicon, ENGLISH)


@pytest.fixture(scope="session")
def answer_in_chinese(shipped_reader: Reader, content: Catalogue, lexicon: Lexicon) -> Ask:
    """A function that answers a question about the shipped edition in Chinese, with the texts of sources translated."""
    chinese = replace(CHINESE, translations=load_translations(CHINESE.code), phrases=chinese_phrases(content))
    return _answering(shipped_reader, content, lexicon, chinese)


def _answering(reader: Reader, content: Catalogue, lexicon: Lexicon, language: Language) -> Ask:
    words = words_in(load_words(reader, content.areas.names), language)
    return lambda question: ask(reader, words, language, lexicon, question)
