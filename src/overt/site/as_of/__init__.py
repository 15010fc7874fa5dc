"""Pages as of a date: what was in place then."""
