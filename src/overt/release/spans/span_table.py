"""The release table `spans`: when each record that lasts was in place, and how we know."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_sql_and_parquet import quote_literal, write_parquet
from overt.model.values.span import date_limits
from overt.release.release_sql import release_query
from overt.release.spans.record_span import NotBegun, RecordSpan, Statement, record_span
from overt.release.spans.span_rules import SpanRules, TypeRules, load_span_rules

SPANS = "spans"
BOUNDS = ("begin_earliest", "begin_latest", "end_earliest", "end_latest")
_FIELDS: list[tuple[str, pa.DataType]] = [("id", pa.string()), ("begun", pa.bool_()), ("not_begun", pa.string())]
for _name in BOUNDS:
    _FIELDS += [(_name, pa.date32()), (f"{_name}_rule", pa.string()), (f"{_name}_claims", pa.list_(pa.string()))]
_PLANS = ("planned", "planned_as_of", "planned_end", "planned_end_as_of", "status", "status_as_of")
_FIELDS += [(name, pa.string()) for name in _PLANS]
_DATED = pa.schema([*_FIELDS, ("planned_by", pa.date32()), ("confirmed", pa.date32()), ("stale", pa.bool_())])
_BATCH = 20_000
_DAYS_OF_YEAR = 365.25


def write_span_table(connection: duckdb.DuckDBPyConnection, content: Catalogue, folder: Path, day: date) -> dict[str, int]:
    """Write `spans` into `folder`, create a view of it, and return its row count. See `span_query`."""
    path = folder / f"{SPANS}.parquet"
    rows = {SPANS: write_parquet(connection, span_query(connection, content, day), path)}
    connection.execute("DROP TABLE dated_spans")
    connection.execute(f"CREATE OR REPLACE VIEW {SPANS} AS SELECT * FROM read_parquet({quote_literal(path)})")
    return rows


def span_query(connection: duckdb.DuckDBPyConnection, content: Catalogue, day: date) -> str:
    """Return a query for the table `spans` of a release of `day`, and make its input, the temporary table `dated_spans`.

    `connection` has the views `claims_out`, `members`, `documents`, `records`, `roles` and `sources` of the release. Raises
    ContentError for invalid rules.
    """
    rules = load_span_rules(content)
    _register_rules(connection, rules)
    editions = _editions(connection, rules)
    types = ", ".join(map(quote_literal, rules.types))
    statements = connection.execute(release_query("spans.statements", day=day.isoformat(), types=types)).to_arrow_table()
    batches = _batches(_rows(statements, rules, editions, day))
    connection.register("incoming_spans", pa.RecordBatchReader.from_batches(_DATED, batches))
    connection.execute("CREATE OR REPLACE TEMP TABLE dated_spans AS FROM incoming_spans")
    connection.unregister("incoming_spans")
    return release_query("spans.spans", bounds=", ".join(_bound_columns()))


def _register_rules(connection: duckdb.DuckDBPyConnection, rules: SpanRules) -> None:
    """Register the types and properties that the rules read, and the dates of sources."""
    types = {"type": [*rules.types], "speaks": [rule.speaks for rule in rules.types.values()]}
    connection.register("span_types", pa.table(types))
    pairs = [(name, prop) for name, rule in rules.types.items() for prop in sorted(rule.properties)]
    connection.register(
        "span_properties", pa.table({"type": [name for name, _ in pairs], "property": [prop for _, prop in pairs]})
    )
    columns = {row[0] for row in connection.execute("DESCRIBE sources").fetchall()}
    as_of = "as_of" if "as_of" in columns else "NULL::VARCHAR AS as_of"  # Older releases don't have this column.
    connection.execute(f"CREATE OR REPLACE TEMP VIEW source_days AS SELECT source, {as_of}, retrieved FROM sources")


def _bound_columns() -> Iterator[str]:
    """Yield SQL for the columns of the bounds. A record without a beginning or end of its own gets that of its project."""
    for side in ("begin", "end"):
        own = f"coalesce(s.{side}_earliest, s.{side}_latest) IS NOT NULL"
        for name in (f"{side}_earliest", f"{side}_latest"):
            yield f"CASE WHEN {own} THEN s.{name} ELSE project.{name} END AS {name}"
            rule = f"CASE WHEN project.{name} IS NOT NULL THEN 'project' END"
            yield f"CASE WHEN {own} THEN s.{name}_rule ELSE {rule} END AS {name}_rule"
            yield f"CASE WHEN {own} THEN s.{name}_claims ELSE project.{name}_claims END AS {name}_claims"


def _editions(connection: duckdb.DuckDBPyConnection, rules: SpanRules) -> dict[tuple[str, str, str], list[date]]:
    """Return the first days of all editions, sorted, by record type, source and list."""
    days: dict[tuple[str, str, str], list[date]] = {}
    for name, rule in rules.types.items():
        if rule.editions and rule.edition_of:
            query = release_query("spans.editions", type=name, edition=rule.editions, list=rule.edition_of)
            for source, of_list, edition in connection.execute(query).fetchall():
                if (low := date_limits(edition)[0]) is not None:
                    days.setdefault((name, source, of_list), []).append(low)
    return {key: sorted(editions) for key, editions in days.items()}


def _rows(
    statements: pa.Table, rules: SpanRules, editions: Mapping[tuple[str, str, str], list[date]], day: date
) -> Iterator[dict[str, Any]]:
    for (identity, record_type), group in groupby(_fetched(statements), key=lambda row: (row[0], row[1])):
        rule = rules.types[record_type]
        claims = [(row[6], _statement(*row[2:6], *row[7:])) for row in group]
        own_statements = [statement for _, statement in claims]
        later = _later_edition(record_type, claims, rule, editions)
        span = record_span(own_statements, rule, later)
        yield _row(identity, span, rule, day)


def _fetched(statements: pa.Table) -> Iterator[tuple[Any, ...]]:
    for batch in statements.to_batches(max_chunksize=_BATCH):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _statement(
    prop: str,
    value: str,
    claim_id: str,
    record: str,
    valid_from: str | None,
    published: str | None,
    as_of: str | None,
    retrieved: str,
) -> Statement:
    spoken = valid_from or published or as_of
    low, high = date_limits(spoken) if spoken else (None, None)
    speaker = "" if not spoken else "source" if not valid_from and not published else "document"
    last = high or date.fromisoformat(retrieved)
    return Statement(prop, value, claim_id, record, low, last, spoken or "", speaker)


def _later_edition(
    record_type: str,
    claims: list[tuple[str, Statement]],
    rule: TypeRules,
    editions: Mapping[tuple[str, str, str], list[date]],
) -> date | None:
    """Return the day of the first edition of a list after the last one that has the record; None if there is none."""
    own = [low for _, s in claims if s.property == rule.editions and (low := date_limits(s.value)[0])]
    lists = [(source, s.value) for source, s in claims if s.property == rule.edition_of]
    if not own or not lists:
        return None
    days = editions.get((record_type, *lists[0]), [])
    following = days[bisect_right(days, max(own)) :]
    return following[0] if following else None


def _row(identity: str, span: RecordSpan, rule: TypeRules, day: date) -> dict[str, Any]:
    row: dict[str, Any] = {"id": identity, "begun": span.not_begun is None, "not_begun": span.not_begun}
    for name in BOUNDS:
        bound = getattr(span, name)
        row |= {name: bound and bound.day, f"{name}_rule": bound and bound.rule, f"{name}_claims": bound and list(bound.claims)}
    plan, end = (None if span.not_begun is None else span.begin_plan), span.end_plan
    row |= {"planned": plan and plan.date, "planned_as_of": plan and (plan.as_of or None)}
    row |= {"planned_end": end and end.date, "planned_end_as_of": end and (end.as_of or None)}
    row |= {"status": span.status, "status_as_of": span.status_as_of, "planned_by": span.planned_by}
    return row | {"confirmed": span.confirmed, "stale": _is_stale(span, rule, day)}


def _is_stale(span: RecordSpan, rule: TypeRules, day: date) -> bool:
    """Return whether no source has confirmed a lasting or planned record for longer than the rules allow.

    A record whose planned beginning has passed is stale, too.
    """
    if span.not_begun is NotBegun.GIVEN_UP or (span.end_latest and span.end_latest.day <= day) or not rule.stale_after:
        return False
    if span.not_begun and span.begin_plan and (date_limits(span.begin_plan.date)[1] or date.max) < day:
        return True
    known = span.last_spoken if span.not_begun else span.confirmed
    return known is not None and day - known > timedelta(days=round(rule.stale_after * _DAYS_OF_YEAR))


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[pa.RecordBatch]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield pa.RecordBatch.from_pylist(batch, schema=_DATED)
            batch = []
    if batch:
        yield pa.RecordBatch.from_pylist(batch, schema=_DATED)
