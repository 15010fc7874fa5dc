"""The released table `findings`: each finding's sentences, values and chart, and its status."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pyarrow as pa

from overt.language.language import LANGUAGES
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_sql_and_parquet import write_parquet
from overt.release.findings.finding_definition import SENTENCES, Finding, load_findings
from overt.release.findings.finding_evaluation import Evaluation, create_finding_views, evaluate
from overt.release.findings.finding_sentences import SentenceWriter
from overt.release.findings.finding_statuses import HOLDS

_TEXT = pa.string()
_FIELDS: list[tuple[str, pa.DataType]] = [
    ("name", _TEXT), ("rank", pa.int32()), ("status", _TEXT), ("reason", _TEXT),
    *((f"{sentence}{ending}", _TEXT) for sentence in SENTENCES for ending in ("", "_zh")),
    ("check", _TEXT), ("values", _TEXT), ("chart", _TEXT), ("definition", _TEXT), ("sql", _TEXT), ("chart_sql", _TEXT),
    ("missing", _TEXT),
]  # fmt: skip
FINDINGS = pa.schema(_FIELDS)
_DESCRIPTION = ("title", "publisher", "address", "licence", "reuse", "as_of", "covers")
"""Fields of a source that the column `missing` contains, besides its name."""


def write_finding_table(
    connection: duckdb.DuckDBPyConnection, content: Catalogue, folder: Path, day: date, *, complete: bool = True
) -> dict[str, int]:
    """Write the table `findings` into `folder`; return its row count. `day`: the day of the edition.

    `connection` has the release's other tables. `folder` has `figures` and `figure_rows`; temporary views of them are created.
    Unless `complete`, the table is empty, because findings about a part of a release would be wrong. Raises ContentError for an
    invalid finding.
    """
    for name in ("figures", "figure_rows"):
        path = str(folder / f"{name}.parquet").replace("'", "''")
        connection.execute(f"CREATE OR REPLACE TEMP VIEW \"{name}\" AS SELECT * FROM read_parquet('{path}')")
    create_finding_views(connection, day)
    writers = {language.code: SentenceWriter(language, content) for language in LANGUAGES}
    findings = load_findings(content) if complete else []
    rows = [_row(finding, evaluate(connection, finding), writers, content) for finding in findings]
    connection.register("incoming", pa.Table.from_pylist(rows, schema=FINDINGS))
    count = write_parquet(connection, "SELECT * FROM incoming ORDER BY rank, name", folder / "findings.parquet")
    connection.unregister("incoming")
    return {"findings": count}


def _missing_sources(status: str, content: Catalogue) -> list[dict[str, Any]]:
    """Return descriptions of the sources that a status names as missing, in its order; empty for any other status."""
    slugs = [slug for part in status.split("; ") if part.startswith("source ") for slug in part.partition(": ")[2].split(", ")]
    specs = [content.sources[slug] for slug in slugs if slug in content.sources]
    return [{"source": spec.slug, **{name: getattr(spec, name) for name in _DESCRIPTION}} for spec in specs]


def _row(finding: Finding, evaluation: Evaluation, writers: Mapping[str, SentenceWriter], content: Catalogue) -> dict[str, Any]:
    known = evaluation.status == HOLDS
    sentences = {
        f"{sentence}{ending}": writers[code].write(finding, sentence, evaluation.values) if known else None
        for sentence in SENTENCES
        for code, ending in (("en", ""), ("zh", "_zh"))
    }
    chart = finding.chart.model_dump() | {"rows": evaluation.chart_rows}
    return {
        "name": finding.name,
        "rank": finding.rank,
        "status": evaluation.status,
        "reason": evaluation.reason,
        **sentences,
        "check": finding.check,
        "values": _json(evaluation.values),
        "chart": _json(chart if known else None),
        "definition": finding.model_dump_json(exclude={"sql", "chart_sql"}),
        "sql": finding.sql or None,
        "chart_sql": finding.chart_sql or None,
        "missing": _json(_missing_sources(evaluation.status, content)),
    }


def _json(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
