"""The places of a project, from the cells of a row."""

from collections.abc import Sequence
from typing import NamedTuple

from overt.importing.cells import Cell
from overt.importing.errors import Problem
from overt.importing.import_context import Context
from overt.importing.mapping.property_of_each_value import COORDINATE
from overt.importing.mapping.record_properties_from_row import (
    Field,
    ReadField,
    add_fields,
    compile_fields,
    first_reading,
    read_fields,
)
from overt.importing.mapping.records_named_in_cells import name_key, related_record
from overt.importing.mapping.row_cells import RowCells
from overt.importing.mapping.row_claims import Statements
from overt.importing.mapping.value_readers import Reading, compile_value
from overt.importing.mapping.values_of_each_named_item import allot_fields
from overt.importing.places.geocoding import geocode
from overt.importing.record_draft import RecordDraft
from overt.model.mapping import Place


class ReadPlaces(NamedTuple):
    """What a row says about places: names, provinces, coordinates and other values."""

    names: list[Reading]
    fields: list[ReadField]
    provinces: list[ReadField]
    coordinates: list[Reading]
    """Longitude and latitude; empty if the row has none."""


class Places:
    """Makes the places of a project."""

    def __init__(self, ctx: Context, place: Place, number: int) -> None:
        """Compile one `place:` of a mapping.

        `number`: position among the record's places, which distinguishes places without a name.
        """
        self._ctx = ctx
        self._place = place
        self._site = "site" if number == 0 else f"site {number + 1}"
        properties = ctx.content.schema.types["place"].properties
        self._name = compile_value(ctx, place, properties["name"]) if place.has_origin else None
        fields = {"country": place.country, "geometry": place.geometry, "precision": place.precision, "kind": place.kind}
        self._fields = compile_fields(ctx, "place", fields)
        self._provinces = [Field("admin1", compile_value(ctx, place.admin1, None), None, place.admin1)] if place.admin1 else []
        self._longitude = compile_value(ctx, place.longitude, COORDINATE) if place.longitude else None
        self._latitude = compile_value(ctx, place.latitude, COORDINATE) if place.latitude else None

    def read(self, cells: RowCells, key_cells: Sequence[Cell]) -> ReadPlaces:
        """Return the values of the places. If they contradict each other, a problem is collected in the row's cells."""
        names = self._name(cells, key_cells) if self._name else []
        fields = read_fields(self._fields, cells, key_cells)
        provinces = read_fields(self._provinces, cells, key_cells)
        longitude = self._longitude(cells, ()) if self._longitude else []
        latitude = self._latitude(cells, ()) if self._latitude else []
        if len(longitude) != len(latitude) or len(longitude) > 1:
            cell = [*longitude, *latitude][0].cell
            cells.add_problem(Problem("a point needs one longitude and one latitude", cell.locator))
        elif len(names) > 1 and (longitude or first_reading(fields, "geometry") is not None):
            message = f"{len(names)} places, but only one point or shape; leave it out, or split the row"
            cells.add_problem(Problem(message, names[1].cell.locator))
        return ReadPlaces(names, fields, provinces, [*longitude, *latitude])

    def make(
        self, cells: RowCells, project: RecordDraft, statements: Statements, read: ReadPlaces, countries: list[Reading]
    ) -> None:
        """Make a place for each name; without a name, make one for the coordinates or the geometry.

        `countries`: the project's countries. If there is only one, places without a country get it.
        """
        geometry = first_reading(read.fields, "geometry")
        anchors = read.names or read.coordinates[:1] or ([geometry] if geometry else [])
        fields = allot_fields(cells, read.fields, anchors, "places")
        provinces = allot_fields(cells, read.provinces, anchors, "places")
        for anchor, own_fields, own_provinces in zip(anchors, fields, provinces, strict=True):
            own = read._replace(fields=own_fields, provinces=own_provinces)
            self._make_place(cells, project, statements, own, countries, anchor)

    def _make_place(
        self,
        cells: RowCells,
        project: RecordDraft,
        statements: Statements,
        read: ReadPlaces,
        countries: list[Reading],
        anchor: Reading,
    ) -> None:
        is_named = bool(read.names)
        try:
            place = related_record(self._ctx, "place", project=project, name=name_key(anchor.cell) if is_named else self._site)
        except Problem as problem:
            cells.add_problem(problem)
            return
        plain = anchor._replace(lang=None, unit=None)
        statements.add(place, "project", plain, project, original="")
        if is_named:
            statements.add(place, "name", anchor)
        add_fields(statements, place, read.fields)
        country = first_reading(read.fields, "country")
        if country is None and len(countries) == 1:
            country = countries[0]
            statements.add(place, "country", country)
        if first_reading(read.fields, "kind") is None:
            statements.add(place, "kind", plain, "site", original="")
        if read.coordinates:
            longitude, latitude = (reading.cell for reading in read.coordinates)
            point = Reading(longitude.with_text(longitude.text, None), [longitude, latitude])
            statements.add(place, "geometry", point, f"POINT ({longitude} {latitude})", original="")
        has_point = read.coordinates or first_reading(read.fields, "geometry") is not None
        if self._place.geocode and is_named and not has_point:
            self._geocode(place, anchor, country, read, statements)
        elif first_reading(read.fields, "precision") is None:
            statements.add(place, "precision", plain, "exact" if has_point else "locality", original="")

    @staticmethod
    def _geocode(place: RecordDraft, town: Reading, country: Reading | None, read: ReadPlaces, statements: Statements) -> None:
        """Find the town in the gazetteer. A town in an unknown country gets no point."""
        if country is None:
            statements.add(place, "precision", town._replace(lang=None), "unlocated", original="")
            return
        province = first_reading(read.provinces, "admin1")
        for document in statements.documents:
            geocode(place, town.cell, country.cell, province.cell if province else None, document=document)
