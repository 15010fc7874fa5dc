"""What was in place on a date: spans of records, arrays of projects, and figures by year."""
