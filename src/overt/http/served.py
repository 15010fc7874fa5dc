"""The release that is served, as every interface reads it: its database, its words in one language, its older releases."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from fastapi import Request
from markupsafe import Markup

from overt.http.addresses import address, record_url
from overt.index.history.older_releases import EDITOR_TABLES, StoredReleases
from overt.index.prepared import PreparedRelease
from overt.language.citations import Citation, csl_item
from overt.language.formats import Formats
from overt.language.language import Language
from overt.model.schema import Schema
from overt.queries import figures
from overt.queries.database import Database, Row
from overt.queries.facets import Counts, counts
from overt.queries.filters import ProjectFilter, QueryReader
from overt.queries.labels import Labelled, Term, Words
from overt.queries.maps.shading import known_series
from overt.queries.projects import Totals, totals


@dataclass(frozen=True, kw_only=True)
class Served:
    """A release in one language. It is made once for an application and never changes."""

    language: Language
    prepared: PreparedRelease
    database: Database
    words: Words
    """Labels of terms and areas, in the site's language; so are those of `schema`, and the titles of `sources`."""
    schema: Schema
    beyond_loopback: bool
    sources: dict[str, str]
    """Titles by slug."""
    list_releases: Callable[[], Sequence[Row]]
    """Looks up all releases of the atlas, at the time of asking."""
    older_releases: StoredReleases
    """The releases up to the one that is served, each opened when it is asked for."""
    address_of_site: str = ""
    """Where readers reach it, without a slash at the end; empty where the atlas does not say."""

    @cached_property
    def all_totals(self) -> Totals:
        """How much the whole release holds."""
        with self.database.lease() as reader:
            return totals(reader, ProjectFilter())

    @cached_property
    def tables(self) -> list[tuple[str, Mapping[str, Any]]]:
        """The release's tables that readers can take along, by name, each with its part of the manifest. Those that name editors
        are for people at this machine.
        """
        tables = self.words.meta["manifest"]["tables"]
        return [(name, tables[name]) for name in sorted(tables) if not (self.beyond_loopback and name in EDITOR_TABLES)]

    @cached_property
    def offers(self) -> Counts:
        """How many projects of the whole release each choice of each filter finds."""
        with self.database.lease() as reader:
            return counts(reader, ProjectFilter())

    @cached_property
    def shading_figures(self) -> dict[str, str]:
        """Figures that countries can be shaded by, with their titles in the site's language."""
        with self.database.lease() as reader:
            rows = [row for row in figures.all_figures(reader) if row.groups.get("country")]
        return {row.name: self.language.translated(row.title) for row in rows}

    @cached_property
    def shading_series(self) -> dict[str, Term]:
        """Series of the vocabulary that countries can be shaded by."""
        with self.database.lease() as reader:
            known = known_series(reader)
        return {name: term for name, term in self.words.terms["series"].items() if name in known}

    def query(self, request: Request) -> QueryReader:
        """The parameters of a request, to be checked."""
        values: dict[str, list[str]] = {}
        for name, value in request.query_params.multi_items():
            values.setdefault(name, []).append(value)
        return QueryReader(self.words, frozenset(self.sources), values, self.gettext)

    @cached_property
    def formats(self) -> Formats:
        """Numbers, dates and money as the language writes them."""
        return Formats(self.language)

    def gettext(self, message: str, /, **values: Any) -> str:
        """A message in the site's language; `%(n)s` in it is written as the language writes numbers."""
        return self.language.gettext(message, **values)

    def ngettext(self, singular: str, plural: str, n: int, /, **values: Any) -> str:
        """A message about `n` things in the site's language."""
        return self.language.ngettext(singular, plural, n, **values)

    def markup(self, message: str, /, **values: Any) -> Markup:
        """A message for a page that takes markup; values are escaped unless they are markup themselves."""
        return self.language.markup(message, **values)

    def foreign(self, text: str | None, lang: str | None = None) -> Markup:
        """Words that are not the site's own, for a page: they say in which language they are, or that nobody says."""
        return Markup("<bdi{}>{}</bdi>").format(self.language.lang_attribute(lang), text or "")

    def url(self, path: str) -> str:
        """The address of a page in the site's language."""
        return self.language.url(path)

    def record_url(self, kind: str | None, identity: str) -> str:
        """The address of a record's page in the site's language."""
        return self.url(record_url(kind, identity))

    def address(self, path: str, pairs: Sequence[tuple[str, Any]] = (), **more: Any) -> str:
        """A path with its parameters, in the site's language; see the function of this name."""
        return self.url(address(path, pairs, **more))

    def called(self, row: Labelled) -> str:
        """What a row with a label is called in the site's language; its id where it has no name."""
        return str(self.language.localized(row, "label") or row.id)

    def title_of(self, source: str | None) -> str:
        """What a source is called."""
        return self.gettext("This atlas’s editors") if source == "editorial" else self.sources.get(source or "", source or "")

    def csl(self, cited: Citation) -> dict[str, Any]:
        """Return the CSL-JSON item of a page."""
        return csl_item(cited, self.prepared.release, self.words.meta["manifest"], self.address_of_site)
