"""The engines of computations: DuckDB, Spark, worker processes, and the SQL that they run."""
