"""The small count of independent sources behind a statement, and names as links, for sentences that code makes."""

import re
from collections.abc import Iterable

from markupsafe import Markup

from overt.queries.labels import Labelled
from overt.site.site import Site

_JOINER = Markup("\u2060")
"""Keeps a mark on the line of the word before it."""
_LEGAL_FORM = re.compile(
    r"(?:,? (?:Co\.,? Ltd\.?|Inc\.?|Ltd\.?|Limited|LLC|PLC|plc|GmbH|AG|S\.r\.l\.|S\.p\.A\.|S\.A\.|B\.V\.|N\.V\.|Oyj))+$"
    r"|(?:股份有限公司|有限责任公司|有限公司)$"
)
"""The end of a company's name that sentences leave out; tables and its own page have the full name."""


def evidence_mark(site: Site, page: str, count: int) -> Markup:
    """Return the mark of a statement: a count of independent sources that leads to the evidence on `page`; hollow for one."""
    words = site.ngettext("%(n)s independent source", "%(n)s independent sources", count)
    return _JOINER + Markup('<a class="evidence-mark{}" href="{}" title="{}" aria-label="{}{}">{}</a>').format(
        " hollow" if count == 1 else "", page, words, words, site.gettext(": see the evidence"), site.formats.number(count)
    )


def record_mark(site: Site, kind: str, identity: str, count: int) -> Markup:
    """Return the mark of a record, which leads to the claims on its page."""
    return evidence_mark(site, f"{site.record_url(kind, identity)}#claims", count)


def record_link(site: Site, kind: str, row: Labelled) -> Markup:
    """Return the name of a record as a link to its page, marked with its language."""
    name = site.called(row)
    lang = getattr(row, "label_lang", None) if name == row.label else site.language.code
    return Markup('<a href="{}">{}</a>').format(site.record_url(kind, row.id), site.foreign(name, lang))


def company_link(site: Site, row: Labelled) -> Markup:
    """Return the name of an organisation without its legal form, as a link to its page."""
    name = site.called(row)
    lang = getattr(row, "label_lang", None) if name == row.label else site.language.code
    return text_link(site.record_url("organization", row.id), site.foreign(short_name(name), lang))


def short_name(name: str) -> str:
    """Return the name of an organisation without its legal form: `Huawei Technologies` of `Huawei Technologies Co., Ltd.`"""
    short = _LEGAL_FORM.sub("", name) or name
    first, _, rest = short.partition(" ")
    return first if rest == "Corporation" else short


def text_link(address: str, text: object) -> Markup:
    """Return a text as a link."""
    return Markup('<a href="{}">{}</a>').format(address, text)


def prices(site: Site, unit: str | None) -> str:
    """Return in which prices an amount is, for the middle of a sentence."""
    return site.formats.prices(unit).strip("（）")


def join(site: Site, parts: Iterable[Markup], more: int = 0, style: str = "standard") -> Markup:
    """Join parts in the site's language: `a, b and c`; with `more`, `a, b and 3 others`."""
    words = [str(part) for part in parts]
    if more:
        words.append(site.ngettext("%(n)s other", "%(n)s others", more))
    return Markup(site.language.join(words, style))  # noqa: S704 (the parts are markup already)
