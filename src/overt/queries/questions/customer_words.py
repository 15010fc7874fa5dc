"""Words of questions for kinds of customers, such as the police."""

from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import inflected, tokens


def customer_kinds(lexicon: Lexicon, word: str) -> list[str]:
    """Return the kinds of customers that a word means, in the singular or plural; empty for any other word."""
    phrase = tokens(word)
    if not phrase:
        return []
    forms = {phrase, *inflected(phrase)}
    return [kind for kind, words in lexicon.grammar.customer_words.items() if not forms.isdisjoint(map(tokens, words))]
