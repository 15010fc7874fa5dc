"""The site of one release: its templates, words and readers, shared by all pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from overt.model.schema import RecordType, Schema
from overt.publish.read.database import Database, Row
from overt.publish.read.filters import ProjectFilter, QueryReader
from overt.publish.read.projects import Totals, offers, totals
from overt.publish.read.words import Words
from overt.publish.settings import PreparedRelease
from overt.publish.site import formats
from overt.publish.site.svg.world import Shape, load_world

_OWN_PAGE = ("project", "organization", "agreement")


@dataclass(frozen=True)
class Site:
    """Everything that a page needs. It is made once for an application and never changes."""

    prepared: PreparedRelease
    database: Database
    words: Words
    schema: Schema
    static: Path
    version: str
    """Stands in the addresses of static files."""
    beyond_loopback: bool
    sources: dict[str, str]
    """Titles by slug."""
    breaks: tuple[int, ...]
    """Least number of projects in each step of shading."""
    older: Callable[[], Sequence[Row]]
    """Looks up all releases of the atlas, at the time of asking."""

    @cached_property
    def shapes(self) -> list[Shape]:
        """Outlines of the countries; none where the front end has not been built."""
        return load_world(self.static / "built" / "world.json")

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
    def offers(self) -> dict[str, list[Row]]:
        """Kinds and countries that the filter form offers, whatever is chosen."""
        with self.database.lease() as reader:
            return offers(reader)

    def query(self, request: Request) -> QueryReader:
        """The parameters of a request, to be checked."""
        given: dict[str, list[str]] = {}
        for name, value in request.query_params.multi_items():
            given.setdefault(name, []).append(value)
        return QueryReader(self.words, frozenset(self.sources), given)

    def page(self, template: str, code: int = 200, /, **context: Any) -> Response:
        """A page as the reader gets it, with an HTTP status."""
        return HTMLResponse(self.render(template, **context), code)

    def render(self, template: str, /, **context: Any) -> str:
        """A template with this release's words in it."""
        return self._environment.get_template(template).render(**context)

    @cached_property
    def _environment(self) -> Environment:
        folder = files("overt") / "publish" / "site" / "templates"
        environment = Environment(
            loader=FileSystemLoader(str(folder)), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        environment.filters |= {
            name: getattr(formats, name)
            for name in (
                "number",
                "money",
                "cents",
                "money_short",
                "prices",
                "unit_words",
                "date",
                "period",
                "coordinates",
                "size",
                "listed",
            )
        }
        environment.filters["web"] = formats.web_address
        environment.filters["in_order"] = in_order
        environment.filters["when_of"] = lambda claim: formats.period(claim["valid_from"], claim["valid_to"])
        environment.globals |= {
            "site": self,
            "words": self.words,
            "schema": self.schema,
            "release": self.prepared.release,
            "meta": self.words.meta,
            "record_url": record_url,
            "address": address,
        }
        return environment

    def asset(self, path: str) -> str:
        """The address of a static file."""
        return f"/static/{path}?v={self.version}"

    def title_of(self, source: str | None) -> str:
        """What a source is called."""
        return "This atlas’s editors" if source == "editorial" else self.sources.get(source or "", source or "")


def in_order(claims: Sequence[Row], kind: RecordType) -> list[tuple[str, list[Row]]]:
    """Claims by property, in the order of the schema."""
    held: dict[str, list[Row]] = {name: [] for name in kind.properties}
    for claim in claims:
        held.setdefault(claim["property"], []).append(claim)
    return [(name, found) for name, found in held.items() if found]


def record_url(kind: str | None, identity: str) -> str:
    """The address of a record's page."""
    return f"/{kind if kind in _OWN_PAGE else 'record'}/{quote(identity, safe='')}"


def address(path: str, pairs: Sequence[tuple[str, Any]] = (), **more: Any) -> str:
    """A path with its parameters; a `None` takes a parameter off, any other value in `more` takes the place of what was there."""
    kept = [(name, value) for name, value in pairs if name not in more]
    kept += [(name, value) for name, value in more.items() if value is not None]
    return f"{path}?{urlencode(kept)}" if kept else path
