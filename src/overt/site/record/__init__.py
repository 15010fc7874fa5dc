"""Pages of records and claims."""
