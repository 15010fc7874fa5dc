"""Chooses the separators that split a column's lists of words or names, and finds list items that name no organisation."""

import re
from collections.abc import Callable, Iterable, Sequence

from overt.importing.proposal.column_samples import ColumnSample
from overt.importing.proposal.text_kinds import share, stated
from overt.model.legal_forms import legal_forms

_NO_NAME = re.compile(
    r"(the )?((local|other|its|various|several|unnamed) )*"
    r"(partners?|others|et al\.?|subsidiar(y|ies)|affiliates?|consortium|companies)",
    re.IGNORECASE,
)
"""Matches words in a list of organisations that don't name an organisation, as in `CEIEC and partners`."""


def word_separators(column: ColumnSample, is_word: Callable[[str], object]) -> list[str]:
    """Return the separators of a column of words: those at which texts split mostly into words that `is_word` accepts."""
    texts, chosen = stated(column.texts), []
    for separator in (";", "\n", "、", "/", ",", "|", "+", " and "):
        lists = [text for text in texts if separator in text and not is_word(text)]
        if lists and share([part.strip() for text in lists for part in text.split(separator)], is_word) >= 0.5:
            chosen.append(separator)
    return chosen


def unnamed_parts(texts: Iterable[str], separators: Sequence[str]) -> list[str]:
    """Return the parts of lists of organisations that don't name an organisation, such as `partners`."""
    pattern = "|".join(map(re.escape, separators)) or "(?!)"
    parts = (part.strip() for text in texts for part in re.split(pattern, text))
    return list(dict.fromkeys(part for part in parts if _NO_NAME.fullmatch(part)))


def name_separators(column: ColumnSample) -> tuple[list[str], list[str]]:
    """Return the separators of a column of names, and texts that may name several organisations, for an editor to decide.

    `;`, `|`, `、` and newlines always separate. `&`, `and`, `+`, `/` and commas separate if a part is a name elsewhere in the
    column. A comma before a legal form, as in `Hikvision, Ltd.`, is part of a name.
    """
    texts = stated(column.texts)
    certain = [separator for separator in (";", "\n", "|", "、") if any(separator in text for text in texts)]
    parts = [part.strip() for text in texts for part in re.split("|".join(map(re.escape, certain)) or "(?!)", text)]
    names = {part.casefold() for part in parts}
    forms = {spelling.casefold().strip(".") for form in legal_forms().forms for spelling in form.spellings}
    open_texts: list[str] = []
    for separator in (" & ", " and ", " + ", "/", ", "):
        lists = [part for part in parts if separator in part]
        if separator == ", ":
            lists = [
                part for part in lists if not any(word.strip(" .").casefold() in forms for word in part.split(separator)[1:])
            ]
        known = [part for part in lists if any(word.strip().casefold() in names for word in part.split(separator))]
        if known:
            certain.append(separator)
        else:
            open_texts += lists
    remaining = [text for text in open_texts if not any(separator in text for separator in certain)]
    return certain, list(dict.fromkeys(remaining))
