"""Importers of sources: how their code is loaded, whether it may run, and how they refer to another source's records."""
