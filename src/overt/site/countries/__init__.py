"""The list of countries."""
