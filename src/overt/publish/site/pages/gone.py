"""Ids that are no record's any more: merged into another, or withdrawn with the reason."""

from collections.abc import Callable

from fastapi import Request
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from overt.publish.read import records
from overt.publish.read.database import Reader, Row
from overt.publish.site.language import N_
from overt.publish.site.site import Site, record_url

GONE = (410, "Nothing is said of this record any more.")
_KEPT = N_("Its id stays its own. Older releases that hold it do not change.")


def moved(path: str) -> Response:
    """A thing is elsewhere. Not kept for ever by browsers: a merge can be undone."""
    return RedirectResponse(path, 308, headers={"Cache-Control": "max-age=300"})


def elsewhere(site: Site, reader: Reader, identity: str) -> tuple[str, Callable[[str], Response] | None]:
    """What an id that is no record's stands for, as `records.standing` says it; and for one that was merged, the way there: a
    redirect to the other's page, with an ending added to its path.
    """
    what, held = records.standing(reader, identity)
    if what == "moved":
        target = records.find(reader, held)
        if target is not None:
            path = record_url(target.type, target.id)
            return what, lambda ending: moved(site.url(path + ending))
        what, held = records.standing(reader, held)
    return what, None


def withdrawn(request: Request, site: Site, held: Row) -> Response:
    """The page of a record of which nothing is said any more (410), with the reason."""
    if held["reason"] == "retracted":
        message = site.gettext("Everything that was said of this record has been taken back.")
    else:
        titles = [site.foreign(site.title_of(source)) for source in (held["source"] or "").split(", ")]
        names = Markup(site.language.comma).join(titles)  # noqa: S704
        message = site.markup(
            "Nothing is said of this record any more: it is not in the newest snapshot of its source (%(names)s).", names=names
        )
    more = [site.markup("Reason: %(why)s", why=site.foreign(held["why"]))] if held["why"] else []
    more.append(site.markup(_KEPT))
    title = site.gettext("Withdrawn")
    return site.page("error.html", 410, request=request, status=410, title=title, message=message, more=more)
