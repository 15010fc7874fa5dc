"""Regions and groupings of countries, with dates of membership and the documents that state them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Literal, NamedTuple

from pydantic import field_validator

from overt.model.errors import ContentError, ValueProblem, quote_text
from overt.model.geography.countries_and_territories import Areas
from overt.model.geography.country_name_lookup import fold_name
from overt.model.spelling_suggestions import similar_hint
from overt.model.values.checked_content_texts import Label, Slug, WebAddress
from overt.model.values.current_on_day import phase_on
from overt.model.values.dates import canonical_date
from overt.model.yaml_reading_and_validation import Content


class RegionDocument(Content):
    """A document that states which countries belong to a region."""

    url: WebAddress
    title: Label
    publisher: Label
    checked: str
    """The day on which someone checked the document for Overt."""
    note: str | None = None


class Member(Content):
    """A membership of a grouping, with EDTF dates. An area that left and rejoined has two."""

    area: str
    joined: str | None = None
    left: str | None = None
    """The first day on which the area is no longer a member; None if the membership has no end."""
    note: str | None = None
    note_zh: str | None = None

    @field_validator("joined", "left")
    @classmethod
    def _check_date(cls, text: str | None) -> str | None:
        try:
            return canonical_date(text) if text else None
        except ValueProblem as problem:
            raise ValueError(str(problem)) from None

    def is_current(self, day: date) -> bool:
        """Return whether the area is a member on a day. An area that may be a member on that day counts as a member."""
        return phase_on(day, self.joined, self.left).current is not False


class Region(Content):
    """A region, or a grouping that countries join and leave."""

    id: Slug
    label: Label
    label_zh: Label
    kind: Literal["m49", "usage", "grouping"]
    """`m49`: a statistical region of the United Nations. `usage`: a region by common usage. `grouping`: countries join it."""
    m49: str | None = None
    names: list[str] = []
    definition: str
    definition_zh: str
    parts: list[str] = []
    """Ids of regions whose members are also members of this region."""
    areas: list[str] = []
    """Codes of members without dates."""
    members: list[Member] = []
    documents: list[RegionDocument] | str
    """The documents, or the key of a list in a file's `documents`."""


class RegionFile(Content):
    """`vocab/regions.yml`, or a `vocab/regions-….yml` that adds regions or replaces those with the same id."""

    documents: dict[str, list[RegionDocument]] = {}
    regions: list[Region]


class AreaMembership(NamedTuple):
    """A row of the table `region_areas`: an area in a region. An area that left and came back has two rows."""

    region: str
    area: str
    joined: str | None
    """When the area joined (EDTF); None if no date is recorded, or if areas don't join the region."""
    left: str | None
    note: str | None
    note_zh: str | None
    current: bool
    """Whether the area is a member on the release's day."""
    listed: bool
    """Whether the region lists the area itself. A part of a listed country is in the region without being listed."""


class Regions:
    """All regions by id, in the order of the files."""

    def __init__(self, regions: Mapping[str, Region], documents: Mapping[str, list[RegionDocument]], areas: Areas) -> None:
        self.regions = dict(regions)
        self._documents = documents
        self._rows: dict[str, Sequence[AreaMembership]] = {}
        self._parts: dict[str, list[str]] = {}
        for area in areas.areas.values():
            if area.part_of:
                self._parts.setdefault(area.part_of, []).append(area.code)

    @cached_property
    def _names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for region in self.regions.values():
            for name in (region.id, region.label, region.label_zh, *region.names):
                names.setdefault(fold_name(name), region.id)
        return names

    def find(self, text: str) -> str:
        """Return the id of the region with this id, label or other name. Raises ValueProblem for an unknown name."""
        if identity := self._names.get(fold_name(text)):
            return identity
        raise ValueProblem(f"{quote_text(text)} is not a region{similar_hint(text, self.regions)}")

    def documents(self, identity: str) -> list[RegionDocument]:
        """Return the documents that state which countries belong to a region."""
        documents = self.regions[identity].documents
        return self._documents[documents] if isinstance(documents, str) else documents

    def members(self, identity: str) -> list[Member]:
        """Return all memberships of a region and its parts, including ended ones, sorted by area and date."""
        return self._members[identity]

    @cached_property
    def _members(self) -> dict[str, list[Member]]:
        members: dict[str, list[Member]] = {}
        # Parts come first, so that no region is computed twice and a long chain of parts needs no deep recursion.
        for identity in TopologicalSorter({name: region.parts for name, region in self.regions.items()}).static_order():
            region = self.regions[identity]
            own = [Member(area=code) for code in region.areas] + region.members
            own += [member for part in dict.fromkeys(region.parts) for member in members[part]]
            different = {(member.area, member.joined, member.left, member.note): member for member in own}
            members[identity] = sorted(different.values(), key=lambda member: (member.area, member.joined or ""))
        return members

    def rows(self, day: str) -> Sequence[AreaMembership]:
        """Return the areas of all regions with their membership on a day (ISO 8601)."""
        if day not in self._rows:
            self._rows = {day: tuple(self._memberships(day))}  # Only one day is cached: a process makes one release at a time.
        return self._rows[day]

    def _memberships(self, day: str) -> Iterator[AreaMembership]:
        release_day = date.fromisoformat(day)
        for identity in self.regions:
            members = self.members(identity)
            codes = {member.area for member in members}
            for member in members:
                for code in (member.area, *(part for part in self._parts.get(member.area, ()) if part not in codes)):
                    yield AreaMembership(
                        identity, code, member.joined, member.left, member.note, member.note_zh, member.is_current(release_day),
                        code == member.area,
                    )  # fmt: skip


def load_regions(files: Iterable[tuple[str, RegionFile]], areas: Areas) -> Regions:
    """Return the regions of all files. A later region replaces an earlier one with the same id.

    Raises ContentError for a region that refers to an unknown area, part or list of documents, or that is a part of itself.
    """
    regions: dict[str, Region] = {}
    documents: dict[str, list[RegionDocument]] = {}
    origin: dict[str, str] = {}
    for name, file in files:
        documents |= file.documents
        for region in file.regions:
            regions[region.id] = region
            origin[region.id] = f"{name}: {region.id}"
    for region in regions.values():
        where = origin[region.id]
        for code in (*region.areas, *(member.area for member in region.members)):
            if code not in areas.areas:
                raise ContentError(f"{where}: {code!r} is not an area; write ISO 3166-1 alpha-2 or a code of vocab/areas.yml")
        for part in region.parts:
            if part not in regions:
                raise ContentError(f"{where}: the part {part!r} is not a region")
        if isinstance(region.documents, str) and region.documents not in documents:
            raise ContentError(f"{where}: there is no list of documents named {region.documents!r}")
    try:
        TopologicalSorter({name: region.parts for name, region in regions.items()}).prepare()
    except CycleError as error:
        raise ContentError(f"{origin[error.args[1][0]]}: the region is a part of itself") from None
    return Regions(regions, documents, areas)
