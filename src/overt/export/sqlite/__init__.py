"""The release as a SQLite database: tables with keys, views with names, full-text search."""
