"""Strip legal forms from a name: at its end (also if places or numbers follow), and at its beginning."""

from overt.model.legal_forms import LegalForm
from overt.resolve.names.legal_form_lookup import FormPhrases
from overt.resolve.names.lexicon import PLACES, Lexicon
from overt.resolve.names.name_word import WordCache

_BEHIND = PLACES | {"number"}
"""Kinds of words that can follow the legal form."""


class FormStripper:
    """Strips legal forms from names, using a lexicon."""

    def __init__(self, known: Lexicon, meanings: WordCache) -> None:
        self._known = known
        self._meanings = meanings
        self._ordinary: set[str] = set()
        """Last words of earlier names that are not part of a legal form."""

    def strip(self, tokens: list[str], forms: list[LegalForm]) -> list[str]:
        """Return the tokens without legal forms, and append the removed forms to `forms`."""
        known = self._known
        left = tokens
        for _ in range(4):
            before = left
            left = self._strip_end(left, forms) if left else left
            if left is before:
                break
        if len(left) > 1:
            if glued := known.glued.get(left[0]):
                forms.append(glued)
                return left[1:]
            if (begins := known.beginnings.get(left[0])) and (match := begins.longest_at_start(left)):
                forms.append(match[1])
                return left[match[0] :]
        return left

    def _strip_end(self, tokens: list[str], forms: list[LegalForm]) -> list[str]:
        known = self._known
        if tokens[-1] in self._ordinary:
            return tokens
        end = len(tokens)
        for behind in range(4):  # places and numbers may follow the form: Sika Ltd. (Vietnam)
            last = tokens[end - 1]
            ends = known.endings.get(last)
            if ends is None and behind == 0 and last not in known.words:
                ends = known.endings.get(known.near_form_word(last))
            if ends and (ending := self._ending(tokens[:end], ends)):
                size, form = ending
                if size < end or (not behind and size < len(tokens)):
                    forms.append(form)
                    return tokens[: end - size] + tokens[end:]
            if not last.isascii() and (cut := self._glued(last)):
                forms.append(cut[1])
                return [*tokens[: end - 1], *([cut[0]] if cut[0] else []), *tokens[end:]]
            if self._meanings[last].kind not in _BEHIND:
                if not (ends or behind):
                    self._remember(last)
                return tokens
            if end < 2:
                return tokens
            end -= 1
        return tokens

    def _remember(self, word: str) -> None:
        if len(self._ordinary) > 1 << 18:
            self._ordinary.clear()
        self._ordinary.add(word)

    def _ending(self, tokens: list[str], ends: FormPhrases) -> tuple[int, LegalForm] | None:
        """Return the number of words of the longest legal form at the end, and the form; None if there is none.

        Long words of the form may be misspelled.
        """
        near = self._known.near_form_word
        if tokens[-1] not in self._known.endings:
            tokens = [*tokens[:-1], near(tokens[-1])]
        ending = ends.longest_at_end(tokens)
        size = ending[0] if ending else 1
        if size < ends.longest_size and size < len(tokens) and (word := near(tokens[-size - 1])) != tokens[-size - 1]:
            corrected = [*tokens[: -size - 1], word, *tokens[len(tokens) - size :]]
            return ends.longest_at_end(corrected) or ending
        return ending

    def _glued(self, token: str) -> tuple[str, LegalForm] | None:
        for size in range(min(self._known.glued_longest, len(token)), 1, -1):
            if form := self._known.glued.get(token[-size:]):
                return token[:-size], form
            if form := self._known.glued.get(token[:size]):
                return token[size:], form
        return None
