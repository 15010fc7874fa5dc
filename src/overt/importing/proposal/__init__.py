"""Proposes a source.yml for a file that is not described yet."""
