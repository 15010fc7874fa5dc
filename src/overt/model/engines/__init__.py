"""What computations run on (DuckDB, Spark and worker processes), with named SQL, checks of SQL, and time limits."""
