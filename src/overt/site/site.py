"""The site of one release: the templates, texts, charts and maps that all pages share."""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, Response

from overt.charts import Chart
from overt.charts.chart_frame import ChartFrame
from overt.charts.chart_renderer import ChartRenderer
from overt.http.older_release_parameter_in_links import keep_known
from overt.http.page_addresses import answer_address
from overt.http.served_release import Served
from overt.http.static_edition_flag import stands_alone
from overt.language.language import LANGUAGES
from overt.language.number_and_money_formats import web_address
from overt.maps.country_shapes import CountryShape, load_world
from overt.maps.marks import UNKNOWN
from overt.maps.small_shaded_map import SmallShape, small_shapes
from overt.model.record_ids import EDITORIAL_SOURCE
from overt.model.schema import RecordType
from overt.queries import pair_answers
from overt.queries.maps.cable_colours_by_supplier import CableSuppliers, cable_suppliers
from overt.queries.maps.documented_systems import DocumentedSystems, documented_systems
from overt.queries.rows.records import Claim, cited_documents, distinct_places
from overt.site.as_of.as_of_links import keep_as_of, without_as_of
from overt.site.link_previews.head_tags import MARKER, head_tags, picture_address
from overt.site.report_ages import whole_years
from overt.site.subset_notices import subset_notice

_FORMATS = (
    "number", "money", "money_in_table", "cents", "money_short", "percent", "prices", "unit_words", "date", "moment", "period",
    "boundary", "coordinates", "size", "rounded", "language_name",
)  # fmt: skip
"""Names of formats that templates use as filters."""


_LATIN_NAME = re.compile(r"([A-Za-z\u00c0-\u024f][^\u3000-\uffef]*[^\u3000-\uffef\s])")
"""Matches a name in Latin letters in a Chinese sentence: everything up to the next Chinese character or punctuation mark."""


class KnownOrganization(NamedTuple):
    """What pages show wherever they name an organisation."""

    name: str
    """The name by which the organisation is known."""
    seat: str | None
    """Country code of the organisation's seat; None if no source names a seat."""


@dataclass(frozen=True, kw_only=True)
class Site(Served):
    """A served release with the templates, charts, maps and static files that pages need."""

    static: Path
    version: str
    """Digest of the static files, which is part of their addresses."""
    charts: ChartRenderer
    """Renderer of charts, with a cache."""

    @cached_property
    def shapes(self) -> list[CountryShape]:
        """Outlines of the countries; empty if the front end has not been built."""
        return load_world(self.static / "built" / "world.json")

    @cached_property
    def known_organizations(self) -> dict[str, KnownOrganization]:
        """Recently named organisations by id: a cache for `short_organization_names_and_seats.known_organizations`."""
        return {}

    @cached_property
    def country_drawings(self) -> dict[Hashable, Markup]:
        """Recently shown maps of countries: a cache for `organization.countries_map`."""
        return {}

    @cached_property
    def small_shapes(self) -> list[SmallShape]:
        """Coarse outlines of the countries for small maps; empty if the front end has not been built."""
        return small_shapes(self.shapes)

    @cached_property
    def pacific_shapes(self) -> list[CountryShape]:
        """Outlines of the countries for a map centred on the 180th meridian; empty if the front end has not been built."""
        return load_world(self.static / "built" / "world.json", pacific=True)

    @cached_property
    def systems(self) -> DocumentedSystems | None:
        """Surveillance and censorship systems with a named supplier; None if the release doesn't support a finding about them."""
        with self.database.lease() as reader:
            return documented_systems(reader)

    @cached_property
    def cable_suppliers(self) -> CableSuppliers:
        """Suppliers of cables. Maps colour the lines of cables by supplier."""
        with self.database.lease() as reader:
            return cable_suppliers(reader)

    @cached_property
    def has_script(self) -> bool:
        """Whether the front end has been built."""
        return (self.static / "built" / "map.js").is_file()

    @cached_property
    def layer_names(self) -> dict[str, str]:
        """Layer id → label. The last item is for projects of unknown kind."""
        return {**{row.id: row.label for row in self.words.layers}, UNKNOWN: self.gettext("kind unknown")}

    def page(
        self, template: str, code: int = 200, /, *, request: Request | None = None, here: str | None = None, **context: Any
    ) -> Response:
        """Render a page as a response.

        The request determines the page's address in other languages. If many addresses share the page, pass `here` instead of a
        request: links to other languages then lead to the page `here`. Without either, there are no such links.

        If the context has `as_of`, the page shows the date and a link back to today, and its links keep the date. If the reader
        chose this release by the parameter `known`, the links keep that parameter, too.
        """
        address = self._here(request) if request is not None else here
        as_of = context.get("as_of")
        if as_of and request is not None:
            context["without_as_of"] = without_as_of(request)
        today = self.url(address) if request is not None and address else "?"  # "?" is the same path without parameters
        html = self.render(template, here=address, alternates=request is not None, today=today, **context)
        html = self._with_head_tags(html, address, request) if code == 200 and address else html.replace(MARKER, "", 1)
        html = keep_as_of(html, as_of, explorer=template.startswith("explorer/")) if as_of else html
        return HTMLResponse(keep_known(html, self.known) if self.known else html, code)

    def _with_head_tags(self, html: str, address: str, request: Request | None) -> str:
        """Return a page with its description, canonical address and picture.

        Static editions, and sites without an address, have no pictures.
        """
        standalone = request is not None and stands_alone(request)
        picture = None if standalone or request is None else picture_address(address)
        return head_tags(
            html, address=self.url(address), origin="" if standalone else self.address_of_site, language=self.language.code,
            picture=picture and self.with_known(self.url(picture)),
        )  # fmt: skip

    def _here(self, request: Request) -> str:
        """Return a page's English address with its parameters."""
        path = request.url.path
        if self.language.base:
            path = path.removeprefix(self.language.base)
        # An address that begins with two slashes would lead to another host.
        path = quote("/" + path.lstrip("/\\"), safe="/+:@,;=~")
        return f"{path}?{request.url.query}" if request.url.query else path

    def render(self, template: str, /, **context: Any) -> str:
        """Render a template with this release's texts."""
        html = self._environment.get_template(template).render(**{"here": None, "alternates": False, "today": "?", **context})
        return self.language.typeset(html)

    @cached_property
    def _environment(self) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(_template_folders()), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            lstrip_blocks=True, extensions=["jinja2.ext.i18n"], auto_reload=False,
        )  # fmt: skip
        environment.policies["ext.i18n.trimmed"] = True
        environment.newstyle_gettext = True  # type: ignore[attr-defined]
        environment.filters |= {name: getattr(self.formats, name) for name in _FORMATS}
        environment.filters |= {
            "web": web_address,
            "whole_years": whole_years,
            "in_order": in_order,
            "rejectpair": lambda pairs, key, value: [pair for pair in pairs if pair != (key, value)],
            "translated": self.language.translated_markup,
            "names_marked": self.names_marked,
            "lower_first": lambda text: text[:1].lower() + text[1:],
            "when_of": lambda claim: self.formats.period(claim.valid_from, claim.valid_to),
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
            "subset_notice": subset_notice(self),
            "record_url": self.record_url,
            "address": self.address,
            "answer_link": self.answer_link,
            "explorer": self.explorer,
        }
        return environment

    def names_marked(self, text: str) -> Markup:
        """Return a sentence for a page.

        In Chinese sentences, names in Latin letters are marked as being in an unknown language.
        """
        if self.language.code != "zh":
            return escape(text)
        pieces = _LATIN_NAME.split(text)
        return Markup("").join(self.foreign(piece) if at % 2 else piece for at, piece in enumerate(pieces))

    @cached_property
    def answered(self) -> frozenset[tuple[str, str]]:
        """Pairs of organisation and country whose page has a project or an index. Static editions omit all other pairs."""
        with self.database.lease() as reader:
            return frozenset(pair_answers.pairs(reader))

    def answer_link(self, organization: str, area: str) -> str:
        """Return the address of the page about an organisation in a country.

        If that page would be empty, the address of the organisation's page is returned.
        """
        if (organization, area) in self.answered:
            return self.url(answer_address(organization, area))
        return self.record_url("organization", organization)

    def explorer(self, pairs: Sequence[tuple[str, Any]] = (), **more: Any) -> str:
        """Return the address of the explorer with these filters, in the site's language."""
        return self.address("/explorer", pairs, **more)

    def chart_frame(self, chart: Chart, folder: str | None) -> ChartFrame:
        """Return a chart with its frame. `folder`: address of the folder of its files; None if the page offers no files."""
        return ChartFrame(chart, self.language, self.prepared.release, folder)

    def asset(self, path: str) -> str:
        """Return the address of a static file. It contains `version`, so it changes when a static file changes."""
        return f"/static/{path}?v={self.version}"

    def credits(self, slugs: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Return the titles of sources for a caption, with the addresses of their pages."""
        pages = ((slug, "/method" if slug == EDITORIAL_SOURCE else f"/source/{quote(slug, safe='')}") for slug in slugs)
        return tuple((self.title_of(slug), self.url(page)) for slug, page in pages)


def _template_folders() -> list[str]:
    """Return the template folders: the site's own (`country/template.html`), and the package's (`desk/queue.html`)."""
    import overt.site

    return [*overt.site.__path__, str(files("overt"))]


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
"""Columns that must be equal for a page to show claims as one."""


def _claim_entry(claim: Claim) -> dict[str, Any]:
    return {**claim._asdict(), "distinct_places": distinct_places(claim), "cited": cited_documents(claim), "also": []}


def in_order(claims: Sequence[Claim], kind: RecordType) -> list[tuple[str, list[dict[str, Any]]]]:
    """Group claims by property, in the order of the schema.

    Equal claims of one source are one entry: the first, with the other claims in `also`.
    """
    by_property: dict[str, dict[tuple[Any, ...], dict[str, Any]]] = {name: {} for name in kind.properties}
    for claim in claims:
        distinct = by_property.setdefault(claim.property, {})
        first = distinct.setdefault(tuple(getattr(claim, name) for name in _SAME), _claim_entry(claim))
        if first["claim_id"] != claim.claim_id:
            first["also"].append(claim)
    return [(name, list(groups.values())) for name, groups in by_property.items() if groups]
