"""Names of records in sentences, as links or without legal forms, marked with their language."""

import re

from markupsafe import Markup

from overt.language.organization_article import with_organization_article
from overt.queries.labels import Labelled
from overt.site.site import Site

_LEGAL_FORM = re.compile(
    r"(?:,? (?:Co\.,? (?:Ltd\.?|Limited)|Inc\.?|Ltd\.?|Limited|LLC|PLC|plc|GmbH|AG))+$"
    r"|(?:,? (?:S\.r\.l\.|S\.p\.A\.|S\.A\.|B\.V\.|N\.V\.|Oyj))+$"
    r"|(?:股份有限公司|有限责任公司|有限公司)$"
)
"""Matches the legal form at the end of a company's name, which short names leave out."""


def record_link(site: Site, kind: str, row: Labelled) -> Markup:
    """Return a record's name as a link to its page, marked with its language."""
    name = site.called(row)
    return text_link(site.record_url(kind, row.id), site.foreign(name, label_language(site, row, name)))


def named_with(site: Site, project: Labelled, detail: str) -> Markup:
    """Return a project's name as a link, followed in brackets by `detail`, such as a year, unless it is empty."""
    link = record_link(site, "project", project)
    return site.markup("%(what)s (%(when)s)", what=link, when=detail) if detail else link


def company_name(site: Site, row: Labelled, known: str = "") -> Markup:
    """Return an organisation's name without its legal form, marked with its language.

    `known`: the name by which the organisation is known (`known_names`). If not empty, it replaces the name in the record.
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


def label_language(site: Site, row: Labelled, name: str) -> str | None:
    """Return the language of a record's name on this page; None if it is unknown."""
    return getattr(row, "label_lang", None) if name == row.label else site.language.code


def short_name(name: str) -> str:
    """Return an organisation's name without its legal form: `Huawei Technologies` for `Huawei Technologies Co., Ltd.`"""
    short = _LEGAL_FORM.sub("", name) or name
    first, _, rest = short.partition(" ")
    return first if rest == "Corporation" else short


def text_link(address: str, text: object) -> Markup:
    """Return a link. The text is escaped unless it is markup."""
    return Markup('<a href="{}">{}</a>').format(address, text)
