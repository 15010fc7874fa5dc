"""A figure in a given release, at the address that citations use."""

import orjson
from fastapi import Request
from starlette.responses import Response

from overt.language.number_and_money_formats import counted_unit
from overt.queries.address_parameters import BadQuery
from overt.site.figure_texts import writer
from overt.site.missing_merged_and_withdrawn_pages import NOTHING, other_release, unknown
from overt.site.site import Site


def figure_at(site: Site, request: Request, name: str, release: str) -> Response:
    """Return the page of `name@release` for the served release or an older stored one.

    For any other release, return the response of `other_release`; for an unknown figure, that of `unknown`. Raises BadQuery if
    the request has parameters, because each combination would be another address of an expensive page.
    """
    if parameters := sorted(set(request.query_params)):
        names = ", ".join(parameters)[:100]
        raise BadQuery(site.gettext("This address has no such parameter: %(names)s.", names=names))
    opened = site.older_releases.get(release) or site.older_releases.get(site.older_releases.edition_of(release) or "")
    if opened is None:
        return other_release(site, release)
    rows = opened.rows("SELECT * FROM figures WHERE name = ?", [name])
    if not rows:
        return unknown(site, site.gettext(NOTHING))
    differing = site.older_releases.differences(opened, name)
    figure = rows[0]
    write = writer(site, figure["unit"])
    return site.page(
        "figure/at_release.html",
        request=request,
        section="/figures",
        figure={**figure, "definition": orjson.loads(figure["definition"])},
        title=figure["title_zh"] if site.language.code == "zh" and figure["title_zh"] else figure["title"],
        shown=None if figure["value"] is None else write(figure["value"]),
        unit=counted_unit(site.formats, figure, figure["value"]),
        at=opened.id,
        date=opened.manifest["date"],
        differing=differing,
        served=opened.id == site.prepared.release,
    )
