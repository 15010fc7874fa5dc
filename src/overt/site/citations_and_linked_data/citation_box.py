"""Citations of records, figures and the release."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from overt.http.page_addresses import record_url
from overt.language.citations import Citation, apa_reference, bibtex_entry, chinese_reference
from overt.language.language import ENGLISH
from overt.language.number_and_money_formats import Formats
from overt.queries.agreements import is_law
from overt.queries.figures import Figure
from overt.queries.rows.records import Record
from overt.site.citations_and_linked_data.cited_documents_and_sources import CitedSources
from overt.site.figure_texts import value_and_unit
from overt.site.site import Site

_NO_SOURCES = CitedSources()
_ENGLISH_FORMATS = Formats(ENGLISH)
KINDS = ("project", "organization", "agreement", "record")
"""First segments of the addresses of records."""


@dataclass(frozen=True)
class CitationBox:
    """The citation box of a page."""

    line: Markup
    """The reference in the language of the page."""
    english: Markup | None
    """The reference in English; None if the page is in English."""
    bibtex: str
    path: str
    """Path of the files, without the endings `.bib`, `.csl.json` and `.jsonld`."""
    is_record: bool
    """Whether there is also a file with the ending `.prov.jsonld`."""
    files: bool = True
    """Whether there are files to download."""
    sources: CitedSources = _NO_SOURCES
    """The documents and sources to cite as well if the site has no public address; otherwise none."""
    has_address: bool = True
    """Whether the reference ends with a web address, because the site has a public one."""


def citation_box(site: Site, cited: Citation, behind: CitedSources = _NO_SOURCES) -> CitationBox:
    """Return the box that suggests how to cite a page.

    If the site's address isn't set, the reference has no web address. `behind`: the sources to cite as well in this case, as
    returned by `sources_behind`.
    """
    item = site.csl(cited)
    english = apa_reference(item)
    line = english
    if site.language.code == "zh":
        atlas = site.language.atlas_title(item["author"][0]["literal"])
        line = chinese_reference(item, atlas, cited.local_title or site.language.translated(item["title"]))
    return CitationBox(
        line,
        None if line is english else english,
        bibtex_entry(item),
        cited.path,
        cited.name.startswith("ovt-"),
        cited.files,
        behind,
        bool(site.address_of_site),
    )


def cite_record(site: Site, record: Record, slugs: Iterable[str]) -> Citation:
    """Return the citation of a record. `slugs`: the slugs of the record's sources."""
    law, kind = is_law(site.words, record), site.schema.types[record.type]
    what = "Law" if law else kind.name.replace("_", " ").capitalize()
    titles = tuple(site.title_of(slug) for slug in slugs)
    title = record.label or site.document_names.get(record.id) or what
    local_title = site.language.localized(record, "label") or site.document_names.get(record.id)
    local_title = local_title or (site.gettext("Law") if law else kind.label)
    return Citation(record.id, title, f"{what} {record.id}", record_url(record.type, record.id), titles, local_title=local_title)


def cite_figure(site: Site, figure: Figure) -> Citation:
    """Return the citation of a figure. It is in English, because the release stores the figure's texts in English."""
    titles = tuple(source["title"] for source in figure.sources)
    known = figure.value is not None
    value = value_and_unit(_ENGLISH_FORMATS, figure) if known else "no value in this release"
    abstract = f"{figure.question} {value}."
    name = figure.name
    return Citation(name, figure.title, f"Figure {name}", f"/figure/{name}", titles, abstract)


def cite_release(site: Site) -> Citation:
    """Return the citation of the release."""
    manifest = site.words.meta["manifest"]
    titles = tuple(site.title_of(slug) for slug in sorted(manifest["sources"]))
    title = manifest["title"] or "Overt"
    return Citation("release", title, "", f"/release/{site.prepared.release}", titles, manifest["note"] or "")
