"""What a figure is made of, and what is missing in it: sources that are not there, rows that could not be read."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import duckdb

from overt.model.content import Catalogue
from overt.model.duckdb_connection import referenced_tables
from overt.release.figures.figure_definition import Figure

NOT_IN_SUBSET = "not in this subset"
_MEMBERS = "SELECT DISTINCT id, source FROM members WHERE id IN (SELECT unnest(?::VARCHAR[]))"
_USED = ("source", "title", "retrieved", "as_of")


class Sources:
    """The sources of a release: those that are loaded, and those that this edition of it withholds."""

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

    def lacking(self, figure: Figure) -> list[str]:
        """The sources, or the tables, without which a figure has no value; none when it has what it needs."""
        if lost := sorted(set(figure.requires) - self.loaded.keys()):
            return lost
        if self._left_out and (lost := sorted(self._left_out & referenced_tables(figure.query))):
            return lost
        return sorted(figure.any_of) if figure.any_of and not self.loaded.keys() & set(figure.any_of) else []

    def needs(self, figure: Figure, source: str) -> bool:
        """Whether a figure that has what it needs lacks it without this source."""
        any_of = self.loaded.keys() & set(figure.any_of)
        return source in figure.requires or any_of == {source}

    def title(self, slug: str) -> str:
        """What a source is called."""
        return self._titles.get(slug, slug)

    def status(self, lacking: Iterable[str]) -> str:
        """`ok`, or which sources are withheld or not loaded, and which tables are not in a subset: one that an edition leaves out
        is not one that never was there.
        """
        names = list(lacking)
        parts = {
            "source withheld": [name for name in names if name in self._withheld],
            "source not loaded": [name for name in names if name not in self._withheld | self._left_out],
            NOT_IN_SUBSET: [name for name in names if name in self._left_out],
        }
        return "; ".join(f"{what}: {', '.join(held)}" for what, held in parts.items() if held) or "ok"

    def used(self, figure: Figure, units: Collection[str]) -> list[dict[str, Any]]:
        """The sources that a figure is made of: source, title, retrieved, and as_of where it is known of when its data are.

        `units`: those that are counted. Of the sources of which any one is enough, only those that tell of such a unit; all of
        them where nothing is counted (that nothing was found is what all of them say) or where a unit is no record of theirs.
        """
        credited = self._tellers(figure, units)
        return [{name: self.loaded[slug].get(name) for name in _USED} for slug in _named(figure) if slug in credited]

    def _tellers(self, figure: Figure, units: Collection[str]) -> set[str]:
        either = set(figure.any_of) - set(figure.requires) - {slug for one in figure.variants for slug in one.requires}
        loaded = set(self.loaded)
        if not units or len(either & loaded) < 2 or "members" in self._left_out:
            return loaded
        found = self._connection.execute(_MEMBERS, [sorted(units)]).fetchall()
        if {unit for unit, _ in found} < set(units):
            return loaded
        return loaded - (either - {source for _, source in found})

    def gaps(self, figure: Figure) -> list[dict[str, Any]]:
        """What is not in a figure although its sources could tell: source, title, what, rows, note.

        `what`: `withheld` and `not loaded`: all of the source; `problems`: as many rows of it; `part`: all that its files, as
        `note` says, do not have.
        """
        found = []
        for slug in _named(figure):
            held = self.loaded.get(slug)
            if held is None:
                found.append(self._gap(slug, "withheld" if slug in self._withheld else "not loaded"))
                continue
            if held["problems"]:
                found.append(self._gap(slug, "problems", rows=held["problems"]))
            if held.get("part"):
                found.append(self._gap(slug, "part", note=held["part"]))
        return found

    def _gap(self, slug: str, what: str, rows: int | None = None, note: str | None = None) -> dict[str, Any]:
        return {"source": slug, "title": self._titles.get(slug, slug), "what": what, "rows": rows, "note": note}


def _named(figure: Figure) -> list[str]:
    """The sources that a figure names, in its order."""
    return list(dict.fromkeys([*figure.requires, *figure.any_of, *(slug for one in figure.variants for slug in one.requires)]))
