"""Measured blocking as CSV by series and quarter: platforms in a country, and all domains."""

import shutil
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from fastapi import APIRouter
from starlette.responses import FileResponse, Response, StreamingResponse

from overt.export.blocklist_quarters import TABLES, write_quarters
from overt.language.safe_csv import csv_parts
from overt.model.engines.duckdb_connection import connect
from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from overt.queries.blocking import blocklists as observed
from overt.queries.blocking.blocklists import ObservedSeries
from overt.queries.database import Reader
from overt.site.blocked_quarters import Quarters
from overt.site.blocklist_series_order_and_texts import key
from overt.site.missing_merged_and_withdrawn_pages import country_or_404
from overt.site.page_declaration import File, Page
from overt.site.site import Site

COLUMNS = (
    "platform", "domain", "source", "series", "protocol", "quarter", "days_measured", "days_listed", "listed", "vantage_points",
    "first_listed", "last_listed",
)  # fmt: skip


def routes(site: Site) -> APIRouter:
    """Return the routes of `/country/…/blocked.csv` and `/blocked.csv.gz`."""
    router = APIRouter(include_in_schema=False)
    all_domains = _AllDomains(site.prepared.tables)

    @router.get("/blocked.csv.gz")
    def everywhere() -> Response:
        name = f"{site.prepared.release}-blocked.csv.gz"
        return FileResponse(all_domains.path(), media_type="application/gzip", filename=name)

    @router.get("/country/{code}/blocked.csv")
    def blocked(code: str) -> Response:
        country_or_404(site, code)
        with site.database.lease() as reader:
            lines = [COLUMNS, *([row.get(name) for name in COLUMNS] for row in _rows(site, reader, code))]
        return StreamingResponse(csv_parts(lines), media_type="text/csv; charset=utf-8")

    return router


class _AllDomains:
    """The table of all domains, which takes seconds to write. It is written once, on the first request."""

    def __init__(self, tables: Path) -> None:
        self._tables = tables
        self._guard = threading.Lock()
        self._path: Path | None = None

    def path(self) -> Path:
        """Return the path of the file. It is written on the first call, and deleted along with this object."""
        with self._guard:
            if self._path is None:
                folder = Path(mkdtemp(prefix="overt-blocked-"))
                weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
                with connect(memory="1GB") as connection:
                    for name in TABLES:
                        if (path := self._tables / f"{name}.parquet").is_file():
                            connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({quote_literal(path)})")
                    write_quarters(self._tables, connection, folder / "blocked.csv.gz")
                self._path = folder / "blocked.csv.gz"
        return self._path


def _rows(site: Site, reader: Reader, code: str) -> Iterator[dict[str, Any]]:
    """Yield a row for each domain of each platform in each series and quarter.

    A series with days has a row for every quarter, even if nothing was listed or measured in it. A series without days has one
    row.
    """
    quarters = Quarters(site, reader, country=code)
    series = [row for row in observed.series(reader) if row.country == code]
    listed_rows = {(row.domain, key(row)): row for row in observed.platform_listings(reader, country=code)}
    for platform, domains in observed.platform_domains(reader).items():
        for domain in domains:
            for row_of_series in series:
                about = {**row_of_series._asdict(), "platform": platform, "domain": domain}
                if row_of_series.days:
                    yield from ({**about, **quarter} for quarter in _quarters(quarters, domain, row_of_series))
                else:
                    yield {**about, "listed": _yes((domain, key(row_of_series)) in listed_rows)}


def _quarters(quarters: Quarters, domain: str, series: ObservedSeries) -> Iterator[dict[str, Any]]:
    listed_quarters = quarters.rows.get((domain, key(series)), {})
    for name, days in zip(quarters.names, quarters.days(key(series)), strict=True):
        row = listed_quarters.get(name)
        listed = row.days_listed if row else 0
        known = {"days_listed": listed, "listed": _yes(bool(listed))} if days else {}
        edges = {"first_listed": row.first_listed, "last_listed": row.last_listed} if row else {}
        yield {"quarter": name, "days_measured": days, **known, **edges}


def _yes(listed: bool) -> str:
    return "yes" if listed else "no"


def _files(site: Site, reader: Reader) -> Iterator[File]:
    series = observed.series(reader)
    yield from (File(f"/country/{code}/blocked.csv") for code in sorted({row.country for row in series}))
    if series:
        yield File("/blocked.csv.gz")


def _ahead(site: Site, reader: Reader) -> Iterator[str]:
    """Yield the address of the table of all domains, for the warm-up.

    No reader has to wait for it then, and the file's age doesn't reveal when someone requested it.
    """
    if observed.series(reader):
        yield "/blocked.csv.gz"


PAGE = Page(routes, files=_files, ahead=_ahead)
