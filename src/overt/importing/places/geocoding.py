"""Locates places by name in the gazetteer. Unclear names stay unlocated until an editor chooses an entry."""

from collections.abc import Sequence

from overt.gazetteer import Province, Town, find_entry, locate
from overt.gazetteer.place_name_keys import name_key
from overt.gazetteer.placement_rule_descriptions import CHOSEN, PROVINCE, TOWN
from overt.importing.cells import Cell
from overt.importing.record_draft import RecordDraft
from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError, quote_text
from overt.model.geography.countries_and_territories import Areas
from overt.model.geography.town_choices import is_geonames_id
from overt.model.source import SourceSpec
from overt.model.values.geometry import point

LOOKUP = "towns"
"""The lookup of source.yml in which an editor chooses entries. It maps a name in the source to a GeoNames id, or to `none`."""
NO_ENTRY = "none"


def geocode(
    place: RecordDraft, town: Cell, country: Cell | str, province: Cell | None = None, *, document: RecordDraft | None = None
) -> None:
    """State where a place is, if the source only has the name of its town or province.

    This adds geometry, precision, radius and `placed-by`, with the basis `coded` and the source's words. The importer adds name
    and country. If the gazetteer lacks the name, or if the name could mean several places, the only value is the precision
    `unlocated`, and `overt places` lists the place. An editor's choice of an entry, or of none, takes precedence.

    `country`: a cell or code that `Context.area` returned. `province`: the cell that names the town's province, if there is one.
    `document`: the document that the claims cite. Raises ContentError if the gazetteer lacks the chosen entry.
    """
    cells = [cell for cell in (town, country, province) if isinstance(cell, Cell) and cell]
    words = ", ".join(cell.original or cell.text for cell in (town, province) if cell)
    chosen = _choice(place.spec, place.content, (town.text, words), str(country))
    entry, rule = _entry(place.content, town.text, str(country), province.text if province else None, chosen)
    values = {"precision": "unlocated"}
    if entry is not None:
        values = {
            "precision": entry.precision,
            "geometry": point(str(entry.longitude), str(entry.latitude)),
            "radius": f"{entry.radius:g}",
            "placed-by": entry.label,
        }
    for name, value in values.items():
        place.add(name, value, at=cells, original=words, document=document, basis="coded", rule=rule)


def knows_town(areas: Areas, name: str, country: str) -> bool:
    """Return whether the name clearly means one town of the country, as `locate` decides."""
    return isinstance(locate(name, gazetteer_country(areas, country)), Town)


def gazetteer_country(areas: Areas, code: str) -> str:
    """Return the country under which the gazetteer lists the towns of an area, such as Somalia for Somaliland."""
    area = areas.areas.get(code)
    return area.part_of if area is not None and area.part_of else code


def _entry(
    content: Catalogue, name: str, code: str, province: str | None, chosen: tuple[str, str] | None
) -> tuple[Town | Province | None, str]:
    """Return the entry that a name means, or None if that is not clear, and the rule that decided. An editor's choice takes
    precedence. Raises ContentError if the gazetteer lacks the chosen entry.
    """
    country = gazetteer_country(content.areas, code)
    if chosen is not None:
        number, where = chosen
        entry = find_entry(int(number), country) if is_geonames_id(number) else None
        if entry is None and number != NO_ENTRY:
            raise ContentError(
                f"{where}: the gazetteer has no entry {quote_text(number)} in {country}; `overt places` lists candidates"
            )
        return entry, CHOSEN
    located = locate(name, country, province)
    if isinstance(located, Town | Province):
        return located, TOWN if isinstance(located, Town) else PROVINCE
    return None, TOWN


def _choice(spec: SourceSpec, content: Catalogue, names: Sequence[str], country: str) -> tuple[str, str] | None:
    """Return the id that an editor chose for one of these names, and the file with the choice; None if there is no choice.

    The atlas's own choice takes precedence over the source's. The names include the town with its province, which is how
    `overt places` lists it.
    """
    keys = {name_key(name) for name in names}
    for file, choice in content.town_choices:
        if choice.source in (None, spec.slug) and choice.country == country and name_key(choice.name) in keys:
            return choice.geonames, file
    for word, number in spec.lookups.get(LOOKUP, {}).items():
        if name_key(word) in keys:
            return number, f"sources/{spec.slug}/source.yml: lookups: {LOOKUP}"
    return None
