"""Descriptions of each column of a released table, for the data dictionary and the documentation of exported files."""
