"""Importers of sources: loading their code, whether it may run, and the records of a source that another describes."""
