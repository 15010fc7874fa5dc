"""Editors' choices of towns: `vocab/towns.yml` and `vocab/towns-….yml`, for names that the gazetteer alone can't place."""

from collections.abc import Collection, Iterable

from pydantic import field_validator

from overt.model.errors import ContentError, quote_text
from overt.model.spelling_suggestions import similar_hint
from overt.model.yaml_reading_and_validation import Content

_MAX_ID_LENGTH = 10


class TownChoice(Content):
    """The entry of the gazetteer that a name means."""

    name: str
    """The name as the source writes it. Accents and case don't matter."""
    country: str
    """Code of the country that the source names."""
    geonames: str
    """Id of the entry in GeoNames; `none` to leave the name unlocated."""
    source: str | None = None
    """The source in which the name has this meaning; None for all sources."""
    why: str
    """How the editor knows which town the name means."""

    @field_validator("geonames", mode="before")
    @classmethod
    def _is_id(cls, value: object) -> str:
        text = str(value)
        if text != "none" and not is_geonames_id(text):
            raise ValueError(f"{quote_text(text)} is not an id of GeoNames, nor `none`")
        return text

    @field_validator("name", "why")
    @classmethod
    def _is_not_empty(cls, text: str) -> str:
        if not text.strip():
            raise ValueError("the text is empty")
        return text


def is_geonames_id(text: str) -> bool:
    """Return whether a string can be the id of an entry in GeoNames: up to ten digits from 0 to 9."""
    return len(text) <= _MAX_ID_LENGTH and text.isascii() and text.isdecimal()


class TownChoices(Content):
    """A file `vocab/towns.yml` or `vocab/towns-….yml`."""

    towns: list[TownChoice]


def check_town_choices(choices: Iterable[tuple[str, TownChoice]], countries: Collection[str], sources: Collection[str]) -> None:
    """Raise ContentError for a choice with an unknown country or source, or that contradicts an earlier one.

    `choices`: each with its file. `countries`: codes of countries. `sources`: slugs of sources.
    """
    chosen: dict[tuple[str, str, str | None], str] = {}
    for file, choice in choices:
        where = f"{file}: {choice.name}"
        if choice.country not in countries:
            raise ContentError(f"{where}: {quote_text(choice.country)} is not the code of a country; write its code, such as KE")
        if choice.source is not None and choice.source not in sources:
            raise ContentError(f"{where}: there is no source {quote_text(choice.source)}{similar_hint(choice.source, sources)}")
        key = (choice.name.casefold(), choice.country, choice.source)
        if chosen.setdefault(key, choice.geonames) != choice.geonames:
            raise ContentError(f"{where}: the name has two entries, {chosen[key]} and {choice.geonames}; remove one")
