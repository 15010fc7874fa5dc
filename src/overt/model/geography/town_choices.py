"""Editors' choices of towns: `vocab/towns.yml` and `vocab/towns-….yml`, for names that the gazetteer alone can't place."""

from pydantic import field_validator

from overt.model.yaml_reading_and_validation import Content


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
        if text != "none" and not text.isdecimal():
            raise ValueError(f"{text!r} is not an id of GeoNames, nor `none`")
        return text


class TownChoices(Content):
    """A file `vocab/towns.yml` or `vocab/towns-….yml`."""

    towns: list[TownChoice]
