"""What was in place on a date: spans of records, masks of projects, members of regions, and units of figures."""
