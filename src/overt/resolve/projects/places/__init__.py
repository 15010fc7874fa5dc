"""Towns, provinces and districts in names and texts of projects."""
