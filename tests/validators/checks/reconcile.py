"""Matches a list with a reconciliation service by the package `reconciler`: address, type, names."""

import sys

import pandas as pd
from reconciler import reconcile

address, kind, *names = sys.argv[1:]
found = reconcile(pd.Series(names), type_id=kind, reconciliation_endpoint=address)
print(found.to_json(orient="records"))
