"""Notes that appear only on pages of a static edition."""

from markupsafe import Markup

from overt.http.explorer_project_limit import loads_all_projects
from overt.language.language import N_
from overt.site.site import Site

_FILTERS = N_(
    "These pages are plain files, without a server. Filters, sorting and search need a script, which this browser does not run. "
    "Without it, use these lists: %(lists)s."
)
_TOO_MANY = N_(
    "These pages are plain files, without a server, and there are more projects (%(n)s) than a script can load at once. "
    "Filters, sorting, search and the movable map are left out. Use these lists: %(lists)s."
)
_LOOK_UP = N_("Looking up a domain here needs scripts. Without them, %(file)s has all domains.")
_LISTS = (
    ("/countries", N_("Countries")),
    ("/companies", N_("Companies")),
    ("/figures", N_("Figures")),
    ("/sources", N_("Sources")),
)


def edition_note(site: Site, path: str) -> Markup | None:
    """Return the note for the top of a page; None for most pages."""
    if path == "/domain":
        file = Markup('<a href="/blocked.csv.gz" download>blocked.csv.gz</a>')
        return _note(site.markup(_LOOK_UP, file=file))
    if path not in ("/explorer", "/search"):
        return None
    links = [Markup('<a href="{}">{}</a>').format(site.url(page), site.gettext(name)) for page, name in _LISTS]
    message = _FILTERS if loads_all_projects(site, standalone=True) else _TOO_MANY
    text = site.markup(message, lists=Markup(site.language.comma).join(links), n=site.all_totals.projects)  # noqa: S704
    return _note(text)


def _note(text: Markup) -> Markup:
    return Markup('<div class="edition-note"><p class="notice">{}</p></div>').format(text)
