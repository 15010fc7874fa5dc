"""Descriptions of a folder of exports for catalogues, archives and search engines, by standard."""
