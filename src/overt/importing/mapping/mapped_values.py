"""The values of a mapping, each with the property that it fills."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from overt.importing.mapping.named_records import role_values
from overt.model.catalogue import Catalogue
from overt.model.mapping import Commitment, Document, Party, Place, RecordMapping, Value
from overt.model.schema import Property, Schema
from overt.model.source import SourceSpec


class MappedValue(NamedTuple):
    """A value of a mapping, and the property that it fills; None if it fills none, as a part of a key."""

    value: Value
    property: Property | None


def mapped_values(spec: SourceSpec, content: Catalogue, column: str) -> list[MappedValue]:
    """Return the values that any mapping of a source reads from a column, or in JSON from a pointer that ends in it."""
    return [
        mapped
        for mapped in all_mapped_values(spec, content.schema)
        if mapped.value.column and (column == mapped.value.column or column.endswith(f"/{mapped.value.column.lstrip('/')}"))
    ]


def all_mapped_values(spec: SourceSpec, schema: Schema) -> Iterator[MappedValue]:
    """Yield the values of all mappings of a source."""
    for role in spec.mapping.values():
        for record in role.records:
            yield from _values(record, schema)


def _values(record: RecordMapping, schema: Schema) -> Iterator[MappedValue]:
    types = schema.types
    properties = types[record.record].properties if record.record in types else {}
    yield from (MappedValue(value, None) for value in record.key.values())
    if record.each is not None:
        yield MappedValue(record.each, None)
    for name, parties in record.properties.items():
        for party in parties:
            if name in properties:
                yield MappedValue(party, properties[name])
            else:
                yield from _party(party, schema)
    for party in record.parties:
        yield from _party(party, schema)
    for place in record.place:
        yield from _place(place, schema)
    for commitment in record.commitment:
        yield from _commitment(commitment, schema)
    for document in record.document:
        yield from _document(document, schema)


def _party(party: Party, schema: Schema) -> Iterator[MappedValue]:
    organization, role = schema.types["organization"].properties, schema.types["role"].properties
    yield MappedValue(party, organization["name"])
    yield from _of(party.country, organization["country"])
    yield from _of(party.kind, organization["kind"])
    for name, values in role_values(party).items():
        yield from _of(values, role[name])


def _place(place: Place, schema: Schema) -> Iterator[MappedValue]:
    properties, number = schema.types["place"].properties, schema.types["project"].properties["capacity"]
    yield MappedValue(place, properties["name"])
    yield from _of(place.country, properties["country"])
    yield from _of(place.geometry, properties["geometry"])
    yield from _of(place.precision, properties["precision"])
    yield from _of(place.kind, properties["kind"])
    yield from _of([value for value in (place.latitude, place.longitude) if value], number)


def _commitment(commitment: Commitment, schema: Schema) -> Iterator[MappedValue]:
    properties = schema.types["commitment"].properties
    yield MappedValue(commitment, properties["amount"])
    for party in commitment.financier:
        yield from _party(party, schema)
    yield from _of(commitment.flow_type, properties["flow-type"])
    yield from _of(commitment.agreed, properties["agreed"])
    yield from _of(commitment.status, properties["status"])


def _document(document: Document, schema: Schema) -> Iterator[MappedValue]:
    properties = schema.types["document"].properties
    yield MappedValue(document, properties["url"])
    yield from _of(document.title, properties["title"])
    yield from _of(document.published, properties["published"])


def _of(values: Iterable[Value], property_: Property) -> Iterator[MappedValue]:
    return (MappedValue(value, property_) for value in values)
