"""What computes: DuckDB, Spark, worker processes, and the SQL that they run."""
