"""Countries and the areas that ISO 3166 lacks, by their names in several languages."""

import unicodedata
from functools import cached_property

import pycountry
from babel import Locale

from overt.model.errors import ValueProblem, quote_text
from overt.model.yaml import Content


class Area(Content):
    """A country or territory. Its code is ISO 3166-1 alpha-2, or one of ours that begins with X."""

    code: str
    alpha3: str | None = None
    label: str
    label_zh: str
    names: list[str] = []
    kind: str = "country"
    """`country` (ISO 3166-1), `territory` (de facto or part of a country), or `region` (several countries)."""
    part_of: str | None = None
    note: str | None = None
    bounds: tuple[float, float, float, float] | None = None
    """West, south, east, north in degrees, where known."""
    region: str | None = None
    """The part of the world that it lies in: a term of `regions`."""


class AreaFile(Content):
    """`vocab/areas.yml`: what is added to ISO 3166-1."""

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
    """Every area by its code; `find` reads a name."""

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
        """`code` itself when it is an area's. Raises ValueProblem."""
        if code not in self.areas:
            raise ValueProblem(f"{quote_text(code)} is not an area's code (ISO 3166-1 alpha-2, or one of vocab/areas.yml)")
        return code

    def find(self, text: str) -> str:
        """The code of a name, an alpha-2 or an alpha-3 code. Raises ValueProblem.

        In a name accents, case and "the" do not matter; a code is written in capitals, so that "no" is not Norway.
        """
        code = self._codes.get(text.strip()) or self._names.get(_fold(text))
        if code is None:
            raise ValueProblem(f"{quote_text(text)} is not a known country or area")
        return code


def load_areas(file: AreaFile, bounds: dict[str, tuple[float, float, float, float]], regions: dict[str, str]) -> Areas:
    """ISO 3166-1 as pycountry has it, in Chinese as CLDR has it, with what `vocab/areas.yml` adds, their bounds and regions."""
    chinese = Locale("zh").territories
    areas = {}
    for country in pycountry.countries:
        code = country.alpha_2
        known = [country.name, *(getattr(country, field, None) for field in ("common_name", "official_name"))]
        areas[code] = Area(
            code=code,
            alpha3=country.alpha_3,
            label=file.labels.get(code) or getattr(country, "common_name", None) or country.name,
            label_zh=file.labels_zh.get(code) or chinese[code],
            names=[*filter(None, known), *file.names.get(code, [])],
            bounds=bounds.get(code),
            region=regions.get(code),
        )
    for area in file.areas:
        areas[area.code] = area.model_copy(update={"bounds": bounds.get(area.code), "region": regions.get(area.code)})
    return Areas(areas=dict(sorted(areas.items())))
