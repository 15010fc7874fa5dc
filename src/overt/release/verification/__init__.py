"""Verify releases: recompute them from the archive and the ledger, and compare them with those on disk."""
