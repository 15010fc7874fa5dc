"""Descriptions of a folder of exports, in the standards of catalogues, archives and search engines."""
