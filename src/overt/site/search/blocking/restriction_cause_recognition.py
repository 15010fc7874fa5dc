"""Recognises the causes of restrictions that questions name, such as elections."""

from overt.index.search_text import IS_HAN
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import tokens


def cause_of(lexicon: Lexicon, word: str) -> str:
    """Return the cause that a word or phrase contains, such as `elections` for “during elections”; empty if there is none."""
    for cause, forms in lexicon.causes.items():
        if any(form in word if IS_HAN.search(form) else form in tokens(word) for form in forms):
            return cause
    return ""
