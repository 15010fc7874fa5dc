"""Prediction by Splink on Spark, for more records than one machine can link.

Features, rules and weights are the same as on DuckDB.
"""

from typing import Any

import duckdb
from splink import Linker

from overt.model.engines.spark_session import require_spark, spark_session
from overt.model.errors import OvertError
from overt.resolve.linkage.linkage_model import LinkageModel

OVERLAP = "arrays_overlap"


def predict_on(connection: duckdb.DuckDBPyConnection, model: LinkageModel, minimum: float, master: str) -> None:
    """Make the temporary table `linkage_predicted` as `splink_duckdb.predict` does, on the Spark instance at `master`.

    DuckDB makes the features. Only blocking and comparison, which grow with the number of pairs, run on Spark. Raises
    UsageError if the extra `spark` is not installed, and OvertError if Spark cannot be reached or fails.
    """
    features = connection.execute("FROM linkage_feature ORDER BY id").to_arrow_table()
    require_spark(master)
    from splink import SparkAPI
    from splink.backends.spark import similarity_jar_location

    # By default Spark compiles the comparisons into one Java method, which would exceed Java's limit and log a warning.
    options = {"spark.jars": similarity_jar_location(), "spark.sql.codegen.wholeStage": "false"}
    with spark_session(master, "overt resolve", options) as session:
        try:
            api: Any = SparkAPI
            table = api(spark_session=session, break_lineage_method="persist").register(features)
            linker = Linker(table, model.settings(OVERLAP), log_level=None, validate_settings=False)
            result = linker.inference.predict(threshold_match_weight=minimum, warning_mode="never")
            predicted = session.table(result.physical_name).toArrow()
        except Exception as error:  # Spark, its bridge to Java, and Splink raise different exceptions for the same problem
            raise OvertError(f"Spark at {master} failed: {str(error).splitlines()[0][:300]}") from error
    connection.register("linkage_from_spark", predicted)
    connection.execute("CREATE TEMP TABLE linkage_predicted AS FROM linkage_from_spark")
    connection.unregister("linkage_from_spark")
