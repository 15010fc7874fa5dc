"""Row classes for countries and regions."""

from collections.abc import Sequence
from typing import NamedTuple


class Country(NamedTuple):
    """A country with its labels, and how many projects and other records it has."""

    code: str
    label: str
    label_zh: str | None
    kind: str
    part_of: str | None
    projects: int
    located: int
    assessments: int
    indicators: int
    agreements: int
    restrictions: int
    other: str = ""
    """The label in the site's other language."""
    other_lang: str = ""


class AreaOrganization(NamedTuple):
    """An organisation and the number of its projects in a country or region."""

    id: str
    label: str | None
    label_lang: str | None
    label_zh: str | None
    projects: int


class LayerCounts(NamedTuple):
    """The projects of one layer in a country or region."""

    layer: str
    projects: int
    first_year: int | None
    last_year: int | None
    supplied: int
    """Number of projects with a supplier or implementer."""


class CountryPart(NamedTuple):
    """An organisation with a part in the projects of one layer in a country or region.

    Customers, recipients and guarantors are left out.
    """

    layer: str
    part: str
    """`supplied` (or implemented), `held` (owned or operated), `financed`, or `joined` (as a partner)."""
    id: str
    label: str
    label_lang: str | None
    label_zh: str | None
    projects: int


class CableParty(NamedTuple):
    """An organisation that supplies, implements, owns or operates a submarine cable."""

    project: str
    supplies: bool
    id: str
    label: str
    label_lang: str | None
    label_zh: str | None
    sort_label: str


class Landing(NamedTuple):
    """A place where a submarine cable lands."""

    project: str
    id: str
    label: str | None


class Cable(NamedTuple):
    """A submarine cable that lands in a country."""

    id: str
    label: str | None
    label_lang: str | None
    label_zh: str | None
    layer: str | None
    date: str | None
    year: int | None
    status: str | None
    independent_sources: int
    """Number of separate sources. For older releases, which lack this number, the number of sources."""
    suppliers: Sequence[CableParty] = ()
    """Suppliers and implementers."""
    owners: Sequence[CableParty] = ()
    """Owners and operators."""
    landings: Sequence[Landing] = ()
    """Landing points in the country."""
    planned: str | None = None
    """The planned date (EDTF), if sources only plan the cable."""
    planned_as_of: str | None = None


class RestrictionDates(NamedTuple):
    """When a restriction began and ended."""

    id: str
    start: str | None
    """When the restriction began (EDTF); None if unknown."""
    end: str | None
    """When the restriction ended (EDTF); None if unknown or if it has not ended."""
    measured: bool
    """Whether the restriction was reported by a source of measurements."""


class Supplier(NamedTuple):
    """An organisation that supplies or implements a project."""

    project: str
    id: str
    label: str
    label_lang: str | None
    label_zh: str | None
    sort_label: str


class YearlyCommitments(NamedTuple):
    """The commitments to projects in a country, in one unit and year."""

    unit: str | None
    year: int | None
    commitments: int
    stated: int
    """Number of commitments with an amount."""
    amount: float
    cancelled: float
    shared: int
    """Number of commitments to projects in several countries, which count in full."""


class Financier(NamedTuple):
    """An organisation that finances projects, and its commitments in one unit."""

    unit: str | None
    id: str
    label: str
    label_lang: str | None
    label_zh: str | None
    commitments: int
    stated: int
    """Number of commitments with an amount."""
    amount: float
    first_year: int | None
    last_year: int | None


class UnnamedSuppliers(NamedTuple):
    """A source that explains why it names no supplier, and the number of its projects without one."""

    source: str
    suppliers: str
    """Why the source names no supplier."""
    projects: int


class Unknown(NamedTuple):
    """The number of a country's projects, and the numbers of those that lack something."""

    projects: int
    unlocated: int | None
    undated: int | None
    unnamed: int | None
    """Number of projects without a supplier, implementer, owner, operator or partner."""
    single_source: int | None
    """Number of projects with only one separate source."""
    status_unknown: int | None
