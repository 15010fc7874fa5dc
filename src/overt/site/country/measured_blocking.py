"""Measured blocking in a country: blocklists by platform, single measurements, lists of tested sites, and what is missing."""

from typing import Any

from markupsafe import Markup

from overt.queries import findings
from overt.queries.blocking import blocklists as observed
from overt.queries.blocking import domain_categories_and_services
from overt.queries.blocking.blocklists import ObservedSeries, PlatformListing
from overt.queries.database import Reader
from overt.site import measurement_sections
from overt.site.blocked_quarters import Quarters
from overt.site.blocklist_series_order_and_texts import dated_first, key, listing_period, localize_series
from overt.site.site import Site

_SHUTDOWN_LIST = "access_now_keepiton"


def country_blocking(site: Site, reader: Reader, code: str) -> dict[str, Any]:
    """Return what a country's blocklists contain about platforms.

    `series`: the country's lists, dated ones first. `platforms`: each with a cell for each series. In a cell, `first` is the
    row of the platform's main domain (None if not listed), `others` are the rows of its other listed domains, and `strip` shows
    the main domain by quarter. `none`: platforms with no listed domain, with all their `domains`. `frames`, `span`, `quarters`:
    the boxes that the strips share, the period they cover, and the same numbers as tables. These three are missing if there is
    no list.
    """
    series = dated_first(localize_series(site, [row for row in observed.series(reader) if row.country == code]))
    if not series:
        return {"series": [], "platforms": [], "none": []}
    quarters = Quarters(site, reader, country=code)
    listed_domains: dict[str, dict[str, dict[tuple[str, str], PlatformListing]]] = {}
    for row in observed.platform_listings(reader, country=code):
        listed_domains.setdefault(row.platform, {}).setdefault(row.domain, {})[row.source, row.series] = row
    platforms: list[dict[str, Any]] = []
    none: list[dict[str, Any]] = []
    for platform, domains in observed.platform_domains(reader).items():
        if platform not in site.words.terms["platforms"]:
            continue  # The release may have been made with a vocabulary that has other platforms.
        described = {"id": platform, "label": site.words.term("platforms", platform), "domain": domains[0], "domains": domains}
        listed = listed_domains.get(platform)
        if listed is None:
            none.append(described)
        else:
            platforms.append({**described, "cells": [_cell(domains, listed, series_row, quarters) for series_row in series]})
    named = [(platform["label"], domain) for platform in platforms for domain in platform["domains"]]
    return {
        "series": series,
        "platforms": platforms,
        "none": none,
        "frames": [quarters.frame(key(series_row)) if series_row.days else None for series_row in series],
        "span": quarters.span(),
        "quarters": [(series_row, quarters.table(key(series_row), named)) for series_row in series if series_row.days],
    }


def _cell(
    domains: list[str], listed: dict[str, dict[tuple[str, str], PlatformListing]], series: ObservedSeries, quarters: Quarters
) -> dict[str, Any]:
    first, *other_rows = (listed.get(domain, {}).get(key(series)) for domain in domains)
    return {
        "first": first and {**first._asdict(), "since": listing_period(first, series)},
        "others": [row for row in other_rows if row],
        "strip": quarters.strip(domains[0], key(series)) if series.days else None,
    }


BLOCKED = 6
"""Maximum number of platforms in the table beside a country's restrictions."""


def measured_parts(site: Site, reader: Reader, code: str) -> dict[str, Any]:
    """Return a country's measurements: blocklists, single measurements, and lists of tested sites."""
    return {
        "blocked": country_blocking(site, reader, code),
        "blocked_listed": BLOCKED,
        "single": measurement_sections.country_measurements(site, reader, code),
        "tested": {
            "categories": domain_categories_and_services.categories(reader, code),
            "lists": domain_categories_and_services.country_lists(reader, code),
        },
    }


def unlisted_shutdowns(site: Site, reader: Reader) -> Markup | None:
    """Return a sentence on the list of shutdowns that the release lacks, with a link to it; None if the release has the list."""
    source = next((source for source in findings.missing_sources(reader) if source["source"] == _SHUTDOWN_LIST), None)
    if source is None:
        return None
    title = site.language.translated_markup(source["title"])
    return site.markup(
        "Overt has no list of shutdowns: %(list)s, by %(publisher)s, isn’t openly licensed.",
        list=Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(source["address"], title),
        publisher=site.names_marked(site.language.translated(source["publisher"])),
    )
