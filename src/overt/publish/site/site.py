"""The site of one release: its templates, words and readers, shared by all pages."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from jinja2 import FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from overt.model.schema import RecordType, Schema
from overt.publish.read import figures
from overt.publish.read.database import Database, Row
from overt.publish.read.facets import Counts, counts
from overt.publish.read.filters import ProjectFilter, QueryReader
from overt.publish.read.projects import Totals, map_countries, totals
from overt.publish.read.shading import CABLES, known_series
from overt.publish.read.words import Words
from overt.publish.serve.kept import OF_EDITORS, KeptReleases
from overt.publish.settings import PreparedRelease
from overt.publish.site.charts.drawn import Charts
from overt.publish.site.formats import Formats, web_address
from overt.publish.site.language import LANGUAGES, Language
from overt.publish.site.subset_words import subset_said
from overt.publish.site.svg.map import steps
from overt.publish.site.svg.marks import UNKNOWN
from overt.publish.site.svg.world import Shape, load_world
from overt.publish.site.templating import Templates

_OWN_PAGE = ("project", "organization", "agreement")
_FORMATS = (
    "number", "money", "cents", "money_short", "percent", "prices", "unit_words", "date", "period", "coordinates", "size",
    "listed", "rounded",
)  # fmt: skip
"""Filters of templates."""


@dataclass(frozen=True)
class Site:
    """Everything that a page needs, in one language. It is made once for an application and never changes."""

    language: Language
    prepared: PreparedRelease
    database: Database
    words: Words
    """Labels of terms and areas, in the site's language; so are those of `schema`, and the titles of `sources`."""
    schema: Schema
    static: Path
    version: str
    """Stands in the addresses of static files."""
    beyond_loopback: bool
    sources: dict[str, str]
    """Titles by slug."""
    breaks: tuple[int, ...]
    """Least number of projects in each step of shading."""
    charts: Charts
    """Draws them, and keeps what was drawn."""
    older: Callable[[], Sequence[Row]]
    """Looks up all releases of the atlas, at the time of asking."""
    kept: KeptReleases
    """The releases up to the one that is served, each opened when it is asked for."""
    address_of_site: str = ""
    """Where readers reach it, without a slash at the end; empty where the atlas does not say."""

    @cached_property
    def shapes(self) -> list[Shape]:
        """Outlines of the countries; none where the front end has not been built."""
        return load_world(self.static / "built" / "world.json")

    @cached_property
    def pacific_shapes(self) -> list[Shape]:
        """The same for the map that has the 180th meridian in its middle."""
        return load_world(self.static / "built" / "world.json", pacific=True)

    @cached_property
    def breaks_without_cables(self) -> tuple[int, ...]:
        """Least number of projects in each step of shading, where submarine cables are not counted."""
        with self.database.lease() as reader:
            found = map_countries(reader, ProjectFilter(), without_kind=CABLES)
        return steps(row["projects"] for row in found)

    @cached_property
    def has_script(self) -> bool:
        """Whether the front end has been built."""
        return (self.static / "built" / "map.js").is_file()

    @cached_property
    def whole(self) -> Totals:
        """How much the whole release holds."""
        with self.database.lease() as reader:
            return totals(reader, ProjectFilter())

    @cached_property
    def tables(self) -> list[tuple[str, Mapping[str, Any]]]:
        """The release's tables that readers can take along, by name, each with its part of the manifest. Those that name editors
        are for people at this machine.
        """
        held = self.words.meta["manifest"]["tables"]
        return [(name, held[name]) for name in sorted(held) if not (self.beyond_loopback and name in OF_EDITORS)]

    @cached_property
    def offers(self) -> Counts:
        """How many projects of the whole release each choice of each filter finds."""
        with self.database.lease() as reader:
            return counts(reader, ProjectFilter())

    @cached_property
    def shading_figures(self) -> dict[str, str]:
        """Figures that countries can be shaded by, with their titles in the site's language."""
        with self.database.lease() as reader:
            held = [row for row in figures.every(reader) if row["groups"].get("country")]
        return {row["name"]: self.language.translated(row["title"]) for row in held}

    @cached_property
    def shading_series(self) -> dict[str, Row]:
        """Series of the vocabulary that countries can be shaded by."""
        with self.database.lease() as reader:
            known = known_series(reader)
        return {name: term for name, term in self.words.terms["series"].items() if name in known}

    @cached_property
    def layer_names(self) -> dict[str, str]:
        """What each layer is called, by its id; and what is said where none is known, as the last."""
        return {**{row["id"]: row["label"] for row in self.words.layers}, UNKNOWN: self.gettext("kind not known")}

    def query(self, request: Request) -> QueryReader:
        """The parameters of a request, to be checked."""
        given: dict[str, list[str]] = {}
        for name, value in request.query_params.multi_items():
            given.setdefault(name, []).append(value)
        return QueryReader(self.words, frozenset(self.sources), given, self.gettext)

    @cached_property
    def formats(self) -> Formats:
        """Numbers, dates and money as the language writes them."""
        return Formats(self.language)

    def gettext(self, message: str, /, **values: Any) -> str:
        """A message in the site's language; `%(n)s` in it is written as the language writes numbers."""
        return self.language.gettext(message, **values)

    def ngettext(self, one: str, many: str, n: int, /, **values: Any) -> str:
        """A message about `n` things in the site's language."""
        return self.language.ngettext(one, many, n, **values)

    def markup(self, message: str, /, **values: Any) -> Markup:
        """A message for a page that takes markup; values are escaped unless they are markup themselves."""
        return self.language.markup(message, **values)

    def foreign(self, text: str | None, lang: str | None = None) -> Markup:
        """Words that are not the site's own, for a page: they say in which language they are, or that nobody says."""
        return Markup("<bdi{}>{}</bdi>").format(self.language.attribute(lang), text or "")

    def url(self, path: str) -> str:
        """The address of a page in the site's language."""
        return self.language.url(path)

    def record_url(self, kind: str | None, identity: str) -> str:
        """The address of a record's page in the site's language."""
        return self.url(record_url(kind, identity))

    def address(self, path: str, pairs: Sequence[tuple[str, Any]] = (), **more: Any) -> str:
        """A path with its parameters, in the site's language; see the function of this name."""
        return self.url(address(path, pairs, **more))

    def page(
        self, template: str, code: int = 200, /, *, request: Request | None = None, here: str | None = None, **context: Any
    ) -> Response:
        """A page as the reader gets it, with an HTTP status.

        By its request it knows its address in the other languages; `here` is the English one where that is another, or where
        the page is the same at many. A page with neither has no link to other languages.
        """
        found = self._here(request) if request is not None else here
        return HTMLResponse(self.render(template, here=found, alternates=request is not None, **context), code)

    def _here(self, request: Request) -> str:
        """What a page's address is in English, with its parameters."""
        path = request.url.path
        if self.language.base:
            path = path.removeprefix(self.language.base)
        path = quote("/" + path.lstrip("/\\"), safe="/+:@,;=~")  # two slashes would lead to another host
        return f"{path}?{request.url.query}" if request.url.query else path

    def render(self, template: str, /, **context: Any) -> str:
        """A template with this release's words in it."""
        return self._environment.get_template(template).render(**{"here": None, "alternates": False, **context})

    @cached_property
    def _environment(self) -> Templates:
        folder = files("overt") / "publish" / "site" / "templates"
        environment = Templates(
            loader=FileSystemLoader(str(folder)), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            lstrip_blocks=True, extensions=["jinja2.ext.i18n"],
        )  # fmt: skip
        environment.policies["ext.i18n.trimmed"] = True
        environment.newstyle_gettext = True  # type: ignore[attr-defined]
        environment.filters |= {name: getattr(self.formats, name) for name in _FORMATS}
        environment.filters |= {
            "web": web_address,
            "in_order": in_order,
            "rejectpair": lambda pairs, key, value: [pair for pair in pairs if pair != (key, value)],
            "translated": self.language.marked,
            "when_of": lambda claim: self.formats.period(claim["valid_from"], claim["valid_to"]),
        }
        environment.globals |= {
            "gettext": self.language.markup,
            "ngettext": self.language.nmarkup,
            "language": self.language,
            "languages": LANGUAGES,
            "comma": self.language.comma,
            "gap": self.language.gap,
            "base": self.language.base,
            "url": self.url,
            "site": self,
            "words": self.words,
            "schema": self.schema,
            "release": self.prepared.release,
            "meta": self.words.meta,
            "subset_said": subset_said(self),
            "record_url": self.record_url,
            "address": self.address,
        }
        return environment

    def called(self, row: Mapping[str, Any]) -> str:
        """What a row with a label is called in the site's language; its id where it has no name."""
        return str(self.language.of(row, "label") or row["id"])

    def asset(self, path: str) -> str:
        """The address of a static file."""
        return f"/static/{path}?v={self.version}"

    def credits(self, slugs: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Titles of sources, as a caption names them, with the addresses of their pages."""
        pages = ((slug, "/method" if slug == "editorial" else f"/source/{quote(slug, safe='')}") for slug in slugs)
        return tuple((self.title_of(slug), self.url(page)) for slug, page in pages)

    def title_of(self, source: str | None) -> str:
        """What a source is called."""
        return self.gettext("This atlas’s editors") if source == "editorial" else self.sources.get(source or "", source or "")


_SAME = (
    "value",
    "target",
    "unit",
    "lang",
    "original",
    "source",
    "basis",
    "rule",
    "standing",
    "valid_from",
    "valid_to",
    "document",
)
"""In what claims agree that a page shows as one."""


def in_order(claims: Sequence[Row], kind: RecordType) -> list[tuple[str, list[Row]]]:
    """Claims by property, in the order of the schema. What several records of one source say alike stands once: the other claims
    are in `also`.
    """
    held: dict[str, dict[tuple[Any, ...], Row]] = {name: {} for name in kind.properties}
    for claim in claims:
        said = held.setdefault(claim["property"], {})
        first = said.setdefault(tuple(claim[name] for name in _SAME), {**claim, "also": []})
        if first["claim_id"] != claim["claim_id"]:
            first["also"].append(claim)
    return [(name, list(found.values())) for name, found in held.items() if found]


def record_url(kind: str | None, identity: str) -> str:
    """The address of a record's page."""
    return f"/{kind if kind in _OWN_PAGE else 'record'}/{quote(identity, safe='')}"


def address(path: str, pairs: Sequence[tuple[str, Any]] = (), **more: Any) -> str:
    """A path with its parameters; a `None` takes a parameter off, any other value in `more` takes the place of what was there."""
    kept = [(name, value) for name, value in pairs if name not in more]
    kept += [(name, value) for name, value in more.items() if value is not None]
    return f"{path}?{urlencode(kept)}" if kept else path
