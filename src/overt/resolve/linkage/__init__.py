"""Record linkage: candidate pairs of records and the probability that each is a match, by one model on DuckDB or on Spark."""
