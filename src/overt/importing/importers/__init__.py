"""Importers of sources: loading their code, and whether it may run."""
