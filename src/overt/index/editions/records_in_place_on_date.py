"""A release as of a date: the records that were in place then, and what belongs to them, recomputed from their claims."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa

from overt.index.editions.edition_tables_and_limits import Edition
from overt.index.editions.limited_edition import Chosen, make_edition
from overt.index.fingerprint import made_by
from overt.index.index_sql import index_query
from overt.index.release_views import create_index_views
from overt.index.verification.edition_files import read_edition
from overt.model.code_digest import digest_of
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import connect
from overt.model.errors import OvertError
from overt.model.progress import Progress, no_progress, within_step
from overt.model.schema import Schema
from overt.model.values.dates import period_bounds
from overt.model.values.span import in_place_sql
from overt.release.spans.records_that_count_as_in_place import counts_sql

_TOTAL_TABLES = ("reported_figures",)
"""Tables with totals that others reported on a certain day, which must not be compared with a number for another day."""


def take_as_of(
    edition: Edition,
    release: str,
    as_of: str,
    content: Catalogue,
    cache: Path,
    *,
    memory: str = "4GB",
    progress: Progress = no_progress,
) -> Edition:
    """Return an edition as of a date: what was certainly or possibly in place then, and records that don't begin and end.

    Plans, indicators of other years and totals reported by others are left out. The tables are stored in `cache`, like those of
    `restrict`. `as_of`: a day, month or year. Records keep their ids and all their claims, so their dates, statuses and values
    are the current ones. Raises OvertError if no project was in place, and ValueProblem if `as_of` is not a day, month or year.
    """
    limits = period_bounds(as_of)
    parts = [made_by(), content.digest("schema", "vocab", "models", "sources", "figures"), edition.tables.parent.name, as_of]
    dated = replace(edition, as_of=as_of)
    folder = cache / f"{dated.named(release).replace('+', '-', 1)}-{digest_of(parts)[:12]}"
    made = read_edition(folder)
    if made is None:
        condition = in_place_sql(*(f"DATE '{day.isoformat()}'" for day in limits), counts=counts_sql())
        with connect(memory=memory, spill=cache / ".tmp-spill") as connection:
            progress("choosing what was in place")
            create_index_views(connection, edition.tables, content, date.fromisoformat(edition.manifest["date"]))
            references = _required_references(content.schema)
            connection.register(
                "required_references",
                pa.table({name: [row[at] for row in references] for at, name in enumerate(("type", "property"))}),
            )
            years = {name: str(day.year) for name, day in zip(("first_year", "last_year"), limits, strict=True)}
            inside = connection.execute(
                index_query("records_in_place_on_date.inside", {"in_place": condition, **years})
            ).to_arrow_table()
        with connect(memory=memory, spill=cache / ".tmp-spill") as connection:
            connection.register("chosen_ids", inside)
            made = make_edition(
                connection, edition, folder, content, edition.manifest["sources"],
                Chosen("SELECT id FROM chosen_ids", _TOTAL_TABLES, ()),
                progress=within_step(progress, "leaving out what was not in place", 0, 1),
            )  # fmt: skip
    manifest = {**made["manifest"], "as_of": as_of}
    if not manifest["tables"]["projects"]["rows"]:
        raise OvertError(
            f"--as-of {as_of}: no project of release {edition.named(release)} was in place then, so far as sources say"
        )
    return replace(dated, tables=folder / "tables", manifest=manifest, part_of=edition.tables)


def _required_references(schema: Schema) -> list[tuple[str, str]]:
    """Return the references without which a record makes no sense, each as the record's type and the property.

    These are all required references, and all references from other types to a project.
    """
    return [
        (kind.name, prop.name)
        for kind in schema.types.values()
        for prop in kind.properties.values()
        if prop.type == "record" and (prop.required or (prop.record == "project" and kind.name != "project"))
    ]
