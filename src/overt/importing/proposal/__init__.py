"""Proposes a source.yml for a file that nobody has described yet."""
