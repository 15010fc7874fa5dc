"""Restrictions of the platforms that readers ask for, computed from what a source observes."""

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from overt.importing.observed import Made
from overt.model.claim import Claim, Evidence
from overt.model.errors import ContentError
from overt.model.record_ids import record_id
from overt.model.source import SeriesSpec

if TYPE_CHECKING:
    from overt.importing.context import Context

PLATFORMS = "platforms"
"""The vocabulary of platforms, whose terms have domains."""


def add_platforms(context: "Context", made: Made) -> None:
    """A record of type `restriction` for each episode of a domain that counts as a platform's. All other domains stand in the
    observations alone: not to make a record of a domain says nothing about it.
    """
    spec, content = context.spec, context.content
    template = spec.records.get("restriction")
    if template is None:
        raise ContentError(f"{spec.slug}: `records:` of source.yml has no key for 'restriction', which series need")
    platforms = {name: term.id for term in content.vocabularies[PLATFORMS].terms for name in term.domains}
    episodes = made.tables.episodes
    found = episodes.filter(pc.is_in(episodes["domain"], value_set=pa.array(sorted(platforms), pa.string())))
    for row in found.to_pylist():
        series = spec.series[row["series"]]
        first = row["first_listed"]
        key = template.format(series=row["series"], domain=row["domain"], first=first or "undated")
        said = {
            **_same(series), "platform": platforms[row["domain"]], "domain": row["domain"],
            "start": row["start"], "end": row["end"],
        }  # fmt: skip
        places = {made.place(row["series"], row["domain"], day) for day in (first, row["last_listed"])}
        for name, value in said.items():
            if value is None:
                continue
            canonical, _ = content.canonical(content.schema.property("restriction", name), value)
            claim = Claim(
                spec.slug, record_id(spec.slug, key), "restriction", name, canonical,
                lang="en" if name == "area" else None, basis="computed", rule=series.rule,
            )  # fmt: skip
            context.claims[claim.id] = claim
            context.evidence.update(Evidence(claim.id, capture, at, row["domain"]) for capture, at in places)


def _same(series: SeriesSpec) -> dict[str, str | None]:
    """What holds of every domain of a series."""
    return {"kind": "blocking", "country": series.country, "area": series.place, "protocol": series.protocol}
