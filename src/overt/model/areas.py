"""Countries, and areas that ISO 3166 lacks, which can be looked up by their names in several languages."""

import unicodedata
from functools import cached_property

import pycountry
from babel import Locale

from overt.model.errors import ValueProblem, quote_text
from overt.model.yaml import Content


class Area(Content):
    """A country or territory. Its code is ISO 3166-1 alpha-2, or one of Overt's own, which begin with X."""

    code: str
    alpha3: str | None = None
    label: str
    label_zh: str
    names: list[str] = []
    kind: str = "country"
    """`country` (ISO 3166-1), `territory` (de facto, or part of a country), or `region` (several countries)."""
    part_of: str | None = None
    note: str | None = None
    bounds: tuple[float, float, float, float] | None = None
    """West, south, east and north in degrees; None if unknown."""
    region: str | None = None
    """Part of the world: a term of the vocabulary `regions`; None if it belongs to none."""


class AreaFile(Content):
    """`vocab/areas.yml`: additions to ISO 3166-1."""

    areas: list[Area]
    labels_zh: dict[str, str]
    labels: dict[str, str]
    names: dict[str, list[str]]


def _fold(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace("’", "'").replace("&", " and "))
    letters = "".join(sign if sign.isalnum() else " " for sign in decomposed if not unicodedata.combining(sign))
    words = [word for word in letters.split() if word != "the"]
    return " ".join(words)


class Areas(Content):
    """All areas by code."""

    areas: dict[str, Area]

    @cached_property
    def _names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for area in self.areas.values():
            for name in (area.label, area.label_zh, *area.names):
                names.setdefault(_fold(name), area.code)
        return names

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {code: area.code for area in self.areas.values() for code in (area.code, area.alpha3) if code}

    def canonical(self, code: str) -> str:
        """Return `code` unchanged if an area has it. Raises ValueProblem."""
        if code not in self.areas:
            raise ValueProblem(f"{quote_text(code)} is not an area code (ISO 3166-1 alpha-2, or one of vocab/areas.yml)")
        return code

    def find(self, text: str) -> str:
        """Return the code for a name, an alpha-2 or an alpha-3 code. Raises ValueProblem.

        In names, accents, case and "the" don't matter. Codes must be in capitals, so that "no" is not Norway.
        """
        code = self._codes.get(text.strip()) or self._names.get(_fold(text))
        if code is None:
            raise ValueProblem(f"{quote_text(text)} is not a known country or area")
        return code


def load_areas(file: AreaFile, bounds: dict[str, tuple[float, float, float, float]], regions: dict[str, str]) -> Areas:
    """Build the areas from pycountry (ISO 3166-1), CLDR (Chinese labels), `vocab/areas.yml`, and bounds and regions by code."""
    chinese_labels = Locale("zh").territories
    areas = {}
    for country in pycountry.countries:
        code = country.alpha_2
        iso_names = [country.name, *(getattr(country, field, None) for field in ("common_name", "official_name"))]
        areas[code] = Area(
            code=code,
            alpha3=country.alpha_3,
            label=file.labels.get(code) or getattr(country, "common_name", None) or country.name,
            label_zh=file.labels_zh.get(code) or chinese_labels[code],
            names=[*filter(None, iso_names), *file.names.get(code, [])],
            bounds=bounds.get(code),
            region=regions.get(code),
        )
    for area in file.areas:
        areas[area.code] = area.model_copy(update={"bounds": bounds.get(area.code), "region": regions.get(area.code)})
    return Areas(areas=dict(sorted(areas.items())))
