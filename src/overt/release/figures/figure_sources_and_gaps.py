"""Sources of figures, and gaps: missing sources, refused rows, incomplete files, and amounts in other currencies."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

import duckdb

from overt.model.content_catalogue import Catalogue
from overt.model.engines.read_only_sql_check import referenced_tables
from overt.release.figures.figure_definition import Figure
from overt.release.figures.figure_serialization import plain_number

NOT_IN_SUBSET = "not in this subset"
_MEMBERS = "SELECT DISTINCT id, source FROM members WHERE id IN (SELECT unnest(?::VARCHAR[]))"
_SOURCE_FIELDS = ("source", "title", "retrieved", "as_of")


class FigureSources:
    """The sources of a release that are loaded, and the sources and tables that an edition of it leaves out."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        content: Catalogue,
        withheld: Collection[str] = (),
        left_out: Collection[str] = (),
    ) -> None:
        self._connection = connection
        cursor = connection.execute("SELECT * FROM sources")
        columns = [column[0] for column in cursor.description or ()]
        rows = [dict(zip(columns, values, strict=True)) for values in cursor.fetchall()]
        self.loaded: Mapping[str, Mapping[str, Any]] = {row["source"]: row for row in rows}
        self._withheld = set(withheld)
        self._left_out = set(left_out)
        self._titles = {slug: spec.title for slug, spec in content.sources.items()}

    def missing(self, figure: Figure) -> list[str]:
        """Return the missing sources or tables without which a figure has no value, sorted.

        If no source in the figure's `any_of` is loaded, all sources in it are missing.
        """
        if missing := sorted(set(figure.requires) - self.loaded.keys()):
            return missing
        if self._left_out and (missing := sorted(self._left_out & referenced_tables(figure.query))):
            return missing
        return sorted(figure.any_of) if figure.any_of and not self.loaded.keys() & set(figure.any_of) else []

    def needs(self, figure: Figure, source: str) -> bool:
        """Return whether a figure would have no value without this source."""
        any_of = self.loaded.keys() & set(figure.any_of)
        return source in figure.requires or any_of == {source}

    def status(self, missing: Iterable[str]) -> str:
        """Return `ok`, or which sources are withheld or not loaded and which tables are missing from a subset.

        Sources that an edition withholds are distinguished from sources that were never loaded.
        """
        names = list(missing)
        parts = {
            "source withheld": [name for name in names if name in self._withheld],
            "source not loaded": [name for name in names if name not in self._withheld | self._left_out],
            NOT_IN_SUBSET: [name for name in names if name in self._left_out],
        }
        return "; ".join(f"{what}: {', '.join(sources)}" for what, sources in parts.items() if sources) or "ok"

    def used(self, figure: Figure, units: Collection[str]) -> list[dict[str, Any]]:
        """Return the loaded sources of a figure: source, title, retrieved, and as_of if known.

        `units` are the counted units. Of several sources in `any_of`, only those with a record of a counted unit are returned,
        unless nothing is counted, a counted unit is not a record, or the edition leaves out `members`. Sources that the figure
        doesn't list, such as one that was added to an atlas, come last if they have a record of a counted unit.
        """
        return [{name: self.loaded[slug].get(name) for name in _SOURCE_FIELDS} for slug in self._credited(figure, units)]

    def _credited(self, figure: Figure, units: Collection[str]) -> list[str]:
        required = {*figure.requires, *(slug for variant in figure.variants for slug in variant.requires)}
        optional = set(figure.any_of) - required
        named = [slug for slug in _named_sources(figure) if slug in self.loaded]
        if not units or "members" in self._left_out:
            return named
        rows = self._connection.execute(_MEMBERS, [sorted(units)]).fetchall()
        counted = {source for _, source in rows} & self.loaded.keys()
        added = sorted(counted.difference(named))
        if len(optional.intersection(named) | set(added)) < 2 or {unit for unit, _ in rows} < set(units):
            return [*named, *added]
        return [*(slug for slug in named if slug in required or slug in counted), *added]

    def gaps(self, figure: Figure) -> list[dict[str, Any]]:
        """Return what is missing from a figure although its sources could have it: source, title, what, rows, note.

        `what` is `withheld` or `not loaded` for an entire source, `problems` if `rows` rows were refused, or `part` if its files
        are incomplete, as `note` explains. Gaps for amounts in other currencies are not included; see `currency_gap`.
        """
        gaps = []
        for slug in _named_sources(figure):
            source = self.loaded.get(slug)
            if source is None:
                gaps.append(self._gap(slug, "withheld" if slug in self._withheld else "not loaded"))
                continue
            if source["problems"]:
                gaps.append(self._gap(slug, "problems", rows=source["problems"]))
            if source.get("part"):
                gaps.append(self._gap(slug, "part", note=source["part"]))
        return gaps

    def _gap(self, slug: str, what: str, rows: int | None = None, note: str | None = None) -> dict[str, Any]:
        return {"source": slug, "title": self._titles.get(slug, slug), "what": what, "rows": rows, "note": note}


def currency_gap(unit: str, rows: int, amount: Decimal) -> dict[str, Any]:
    """Return the gap for one currency: `rows` amounts in `unit` that the figure leaves out, with their sum."""
    return {
        "source": None,
        "title": None,
        "what": "currency",
        "rows": rows,
        "note": None,
        "unit": unit,
        "amount": plain_number(amount),
    }


def _named_sources(figure: Figure) -> list[str]:
    """Return the sources that a figure lists, in its order."""
    of_variants = (slug for variant in figure.variants for slug in variant.requires)
    return list(dict.fromkeys([*figure.requires, *figure.any_of, *of_variants]))
