"""The property that each value of a mapping sets."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from overt.model.content_catalogue import Catalogue
from overt.model.mapping import Commitment, Document, Party, Place, RecordMapping
from overt.model.schema import Property, Schema
from overt.model.source import SourceSpec
from overt.model.values.source_mapping_values import Value

COORDINATE = Property(name="coordinate", label="", label_zh="", description="", type="number", unit="degrees")
"""Latitude or longitude. It must not have a letter for its direction, because `1.29 S` would lose its sign."""

DATE = Property(name="date", label="", label_zh="", description="", type="date")
"""First or last date on which a value was true."""
AS_OF = Property(name="as of", label="", label_zh="", description="", type="date")
"""The date of the data."""


class MappedValue(NamedTuple):
    """A value of a mapping, and the property that it sets; None for other values, such as a part of a key."""

    value: Value
    property: Property | None


def mapped_values(spec: SourceSpec, content: Catalogue, column: str) -> list[MappedValue]:
    """Return the values that any mapping of a source reads from a column.

    `column` may be a name from `other_names:`. For JSON, it may also be a longer pointer that ends with the column's name.
    """

    def is_it(name: str) -> bool:
        return column == name or column.endswith(f"/{name.lstrip('/')}")

    other_names = [item for role in spec.mapping.values() for item in role.other_names.items()]
    renamed = {name for name, aliases in other_names if any(map(is_it, aliases))}
    return [
        mapped
        for mapped in all_mapped_values(spec, content.schema)
        if mapped.value.column and (is_it(mapped.value.column) or mapped.value.column in renamed)
    ]


def all_mapped_values(spec: SourceSpec, schema: Schema) -> Iterator[MappedValue]:
    """Yield the values of all mappings of a source, and the values needed to read them, such as the column of a currency."""
    for role in spec.mapping.values():
        for mapped in [
            *_map_values([role.as_of], AS_OF),
            *(value for record in role.records for value in _values(record, schema)),
        ]:
            yield mapped
            value = mapped.value
            yield from _map_values([value.valid_from, value.valid_to], DATE)
            yield from _map_values([each for each in (value.currency, value.unit, value.lang) if isinstance(each, Value)], None)


def _values(record: RecordMapping, schema: Schema) -> Iterator[MappedValue]:
    types = schema.types
    properties = types[record.record].properties if record.record in types else {}
    yield from _map_values([*record.key.values(), record.each], None)
    for name, parties in record.properties.items():
        for party in parties:
            yield from _property(party, properties[name], schema) if name in properties else _party(party, schema)
    for party in record.parties:
        yield from _party(party, schema)
    for place in record.place:
        yield from _place(place, schema)
    for commitment in record.commitment:
        yield from _commitment(commitment, schema)
    for document in record.document:
        yield from _document(document, schema)


def _property(party: Party, property_: Property, schema: Schema) -> Iterator[MappedValue]:
    """Yield the value of a property and, if it names an organisation, the values of the organisation's country and kind."""
    organization = schema.types["organization"].properties
    yield MappedValue(party, property_)
    yield from _map_values(party.country, organization["country"])
    yield from _map_values(party.kind, organization["kind"])


def role_values(party: Party) -> dict[str, list[Value]]:
    """Return the values of a party's role, by property."""
    return {
        "role": [party.role] if party.role else [],
        "start": party.start,
        "end": party.end,
        "known-from": party.known_from,
    }


def _party(party: Party, schema: Schema) -> Iterator[MappedValue]:
    role = schema.types["role"].properties
    yield from _property(party, schema.types["organization"].properties["name"], schema)
    for name, values in role_values(party).items():
        yield from _map_values(values, role[name])


def _place(place: Place, schema: Schema) -> Iterator[MappedValue]:
    properties = schema.types["place"].properties
    yield MappedValue(place, properties["name"])
    for name, values in (
        ("country", place.country),
        ("geometry", place.geometry),
        ("precision", place.precision),
        ("kind", place.kind),
    ):
        yield from _map_values(values, properties[name])
    yield from _map_values([place.latitude, place.longitude], COORDINATE)
    yield from _map_values([place.admin1], None)


def _commitment(commitment: Commitment, schema: Schema) -> Iterator[MappedValue]:
    properties = schema.types["commitment"].properties
    yield MappedValue(commitment, properties["amount"])
    for party in commitment.financier:
        yield from _party(party, schema)
    yield from _map_values(commitment.flow_type, properties["flow-type"])
    yield from _map_values(commitment.agreed, properties["agreed"])
    yield from _map_values(commitment.status, properties["status"])


def _document(document: Document, schema: Schema) -> Iterator[MappedValue]:
    properties = schema.types["document"].properties
    yield MappedValue(document, properties["url"])
    yield from _map_values(document.title, properties["title"])
    yield from _map_values(document.publisher, properties["publisher"])
    yield from _map_values(document.published, properties["published"])
    yield from _map_values(document.language, properties["lang"])


def _map_values(values: Iterable[Value | None], property_: Property | None) -> Iterator[MappedValue]:
    return (MappedValue(value, property_) for value in values if value is not None)
