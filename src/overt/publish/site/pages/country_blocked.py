"""What is measured to be blocked in a country: platforms by the lists that name their domains."""

from typing import Any

from overt.publish.read import observed
from overt.publish.read.database import Reader, Row
from overt.publish.site.site import Site


def of_country(site: Site, reader: Reader, code: str) -> dict[str, Any]:
    """`series` of the country; `platforms`, each with a cell for each series: what was found of the domain that people type first
    (`first`, None: no finding) and of its others (`others`, those with a finding); platforms none of whose domains is on any list
    (`none`), with all their `domains`.
    """
    series = called(site, [row for row in observed.series(reader) if row["country"] == code])
    if not series:
        return {"series": [], "platforms": [], "none": []}
    found: dict[str, dict[str, dict[tuple[str, str], Row]]] = {}
    for row in observed.platforms(reader, country=code):
        found.setdefault(row["platform"], {}).setdefault(row["domain"], {})[row["source"], row["series"]] = row
    platforms: list[dict[str, Any]] = []
    none: list[dict[str, Any]] = []
    for platform, domains in observed.domains(reader).items():
        if platform not in site.words.terms["platforms"]:
            continue  # a release of other content
        row = {"id": platform, "label": site.words.term("platforms", platform), "domain": domains[0], "domains": domains}
        listed = found.get(platform)
        if listed is None:
            none.append(row)
        else:
            platforms.append({**row, "cells": [_cell(domains, listed, (one["source"], one["series"])) for one in series]})
    return {"series": series, "platforms": platforms, "none": none}


def _cell(domains: list[str], listed: dict[str, dict[tuple[str, str], Row]], series: tuple[str, str]) -> dict[str, Any]:
    """What one series found of the domains of one platform."""
    first, *others = (listed.get(domain, {}).get(series) for domain in domains)
    return {"first": first, "others": [row for row in others if row]}


def called(site: Site, rows: list[Row]) -> list[Row]:
    """Series with their words in the site's language."""
    chinese = site.language.code == "zh"
    return [
        {**row, **{name: (row[f"{name}_zh"] if chinese else None) or row[name] for name in ("label", "place", "vantage")}}
        for row in rows
    ]
