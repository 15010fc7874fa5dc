"""Recomputes releases, claims and resolutions from the archive and the ledger, to verify them or to show an earlier state."""
