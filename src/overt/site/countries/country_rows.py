"""The rows of the list of countries, ranked by documented surveillance and censorship."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from overt.language.country_article import with_article
from overt.model.engines.named_sql import load_queries
from overt.queries import countries
from overt.queries.agreements import law_kinds
from overt.queries.database import Reader, json_array
from overt.queries.maps.documented_systems import state_programmes
from overt.queries.rows.countries import Country
from overt.site.sentences.joined_parts import join
from overt.site.sentences.linked_record_and_company_names import text_link
from overt.site.site import Site

_QUERIES = load_queries(Path(__file__).parent)
COLUMNS = ("surveillance", "censorship", "programmes", "restrictions", "indexed", "projects", "agreements", "laws", "indicators")
"""Columns by which the list can be sorted, besides the name."""
_LEADING = 3
"""Maximum number of countries that the first sentences name."""


class CountryRow(NamedTuple):
    """A country in the list."""

    code: str
    label: str
    country: Country
    systems: int
    """Number of documented surveillance and censorship systems, as on the country's page. One for both purposes counts once."""
    surveillance: int
    censorship: int
    programmes: int
    """Number of state programmes of any kind."""
    restrictions: int
    indexed: int
    """Number of kinds of surveillance that indexes report, in the year of the country's newest assessment."""
    projects: int
    agreements: int
    laws: int
    indicators: int

    @property
    def documented(self) -> int:
        """Number of surveillance and censorship systems and state programmes. Countries are ranked by this number."""
        return self.systems + self.programmes

    @property
    def place(self) -> tuple[int, ...]:
        """Sort key: `documented`, restrictions, kinds of surveillance in an index, and projects, highest numbers first."""
        return (-self.documented, -self.restrictions, -self.indexed, -self.projects)


def country_rows(site: Site, reader: Reader) -> list[CountryRow]:
    """Return all countries with records, in the order of `CountryRow.place`."""
    systems = {(row["country"], row["layer"]): row["systems"] for row in reader.select(_QUERIES["queries.systems"])}
    programmes = state_programmes(reader)
    indexed = {row["country"]: row["kinds"] for row in reader.select(_QUERIES["queries.indexed"])}
    kinds = json_array(sorted(law_kinds(site.words)))
    signed = {row["country"]: row for row in reader.select(_QUERIES["queries.laws"], [kinds])}
    rows = []
    for counted in countries.all_countries(reader):
        country = countries.with_labels(counted, site.words.areas[counted.code])
        agreements = signed.get(country.code, {"agreements": 0, "laws": 0})
        rows.append(
            CountryRow(
                country.code,
                country.label,
                country,
                systems.get((country.code, ""), 0),
                systems.get((country.code, "surveillance"), 0),
                systems.get((country.code, "censorship"), 0),
                programmes.get(country.code, 0),
                country.restrictions,
                indexed.get(country.code, 0),
                country.projects,
                agreements["agreements"] - agreements["laws"],
                agreements["laws"],
                country.indicators,
            )
        )
    return sorted(rows, key=lambda row: row.place)


def systems_and_programmes(site: Site, row: CountryRow) -> str:
    """Return a country's numbers of systems and of state programmes in words. A number that is 0 is left out."""
    systems = site.ngettext("%(n)s system", "%(n)s systems", row.systems) if row.systems else ""
    programmes = site.ngettext("%(n)s state programme", "%(n)s state programmes", row.programmes) if row.programmes else ""
    return site.language.join([part for part in (systems, programmes) if part])


def leading_countries(rows: Sequence[CountryRow]) -> list[CountryRow]:
    """Return up to `_LEADING` countries with the most systems and state programmes, highest number first.

    A country that ties with one that is left out is left out, too.
    """
    ranked = sorted(rows, key=lambda row: row.place)
    next_number = ranked[_LEADING].documented if len(ranked) > _LEADING else 0
    return [row for row in ranked[:_LEADING] if row.documented > next_number]


def most_on_record(site: Site, rows: Sequence[CountryRow]) -> Markup:
    """Return a sentence on the countries with the most systems and state programmes.

    Empty if ties leave no country to name, or if the sentence would name every country that has any.
    """
    leading = leading_countries(rows)
    if not leading or len(leading) == sum(row.documented > 0 for row in rows):
        return Markup()
    names = [
        text_link(site.url(f"/country/{row.code}"), with_article(site.language, row.label))
        + site.gettext(" (%(n)s)", n=systems_and_programmes(site, row))
        for row in leading
    ]
    return site.markup("Most are on record in %(countries)s.", countries=join(site, names))


def missing_columns(rows: Sequence[CountryRow]) -> frozenset[str]:
    """Return the columns that are zero in all rows, because the release has no such records."""
    return frozenset(name for name in COLUMNS if not any(getattr(row, name) for row in rows))
