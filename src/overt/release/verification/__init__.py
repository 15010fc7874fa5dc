"""Computing a release again from the archive and the ledger, and comparing it with the one on disk."""
