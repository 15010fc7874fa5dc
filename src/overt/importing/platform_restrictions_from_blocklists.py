"""Restrictions of platforms, derived from a source's blocklists."""

import pyarrow as pa
import pyarrow.compute as pc

from overt.importing.blocklists import BlocklistObservations
from overt.importing.import_context import Context
from overt.model.claim import Claim, Evidence
from overt.model.errors import ContentError
from overt.model.record_ids import record_id
from overt.model.source import SeriesSpec

PLATFORMS = "platforms"
"""Vocabulary of platforms, whose terms list domains."""


def add_platform_restrictions(context: Context, observations: BlocklistObservations) -> None:
    """Add a record of type `restriction` for each episode of a platform's domain.

    Episodes of other domains get no record; they are only in the observations. Raises ContentError if source.yml has no key for
    restrictions.
    """
    spec, content = context.spec, context.content
    template = spec.records.get("restriction")
    if template is None:
        raise ContentError(f"{spec.slug}: `records:` of source.yml has no key for 'restriction', which series need")
    platforms = {domain: term.id for term in content.vocabularies[PLATFORMS].terms for domain in term.domains}
    episodes = observations.tables.episodes
    episodes = episodes.filter(pc.is_in(episodes["domain"], value_set=pa.array(sorted(platforms), pa.string())))
    for row in episodes.to_pylist():
        series = spec.series[row["series"]]
        first = row["first_listed"]
        key = template.format(series=row["series"], domain=row["domain"], first=first or "undated")
        values = {
            **_series_values(series), "platform": platforms[row["domain"]], "domain": row["domain"],
            "start": row["start"], "end": row["end"],
        }  # fmt: skip
        places = {observations.locate(row["series"], row["domain"], day) for day in (first, row["last_listed"])}
        for name, value in values.items():
            if value is None:
                continue
            canonical, _ = content.canonical(content.schema.property("restriction", name), value)
            claim = Claim(
                spec.slug, record_id(spec.slug, key), "restriction", name, canonical,
                lang="en" if name == "area" else None, basis="computed", rule=series.rule,
            )  # fmt: skip
            claim_id = claim.id
            context.tables.add(claim, [Evidence(claim_id, capture, locator, row["domain"]) for capture, locator in places])


def _series_values(series: SeriesSpec) -> dict[str, str | None]:
    """Return the values that all restrictions of a series have in common."""
    return {"kind": "blocking", "country": series.country, "area": series.place, "protocol": series.protocol}
