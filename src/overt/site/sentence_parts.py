"""Parts of sentences: marks with the number of sources behind a statement, names as links, lists, and years of prices."""

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from overt.language.organization_article import with_organization_article
from overt.queries.labels import Labelled
from overt.site.site import Site

_JOINER = Markup("\u2060")
"""Keeps a mark on the same line as the word before it."""
_LEGAL_FORM = re.compile(
    r"(?:,? (?:Co\.,? (?:Ltd\.?|Limited)|Inc\.?|Ltd\.?|Limited|LLC|PLC|plc|GmbH|AG))+$"
    r"|(?:,? (?:S\.r\.l\.|S\.p\.A\.|S\.A\.|B\.V\.|N\.V\.|Oyj))+$"
    r"|(?:股份有限公司|有限责任公司|有限公司)$"
)
"""Matches the legal form at the end of a company's name, which short names leave out."""


def evidence_mark(site: Site, page: str, count: int, *, on_project: bool = False) -> Markup:
    """Return a statement's mark: the number of independent sources, linked to the evidence on `page`; hollow for one source.

    `on_project`: whether they are all sources on a project, rather than those for the words before the mark.
    """
    words = site.ngettext("%(n)s independent source", "%(n)s independent sources", count)
    if on_project:
        words = site.ngettext(
            "%(n)s independent source on the whole project", "%(n)s independent sources on the whole project", count
        )
    return _JOINER + Markup('<a class="evidence-mark{}" href="{}" title="{}" aria-label="{}{}">{}</a>').format(
        " hollow" if count == 1 else "", page, words, words, site.gettext(": see the evidence"), site.formats.number(count)
    )


def record_mark(site: Site, kind: str, identity: str, count: int) -> Markup:
    """Return a record's mark, which links to the claims on its page."""
    return evidence_mark(site, f"{site.record_url(kind, identity)}#claims", count)


def record_link(site: Site, kind: str, row: Labelled) -> Markup:
    """Return a record's name as a link to its page, marked with its language."""
    name = site.called(row)
    return text_link(site.record_url(kind, row.id), site.foreign(name, label_language(site, row, name)))


def named_with(site: Site, project: Labelled, detail: str) -> Markup:
    """Return a project's name as a link, with a detail such as a year in brackets; without brackets if the detail is empty."""
    link = record_link(site, "project", project)
    return site.markup("%(what)s (%(when)s)", what=link, when=detail) if detail else link


def company_name(site: Site, row: Labelled, known: str = "") -> Markup:
    """Return an organisation's name without its legal form, marked with its language.

    `known`: the name by which it is known (`known_names`), which comes instead.
    """
    name = site.called(row)
    return site.foreign(known or short_name(name), label_language(site, row, name))


def company_link(site: Site, row: Labelled, known: str = "") -> Markup:
    """Return an organisation's name, as `company_name` returns it, as a link to its page."""
    return text_link(site.record_url("organization", row.id), company_name(site, row, known))


def company_in_sentence(site: Site, row: Labelled, known: str = "", *, begins: bool = False) -> Markup:
    """Return an organisation's name, as `company_name` returns it, with its article if it takes one.

    `begins`: whether it begins a sentence.
    """
    name = site.called(row)
    lang = label_language(site, row, name)
    words = with_organization_article(site.language, known or short_name(name), lang, begins=begins)
    return site.foreign(words, lang)


def own_words(site: Site, text: str) -> Markup:
    """Return a text of one of our own registers: translated if the site's language has it, otherwise marked as English."""
    phrase = site.language.phrase(text)
    return escape(phrase) if phrase else site.foreign(text, "en")


def label_language(site: Site, row: Labelled, name: str) -> str | None:
    """Return the language of a record's name on this page; None if it is unknown."""
    return getattr(row, "label_lang", None) if name == row.label else site.language.code


def short_name(name: str) -> str:
    """Return an organisation's name without its legal form: `Huawei Technologies` for `Huawei Technologies Co., Ltd.`"""
    short = _LEGAL_FORM.sub("", name) or name
    first, _, rest = short.partition(" ")
    return first if rest == "Corporation" else short


def text_link(address: str, text: object) -> Markup:
    """Return a link with this text."""
    return Markup('<a href="{}">{}</a>').format(address, text)


def prices(site: Site, unit: str | None) -> str:
    """Return the price year of a money unit, in words for the middle of a sentence; empty for current prices."""
    return site.formats.prices(unit).strip("（）")


def join_sentences(site: Site, *parts: Markup | str) -> Markup:
    """Join sentences into one paragraph, with the space that the language puts between them. Empty parts are left out."""
    return escape(site.language.gap).join(part for part in parts if part)


def join_clauses(site: Site, clauses: Sequence[str]) -> str:
    """Join clauses that each have a number: `2 announced and 4 cancelled`. In Chinese, commas separate them."""
    return "，".join(clauses) if site.language.code == "zh" else site.language.join(list(clauses))


def join(site: Site, parts: Iterable[Markup], more: int = 0) -> Markup:
    """Join parts in the site's language: `a, b and c`; with `more`, `a, b and 3 others`."""
    words = [str(part) for part in parts]
    if more:
        words.append(site.ngettext("%(n)s other", "%(n)s others", more))
    return Markup(site.language.join(words))  # noqa: S704 (the parts are markup already)


def such_as(site: Site, count: Markup, names: Sequence[Markup], most: int = 3) -> Markup:
    """Return a count followed by the names or, if there are more than `most`, by examples: `9 platforms, such as X and Y`."""
    if len(names) <= most:
        return site.markup("%(count)s: %(names)s", count=count, names=join(site, names))
    return site.markup("%(count)s, such as %(names)s", count=count, names=join(site, names[:most]))
