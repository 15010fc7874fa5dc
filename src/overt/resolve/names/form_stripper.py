"""Legal forms taken off a name, wherever they are usual: at its end, before places, at its beginning."""

from overt.model.legal_forms import LegalForm
from overt.resolve.names.form_phrases import FormPhrases
from overt.resolve.names.lexicon import PLACES, Lexicon
from overt.resolve.names.name_word import Words

_BEHIND = PLACES | {"number"}
"""What may stand behind the legal form."""


class Stripper:
    """Takes legal forms off names by a lexicon."""

    def __init__(self, known: Lexicon, meanings: Words) -> None:
        self._known = known
        self._meanings = meanings
        self._ordinary: set[str] = set()
        """Words that were met at the end of a name and have nothing to do with a legal form."""

    def forms(self, tokens: list[str], forms: list[LegalForm]) -> list[str]:
        """The tokens without legal forms, which are added to `forms`."""
        known = self._known
        left = tokens
        for _ in range(4):
            before = left
            left = self._off_end(left, forms) if left else left
            if left is before:
                break
        if len(left) > 1:
            if written := known.glued.get(left[0]):
                forms.append(written)
                return left[1:]
            if (begins := known.beginnings.get(left[0])) and (found := begins.longest(left)):
                forms.append(found[1])
                return left[found[0] :]
        return left

    def _off_end(self, tokens: list[str], forms: list[LegalForm]) -> list[str]:
        known = self._known
        if tokens[-1] in self._ordinary:
            return tokens
        end = len(tokens)
        for behind in range(4):  # places and numbers may follow the form: Sika Ltd. (Vietnam)
            last = tokens[end - 1]
            ends = known.endings.get(last)
            if ends is None and behind == 0 and last not in known.words:
                ends = known.endings.get(known.near_form_word(last))
            if ends and (found := self._ending(tokens[:end], ends)):
                size, form = found
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
        """The legal form at the end, as long as there is one, and how many words it has; a long word of it may be misspelled."""
        near = self._known.near_form_word
        if tokens[-1] not in self._known.endings:
            tokens = [*tokens[:-1], near(tokens[-1])]
        found = ends.longest_at_end(tokens)
        size = found[0] if found else 1
        if size < ends.most and size < len(tokens) and (word := near(tokens[-size - 1])) != tokens[-size - 1]:
            mended = [*tokens[: -size - 1], word, *tokens[len(tokens) - size :]]
            return ends.longest_at_end(mended) or found
        return found

    def _glued(self, token: str) -> tuple[str, LegalForm] | None:
        for size in range(min(self._known.glued_longest, len(token)), 1, -1):
            if form := self._known.glued.get(token[-size:]):
                return token[:-size], form
            if form := self._known.glued.get(token[:size]):
                return token[size:], form
        return None
