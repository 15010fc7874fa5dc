"""Rows that several modules read, as queries return them."""
