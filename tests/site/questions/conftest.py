"""Fixtures that answer or read questions about the shipped edition, or answer questions about the small atlas."""

from collections.abc import Callable
from typing import Any

import pytest

from overt.model.content_catalogue import Catalogue
from overt.queries.database import Reader
from overt.queries.labels import load_words
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_reader import read_question
from overt.queries.questions.understood_question import Question
from tests.site.conftest import Ask
from tests.support.client import Client

Read = Callable[[str], Question]
AskSmallAtlas = Callable[..., dict[str, Any]]
NAIROBI, DENIED = "Safe City Nairobi", "Denied data centre"
"""Names of projects of the small atlas."""


@pytest.fixture(scope="session")
def understood_answer(answer: Ask) -> Ask:
    """A function that answers a question about the shipped edition, and fails if the question isn't understood."""

    def answer_understood(question: str) -> dict[str, Any]:
        data = answer(question)
        assert data["understood"], data
        return data

    return answer_understood


@pytest.fixture(scope="session")
def read(shipped_reader: Reader, content: Catalogue) -> Read:
    """A function that reads a question with the English words of the shipped edition."""
    lexicon = Lexicon(content.question_grammar, load_words(shipped_reader, content.areas.names))
    return lambda question: read_question(shipped_reader, lexicon, question)


@pytest.fixture(scope="session")
def ask_small_atlas(public_client: Client) -> AskSmallAtlas:
    """A function that answers a question about the small atlas, in a language (default English).

    It fails if the question isn't understood, or if an address in the answer doesn't exist.
    """

    def ask(question: str, lang: str = "en") -> dict[str, Any]:
        data: dict[str, Any] = public_client.get(f"/api/v1/ask?q={question}&lang={lang}").json()
        assert data["understood"], data
        for address in filter(None, (data["address"], *(note["address"] for note in data["notes"]))):
            assert public_client.get(address.partition("#")[0]).status_code == 200, address
        return data

    return ask
