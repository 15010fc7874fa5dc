"""Routes of the feeds: `/releases.atom` with the releases of the atlas, and the feeds of changes."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from overt.feeds import subject_routes
from overt.feeds.atom import Entry, feed, join_parts
from overt.http.absolute_addresses import full_address
from overt.site.history_texts import inputs_by_release
from overt.site.site import Site


def routes(site: Site) -> APIRouter:
    """Return the routes of the feeds, in the language of the site."""
    router = APIRouter(include_in_schema=False)
    router.routes.extend(subject_routes.routes(site).routes)

    @router.get("/releases.atom")
    def releases_feed(request: Request) -> Response:
        return Response(_feed(site, request), media_type="application/atom+xml", headers={"Cache-Control": "no-cache"})

    return router


def _feed(site: Site, request: Request) -> bytes:
    """Encode a feed with an entry for each release. Releases that are not served here link to the list of releases."""
    with site.database.lease() as reader:
        anew = inputs_by_release(site, reader)
    entries = []
    for row in site.list_releases():
        release_id = site.prepared.release if row["id"] == site.prepared.base_release else row["id"]
        path = f"/release/{release_id}" if row["id"] == site.prepared.base_release else "/releases"
        summary = join_parts((row["note"], "; ".join(anew.get(row["id"], []))))
        title = site.gettext("Edition %(release)s", release=release_id)
        entries.append(Entry(f"release/{row['id']}", title, summary, row["date"], full_address(site, request, path)))
    title, heading = site.words.meta["manifest"]["title"] or "Overt", site.gettext("Editions")
    page, own = (full_address(site, request, path) for path in ("/releases", "/releases.atom"))
    day = max(entry.day for entry in entries)
    return feed(f"releases/{title}", f"{title}: {heading}", entries, day=day, author=title, address=page, own=own)
