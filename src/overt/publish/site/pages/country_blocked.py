"""What is measured to be blocked in a country: platforms by the lists that name their domains."""

from typing import Any

from overt.publish.read import observed
from overt.publish.read.database import Reader, Row
from overt.publish.site.site import Site


def of_country(site: Site, reader: Reader, code: str) -> dict[str, Any]:
    """`series` of the country; `platforms`, each with a cell for each series; those of which none has a finding (`none`)."""
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
        first = domains[0]
        cells = [found.get(platform, {}).get(first, {}).get((one["source"], one["series"])) for one in series]
        row = {"id": platform, "label": site.words.term("platforms", platform), "domain": first, "cells": cells}
        (platforms if any(cells) else none).append(row)
    return {"series": series, "platforms": platforms, "none": none}


def called(site: Site, rows: list[Row]) -> list[Row]:
    """Series with their words in the site's language."""
    chinese = site.language.code == "zh"
    return [
        {**row, **{name: (row[f"{name}_zh"] if chinese else None) or row[name] for name in ("label", "place", "vantage")}}
        for row in rows
    ]
