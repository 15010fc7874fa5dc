"""Record linkage: candidate pairs of records and their match probabilities. The same model runs on DuckDB or Spark."""
