"""Notices on the pages of a subset, which say which part of a release the pages cover."""

from typing import Any

from markupsafe import Markup

from overt.http.served_release import Served
from overt.index.accepted_filter_values import AREAS, REGIONS, SOURCES
from overt.index.filter_kinds import FacetFilter
from overt.index.project_filter_declarations import SUBSET_FILTERS


def describe_subset(site: Served) -> str:
    """Describe the filters of a subset: `Country: Ethiopia, Kenya; Kind: smart city`; empty for a full release."""
    subset = site.prepared.subset
    if subset is None:
        return ""
    semicolon, colon = site.gettext("; "), site.gettext(": ")
    parts = [
        site.gettext(SUBSET_FILTERS[name].subset_label or SUBSET_FILTERS[name].label)
        + colon
        + site.language.comma.join(_value_label(site, subset, SUBSET_FILTERS[name], value) for value in values)
        for name, values in subset["filters"].items()
    ]
    return semicolon.join(parts)


def subset_notice(site: Served) -> Markup:
    """Return the notice that a page covers part of a release; empty for a full release."""
    subset = site.prepared.subset
    if subset is None:
        return Markup()
    text = site.markup(
        "<strong>A part of edition %(release)s: %(filters)s.</strong> %(projects)s of %(of)s projects, with all that belongs to "
        "them. Numbers, maps and figures here count only this part, not the whole edition.",
        release=site.prepared.base_release,
        filters=describe_subset(site),
        projects=site.formats.number(subset["projects"]),
        of=site.formats.number(subset["of"]),
    )
    return text + site.language.gap + full_release_link(site, "/") if site.address_of_site else text


def full_release_link(site: Served, path: str) -> Markup:
    """Return a sentence that links to the page in the full release or, without a public address, gives that release's id."""
    if site.address_of_site:
        address = f"{site.address_of_site}{site.url(path)}"
        return site.markup('The full edition is at <a href="%(address)s">%(address)s</a>.', address=address)
    title = site.words.meta["manifest"]["title"] or "Overt"
    return site.markup(
        "The full edition is <code>%(release)s</code> of “%(title)s”; whoever runs that atlas has it.",
        release=site.prepared.base_release,
        title=title,
    )


def country_subset_notice(site: Served, code: str) -> Markup:
    """Return the notice that a country's page lacks some of the country's records; empty if it has all of them."""
    subset = site.prepared.subset
    if subset is None or code in subset["complete"]:
        return Markup()
    text = site.markup(
        "<strong>Not all of %(country)s is here.</strong> This edition has only one part of edition %(release)s (%(filters)s). "
        "What is missing on this page, or is 0 or “–”, may well be recorded in the whole.",
        country=site.words.area(code),
        release=site.prepared.base_release,
        filters=describe_subset(site),
    )
    return text + site.language.gap + full_release_link(site, f"/country/{code}")


def findings_subset_notice(site: Served) -> Markup:
    """Return sentences on why a subset has no findings, with a link to those of the full release; empty for a full release."""
    if site.prepared.subset is None:
        return Markup()
    text = site.markup(
        "A finding counts the records of a full edition, and this is a part of one. "
        'See its <a href="%(projects)s">projects</a>, and its <a href="%(figures)s">figures</a>, which count only this part.',
        projects=site.url("/explorer"),
        figures=site.url("/figures"),
    )
    return text + site.language.gap + full_release_link(site, "/findings")


def figure_subset_notice(site: Served, name: str) -> Markup:
    """Return the notice that a figure counts only records of the subset; empty for a full release."""
    if site.prepared.subset is None:
        return Markup()
    text = site.markup(
        "<strong>Only this part (%(filters)s).</strong> This is not a number of the whole edition: what is not counted here may "
        "well be recorded there.",
        filters=describe_subset(site),
    )
    return text + site.language.gap + full_release_link(site, f"/figure/{name}")


def _value_label(site: Served, subset: Any, declared: FacetFilter, value: str) -> str:
    if value in declared.value_labels:
        return site.gettext(declared.value_labels[value])
    if declared.values.vocabulary:
        return site.words.term(declared.values.vocabulary, value)
    if declared.values == AREAS:
        return site.words.area(value)
    if declared.values == REGIONS:
        return site.words.region(value)
    if declared.values == SOURCES:
        return site.title_of(value)
    return str(subset["labels"].get(value, value))
