"""Indexes that report technology of a project's kind in its countries, for the project's page."""

from dataclasses import dataclass

from overt.queries import records
from overt.queries.database import Reader
from overt.queries.rows.records import Fact, Record
from overt.site.site import Site


@dataclass(frozen=True)
class Corroboration:
    """An assessment that reports technology of the project's kind in the project's country."""

    assessment: Record
    kinds: list[Fact]
    companies: list[Fact]
    """The project's organisations that the assessment names, whichever technology they supply."""


def corroborations(site: Site, reader: Reader, record: Record, roles: list[Record]) -> list[Corroboration]:
    """Return assessments that report the project's technology in its first six countries, the newest first.

    A broader or narrower kind of technology counts, too. An assessment is about an entire country, so it is never merged with a
    project. It doesn't say which company supplies which technology, so companies and technologies are shown separately.
    """
    own = {fact.value for fact in record.shown("kind")}
    broader = {kind for own_kind in own for kind in _lineage(site, own_kind)}
    companies = {fact.value for role in roles for fact in role.shown("organization")}
    rows = []
    for code in [fact.value for fact in record.shown("country")][:6]:
        for assessment in records.linked(reader, code, "assessment", "country"):
            kinds = [fact for fact in assessment.shown("kind") if fact.value in broader or own & set(_lineage(site, fact.value))]
            if kinds:
                rows.append(
                    Corroboration(assessment, kinds, [fact for fact in assessment.shown("supplier") if fact.value in companies])
                )
    return sorted(rows, key=lambda row: row.assessment.value("year") or "", reverse=True)


def _lineage(site: Site, kind: str) -> list[str]:
    """Return a kind and its broader kinds, narrowest first."""
    kinds = [kind]
    terms = site.words.terms["project-kinds"]
    while (row := terms.get(kinds[-1])) and row.broader and row.broader not in kinds:
        kinds.append(row.broader)
    return kinds
