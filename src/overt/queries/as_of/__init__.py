"""What was in place on a date: spans of records, arrays of projects, members of regions, and figures."""
