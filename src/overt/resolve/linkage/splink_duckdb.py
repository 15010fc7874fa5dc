"""Prediction by Splink on DuckDB, the default engine."""

from typing import Any

import duckdb
from splink import DuckDBAPI, Linker

from overt.resolve.linkage.linkage_model import LinkageModel

OVERLAP = "list_has_any"


def linker_on(connection: duckdb.DuckDBPyConnection, table: str, settings: dict[str, Any]) -> Linker:
    """Return a Splink linker for a table of features. It logs nothing and does not validate the settings."""
    return Linker(DuckDBAPI(connection).register(table), settings, log_level=None, validate_settings=False)


def drop_results(linker: Linker) -> None:
    """Drop the tables that Splink made. They would outlive the connection, because they belong to the DuckDB instance."""
    tables: Any = linker.table_management
    tables.delete_tables_created_by_splink_from_db()


def predict(
    connection: duckdb.DuckDBPyConnection, model: LinkageModel, minimum: float | None, *, requested: bool = False
) -> None:
    """Make the temporary table `linkage_predicted` with Splink's scores of pairs of `linkage_feature`.

    The pairs are those that blocking finds or, with `requested`, those of the table `linkage_blocked`. Pairs whose weight is less
    than `minimum` are left out, unless `minimum` is None.
    """
    linker = linker_on(connection, "linkage_feature", model.settings(OVERLAP))
    try:
        if requested:
            linker.table_management.register_blocked_pairs_for_predict(DuckDBAPI(connection).register("linkage_blocked"))
        predicted = linker.inference.predict(threshold_match_weight=minimum, warning_mode="never")
        connection.execute(f"CREATE TEMP TABLE linkage_predicted AS FROM {predicted.physical_name}")
    finally:
        drop_results(linker)
