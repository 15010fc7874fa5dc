"""The content of the pages of a country's sections, such as projects, cables and money."""

from collections.abc import Callable, Mapping
from typing import Any

from overt.language.language import N_
from overt.queries import agreements, countries, records
from overt.queries.database import Reader
from overt.queries.labels import Area
from overt.site.agreement.agreements_laws_and_past_laws import split_laws
from overt.site.agreement.law_status import law_statuses
from overt.site.country import country_print_and_charts_context
from overt.site.country.charts import indices, small_lines
from overt.site.country.dependence_section import dependence_parts
from overt.site.country.missing_project_information_messages import LACKING
from overt.site.country.money_texts import CHINESE_MONEY, only_chinese_words
from overt.site.forum_participation import country_participation
from overt.site.series_values_in_words import value_changes
from overt.site.site import Site

HEADINGS = {
    "programmes": N_("State programmes, %(country)s"),
    "cables": N_("Cables and dependence, %(country)s"),
    "money": N_("Money promised, %(country)s"),
    "agreements": N_("Laws and agreements, %(country)s"),
    "indexes": N_("What indexes say about %(country)s"),
    "unknown": N_("What we don’t know: %(country)s"),
}
"""Headings of the pages, by the name in the address."""
_FINANCIERS = 100


def section(site: Site, reader: Reader, area: Area, name: str) -> dict[str, Any]:
    """Return the context for the template of a section's page. `name`: the last segment of its address, a key of HEADINGS."""
    return _SECTIONS[name](site, reader, area)


def project_layers(site: Site, reader: Reader, area: Area) -> dict[str, Any]:
    """Return the template variables of a country's page about projects, such as its layers and suppliers' shares."""
    facts = country_print_and_charts_context.country_facts(site, reader, area)
    names = ("layers", "part_columns", "supplier_shares", "layer_years", "scanners")
    return {**{name: facts[name] for name in names}, "unnamed": countries.unnamed(reader, [area.code])}


def _programmes(site: Site, reader: Reader, area: Area) -> dict[str, Any]:
    rows = records.linked(reader, area.code, "programme", "country")
    return {"programmes": sorted(rows, key=lambda row: (row.value("start") or "9", row.id))}


def _cables(site: Site, reader: Reader, area: Area) -> dict[str, Any]:
    facts = country_print_and_charts_context.country_facts(site, reader, area)
    names = ("cables", "cable_shares", "dependence")
    return {**{name: facts[name] for name in names}, "depends": dependence_parts(site, reader, area.code)}


def _money(site: Site, reader: Reader, area: Area) -> dict[str, Any]:
    facts = country_print_and_charts_context.country_facts(site, reader, area)
    financiers = countries.financiers(reader, area.code, _FINANCIERS)
    sources = {source for of_unit in countries.money_sources(reader, area.code).values() for source in of_unit}
    source = only_chinese_words(site) if sources == {CHINESE_MONEY} else ""
    return {"money": facts["money"], "shared": facts["shared"], "financiers": financiers, "only_source": source}


def _agreements(site: Site, reader: Reader, area: Area) -> dict[str, Any]:
    rows = records.linked(reader, area.code, "agreement", "party-country")
    topics = agreements.provision_topics(reader)
    statuses = law_statuses(site, reader, rows)
    return {
        "split": split_laws(site, reader, rows),
        "topics": topics,
        "law_statuses": statuses,
        **country_participation(site, reader, area.code),
    }


def _indexes(site: Site, reader: Reader, area: Area) -> dict[str, Any]:
    series = country_print_and_charts_context.country_indicators(site, reader, area.code)
    assessments = records.linked(reader, area.code, "assessment", "country")
    return {
        "assessments": sorted(assessments, key=lambda row: row.value("year") or "", reverse=True),
        "indicators": series,
        "small_lines": small_lines(series),
        "turns": value_changes,
        "indices": indices(site, area, series),
    }


def _unknown(site: Site, reader: Reader, area: Area) -> dict[str, Any]:
    parts = country_print_and_charts_context.country_page(site, reader, area)
    names = ("empty_layers", "restrictions", "assessments", "sources", "unnamed")
    gaps = [(name, site.ngettext(*LACKING[name], n)) for name, n in parts["unknown"].items() if n]
    return {**{name: parts[name] for name in names}, "gaps": gaps}


_SECTIONS: Mapping[str, Callable[[Site, Reader, Area], dict[str, Any]]] = {
    "programmes": _programmes,
    "cables": _cables,
    "money": _money,
    "agreements": _agreements,
    "indexes": _indexes,
    "unknown": _unknown,
}
