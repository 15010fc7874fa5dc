"""Releases in Python: tables for Arrow, pandas, polars and GeoPandas, figures, and records with their evidence."""

import os
import tempfile
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import shapely

from overt.index.drawn_geometry import DRAWN
from overt.model.errors import MissingLibrary, OvertError, UsageError, ValueProblem, format_count
from overt.model.values.dates import period_bounds
from overt.model.values.span import in_place_sql
from overt.model.workspace import SETTINGS, Workspace
from overt.release.figures.figure_reader import read_figures
from overt.release.figures.figure_recomputation_check import recompute_figure
from overt.release.figures.figure_serialization import plain_number
from overt.release.release_folders import MANIFEST, list_releases
from overt.release.release_reader import Release
from overt.release.spans.records_that_count_as_in_place import counts_sql
from overt.release.spans.span_table import SPANS

if TYPE_CHECKING:
    import geopandas
    import pandas as pd
    import polars as pl

GEOMETRY = "geometry"
"""The column of points, lines and areas, as well-known text in degrees (longitude, latitude; WGS 84)."""
PRECISION = "precision"
_CRS = "EPSG:4326"


class Table:
    """Rows of a release. `arrow` doesn't copy them; `pandas`, `polars` and `geo` need libraries of the extra `notebook`."""

    def __init__(self, rows: pa.Table) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return int(self._rows.num_rows)

    def __repr__(self) -> str:
        return f"<{format_count(len(self), 'row')}: {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        """Return the first 20 rows as HTML, for notebooks. Raises UsageError without pandas."""
        return str(self.pandas().head(20)._repr_html_())

    @property
    def columns(self) -> list[str]:
        """Names of the columns; docs/data-dictionary.md describes them."""
        return list(self._rows.column_names)

    def arrow(self) -> pa.Table:
        """Return the rows as a pyarrow.Table."""
        return self._rows

    def dicts(self) -> list[dict[str, Any]]:
        """Return the rows as a list of dictionaries."""
        rows: list[dict[str, Any]] = self._rows.to_pylist()
        return rows

    def pandas(self) -> "pd.DataFrame":
        """Return the rows as a pandas.DataFrame. Decimal numbers stay exact (`decimal.Decimal`). Raises UsageError without
        pandas.
        """
        _library("pandas")
        return self._rows.to_pandas()

    def polars(self) -> "pl.DataFrame":
        """Return the rows as a polars.DataFrame. Raises UsageError without polars."""
        frame: pl.DataFrame = _library("polars").from_arrow(self._rows)
        return frame

    def geo(self) -> "geopandas.GeoDataFrame":
        """Return the rows as a geopandas.GeoDataFrame in WGS 84 with the column `geometry`.

        A row without a place has no geometry. If the table has a column `precision`, a row whose place is known only at
        country level has none either, even if its source gives a point. Raises UsageError without GeoPandas, and for a table
        without the column `geometry`.
        """
        if GEOMETRY not in self.columns:
            raise UsageError(f"there is no column {GEOMETRY!r} here (columns: {', '.join(self.columns)}); `places` has one")
        library = _library("geopandas")
        texts = self._rows[GEOMETRY].to_pylist()
        if PRECISION in self.columns:
            known = self._rows[PRECISION].to_pylist()
            texts = [text if precision in DRAWN else None for text, precision in zip(texts, known, strict=True)]
        shapes = shapely.from_wkt(texts)
        rest = self._rows.drop_columns([GEOMETRY]).to_pandas()
        frame: geopandas.GeoDataFrame = library.GeoDataFrame(rest, geometry=list(shapes), crs=_CRS)
        return frame


class Figure:
    """A published number: what it counts, its value, the rows behind it, and what others reported.

    The keys of `data`, such as `value` and `status`, are also attributes.
    """

    def __init__(self, atlas: "Atlas", data: dict[str, Any]) -> None:
        self._atlas = atlas
        self.data = data
        """What `overt figures NAME --json` prints for the figure."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["data"][name]
        except KeyError:
            raise AttributeError(f"a figure has no {name!r} (it has {', '.join(self.__dict__.get('data', ()))})") from None

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.data]

    def __repr__(self) -> str:
        value = self.status if self.value is None else f"{self.value:,} {self.unit or ''}".rstrip()
        return f"<{self.name}@{self.release}: {value}>"

    def table(self, *, counted: bool = True) -> Table:
        """Return the figure's rows: those that count or, if `counted` is false, all that were considered."""
        rows = "SELECT * EXCLUDE (name) FROM figure_rows WHERE name = ? AND (counted OR NOT ?) ORDER BY ALL"
        return self._atlas.sql(rows, [self.name, counted])

    def recompute(self) -> float | int | None:
        """Return the value, recomputed from the release's tables by the stored query and definition; None if it has no value."""
        if self.value is None:
            return None
        [row] = self._atlas.sql("SELECT definition, sql FROM figures WHERE name = ?", [self.name]).dicts()
        return plain_number(recompute_figure(self._atlas.connection, row["definition"], row["sql"]).value)


class Atlas:
    """One release, for reading; it never changes. Close it, or use it in a `with` block."""

    def __init__(self, release: Release, computed: str | None = None, cleanup: Callable[[], None] = lambda: None) -> None:
        """`cleanup` is called when the atlas is closed."""
        self._release = release
        self._cleanup = cleanup
        self.computed = computed
        """A line that explains how the release was computed; None if the release is stored."""

    @classmethod
    def open(cls, place: str | os.PathLike[str], known: str | None = None) -> "Atlas":
        """Open a release's directory, or the newest release of an atlas. `known`: see `overt.open`.

        Raises the same errors as `overt.open`.
        """
        folder = Path(place)
        if known is not None:
            return cls._open_known(folder, known)
        if (folder / SETTINGS).is_file():
            folders = list_releases(folder / "releases")
            if not folders:
                raise UsageError(f"{folder}: has no release yet; make one with `overt build`")
            folder = folders[-1]
        if not (folder / MANIFEST).is_file():
            raise UsageError(f"{folder}: is neither a release (there is no {MANIFEST}) nor an atlas (there is no {SETTINGS})")
        return cls(Release(folder.resolve()))

    @classmethod
    def _open_known(cls, folder: Path, known: str) -> "Atlas":
        """Open an earlier state of an atlas. A computed release is removed when the result is closed, or when Python ends."""
        from overt.release.history.past_release import compute_known, find_known  # Imported here because it is slow.

        atlas = Workspace.open(folder)
        state = find_known(atlas, known)
        if state.folder is not None:
            return cls(Release(state.folder.resolve()))
        assert state.position is not None, "a release that is not kept is known from its line"
        place = tempfile.TemporaryDirectory(prefix="overt-known-", ignore_cleanup_errors=True)
        try:
            computed = compute_known(atlas, state.position, Path(place.name))
            return cls(Release(computed.folder), state.description, place.cleanup)
        except BaseException:
            place.cleanup()
            raise

    def __enter__(self) -> "Atlas":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<release {self.release}: {format_count(len(self.tables), 'table')}>"

    def close(self) -> None:
        """Close the release and remove temporary files. Tables that were already read stay usable."""
        self._release.close()
        self._cleanup()

    @property
    def release(self) -> str:
        """The release's id, which should be cited with every number."""
        return self._release.id

    @property
    def manifest(self) -> dict[str, Any]:
        """The release's manifest: its inputs, and every table with its hash."""
        return dict(self._release.manifest)

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """A new DuckDB connection to the release, whose tables are views. Queries on separate connections don't interfere."""
        return self._release.cursor()

    @property
    def tables(self) -> list[str]:
        """Names of the tables."""
        return sorted(self.manifest["tables"])

    def table(self, name: str) -> Table:
        """Return a table. Raises UsageError if there is no table of this name."""
        if name not in self.manifest["tables"]:
            raise UsageError(f"there is no table {name!r} (there are {', '.join(self.tables)})")
        return self.sql(f'FROM "{name}"')

    def sql(self, query: str, parameters: Sequence[object] = ()) -> Table:
        """Return the rows of a query (DuckDB's SQL) over the tables.

        Raises OvertError if the query is empty, and with the first line of DuckDB's message if the query fails.
        """
        try:
            result = self.connection.execute(query, list(parameters))
            if not result:  # DuckDB returns None for a query that consists of spaces and comments.
                raise OvertError("the query is empty")
            return Table(result.to_arrow_table())
        except duckdb.Error as error:
            raise OvertError(str(error).partition("\n")[0]) from None

    def in_place(self, as_of: str, type: str | None = None) -> Table:
        """Return the records that were in place at a date (EDTF: a day, month or year), or only those of one `type`.

        The result has the rows of the table `spans` and a column `in_place`, which is `certainly` or `possibly`. It leaves out
        plans; denied, cancelled and unverified projects, with their roles; and records that have no date or only later ones.

        Raises UsageError if `as_of` is not such a date or is after the day of the release, and for a release that has no spans.
        """
        if SPANS not in self.manifest["tables"]:
            raise UsageError(f"release {self.release} has no table {SPANS!r}; make a new one with `overt release`")
        try:
            first, last = period_bounds(as_of)
        except ValueProblem as problem:
            raise UsageError(str(problem)) from None
        if first.isoformat() > (day := self.manifest["date"]):
            raise UsageError(f"{as_of} is after release {self.release}, dated {day}; write that day or an earlier date")
        condition = in_place_sql("$first", "$last", counts=counts_sql())
        of_type = "($type IS NULL OR type = $type)"
        query = f"SELECT *, {condition} AS in_place FROM {SPANS} WHERE in_place <> 'not' AND {of_type} ORDER BY id"
        values = {"first": first, "last": last, "type": type}
        return Table(self.connection.execute(query, values).to_arrow_table())

    def figures(self) -> list[Figure]:
        """Return all figures, headline figures first, then by name."""
        return [Figure(self, data) for data in read_figures(self._release)]

    def figure(self, name: str) -> Figure:
        """Return a figure by its name, or by `NAME@RELEASE`, as citations write it.

        Raises UsageError for an unknown name, and if RELEASE is another release.
        """
        name, cited, release = name.partition("@")
        if cited and release != self.release:
            raise UsageError(f"{name}@{release}: this is release {self.release}; open the directory of the other one")
        [data] = read_figures(self._release, name)
        return Figure(self, data)

    def record(self, name: str) -> dict[str, Any]:
        """Return a record with its members, its values, and its claims with evidence.

        `name`: the record's id, a former id, or a source's id for it.

        A record without current claims has `withdrawn` instead of `type`, `label` and `reuse`. Raises UsageError if there is no
        such record.
        """
        return self._release.record(name)


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise MissingLibrary(f"this needs {name}", "notebook") from None
