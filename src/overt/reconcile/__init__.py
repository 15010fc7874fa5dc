"""The Reconciliation Service API 0.2: lists of others, as in OpenRefine, matched with the records of a release."""
