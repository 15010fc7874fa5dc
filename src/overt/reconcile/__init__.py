"""The Reconciliation Service API 0.2, which matches a user's list (in OpenRefine, for example) with the records of a release."""
