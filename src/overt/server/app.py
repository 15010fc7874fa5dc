"""The server of one release. Importing this module creates nothing; `create_app` makes the application and all that it needs."""

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import orjson
from fastapi import APIRouter, Depends, FastAPI, Request
from starlette.responses import JSONResponse, Response

from overt import __version__
from overt.api import answers as answers_api
from overt.api import ask as ask_api
from overt.api import blocklists as observed_api
from overt.api import corrections as corrections_api
from overt.api import dependence as dependence_api
from overt.api import explorer_data as explore_api
from overt.api import findings as findings_api
from overt.api import map as map_api
from overt.api import overlaps as overlap_api
from overt.api import record_lists as list_api
from overt.api import records as records_api
from overt.api import regions as regions_api
from overt.api import releases as release_api
from overt.api import search as search_api
from overt.api.openapi import complete_description
from overt.charts.chart_renderer import ChartRenderer
from overt.feeds import routes as feeds
from overt.http.activity import ActivityMiddleware, ActivityTracker
from overt.http.compression import CompressionMiddleware
from overt.http.cross_origin import CrossOriginMiddleware
from overt.http.page_cache import PageCache, PageCacheMiddleware
from overt.http.rate_limit import RateLimitMiddleware
from overt.http.security_headers import LOOPBACK, SecurityHeadersMiddleware
from overt.http.static_files import SiteFiles, static_folder, static_version
from overt.index.history.older_releases import StoredReleases
from overt.index.history.release_history import Stage
from overt.index.prepared_release import PreparedRelease, ServeSettings
from overt.index.release_preparation import prepare, releases
from overt.language.language import CHINESE, ENGLISH, Language, load_translations
from overt.maps.shade_scale import shade_breaks
from overt.model.errors import UsageError
from overt.model.workspace import Workspace
from overt.ogc import routes as ogc
from overt.queries.chinese_texts import chinese_phrases, chinese_texts, schema_in, words_in
from overt.queries.countries import all_countries
from overt.queries.database import Database, Row
from overt.queries.filters import BadQuery
from overt.queries.labels import load_words
from overt.queries.sources import all_sources
from overt.reconcile import routes as reconcile
from overt.reconcile.candidates import load_comparison
from overt.server import error_pages as errors
from overt.server.admission import limits_of
from overt.server.admission_middleware import AdmissionMiddleware
from overt.server.warm_up import warm_up
from overt.site.as_of.address import refuse_as_of
from overt.site.not_found import moved
from overt.site.page import site_routes
from overt.site.site import Site
from overt.tiles import routes as tiles

__all__ = ["PreparedRelease", "ServeSettings", "create_app", "prepare"]

PAGE_PACKAGES = ("language", "index", "queries", "charts", "maps", "vector_tiles", "export", "http", "site", "api", "ogc",
                 "tiles", "reconcile", "feeds", "desk", "server")  # fmt: skip
"""Packages whose code and texts affect pages. A change to any of them changes the entity tag."""


def create_app(settings: ServeSettings, prepared: PreparedRelease | None = None) -> FastAPI:
    """Return the application that serves a release: pages, interfaces, and the editors' desk if `settings.desk` is set.

    `prepared`: the release, if it has been prepared.

    Raises UsageError if there is no release, or if a desk could be reached from other machines.
    """
    if settings.desk is not None and settings.public:
        raise UsageError("the desk is for this machine alone; serve it on 127.0.0.1 or leave it out")
    prepared = prepared or prepare(settings)
    return application(settings, prepared, make_sites(settings, prepared))


def application(settings: ServeSettings, prepared: PreparedRelease, sites: Mapping[str, Site]) -> FastAPI:
    """Return the application for a release that has been prepared. `sites`: by language code."""
    site, tracker = sites[ENGLISH.code], ActivityTracker()

    @asynccontextmanager
    async def lifespan(served: FastAPI) -> AsyncIterator[None]:
        with warm_up(sites.values(), served, tracker, [load_comparison]):
            yield
        site.older_releases.close()
        site.charts.close()
        site.database.close()

    app = _Application(
        site,
        title="Overt",
        summary=f"Release {prepared.release}",
        version=__version__,
        openapi_url="/api/openapi.json",
        servers=[{"url": "/"}],
        docs_url=None,  # FastAPI's own documentation pages load scripts from another host, so they are off.
        redoc_url=None,
        redirect_slashes=False,
        # FastAPI would send every request to a collector that the environment names.
        telemetry={"tracing": False, "metrics": False, "logs": False, "operation_spans": False, "auto_configure": False},
        lifespan=lifespan,
    )
    collections = ogc.collections_of(site)
    # These routes come first, because routes are tried in turn and map programs send many requests.
    for in_language in sites.values():
        app.include_router(ogc.routes(in_language, collections), prefix=in_language.language.base)
    for in_language in sites.values():
        pages = APIRouter()
        pages.routes.extend(site_routes(in_language))
        _include(app, pages, in_language.language, [Depends(_refusing_as_of(in_language))])
        _include(app, feeds.routes(in_language), in_language.language)
    app.include_router(tiles.routes(site))
    app.include_router(records_api.routes(site))
    app.include_router(corrections_api.routes(site))
    app.include_router(findings_api.routes(site))
    app.include_router(dependence_api.routes(site))
    app.include_router(regions_api.routes(site))
    app.include_router(answers_api.routes(site))
    app.include_router(reconcile.routes(site))
    app.include_router(list_api.routes(site))
    app.include_router(overlap_api.routes(site))
    app.include_router(observed_api.routes(site))
    app.include_router(release_api.routes(site))
    for part in (map_api, explore_api, search_api, ask_api):
        app.include_router(part.routes(sites))
    if settings.desk is not None:
        from overt.desk.desk import Desk  # Imported here because a server without a desk needs none of it.
        from overt.desk.routes import routes as desk_routes

        app.include_router(
            desk_routes(site, Desk(settings.workspace, settings.workspace.releases / prepared.base_release, settings.desk))
        )
    app.state.prepared = prepared
    app.add_api_route("/healthz", _healthy(prepared), include_in_schema=False)
    app.mount("/static", SiteFiles(directory=site.static))
    errors.install(app, sites)
    cache = "public, max-age=300" if settings.public else "private, no-cache"
    app.add_middleware(CompressionMiddleware, minimum_size=1000, compresslevel=6)
    cached_pages, cached_data = PageCache(), PageCache()
    by_host = not (settings.public and site.address_of_site)  # See `absolute_addresses`.
    # Before a request waits for its turn and again when it has come: meanwhile another may have made the same page.
    app.add_middleware(PageCacheMiddleware, pages=cached_pages, data=cached_data, by_host=by_host)
    app.add_middleware(AdmissionMiddleware, limits=limits_of(settings.workspace.settings.site), busy=errors.busy_answers(sites))
    app.add_middleware(PageCacheMiddleware, pages=cached_pages, data=cached_data, by_host=by_host, records=False)
    app.add_middleware(
        SecurityHeadersMiddleware,
        etag=_etag(prepared, site, settings.workspace),
        cache=cache,
        hosts=None if settings.public else LOOPBACK,
        onion=settings.workspace.settings.site.onion,
    )
    app.add_middleware(RateLimitMiddleware, per_minute=settings.workspace.settings.site.requests_per_minute)
    app.add_middleware(CrossOriginMiddleware, public=settings.public)
    app.add_middleware(ActivityMiddleware, tracker=tracker)
    return app


class _Application(FastAPI):
    """FastAPI with a description that also covers the files beside pages and the values of the release."""

    def __init__(self, site: Site, **more: Any) -> None:
        super().__init__(**more)
        self._site = site

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI description, which is computed once."""
        if not self.openapi_schema:
            complete_description(super().openapi(), self._site)
        assert self.openapi_schema, "FastAPI keeps what it made"
        return self.openapi_schema


def _refusing_as_of(site: Site) -> Callable[[Request], Awaitable[None]]:
    async def check_as_of(request: Request) -> None:
        """Refuse `as_of` by name where a page would ignore it."""
        if message := refuse_as_of(request, site.language.base):
            raise BadQuery(site.gettext(message))

    return check_as_of


def _include(app: FastAPI, router: APIRouter, language: Language, checks: Sequence[Any] = ()) -> None:
    """Add the pages of one language below its prefix. Data have no language and stay at their English address."""
    if language.base:
        router.routes[:] = [route for route in router.routes if language.has_page(getattr(route, "path", ""))]
        app.add_api_route(language.base, _redirect_to(f"{language.base}/"), include_in_schema=False)
    app.include_router(router, prefix=language.base, dependencies=checks)


def _redirect_to(path: str) -> Any:
    def redirect() -> Response:
        return moved(path)

    return redirect


def make_sites(settings: ServeSettings, prepared: PreparedRelease) -> dict[str, Site]:
    """Return the site in each language, by language code. All read one database."""
    database = Database(prepared.database)
    static = static_folder()
    charts = ChartRenderer((prepared.drawings or prepared.database.parent) / "charts.sqlite", only_ahead=settings.public)
    content = settings.workspace.content
    with database.lease() as reader:
        words = load_words(reader, content.areas.names)
        sources = {source.source: source.title for source in all_sources(reader)}
        counts = [country.projects for country in all_countries(reader)]
    served = Stage(prepared.release, prepared.tables, words.meta["manifest"])
    memory, spill = settings.workspace.settings.engine.memory, settings.workspace.cache / ".tmp-spill"
    older_releases = StoredReleases(prepared.older, served, public=settings.public, memory=memory, spill=spill)
    chinese = replace(
        CHINESE, translations=load_translations("zh"), content=chinese_texts(content), phrases=chinese_phrases(content)
    )
    sites = {}
    for language in (ENGLISH, chinese):
        sites[language.code] = Site(
            language=language,
            prepared=prepared,
            database=database,
            words=words_in(words, language),
            schema=schema_in(content.schema, language),
            static=static,
            version=static_version(static),
            public=settings.public,
            sources={slug: language.translated(title) for slug, title in sources.items()},
            breaks=shade_breaks(counts),
            charts=charts,
            list_releases=lambda: _release_list(settings.workspace),
            older_releases=older_releases,
            grammar=content.question_grammar,
            address_of_site=settings.workspace.settings.site.address.rstrip("/"),
            corrections_contact=settings.workspace.settings.site.corrections,
        )
    return sites


def _release_list(workspace: Workspace) -> list[Row]:
    """Return id, date and note of every release of the atlas, without reading their tables."""
    rows = []
    for folder in releases(workspace):
        try:
            manifest = orjson.loads((folder / "manifest.json").read_bytes())
        except FileNotFoundError:  # It was removed at this moment.
            continue
        rows.append({"id": folder.name, "date": manifest["date"], "note": manifest["note"]})
    return rows


def _healthy(prepared: PreparedRelease) -> Any:
    async def healthz() -> Response:  # Asynchronous, so that it never waits for a thread.
        """Answer that the server is running, and with which release."""
        return JSONResponse({"status": "ok", "release": prepared.release}, headers={"Cache-Control": "no-store"})

    return healthz


def _etag(prepared: PreparedRelease, site: Site, workspace: Workspace) -> str:
    """Return a weak entity tag (pages may be compressed) for the release and everything else that affects its pages."""
    questions = workspace.content.digest("questions")
    figures = workspace.content.digest("figures")  # Texts in other languages aren't part of the fingerprint.
    contents = (prepared.fingerprint, site.version, figures, questions, _page_digest())
    settings = (str(site.public), site.address_of_site, site.corrections_contact)
    digest = hashlib.sha256("\0".join((*contents, *settings)).encode()).hexdigest()
    return f'W/"{prepared.release}-{digest[:12]}"'


@cache
def _page_digest() -> str:
    """Return the digest of code, templates and texts of pages. They are read once per process."""
    digest = hashlib.sha256()

    def walk(entry: Traversable) -> None:
        for child in sorted(entry.iterdir(), key=lambda child: child.name):
            if child.is_dir() and child.name != "static":
                walk(child)
            elif child.name.endswith((".py", ".html", ".sql", ".po", ".json")):
                digest.update(child.read_bytes())

    for package in PAGE_PACKAGES:
        walk(files("overt") / package)
    return digest.hexdigest()
