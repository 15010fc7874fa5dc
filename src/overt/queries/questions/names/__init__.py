"""Names in questions: of organisations, places, projects and other records, and words that are no names."""
