"""Responses for addresses without a page: merged, withdrawn and unknown ids, unknown countries, figures and releases."""

from fastapi import Request
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from overt.http.json_and_problem_responses import gone_detail
from overt.http.page_addresses import record_url
from overt.language.language import N_
from overt.queries import figures, records
from overt.queries.changes_between_releases import Stage
from overt.queries.database import Reader
from overt.queries.figures import Figure
from overt.queries.labels import Area
from overt.queries.rows.records import Record, Withdrawal
from overt.site.site import Site

NOTHING = N_("This edition has nothing by this name.")
_ID_STAYS = N_("Its id is never reused. Older editions that contain it do not change.")
_NO_COUNTRY = N_("There is no country or area with this code; ISO 3166-1 alpha-2 codes are used, as in KE.")


def country_or_404(site: Site, code: str) -> Area:
    """Return the country or area with a code. Raises HTTPException (404) if there is none."""
    area = site.words.areas.get(code)
    if area is None:
        raise HTTPException(404, site.gettext(_NO_COUNTRY))
    return area


def moved(path: str) -> Response:
    """Redirect to another page. Browsers must not cache the redirect forever, because a merge can be undone."""
    return RedirectResponse(path, 308, headers={"Cache-Control": "max-age=300"})


def record_or_redirect(site: Site, reader: Reader, identity: str, file: str) -> Record | Response:
    """Return a record, or a redirect to the file of the record into which it was merged.

    `file`: the suffix that the file's address adds to the record's page, such as `.jsonld`. Raises HTTPException if the record
    was withdrawn (410) or is unknown (404).
    """
    record = records.find(reader, identity)
    if record is not None:
        return record
    missing = records.find_missing(reader, identity)
    if missing.record is not None:
        return moved(site.url(f"{record_url(missing.record.type, missing.record.id)}{file}"))
    if missing.withdrawal is not None:
        raise HTTPException(410, gone_detail(missing.withdrawal.since, missing.withdrawal.why))
    raise HTTPException(404, site.gettext(NOTHING))


def figure_or_404(site: Site, reader: Reader, name: str) -> Figure:
    """Return a figure as stored in the release. Raises HTTPException (404) if the release has no such figure."""
    figure = figures.find(reader, name)
    if figure is None:
        raise HTTPException(404, site.gettext("This edition has no figure of this name."))
    return figure


def unknown(site: Site, message: str) -> Response:
    """Return the page for an unknown id (404), with possible reasons and suggestions for the reader."""
    more: list[str] = [
        site.markup('It may be in another edition (<a href="%(url)s">all editions</a>).', url=site.url("/releases")),
    ]
    if site.prepared.left_out:
        left_out = site.url("/sources#left-out")
        more.append(site.markup('Or in a source that is <a href="%(url)s">left out of this edition</a>.', url=left_out))
    more.append(site.gettext("No record here is not evidence of absence: look for it by name."))
    return site.page("layout/error.html", 404, here="/", status=404, title=site.gettext("Not found"), message=message, more=more)


def withdrawn(request: Request, site: Site, withdrawal: Withdrawal, last: Stage | None) -> Response:
    """Return the page for a withdrawn record (410), with the reason.

    `last`: the latest older release that still has the record; None if there is none.
    """
    if withdrawal.reason == "withheld":
        return _withheld(request, site, withdrawal)
    if withdrawal.reason == "retracted":
        message = site.gettext("Every statement about this record has been taken back.")
    else:
        titles = [site.foreign(site.title_of(source)) for source in (withdrawal.source or "").split(", ")]
        names = Markup(site.language.comma).join(titles)  # noqa: S704
        message = site.markup(
            "Nothing is stated about this record any more: it is not in the newest snapshot of its source (%(names)s).",
            names=names,
        )
    more = [site.markup("Reason: %(why)s", why=site.foreign(withdrawal.why))] if withdrawal.why else []
    if last:
        release = Markup("<code>{}</code>").format(last.release)
        more.append(site.markup("The last edition here that has it is %(release)s.", release=release))
    more.append(site.markup(_ID_STAYS))
    title = site.gettext("Withdrawn")
    return site.page("layout/error.html", 410, request=request, status=410, title=title, message=message, more=more)


def _withheld(request: Request, site: Site, withdrawal: Withdrawal) -> Response:
    """Return the page for a withheld record (410), with the date and the reason, but with nothing about the record itself."""
    date = site.formats.date(withdrawal.since or "")
    more: list[str] = []
    if withdrawal.part_of not in (None, withdrawal.id):
        path = site.url(f"/record/{withdrawal.part_of}")
        more.append(
            site.markup('It is withheld together with <a href="%(url)s">another record</a> that is in dispute.', url=path)
        )
    more += [
        site.markup("Reason: %(why)s", why=site.foreign(withdrawal.why)),
        site.gettext("No page, table, export or figure of this edition has it. This address is the record’s own, and stays so."),
        site.markup('<a href="%(url)s">Corrections, and how to ask for one</a>', url=site.url("/corrections")),
    ]
    message = site.gettext(
        "The editors of this atlas have withheld this record since %(date)s, because it is in dispute.", date=date
    )
    title = site.gettext("Withheld")
    return site.page("layout/error.html", 410, request=request, status=410, title=title, message=message, more=more)


def other_release(site: Site, identity: str) -> Response:
    """Return the response for a release that is not served.

    If only a part of a full release is served, the full release's id redirects to that part. For any other id, a page says
    whether the release is stored here.
    """
    if identity == site.prepared.base_release:
        return moved(site.url(f"/release/{site.prepared.release}"))
    known = next((row for row in site.list_releases() if row["id"] == identity.partition("+")[0]), None)
    title = site.gettext("Not the edition that is served here") if known else site.gettext("This edition is not here")
    return site.page(
        "release/unknown_release.html", 404, here="/releases", title=title, known=known, releases=site.list_releases()[:20]
    )
