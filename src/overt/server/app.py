"""The server of one release. Importing this module creates nothing; `create_app` makes the application and its parts."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request
from starlette.responses import JSONResponse, Response

from overt.api import answers as answers_api
from overt.api import ask as ask_api
from overt.api import blocked_domains_and_platforms as observed_api
from overt.api import changes as changes_api
from overt.api import claims as claims_api
from overt.api import corrections_and_withheld_records as corrections_api
from overt.api import explorer_data as explore_api
from overt.api import facet_counts as facets_api
from overt.api import figures as figures_api
from overt.api import findings as findings_api
from overt.api import flat_project_rows as flat_api
from overt.api import map_features_and_country_shading as map_api
from overt.api import overlaps as overlap_api
from overt.api import record_and_project_lists as list_api
from overt.api import record_with_claims as records_api
from overt.api import regions as regions_api
from overt.api import releases as release_api
from overt.api import search as search_api
from overt.api import supplier_and_cable_dependence as dependence_api
from overt.feeds import routes as feeds
from overt.http.compression import CompressionMiddleware
from overt.http.cross_origin import CrossOriginMiddleware
from overt.http.foreign_and_forwarded_request_refusal import LOOPBACK
from overt.http.page_cache import PageCache, PageCacheMiddleware
from overt.http.rate_limit import RateLimitMiddleware
from overt.http.reader_activity import ActivityMiddleware, ActivityTracker
from overt.http.response_headers import ResponseHeadersMiddleware
from overt.http.static_files import SiteFiles
from overt.index.prepared_release import PreparedRelease
from overt.index.release_preparation import prepare
from overt.index.serve_settings import ServeSettings
from overt.language.language import ENGLISH, Language
from overt.model.errors import UsageError
from overt.model.progress import Progress
from overt.ogc import routes as ogc
from overt.reconcile import routes as reconcile
from overt.reconcile.candidates import load_comparison
from overt.release.history.release_choice import release_ids
from overt.server import error_responses as errors
from overt.server.admission import AdmissionLimits
from overt.server.admission_middleware import AdmissionMiddleware
from overt.server.application_with_openapi import NO_TELEMETRY, DescribedApplication
from overt.server.entity_tag import entity_tag
from overt.server.older_releases import KnownRefused, KnownReleaseMiddleware, KnownReleases, known_queries
from overt.server.sites_by_language import make_sites
from overt.server.warm_up import warm_up
from overt.site.as_of.unsupported_as_of import refusing_as_of
from overt.site.missing_merged_and_withdrawn_pages import moved
from overt.site.page_declaration import site_routes
from overt.site.site import Site
from overt.tiles import routes as tiles
from overt.version import __version__

__all__ = ["PreparedRelease", "ServeSettings", "create_app", "prepare"]


def create_app(settings: ServeSettings, prepared: PreparedRelease | None = None) -> FastAPI:
    """Return the application that serves a release: pages, APIs, and the editors' desk if `settings.desk` is set.

    `prepared`: the release, if it has already been prepared. Raises UsageError if the release isn't available, or if the desk
    could be reached from other machines.
    """
    if settings.desk is not None and settings.public:
        raise UsageError("the desk is for this machine only; serve it on 127.0.0.1 or leave it out")
    prepared = prepared or prepare(settings)
    return application(settings, prepared, make_sites(settings, prepared))


def application(settings: ServeSettings, prepared: PreparedRelease, sites: Mapping[str, Site]) -> FastAPI:
    """Return the application for a release that has been prepared. `sites`: the site in each language, by language code."""
    site, tracker = sites[ENGLISH.code], ActivityTracker()
    known = _known_releases(settings, prepared, sites)

    @asynccontextmanager
    async def lifespan(served: FastAPI) -> AsyncIterator[None]:
        with warm_up(sites.values(), served, tracker, [load_comparison], known.make_all):
            yield
        known.close()
        _close(site)

    app = DescribedApplication(
        site,
        title="Overt",
        summary=f"Release {prepared.release}",
        version=__version__,
        openapi_url="/api/openapi.json",
        servers=[{"url": "/"}],
        docs_url=None,  # FastAPI's own documentation pages load scripts from another host.
        redoc_url=None,
        redirect_slashes=False,
        telemetry=NO_TELEMETRY,
        lifespan=lifespan,
    )
    collections = ogc.collections_of(site)
    # These routes come first, because routes are tried in order and GIS programs send many requests.
    for in_language in sites.values():
        app.include_router(ogc.routes(in_language, collections), prefix=in_language.language.base)
    _include_states(app, sites)
    for in_language in sites.values():
        _include(app, feeds.routes(in_language), in_language.language, [Depends(refusing_as_of(in_language))])
    app.include_router(tiles.routes(site))
    app.include_router(reconcile.routes(site))
    app.include_router(release_api.routes(site))
    app.include_router(changes_api.routes(site))
    if settings.desk is not None:
        from overt.desk.queue_evidence_and_judging import Desk  # Imported here because only the desk needs it.
        from overt.desk.routes import routes as desk_routes

        app.include_router(
            desk_routes(site, Desk(settings.workspace, settings.workspace.releases / prepared.base_release, settings.desk))
        )
    app.state.prepared = prepared
    for path in ("/healthz", "/healthz/ready"):  # On a replica, /healthz/ready is not answered by this application.
        app.add_api_route(path, _healthy(prepared), include_in_schema=False)
    app.mount("/static", SiteFiles(directory=site.static))
    errors.install(app, sites)
    cache = "public, max-age=300" if settings.public else "private, no-cache"

    def refuse_known(request: Request, error: KnownRefused) -> Response:
        return errors.known_refusal(request, sites, error)

    app.add_middleware(KnownReleaseMiddleware, known=known, refuse=refuse_known)
    app.add_middleware(CompressionMiddleware, minimum_size=1000, compresslevel=4)
    cached_pages, cached_data = PageCache(), PageCache()
    by_host = not (settings.public and site.address_of_site)  # See `absolute_addresses`.
    # The cache is checked before a request waits and again at its turn, because another request may have made the page by then.
    cache_of: dict[str, Any] = {
        "pages": cached_pages, "data": cached_data, "by_host": by_host, "queries": known_queries(known.releases),
    }  # fmt: skip
    app.add_middleware(PageCacheMiddleware, **cache_of)
    app.add_middleware(
        AdmissionMiddleware,
        limits=AdmissionLimits.from_settings(settings.workspace.settings.site),
        busy=errors.busy_responses(sites),
    )
    app.add_middleware(PageCacheMiddleware, **cache_of, store_new=False)
    app.add_middleware(
        ResponseHeadersMiddleware,
        etag=entity_tag(prepared, site, settings.workspace),
        cache=cache,
        hosts=None if settings.public else LOOPBACK,
        onion=settings.workspace.settings.site.onion,
    )
    app.add_middleware(RateLimitMiddleware, per_minute=settings.workspace.settings.site.requests_per_minute)
    app.add_middleware(CrossOriginMiddleware, public=settings.public)
    app.add_middleware(ActivityMiddleware, tracker=tracker)
    return app


def _include_states(app: FastAPI, sites: Mapping[str, Site]) -> None:
    """Add the routes of a release's pages, APIs and files. The release is the served one, or one that `known` selects."""
    site = sites[ENGLISH.code]
    for in_language in sites.values():
        pages = APIRouter()
        pages.routes.extend(site_routes(in_language))
        _include(app, pages, in_language.language, [Depends(refusing_as_of(in_language))])
    for part in (
        records_api, figures_api, corrections_api, findings_api, dependence_api, regions_api, answers_api, list_api, claims_api,
        facets_api, flat_api, overlap_api,
    ):  # fmt: skip
        app.include_router(part.routes(site))
    app.include_router(observed_api.routes(site))
    for in_languages in (map_api, explore_api, search_api, ask_api):
        app.include_router(in_languages.routes(sites))


def _known_releases(settings: ServeSettings, prepared: PreparedRelease, sites: Mapping[str, Site]) -> KnownReleases:
    """Return the releases that `known` can select: the served release and the older ones that readers may see."""

    def make(release: str, progress: Progress) -> tuple[FastAPI, Callable[[], None]]:
        if release == prepared.base_release:
            return _state_application(sites, release), lambda: None
        older = make_sites(settings, prepare(replace(settings, release=release, desk=None), progress))
        site = older[ENGLISH.code]
        with ExitStack() as unfinished:
            unfinished.callback(_close, site)
            app = _state_application(older, release)
            unfinished.pop_all()
        return app, partial(_close, site)

    served = [*(stage.release.partition("+")[0] for stage in prepared.older), prepared.base_release]
    ids = release_ids(settings.workspace, None if settings.listed is None else [each["id"] for each in settings.listed])
    up_to_served = ids[: ids.index(prepared.base_release) + 1] if prepared.base_release in ids else []
    return KnownReleases(served, make, up_to_served)


def _close(site: Site) -> None:
    """Close what the sites of a release have opened. They share it, so one of them is enough."""
    site.older_releases.close()
    site.charts.close()
    site.database.close()


def _state_application(sites: Mapping[str, Site], release: str) -> FastAPI:
    """Return the application that handles requests whose `known` selects a release."""
    of_release = {code: replace(site, known=release) for code, site in sites.items()}
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False, telemetry=NO_TELEMETRY)
    _include_states(app, of_release)
    errors.install(app, of_release)
    return app


def _include(app: FastAPI, router: APIRouter, language: Language, checks: Sequence[Any] = ()) -> None:
    """Add the routes of one language below its prefix. Data files have only an English address.

    The prefix without a slash redirects to the front page. `checks`: dependencies of every route.
    """
    if language.base:
        router.routes[:] = [route for route in router.routes if language.has_page(getattr(route, "path", ""))]
        app.add_api_route(language.base, _redirect_to(f"{language.base}/"), include_in_schema=False)
    app.include_router(router, prefix=language.base, dependencies=checks)


def _redirect_to(path: str) -> Any:
    def redirect() -> Response:
        return moved(path)

    return redirect


def _healthy(prepared: PreparedRelease) -> Any:
    async def healthz() -> Response:  # Asynchronous, so that it never waits for a thread.
        """Return a response saying that the server is running, with the id of the served release."""
        return JSONResponse({"status": "ok", "release": prepared.release}, headers={"Cache-Control": "no-store"})

    return healthz
