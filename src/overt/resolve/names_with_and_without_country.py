"""Names with and without their country: “Telkom”, whose projects are all in South Africa, is “Telkom South Africa”."""

from collections.abc import Iterator, Mapping

from overt.model.record_ids import list_of
from overt.resolve.names.lexicon import lexicon
from overt.resolve.same_name_organizations_by_legal_form import NameBearers

_MAX_WORDS = 5
"""Maximum number of words in a country's name."""


def national_bearers(
    bearers: Mapping[tuple[str, str], NameBearers], countries: Mapping[str, set[str]], workplaces: Mapping[str, set[str]]
) -> Iterator[tuple[str, list[str]]]:
    """Yield the key of each name that ends in a country, and the records with this name, with or without the country.

    `countries`: record → the countries of its seat; `workplaces`: record → the countries of its projects.

    A record without the country in its name counts if all its projects are in that country, and if no source says that its seat
    is elsewhere. Nothing is yielded if a body with the shorter name has its seat abroad (Orange), because other records with
    that name are probably this body. Nor is anything yielded if two of the records are from one source, because they are then
    two bodies.
    """
    for (record_type, key), named in sorted(bearers.items()):
        for rest, area in _without_country(key):
            short = bearers.get((record_type, rest))
            if short is None or any(area not in (countries.get(record) or {area}) for record in short.plain | short.by_alias):
                continue
            local = {
                record
                for record in short.plain
                if workplaces.get(record) == {area} and (countries.get(record) or {area}) == {area}
            }
            records = sorted(local | named.plain)
            sources = {list_of(record) for record in records}
            if local and named.plain and len(sources) == len(records):
                yield key, records


def _without_country(key: str) -> Iterator[tuple[str, str]]:
    """Yield a key without the country at its end, and the country's code."""
    words = key.split()
    known = lexicon()
    for size in range(1, min(_MAX_WORDS, len(words) - 1) + 1):
        last = tuple(words[-size:])
        if size == 1:
            meanings = [known.words[last[0]]] if last[0] in known.words else []
        else:
            meanings = [meaning for phrase, meaning in known.phrases.get(last[0], ()) if phrase == last]
        for area in dict.fromkeys(meaning.id for meaning in meanings if meaning.kind == "country"):  # without duplicates
            yield " ".join(words[:-size]), area
