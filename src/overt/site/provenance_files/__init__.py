"""Provenance of a record as PROV-O."""
