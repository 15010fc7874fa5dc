"""Verification of releases: they are recomputed from the archive and the ledger, and compared with those on disk."""
