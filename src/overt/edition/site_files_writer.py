"""Writes an edition's files, usually in several processes. Each process knows the full plan."""

import gc
import hashlib
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import closing
from html import escape
from multiprocessing import active_children, get_context, parent_process
from pathlib import Path
from typing import NamedTuple

import orjson

from overt.charts import Chart
from overt.edition.domain_lookup_files import lookup_files
from overt.edition.edition_plan import Part, file_of_part, parts, subject
from overt.edition.file_names import path_to_root
from overt.edition.javascript_data import script
from overt.edition.page_and_link_rewriting import Rewriter
from overt.edition.page_notes import edition_note
from overt.edition.page_requests import PageClient, PageResponse
from overt.edition.search_files import search_files
from overt.http.explorer_project_limit import loads_all_projects
from overt.http.page_addresses import record_url
from overt.index.prepared_release import PreparedRelease
from overt.index.serve_settings import ServeSettings
from overt.model.engines.worker_interrupt_shield import interrupts_blocked
from overt.model.errors import OvertError
from overt.model.progress import Progress
from overt.queries import records
from overt.queries.database import Row
from overt.server.app import application
from overt.server.sites_by_language import make_sites
from overt.site.chart_files import chart_file
from overt.site.page_declaration import load_pages
from overt.site.series_addresses import shared_page
from overt.site.site import Site

_AT_ONCE = 100
"""Number of parts in one task of a process."""
_CACHED_RESULTS = 300
"""Maximum number of cached query results. A record's page and its files need the same results one after the other."""
_FOR_SCRIPTS = ("/api/v1/explore/columns", "/api/v1/map/countries")
"""API responses that the explorer loads as scripts."""
_CLAIM_ID = re.compile(r"[0-9a-f]{32}")


class File(NamedTuple):
    """A written file with its size and hash."""

    path: str
    bytes: int
    sha256: str


class PartWriter:
    """Writes the parts of an edition in one process."""

    def __init__(self, settings: ServeSettings, prepared: PreparedRelease, folder: Path) -> None:
        self._prepared = prepared
        self._folder = folder
        self.sites = make_sites(settings, prepared)
        site = self.sites["en"]
        site.database.cache_results(_CACHED_RESULTS)
        self._client = PageClient(self.sites, application(settings, prepared, self.sites))
        self.plan = sorted(parts(self.sites), key=subject)
        files = {file_of_part(self.sites[part.code], part) for part in self.plan}

        def holds(file: str) -> bool:
            return file in files or file.startswith("static/") or (f"{file.rpartition('/')[0]}/" in files and "/charts/" in file)

        built = (site.static / "built" / "still-map.js").is_file()
        self._scripts = built and site.all_totals.projects > 0 and loads_all_projects(site, standalone=True)
        self._folders: set[str] = set()
        self._rewriter = Rewriter(holds, self._record_of, scripts=self._scripts)
        self._site = site

    def close(self) -> None:
        """Close the databases and the chart renderer."""
        self._site.older_releases.close()
        self._site.charts.close()
        self._site.database.close()

    def make(self, part: Part) -> Iterator[File]:
        """Write a part and yield its files.

        The files for the search and the domain lookup are written only if pages have scripts.

        Raises OvertError if the site gives an unexpected response, or if the edition lacks the page to which an address moved.
        """
        site = self.sites[part.code]
        file = file_of_part(site, part)
        path, _, query = part.address.partition("?")
        if part.way == "page":
            yield self._write(file, self._page(site, part, path, query, file))
        elif part.way == "function":
            yield self._write(file, _body(part, self._client.page(part.code, path, query)))
        elif part.way == "application":
            address = site.url(path) if path.startswith(("/map.", "/figure")) else path
            body = _body(part, self._client.request(address, query))
            yield self._write(file, body)
            if path in _FOR_SCRIPTS:
                name = file.removesuffix(".json")
                yield self._write(f"{name}.js", script(name, orjson.loads(body)))
        elif part.way == "search":
            if self._scripts:
                for name, body in search_files(self.sites, self._rewriter):
                    yield self._write(name, body)
        elif part.way == "lookup":
            if self._scripts:
                for name, body in lookup_files(site):
                    yield self._write(name, body)
        elif part.way == "charts":
            yield from self._charts(site, part, file)
        elif part.way == "moved":
            yield self._write(file, self._moved(site, part, file))
        else:
            yield self._copy(self._prepared.tables / file.rpartition("/")[2], file)

    def _page(self, site: Site, part: Part, path: str, query: str, file: str) -> bytes:
        response = self._client.page(part.code, path, query)
        if response.status not in (200, 410):
            raise OvertError(f"{site.url(part.address)}: the site answers with status {response.status} instead of a page")
        return self._rewriter.page(response.body.decode(), file, edition_note(site, path)).encode()

    def _moved(self, site: Site, part: Part, file: str) -> bytes:
        address = site.url(part.address.partition(" ")[2])
        target = self._rewriter.target(address)
        if target is None:
            raise OvertError(f"{address}: an old id redirects there, but there is no such page")
        back = path_to_root(file)
        return (
            f'<!doctype html>\n<html lang="{site.language.tag}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="refresh" content="0; url={back}{target}">\n<title>{escape(address)}</title>\n</head>\n'
            f'<body>\n<a href="{back}{target}">{escape(address)}</a>\n</body>\n</html>\n'
        ).encode()

    def _charts(self, site: Site, part: Part, folder: str) -> Iterator[File]:
        page = part.address.removesuffix("/charts")
        for chart in self._charts_of(site, page):
            if chart.empty:
                continue
            frame = site.chart_frame(chart, f"/{page}/charts")
            for kind in frame.formats:
                name = f"{chart.text.name}.{kind}"
                if kind == "csv":
                    body = "".join(frame.csv_parts()).encode()
                else:
                    body = bytes(chart_file(site, [chart], name, page[1:]).body)
                yield self._write(folder + name, body)

    @staticmethod
    def _charts_of(site: Site, page: str) -> Sequence[Chart]:
        kind = next(kind for kind in load_pages() if kind.charts and page.startswith(kind.charts.prefix))
        assert kind.charts is not None, "it was looked for"
        with site.database.lease() as reader:
            return kind.charts.draw(site, reader, page)

    def _record_of(self, claim: str) -> str | None:
        if not _CLAIM_ID.fullmatch(claim):
            return None
        with self._site.database.lease() as reader:
            row: Row | None = reader.first("static_edition.claim", [claim])
        if row is None:
            return None
        if page := shared_page(self._site, row["series"], row["country"]):
            return f"{page}#claim-{claim}"
        listed = row["claims"] <= records.MAX_CLAIMS
        return f"{record_url(row['type'], row['id'])}#{f'claim-{claim}' if listed else 'claims'}"

    def _write(self, file: str, body: bytes) -> File:
        within = file.rpartition("/")[0]
        if within not in self._folders:  # Without this, every file would cost a system call for its folder.
            (self._folder / within).mkdir(parents=True, exist_ok=True)
            self._folders.add(within)
        (self._folder / file).write_bytes(body)
        return File(file, len(body), hashlib.sha256(body).hexdigest())

    def _copy(self, source: Path, file: str) -> File:
        path = self._folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, path)
        with path.open("rb") as copied:
            return File(file, path.stat().st_size, hashlib.file_digest(copied, "sha256").hexdigest())


def _body(part: Part, response: PageResponse) -> bytes:
    if response.status != 200:
        raise OvertError(f"{part.address}: the site answers with status {response.status}")
    return response.body


def make_all(
    settings: ServeSettings,
    prepared: PreparedRelease,
    folder: Path,
    workers: int,
    progress: Progress,
    announce: Callable[[int], None] = lambda pages: None,
) -> list[File]:
    """Write every part of an edition below `folder` and return the files, sorted by path.

    `workers`: the number of processes; with 1, this process does everything. `announce` is called once, before any page is
    written, with the number of pages. Raises the errors of `PartWriter.make`.
    """
    written: list[File] = []
    if workers == 1:
        with closing(PartWriter(settings, prepared, folder)) as writer:
            announce(_count_pages(writer.plan))
            for number, part in enumerate(writer.plan):
                written += writer.make(part)
                if number % _AT_ONCE == 0:
                    progress(f"{number:,} of {len(writer.plan):,}", number / len(writer.plan))
        return sorted(written)
    with interrupts_blocked():
        executor = ProcessPoolExecutor(workers, get_context("spawn"), _start, (settings, prepared, folder))
    with executor as pool:
        try:
            with interrupts_blocked():
                # Each task starts one more worker process, which inherits the blocked interrupts.
                planned = [pool.submit(_plan_sizes) for _ in range(workers)]
            size, pages = planned[0].result()
            announce(pages)
            waiting = [pool.submit(_write_parts, start) for start in range(0, size, _AT_ONCE)]
            for done, future in enumerate(as_completed(waiting)):
                written += future.result()
                count = min(size, (done + 1) * _AT_ONCE)
                progress(f"{count:,} of {size:,}", count / size)
        except BaseException:
            for process in active_children():
                process.kill()  # The output of these processes is discarded.
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return sorted(written)


_writers: list[PartWriter] = []
"""The writer of this process, which is created when the process starts."""


def _start(settings: ServeSettings, prepared: PreparedRelease, folder: Path) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _writers.append(PartWriter(settings, prepared, folder))
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)  # A page creates many small objects and frees them all at once.


def _end_with_parent() -> None:
    """Wait for the parent process to exit, then end this one, which would otherwise wait for work forever."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _plan_sizes() -> tuple[int, int]:
    """Return the number of all parts, and the number of pages among them."""
    return len(_writers[0].plan), _count_pages(_writers[0].plan)


def _count_pages(plan: Sequence[Part]) -> int:
    """Return the number of HTML files: pages and redirect pages."""
    return sum(part.way in ("page", "moved") for part in plan)


def _write_parts(start: int) -> list[File]:
    writer = _writers[0]
    return [file for part in writer.plan[start : start + _AT_ONCE] for file in writer.make(part)]
