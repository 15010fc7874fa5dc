"""The served release as every interface reads it: its database, its texts in one language, and its older releases."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from fastapi import Request
from markupsafe import Markup

from overt.http.home_country_words import home_country_words
from overt.http.older_release_parameter_in_links import with_known
from overt.http.page_addresses import address, record_url
from overt.http.untitled_document_names import untitled_name
from overt.index.history.served_and_older_releases import EDITOR_TABLES, StoredReleases
from overt.index.prepared_release import PreparedRelease
from overt.language.citations import Citation, csl_item
from overt.language.language import Language
from overt.language.number_and_money_formats import Formats
from overt.model.questions.question_vocabulary import QuestionGrammar
from overt.model.record_ids import EDITORIAL_SOURCE
from overt.model.schema import Schema
from overt.queries import figures, organizations, records
from overt.queries.address_parameters import ProjectFilter, QueryReader
from overt.queries.database import Database, Row
from overt.queries.facets import Counts, counts
from overt.queries.labels import Labelled, Term, Words
from overt.queries.maps.shading_values import known_series
from overt.queries.projects import Totals, totals
from overt.queries.questions.question_lexicon import Lexicon


@dataclass(frozen=True, kw_only=True)
class Served:
    """A release in one language. It never changes."""

    language: Language
    prepared: PreparedRelease
    database: Database
    words: Words
    """Labels of terms and areas in the site's language. The labels in `schema` and the titles in `sources` are also in that
    language.
    """
    schema: Schema
    public: bool
    sources: dict[str, str]
    """Titles of sources, by slug."""
    list_releases: Callable[[], Sequence[Row]]
    """Function that returns all releases of the atlas at the time of the call."""
    older_releases: StoredReleases
    """The releases up to the served one; each is opened on first use."""
    grammar: QuestionGrammar = field(default_factory=QuestionGrammar)
    """The words around names in questions."""
    chinese_names: Mapping[str, str] = field(default_factory=dict)
    """Chinese translations of phrases in sources. Some of these phrases are names that questions may contain."""
    address_of_site: str = ""
    """The site's address, without a trailing slash; empty if overt.toml has none."""
    corrections_contact: str = ""
    """Where readers can ask for corrections: a mail address or the address of a form; empty if overt.toml has none."""
    known: str = ""
    """Id of this release, without the suffix of its edition (`+…`), if readers chose it by the parameter `known`; otherwise "".

    Links keep the parameter.
    """

    @cached_property
    def all_totals(self) -> Totals:
        """Return the totals of all projects of the release."""
        with self.database.lease() as reader:
            return totals(reader, ProjectFilter())

    @cached_property
    def official_lists(self) -> list[str]:
        """Return the official lists that have listings in the release."""
        with self.database.lease() as reader:
            return organizations.official_lists(reader)

    @cached_property
    def lists_in_part(self) -> list[str]:
        """Return the official lists for which the release has only some organisations' entries."""
        with self.database.lease() as reader:
            return organizations.lists_in_part(reader)

    @cached_property
    def rival_seats(self) -> Mapping[str, Sequence[str]]:
        """Return the countries that sources name as a seat, by organisation id, for organisations with a disputed seat."""
        with self.database.lease() as reader:
            return organizations.rival_seats(reader)

    @cached_property
    def document_count(self) -> int:
        """Return the number of documents that the release cites."""
        with self.database.lease() as reader:
            return records.count(reader, "document")

    @cached_property
    def document_names(self) -> dict[str, str]:
        """Return names, in the site's language, for the documents without a title, by document id."""
        with self.database.lease() as reader:
            rows = records.untitled_documents(reader)
        return {row.id: untitled_name(self.language, self.formats, self.words, row) for row in rows}

    @cached_property
    def tables(self) -> list[tuple[str, Mapping[str, Any]]]:
        """Return the release's tables that readers can download, by name, each with its entry in the manifest.

        A public server leaves out `EDITOR_TABLES`.
        """
        tables = self.words.meta["manifest"]["tables"]
        return [(name, tables[name]) for name in sorted(tables) if not (self.public and name in EDITOR_TABLES)]

    @cached_property
    def offers(self) -> Counts:
        """Return, for each choice of each filter, the number of matching projects among all projects of the release."""
        with self.database.lease() as reader:
            return counts(reader, ProjectFilter())

    @cached_property
    def shading_figures(self) -> dict[str, str]:
        """Return the figures by which countries can be shaded, with their titles in the site's language."""
        with self.database.lease() as reader:
            rows = [row for row in figures.all_figures(reader) if row.groups.get("country")]
        return {row.name: self.language.translated(row.title) for row in rows}

    @cached_property
    def shading_series(self) -> dict[str, Term]:
        """Return the series by which countries can be shaded, as terms of the vocabulary, by id."""
        with self.database.lease() as reader:
            known = known_series(reader)
        return {name: term for name, term in self.words.terms["series"].items() if name in known}

    @cached_property
    def lexicon(self) -> Lexicon:
        """Return the lexicon: every phrase that questions may contain, with its meanings."""
        return Lexicon(self.grammar, self.words, self.chinese_names)

    def query(self, request: Request) -> QueryReader:
        """Return a reader that checks the parameters of a request."""
        values: dict[str, list[str]] = {}
        for name, value in request.query_params.multi_items():
            values.setdefault(name, []).append(value)
        return QueryReader(self.words, frozenset(self.sources), values, self.gettext)

    @cached_property
    def formats(self) -> Formats:
        """Return the formats of numbers, dates and money in the site's language."""
        return Formats(self.language)

    def seat(self, organization: str, code: str | None) -> str:
        """Return the country of an organisation's seat in words; an empty string if there is none.

        `code`: the country's code. If sources disagree on the seat, `code` is ignored, and the result lists all countries that
        they name: “Bulgaria or Israel; sources disagree”.
        """
        return home_country_words(self.language, self.words, self.rival_seats.get(organization) or ([code] if code else []))

    def gettext(self, message: str, /, **values: Any) -> str:
        """Return a message in the site's language. The number in `%(n)s` is formatted for the language."""
        return self.language.gettext(message, **values)

    def ngettext(self, singular: str, plural: str, n: int, /, **values: Any) -> str:
        """Return a message about `n` items in the site's language."""
        return self.language.ngettext(singular, plural, n, **values)

    def markup(self, message: str, /, **values: Any) -> Markup:
        """Return a message that may contain markup, for a page. Values are escaped unless they are markup themselves."""
        return self.language.markup(message, **values)

    def foreign(self, text: str | None, lang: str | None = None) -> Markup:
        """Return a text from a source as markup for a page: escaped, in `<bdi>`, with the attribute from
        `Language.lang_attribute`. `lang`: the text's language; None if it is unknown.
        """
        return Markup("<bdi{}>{}</bdi>").format(self.language.lang_attribute(lang), text or "")

    def url(self, path: str) -> str:
        """Return the address of a page in the site's language."""
        return self.language.url(path)

    def record_url(self, kind: str | None, identity: str) -> str:
        """Return the address of a record's page in the site's language."""
        return self.url(record_url(kind, identity))

    def address(self, path: str, pairs: Sequence[tuple[str, Any]] = (), **more: Any) -> str:
        """Return a path with its parameters, in the site's language; see `page_addresses.address`."""
        return self.url(address(path, pairs, **more))

    def called(self, row: Labelled) -> str:
        """Return the label of a row in the site's language; if it has none, a document's name, or else the row's id."""
        return str(self.language.localized(row, "label") or self.document_names.get(row.id) or row.id)

    def title_of(self, source: str | None) -> str:
        """Return the title of a source, or of the editors; the slug of a source that the release lacks; "" for None."""
        if source == EDITORIAL_SOURCE:
            return self.gettext("This atlas’s editors")
        return self.sources.get(source or "", source or "")

    @cached_property
    def earlier_releases(self) -> frozenset[str]:
        """Return the ids, without the suffixes of editions, of the earlier releases that readers can choose by `known`."""
        ids = {item.release.partition("+")[0] for item in self.older_releases.all()}
        return frozenset(ids - {self.prepared.base_release})

    def with_known(self, path: str) -> str:
        """Return the address of a page or file, with the parameter `known` if readers chose this release by it."""
        return with_known(path, self.known)

    def csl(self, cited: Citation) -> dict[str, Any]:
        """Return the CSL-JSON item of a page."""
        return csl_item(cited, self.prepared.release, self.words.meta["manifest"], self.address_of_site)
