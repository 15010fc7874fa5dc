"""Countries, and areas that ISO 3166 lacks, with their names in several languages."""

from collections.abc import Iterable
from functools import cached_property

import pycountry
from babel import Locale

from overt.model.errors import ValueProblem, quote_text
from overt.model.geography.country_name_lookup import CountryNames
from overt.model.values.checked_content_texts import AreaCode, CodeOfThreeLetters, Label
from overt.model.yaml_reading_and_validation import Content


class Area(Content):
    """A country, a territory, or several countries. Its code is ISO 3166-1 alpha-2, or one of Overt's own, beginning with X."""

    code: AreaCode
    alpha3: CodeOfThreeLetters | None = None
    label: Label
    label_zh: Label
    names: list[str] = []
    kind: str = "country"
    """`country` (ISO 3166-1), `territory` (de facto, or part of a country), or `region` (several countries)."""
    part_of: str | None = None
    note: str | None = None
    bounds: tuple[float, float, float, float] | None = None
    """West, south, east and north in degrees; None if unknown."""
    continent: str | None = None
    """A term of the vocabulary `continents`; None if the area doesn't belong to a continent."""


class AreaFile(Content):
    """`vocab/areas.yml`, with additions to ISO 3166-1, or a `vocab/areas-….yml`, whose entries are added to it."""

    areas: list[Area] = []
    labels: dict[str, Label] = {}
    labels_zh: dict[str, Label] = {}
    names: dict[str, list[str]] = {}
    """Further names by code. They also help to read the names of organisations."""
    spellings: dict[str, list[str]] = {}
    """Further spellings by code. They only help to find the country, and not to read the names of organisations."""
    abbreviations: dict[str, list[str]] = {}
    """Abbreviations by code that are also words, such as CAR. They must be written in capitals."""
    ambiguous: dict[str, list[str]] = {}
    """Names that could mean several areas, with the codes of these areas."""
    forms: list[str] = []
    """Forms of state that a name may have or lack, such as “Republic of”."""
    words: dict[str, str] = {}
    """Abbreviated words and their long forms, such as “Saint” for “St.”."""


def combine_files(files: Iterable[AreaFile]) -> AreaFile:
    """Return one file with the entries of all files.

    A later label, ambiguous name or word replaces an earlier one. All other entries are combined.
    """
    combined = AreaFile()
    for file in files:
        lists = {key: _join_lists(getattr(combined, key), getattr(file, key)) for key in ("names", "spellings", "abbreviations")}
        combined = AreaFile(
            areas=[*combined.areas, *file.areas],
            labels=combined.labels | file.labels,
            labels_zh=combined.labels_zh | file.labels_zh,
            ambiguous=combined.ambiguous | file.ambiguous,
            forms=[*combined.forms, *file.forms],
            words=combined.words | file.words,
            **lists,
        )
    return combined


def _join_lists(first: dict[str, list[str]], second: dict[str, list[str]]) -> dict[str, list[str]]:
    """Combine two mappings of lists. A key of both mappings gets the entries of both lists."""
    return {key: [*first.get(key, ()), *second.get(key, ())] for key in (*first, *(key for key in second if key not in first))}


class Areas(Content):
    """All areas by code."""

    areas: dict[str, Area]
    file: AreaFile = AreaFile()

    @cached_property
    def names(self) -> CountryNames:
        """The names and spellings of all areas."""
        codes = {code: area.code for area in self.areas.values() for code in (area.code, area.alpha3) if code}
        pairs = [(name, area.code) for area in self.areas.values() for name in (area.label, area.label_zh, *area.names)]
        pairs += [(name, code) for code, spellings in self.file.spellings.items() for name in spellings]
        return CountryNames(
            pairs,
            {name: code for code, names in self.file.abbreviations.items() for name in names} | codes,
            {code: area.label for code, area in self.areas.items()},
            ambiguous=self.file.ambiguous,
            forms=self.file.forms,
            words=self.file.words,
        )

    def spellings(self, code: str) -> list[str]:
        """Return the names, spellings and abbreviations of an area; empty for an unknown code."""
        file, area = self.file, self.areas.get(code)
        return [*(area.names if area else []), *file.spellings.get(code, []), *file.abbreviations.get(code, [])]

    def canonical(self, code: str) -> str:
        """Return `code` unchanged if it is the code of an area. Raises ValueProblem otherwise."""
        if code not in self.areas:
            raise ValueProblem(f"{quote_text(code)} is not an area code (ISO 3166-1 alpha-2, or one of vocab/areas.yml)")
        return code

    def find(self, text: str) -> str:
        """Return the code for a name, an abbreviation, or an area's code or alpha-3 code.

        In names, case, accents, punctuation, "the" and forms such as "Republic of" don't matter. Codes and abbreviations must be
        in capitals, so that "no" is not Norway. Raises ValueProblem for an unknown name, and for one that could mean several
        areas, such as "Congo".
        """
        return self.names.find(text)


def load_areas(file: AreaFile, bounds: dict[str, tuple[float, float, float, float]], continents: dict[str, str]) -> Areas:
    """Build the areas from pycountry (ISO 3166-1), CLDR (Chinese labels) and `vocab/areas.yml`.

    `bounds` and `continents`: values by the area's code. `file` must have passed `check_area_files`.
    """
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
            continent=continents.get(code),
        )
    for area in file.areas:
        areas[area.code] = area.model_copy(update={"bounds": bounds.get(area.code), "continent": continents.get(area.code)})
    return Areas(areas=dict(sorted(areas.items())), file=file)
