"""The Reconciliation Service API 0.2, which matches lists (for example in OpenRefine) with the records of a release."""
