"""Filters in CQL2 text (OGC 21-065r2): a parser for the supported part, and a translation into SQL with bound values."""
