"""TeleGeography's submarine cable map: a file for each cable and landing point, two with geometry, an index, and settings."""

import re
from collections.abc import Collection, Iterable
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from overt.importing import Cell, Context, RecordDraft, Row
from overt.model.legal_forms import legal_forms

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
READY = re.compile(rf"([12]\d{{3}})(?: (?:Q([1-4])|({MONTHS})))?")
LENGTH = re.compile(r"([\d,]+(?:\.\d+)?) km")
UNKNOWN = ("", "TBD", "n.a.")
"""Values that mean an unknown date or length."""
FIRST_QUARTER = 33
"""EDTF level 2 writes quarters as months 33 to 36."""
NEAR = 2.0
"""Number of degrees by which a landing point may lie outside its country's bounds, as islands, platforms and harbours do."""


def run(ctx: Context) -> None:
    """Read the cables before the landing points, routes and index, which refer to them."""
    names = Names(ctx.words("reading.yml"))
    cables: dict[str, RecordDraft] = {}
    countries: dict[str, Cell] = {}
    for row in ctx.rows("config"):
        with row:
            ctx.as_of(made_on(row))
    for row in ctx.rows("cables"):
        with row:
            cable(ctx, row, names, cables, countries)
    for row in ctx.rows("landing_points"):
        with row:
            landing_point(ctx, row, cables)
    for row in ctx.rows("points"):
        with row:
            point(ctx, row, countries, ctx.words("reading.yml")["points_elsewhere"])
    for row in ctx.rows("routes"):
        with row:
            route(ctx, row, cables)
    for row in ctx.rows("index"):
        with row:
            known(row, row["id"], cables)
            row.out_of_scope("index")


def made_on(row: Row) -> Cell:
    """Return the day on which the map was made, from a timestamp such as `2022-11-10T20:10:40-05:00`."""
    cell = row["creation_time"]
    return cell.read_as(cell.text[:10])


def cable(ctx: Context, row: Row, names: "Names", cables: dict[str, RecordDraft], countries: dict[str, Cell]) -> None:
    """Add one cable system with its owners, suppliers and landings.

    It is added to `cables` by id, and the country of each landing point to `countries`.
    """
    key = row["id"].text
    landed: dict[str, Cell] = {}
    project = ctx.record("project", id=row["id"])
    project.add("name", row["name"], lang="en")
    project.add("kind", "submarine-cable", at=row["id"])
    planned = row["is_planned"]
    project.add("status", ctx.lookup("status", planned), at=planned, original=f"is_planned: {planned}")
    project.add("length", length(row), unit="km")
    project.add("operational", ready(row))
    project.add("description", row["notes"], lang="en")
    project.add("website", address(row["url"]))
    lands_in = set()
    for landing in row["landing_points"].cells():
        lands_in.add(landing.child("country").text)
        country = ctx.area(landing.child("country"), "countries")
        project.add("country", country)
        if landing.child("is_tbd").text == "true":
            undecided(ctx, project, row["id"], landing, country)
        else:
            landed[landing.child("id").text] = country
            place(ctx, landing.child("id"), landing.child("name"), country).add("project", project, at=landing.child("id"))
    for column, role in (("owners", "owner"), ("suppliers", "supplier")):
        for name in names.split(row[column].text):
            take_part(ctx, project, role, row[column], names, name, lands_in)
    row.when_imported(lambda: cables.update({key: project}))
    row.when_imported(lambda: countries.update(landed))


def take_part(ctx: Context, project: RecordDraft, role: str, cell: Cell, names: "Names", text: str, lands_in: set[str]) -> None:
    """Add an organisation from a list as an owner or supplier of the cable."""
    name, aliases = names.read(text)
    full_name = names.full_name(name, lands_in)
    organization = ctx.record("organization", name=full_name or name)
    part = ctx.record("role", project=project, role=role, organization=full_name or name)
    if full_name:
        organization.code("name", full_name, at=cell, rule="telegeography-same-name@1")
        part.code("organization", organization, at=cell, rule="telegeography-same-name@1")
    else:
        organization.add("name", cell.part(name))
        part.add("organization", organization, at=cell)
    for alias in aliases:
        organization.add("alias", cell.part(alias))
    part.add("project", project, at=cell)
    part.add("role", role, at=cell)


def place(ctx: Context, key: Cell, name: Cell, country: Cell) -> RecordDraft:
    """Return the record of a landing point: a coastal town, not its beach or station. It can serve many cables."""
    landing = ctx.record("place", kind="landing-point", id=key)
    landing.add("name", name, lang="en")
    landing.add("country", country)
    landing.add("kind", "landing-point", at=key)
    landing.add("precision", "locality", at=key)
    return landing


def undecided(ctx: Context, project: RecordDraft, cable_id: Cell, landing: Cell, country: Cell) -> None:
    """Add a landing marked "to be determined". It belongs to this cable only, and has no point."""
    landing_id = landing.child("id")
    expected = ctx.record("place", kind="undecided-landing", id=f"{cable_id}.{landing_id}")
    expected.add("project", project, at=landing_id)
    expected.add("name", landing.child("name"), lang="en")
    expected.add("country", country)
    expected.add("kind", "landing-point", at=landing_id)
    expected.add("precision", "unlocated", at=landing.child("is_tbd"))


def landing_point(ctx: Context, row: Row, cables: dict[str, RecordDraft]) -> None:
    """Link a landing point to the cables that its own file lists."""
    landing = place(ctx, row["id"], row["name"], ctx.area(row["country"], "countries"))
    for item in row["cables"].cells():
        landing.add("project", known(row, item.child("id"), cables), at=item.child("id"))


def point(ctx: Context, row: Row, countries: dict[str, Cell], elsewhere: Collection[str]) -> None:
    """Add the coordinates of a landing point. Points with an id in `elsewhere` are left out: they are in another country."""
    key = row["properties"].child("id")
    geometry = row["geometry"]
    if row["properties"].child("is_tbd").text == "true":
        row.out_of_scope("undecided-point")
    if key.text not in countries:
        row.out_of_scope("unused-point")
    if key.text in elsewhere:
        row.out_of_scope("point-elsewhere")
    shape = drawing(row, geometry)
    refuse_swapped(ctx, row, geometry, shape.representative_point(), countries[key.text].text)
    ctx.record("place", kind="landing-point", id=key).add("geometry", shape.wkt, at=geometry)


def refuse_swapped(ctx: Context, row: Row, geometry: Cell, drawn: shapely.Point, country: str) -> None:
    """Refuse a point that is outside its country but would be inside with longitude and latitude swapped.

    Being outside is not enough, because islands and platforms can be degrees away from our outline of their country.
    """
    bounds = ctx.content.areas.areas[country].bounds

    def inside(x: float, y: float) -> bool:
        west, south, east, north = bounds or (-180.0, -90.0, 180.0, 90.0)
        return west - NEAR <= x <= east + NEAR and south - NEAR <= y <= north + NEAR

    if not inside(drawn.x, drawn.y) and inside(drawn.y, drawn.x):
        row.problem(f"({drawn.x:g}, {drawn.y:g}): longitude and latitude look swapped", geometry)


def route(ctx: Context, row: Row, cables: dict[str, RecordDraft]) -> None:
    """Add the line that the map draws for a cable, or for a part of it."""
    properties = row["properties"]
    geometry = row["geometry"]
    drawn = ctx.record("place", kind="route", id=properties.child("feature_id"))
    drawn.add("project", known(row, properties.child("id"), cables), at=properties.child("id"))
    drawn.add("name", properties.child("name"), lang="en")
    drawn.add("kind", "route", at=properties.child("feature_id"))
    drawn.add("geometry", drawing(row, geometry).wkt, at=geometry)
    drawn.add("precision", "schematic", at=geometry)


def known(row: Row, key: Cell, cables: dict[str, RecordDraft]) -> RecordDraft:
    """Return the cable with this id.

    Raises Problem if the cable has no file of its own, which means an incomplete snapshot, or if that file is a problem.
    """
    if key.text not in cables:
        row.problem(f"cable {key.text[:60]!r} has no file of its own in cable/, or that file is a problem", key)
    return cables[key.text]


def ready(row: Row) -> Cell | None:
    """Return the ready-for-service date: `2023 Q4` is a quarter, `2018 May` a month, `2023` a year.

    If it is unknown, return `rfs_year`; None if that is unknown, too. Raises Problem for any other text, and if `rfs_year` has
    another year.
    """
    cell, year = row["rfs"], row["rfs_year"]
    if cell.text in UNKNOWN:
        return None if year.text in UNKNOWN else year
    match = READY.fullmatch(cell.text)
    if not match:
        row.problem(f"{cell.text[:40]!r} is not a ready-for-service date (2023, 2023 Q4 or 2023 May)", cell)
    if year and year.text != match[1]:
        row.problem(f"rfs says {cell.text}, rfs_year says {year.text}", year)
    if match[2]:
        return cell.read_as(f"{match[1]}-{FIRST_QUARTER - 1 + int(match[2])}")
    return cell.read_as(f"{match[1]}-{MONTHS.split('|').index(match[3]) + 1:02}") if match[3] else cell


def length(row: Row) -> Cell | None:
    """Return the number of a length such as `45,000 km`; None if it is unknown. Raises Problem for any other text."""
    cell = row["length"]
    if cell.text in UNKNOWN:
        return None
    match = LENGTH.fullmatch(cell.text)
    if not match:
        row.problem(f"{cell.text[:40]!r} is not a length in km", cell)
    return cell.read_as(match[1])


def address(cell: Cell) -> Cell:
    """Return the address of the cable's website. One address lacks `http://`."""
    return cell if "://" in cell.text or not cell else cell.read_as(f"http://{cell.text}")


def drawing(row: Row, geometry: Cell) -> BaseGeometry:
    """Parse the GeoJSON geometry in a cell. Raises Problem if the cell has none, or an empty or invalid one."""
    try:
        shape = shapely.from_geojson(geometry.whole())
    except shapely.errors.ShapelyError:
        shape = None
    if not isinstance(shape, BaseGeometry) or shape.is_empty:
        row.problem(f"{geometry.raw[:60]!r} is not a geometry in GeoJSON", geometry)
    return shape


class Names:
    """Parses lists of owners and suppliers by the rules of reading.yml."""

    def __init__(self, words: dict[str, Any]) -> None:
        self._with_comma = sorted(words["names"], key=len, reverse=True)
        # Only legal forms of companies count. Forms of partnerships and state bodies don't, because some, such as BT and Epic,
        # are names of owners here. Of forms with one or two letters, only those that the map uses count.
        forms = [form for form in legal_forms().forms if form.kind in ("any", "limited", "stock")]
        known = {_plain(spelling) for form in forms for spelling in form.spellings}
        self._legal_forms = {form for form in known if len(form) > 2 or form in words["short_legal_forms"]}
        self._also_called = set(words["also_called"])
        self._same_name = words["same_name"]

    def split(self, text: str) -> list[str]:
        """Split a comma-separated list into names."""
        names: list[str] = []
        for piece in self._pieces(text):
            if names and self._is_legal_form(piece):
                names[-1] += f", {piece}"
            elif piece:
                names.append(piece)
        return names

    def _pieces(self, text: str) -> Iterable[str]:
        """Yield the text between commas, except commas in parentheses or in a name of reading.yml."""
        start = depth = position = 0
        while position < len(text):
            name_with_comma = next((name for name in self._with_comma if text.startswith(name, position)), None)
            if name_with_comma and not text[start:position].strip():
                position += len(name_with_comma)
                continue
            character = text[position]
            depth += (character == "(") - (character == ")" and depth > 0)
            if character == "," and depth == 0:
                yield text[start:position].strip()
                start = position + 1
            position += 1
        yield text[start:].strip()

    def _is_legal_form(self, piece: str) -> bool:
        return _plain(re.sub(r"\([^()]*\)$", "", piece)) in self._legal_forms

    def read(self, text: str) -> tuple[str, list[str]]:
        """Return a name and its aliases: the former names in parentheses.

        Any other text in parentheses stays in the name, unless reading.yml lists the whole text: then it is an alias instead.
        """
        match = re.fullmatch(r"(.+?) \((formerly )?([^()]+)\)", text)
        if match and match[2]:
            return match[1], [name.strip() for name in match[3].split(",")]
        return (match[1], [match[3]]) if match and text in self._also_called else (text, [])

    def full_name(self, name: str, lands_in: set[str]) -> str | None:
        """Return the full name of an organisation that shares its name with another, if the cable's landings show which it is.

        Otherwise return None. `lands_in`: the countries in which the cable lands.
        """
        return next((rule["means"] for rule in self._same_name if rule["name"] == name and rule["lands_in"] in lands_in), None)


def _plain(form: str) -> str:
    return " ".join(re.findall(r"\w+", form.replace(".", "").casefold()))
