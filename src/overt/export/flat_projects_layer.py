"""The flat table of projects as a layer of points, with the columns of `projects_flat`."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from overt.export.geo_layers import BATCH_SIZE, BoundingBox, Shapes
from overt.export.public_release_reader import PublicRelease
from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from overt.release.flat_projects import COLUMNS, NAME

_COLUMNS = ", ".join(f'"{name}"' for name in COLUMNS)


@dataclass(frozen=True)
class FlatLayer:
    """A layer with a feature for each project: its most precise place as a point, or no geometry."""

    release: PublicRelease
    name: str = NAME
    description: str = "One row a project, with names in place of ids, at its most exactly known place"
    geometry_type: str = "Point"

    def batches(self) -> Iterator[tuple[pa.Table, Shapes]]:
        """Yield columns and points in batches, ordered by id. A point is in WGS 84 degrees, or None."""
        for first, last in self.release.id_ranges(NAME, BATCH_SIZE):
            where = f"id BETWEEN {quote_literal(first)} AND {quote_literal(last)}"
            table = self.release.arrow_table(f"SELECT {_COLUMNS} FROM {NAME} WHERE {where} ORDER BY id")
            yield table, _points(table["longitude"].to_pylist(), table["latitude"].to_pylist())

    @cached_property
    def schema(self) -> pa.Schema:
        """The columns of `batches` and their types, without the points."""
        return self.release.arrow_table(f"SELECT {_COLUMNS} FROM {NAME} LIMIT 0").schema

    @cached_property
    def box(self) -> BoundingBox | None:
        """West, south, east and north of all points; None if there are none."""
        [row] = self.release.rows(
            f"SELECT min(longitude) AS w, min(latitude) AS s, max(longitude) AS e, max(latitude) AS n FROM {NAME}"
        )
        if row["w"] is None:
            return None
        return float(row["w"]), float(row["s"]), float(row["e"]), float(row["n"])


def flat_layer(release: PublicRelease) -> FlatLayer | None:
    """Return the layer; None for a release of an older Overt, which has no flat table."""
    return FlatLayer(release) if NAME in release.tables else None


def _points(longitudes: list[Any], latitudes: list[Any]) -> Shapes:
    shapes = np.full(len(longitudes), None, dtype=object)
    drawn = [at for at, value in enumerate(longitudes) if value is not None and latitudes[at] is not None]
    if drawn:
        shapes[drawn] = shapely.points([float(longitudes[at]) for at in drawn], [float(latitudes[at]) for at in drawn])
    return shapes
