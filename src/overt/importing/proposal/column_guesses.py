"""Guesses what each column of a file contains."""

from collections.abc import Sequence
from dataclasses import dataclass

from overt.importing.editing.date_format_guess import guess_formats
from overt.importing.mapping.written_amounts import is_money
from overt.importing.proposal import text_kinds
from overt.importing.proposal.column_name_meanings import DATES, ROLES, meanings_of
from overt.importing.proposal.column_samples import ColumnSample
from overt.model.content_catalogue import Catalogue

_ONCE = frozenset(
    ("key", "status", "country", "town", "admin1", "latitude", "longitude", "amount", "currency", "flow-type", "kind", "sector",
     "length", "document-title", "document-published", "description", *(f"{role}-country" for role in ROLES))
)  # fmt: skip
"""Meanings that only one column can have."""


_COUNTRY = ("country", "countries", "国家", "国别")
"""Names of columns that have countries, whatever their texts are."""
_CHECKED = 300
"""Maximum number of distinct texts that are tried as dates."""


@dataclass
class ColumnGuess:
    """A column and its probable meaning."""

    column: ColumnSample
    meaning: str
    """A meaning of `column_name_meanings.MEANINGS`, or `ignore`."""
    reason: str = ""
    """Why the column is not used, or a question about its meaning that the editor must answer."""
    lang: str | None = None
    """Language of the texts if their script shows it (see `text_kinds.language`)."""


def guess_columns(columns: Sequence[ColumnSample], content: Catalogue) -> list[ColumnGuess]:
    """Return the meaning of each column: by its name if its texts agree, otherwise by its texts.

    This also marks the columns about persons as secret (`ColumnSample.is_secret`).
    """
    guesses: list[ColumnGuess] = []
    taken: dict[str, str] = {}
    for column in columns:
        meaning = next((each for each in _meanings(column, content) if each not in taken or each not in _ONCE), None)
        guess = _ignored(column) if meaning is None else ColumnGuess(column, meaning)
        if meaning in ("edited", "notes"):
            reason = "when someone changed the row, not when anything happened" if meaning == "edited" else "notes  # ? say why"
            guess = ColumnGuess(column, "ignore", reason)
        column.is_secret = guess.meaning == "person"
        guess.lang = text_kinds.language(text_kinds.stated(column.texts))
        guesses.append(guess)
        taken.setdefault(guess.meaning, column.name)
    _keep_names_of_each_language(guesses)
    _choose_name(guesses)
    _choose_key(guesses)
    if not any(guess.meaning == "document" for guess in guesses):
        for guess in guesses:
            if guess.meaning in ("document-title", "document-published"):
                guess.meaning, guess.reason = "ignore", "names the source, but no column has its address  # ? say why"
    return guesses


def _ignored(column: ColumnSample) -> ColumnGuess:
    return ColumnGuess(column, "ignore", "empty" if not column.filled else "?")


def _meanings(column: ColumnSample, content: Catalogue) -> list[str]:
    """Return the possible meanings of the column, most likely first.

    They come from its name, if its texts agree, otherwise from its texts.
    """
    if not column.filled:
        return ["person"] if "person" in meanings_of(column.name) else []
    if text_kinds.has_emails(column):
        return ["person"]
    texts = text_kinds.stated(column.texts)
    named = meanings_of(column.name)
    if text_kinds.has_addresses(column):
        return ["website"] if "website" in named and "document" not in named else ["document"]
    meanings = [meaning for meaning in named if _agrees(meaning, column, texts, content)]
    if meanings:
        return meanings
    if text_kinds.area_share(content.areas, texts) >= 0.8 and len(texts) > 1:
        return ["country"]
    for name, meaning in (("statuses", "status"), ("project-kinds", "kind")):
        if text_kinds.term_share(content.vocabularies[name], texts) >= 0.7:
            return [meaning]
    return ["started"] if _date_share(texts) >= 0.8 and not all(text.isdecimal() for text in texts) else []


def _agrees(meaning: str, column: ColumnSample, texts: Sequence[str], content: Catalogue) -> bool:
    match meaning:
        case _ if meaning in (*DATES, "date", "document-published"):
            return _date_share(texts) >= 0.5
        case "key":
            return column.is_unique
        case "document" | "website":
            return False
        case "country" if column.name.strip(" /").casefold() in _COUNTRY and _has_words(column):
            return True  # An unknown name is then reported, instead of being left out with the column.
        case _ if meaning == "country" or meaning.endswith("-country"):
            return text_kinds.area_share(content.areas, texts) >= 0.3
        case "amount" | "length":
            return text_kinds.share(texts, lambda text: is_money(text) or is_money(text, ",")) >= 0.4
        case "latitude" | "longitude":
            return text_kinds.share(texts, lambda text: text.lstrip("-+").replace(".", "", 1).isdecimal()) >= 0.8
        case "kind":
            return (
                text_kinds.term_share(content.vocabularies["project-kinds"], texts) > 0
                and text_kinds.share(texts, lambda text: len(text) <= 80) >= 0.9
                and _has_words(column)
            )
        case "status" if column.name.casefold().endswith("state"):
            return text_kinds.term_share(content.vocabularies["statuses"], texts) >= 0.5
        case "flow-type" | "status":
            return _has_words(column)
        case "name" | "supplier" | "customer" | "operator" | "owner" | "financier" | "implementer" | "partner" | "town":
            return (
                _date_share(texts) < 0.5
                and text_kinds.share(texts, lambda text: any(character.isalpha() for character in text)) >= 0.5
            )
        case _:
            return True


def _has_words(column: ColumnSample) -> bool:
    return text_kinds.share(list(column.texts), lambda text: any(character.isalpha() for character in text)) >= 0.5


def _date_share(texts: Sequence[str]) -> float:
    texts = texts[:_CHECKED]
    unread = set(guess_formats(texts, serial=True).unread)
    return 1 - len(unread) / len(texts) if texts else 0.0


def _keep_names_of_each_language(guesses: list[ColumnGuess]) -> None:
    """Use one name column for each language. Further name columns in the same language are not used."""
    languages: set[str | None] = set()
    for guess in guesses:
        if guess.meaning == "name":
            if guess.lang in languages:
                guess.meaning, guess.reason = "ignore", "another name  # ? or add it to `name:`"
            languages.add(guess.lang)


def _choose_name(guesses: list[ColumnGuess]) -> None:
    """If there is no name column, use the unused or description column with the most distinct texts, if most rows have one."""
    if any(guess.meaning == "name" for guess in guesses):
        return
    free = [guess for guess in guesses if guess.meaning in ("ignore", "description") and _has_words(guess.column)]
    best = max(free, key=lambda guess: len(guess.column.texts), default=None)
    if best is not None and best.column.filled > best.column.rows / 2:
        best.meaning, best.reason = "name", "the column with the most different texts; is it the name?"


def _choose_key(guesses: list[ColumnGuess]) -> None:
    """If no column is the key by its name, choose the first unused column whose texts look like ids and are all different."""
    if any(guess.meaning == "key" for guess in guesses):
        return
    for guess in guesses:
        if guess.column.is_unique and guess.reason == "?" and not meanings_of(guess.column.name) and _has_ids(guess.column):
            guess.meaning, guess.reason = "key", "every row has a value of its own"
            return


def _has_ids(column: ColumnSample) -> bool:
    return all(len(text) <= 24 and any(character.isdecimal() for character in text) for text in column.texts)
