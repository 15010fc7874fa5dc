"""The engines of computations: DuckDB, Spark and worker processes, the SQL that they run, and their time limits."""
