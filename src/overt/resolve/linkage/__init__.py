"""Record linkage: candidate pairs of records and their match probabilities, by one model on DuckDB or on Spark."""
