"""Organisations of one country that are one body although their present names differ."""
