"""The question lexicon of the small atlas."""

import pytest

from overt.queries.questions.question_lexicon import Lexicon
from overt.site.site import Site


@pytest.fixture(scope="session")
def lexicon(site: Site) -> Lexicon:
    return site.lexicon
