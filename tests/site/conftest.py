"""The shipped edition: a client of its pages, and answers about it as the question box gives them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from overt.language.language import CHINESE, ENGLISH, load_translations
from overt.model.catalogue import Catalogue
from overt.model.workspace import Workspace
from overt.queries.database import Reader
from overt.queries.labels import load_words
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.translations.chinese_texts import chinese_phrases
from overt.queries.translations.localized_labels import words_in
from overt.server.app import ServeSettings, create_app
from overt.site.search.answered_question import ask
from tests.support.client import Client
from tests.support.shipped_edition import ShippedEdition

Ask = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="session")
def shipped(shipped_edition: ShippedEdition) -> Client:
    """A client of the shipped edition."""
    return Client(create_app(ServeSettings(Workspace.open(shipped_edition.root))))


@pytest.fixture(scope="session")
def lexicon(shipped_reader: Reader, content: Catalogue) -> Lexicon:
    """The lexicon of the shipped edition. Modules about other atlases have their own."""
    return Lexicon(content.question_grammar, load_words(shipped_reader, content.areas.names), chinese_phrases(content))


@pytest.fixture(scope="session")
def answer(shipped_reader: Reader, content: Catalogue, lexicon: Lexicon) -> Ask:
    """A function that answers a question about the shipped edition: in English if it is in ASCII, otherwise in Chinese."""
    words = load_words(shipped_reader, content.areas.names)
    chinese = replace(CHINESE, translations=load_translations("zh"), phrases=chinese_phrases(content))

    def answered(question: str) -> dict[str, Any]:
        language = ENGLISH if question.isascii() else chinese
        return ask(shipped_reader, words_in(words, language), language, lexicon, question)

    return answered


@pytest.fixture(scope="session")
def answer_in_english(shipped_reader: Reader, content: Catalogue, lexicon: Lexicon) -> Ask:
    """A function that answers a question about the shipped edition in English, whatever the question's language."""
    words = words_in(load_words(shipped_reader, content.areas.names), ENGLISH)
    return lambda question: ask(shipped_reader, words, ENGLISH, lexicon, question)


@pytest.fixture(scope="session")
def answer_in_chinese(shipped_reader: Reader, content: Catalogue, lexicon: Lexicon) -> Ask:
    """A function that answers a question about the shipped edition in Chinese, with the texts of sources translated."""
    words = words_in(load_words(shipped_reader, content.areas.names), CHINESE)
    chinese = replace(CHINESE, translations=load_translations(CHINESE.code), phrases=chinese_phrases(content))
    return lambda question: ask(shipped_reader, words, chinese, lexicon, question)
