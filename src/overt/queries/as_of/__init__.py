"""What was in place at a time: spans of records, arrays of projects, and figures by year."""
