"""Regions: their members, and the projects, organisations, money, indexes and series of values in them."""

from collections.abc import Sequence
from typing import NamedTuple

from overt.model.geography.regions import AreaMembership
from overt.queries.database import Reader
from overt.queries.rows.countries import AreaOrganization, CountryPart, Financier, LayerCounts


class RegionCounts(NamedTuple):
    """How many projects and member countries a region has on the release's day."""

    id: str
    projects: int
    members: int


class UnitMoney(NamedTuple):
    """The commitments in one unit to projects of a region."""

    unit: str | None
    commitments: int
    stated: int
    """Number of commitments with an amount."""
    amount: float
    first_year: int | None
    last_year: int | None


class AssessedCountries(NamedTuple):
    """How many countries an edition of an index assesses, or in how many it reports one kind of technology.

    Either all countries count, or only those of one region.
    """

    year: int
    countries: int
    kind: str
    """The kind; empty for all assessed countries."""


class MemberValue(NamedTuple):
    """A series' value in a member country."""

    country: str
    year: int
    value: float
    text: str


_DECODE = {"current": bool, "listed": bool}


def all_counts(reader: Reader) -> list[RegionCounts]:
    """Return all regions with their counts, in the order of the content."""
    return reader.query(RegionCounts, "regions.counts")


def memberships(reader: Reader, region: str) -> list[AreaMembership]:
    """Return the memberships of a region, including past ones, sorted by code and date."""
    return reader.query(AreaMembership, "regions.memberships", [region], decode=_DECODE)


def area_memberships(reader: Reader, code: str) -> list[AreaMembership]:
    """Return the memberships of an area, including past ones, in the order of the regions."""
    return reader.query(AreaMembership, "regions.of_area", [code], decode=_DECODE)


def members(reader: Reader, region: str) -> list[str]:
    """Return the codes of the areas in a region on the release's day, including parts of countries."""
    return sorted({row.area for row in memberships(reader, region) if row.current})


def layers(reader: Reader, region: str) -> dict[str, LayerCounts]:
    """Return the project counts of a region by layer. A project with two layers counts in both."""
    return {row.layer: row for row in reader.query(LayerCounts, "country_and_region_counts.layers", [region], area="region")}


def parts(reader: Reader, region: str) -> list[CountryPart]:
    """Return the organisations in a region's projects by part (see `CountryPart`) and layer, most projects first."""
    return reader.query(CountryPart, "country_and_region_counts.parts", [region], area="region")


def organizations(reader: Reader, region: str, limit: int) -> list[AreaOrganization]:
    """Return the `limit` organisations that supply, implement, own, operate or are partners in the most projects of a region.

    The returned numbers also include projects in which an organisation has another role.
    """
    return reader.query(AreaOrganization, "country_and_region_counts.organizations", [region, limit], area="region")


def active_organizations(reader: Reader, region: str) -> set[str]:
    """Return the ids of all organisations with a part in a project of a region."""
    return {str(row["id"]) for row in reader.rows("regions.active_organizations", [region])}


def money(reader: Reader, region: str) -> list[UnitMoney]:
    """Return the commitments to projects of a region, by unit."""
    return reader.query(UnitMoney, "regions.money", [region])


def financiers(reader: Reader, region: str, limit: int) -> list[Financier]:
    """Return up to `limit` financiers of a region's projects, by unit, those with the largest amounts first.

    A shared commitment counts in full for each financier.
    """
    return reader.query(Financier, "country_and_region_counts.financiers", [region, limit], area="region")


def assessments(reader: Reader, region: str) -> list[AssessedCountries]:
    """Return how many members each edition of an index assesses, and in how many it reports each kind, newest first."""
    return reader.query(AssessedCountries, "regions.assessments", [region])


def newest_values(reader: Reader, region: str, series: str) -> Sequence[MemberValue]:
    """Return the values of a series in a region for the newest year in which any member has one, sorted by value.

    Parts of member countries, which the region doesn't list itself, are left out.
    """
    return reader.query(MemberValue, "regions.series", {"series": series, "region": region})
