"""Checks of `vocab/areas.yml` and `vocab/areas-….yml` that need all areas: codes, parts, and alpha-3 codes."""

from collections.abc import Collection, Iterable, Iterator
from graphlib import CycleError, TopologicalSorter

import pycountry

from overt.model.errors import ContentError, ContentErrors, quote_text
from overt.model.geography.countries_and_territories import Area, AreaFile
from overt.model.spelling_suggestions import similar_hint


def check_area_files(files: Iterable[tuple[str, AreaFile]]) -> None:
    """Raise ContentErrors for all faults of area files: an error for each file, with all of its mistakes.

    `files`: each with its name. A later file may define an area again. Mistakes are: unknown codes, an area that is defined
    twice in a file or is a part of itself, and an alpha-3 code of another area.
    """
    files = list(files)
    defined = {area.code: area for _, file in files for area in file.areas}
    known = defined.keys() | {country.alpha_2 for country in pycountry.countries}
    cycle = _cycle(defined)
    errors = []
    for name, file in files:
        mistakes = [*_area_mistakes(file, defined, known, cycle), *_unknown_codes(file, known)]
        if mistakes:
            errors.append(ContentError(f"{name}: {'; '.join(mistakes)}", name, mistakes))
    if errors:
        raise ContentErrors(errors)


def _area_mistakes(file: AreaFile, defined: dict[str, Area], known: Collection[str], cycle: Collection[str]) -> Iterator[str]:
    seen: set[str] = set()
    for area in file.areas:
        if area.code in seen:
            yield f"{area.code} is defined twice; remove one of the two"
        seen.add(area.code)
        if area.part_of and area.part_of not in known:
            yield f"{area.code} is part of {quote_text(area.part_of)}, which is not an area{similar_hint(area.part_of, known)}"
        elif area.code in cycle:
            yield f"{area.code} is a part of itself (`part_of`)"
        if area.alpha3 and (owner := _owner(area.alpha3, defined)) != area.code:
            yield f"the alpha-3 code {area.alpha3} of {area.code} is that of {owner}"


def _owner(alpha3: str, defined: dict[str, Area]) -> str | None:
    """Return the code of the area with an alpha-3 code. ISO 3166-1 comes first, then the first definition."""
    country = pycountry.countries.get(alpha_3=alpha3)
    return country.alpha_2 if country else next((code for code, area in defined.items() if area.alpha3 == alpha3), None)


def _cycle(defined: dict[str, Area]) -> list[str]:
    """Return the codes of areas that are parts of one another; empty if there are none."""
    try:
        TopologicalSorter({code: [area.part_of] for code, area in defined.items() if area.part_of}).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _unknown_codes(file: AreaFile, known: Collection[str]) -> Iterator[str]:
    sections = ("labels", "labels_zh", "names", "spellings", "abbreviations")
    used = {code: section for section in sections for code in getattr(file, section)}
    used |= {code: "ambiguous" for codes in file.ambiguous.values() for code in codes}
    for code in sorted(used.keys() - known):
        yield f"{used[code]}: {quote_text(code)} is not an area; write ISO 3166-1 alpha-2, or define it under areas:"
