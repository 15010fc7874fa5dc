"""Match names against a reconciliation service with the package `reconciler`. Arguments: address, type, names."""

import sys

import pandas as pd
from reconciler import reconcile

address, kind, *names = sys.argv[1:]
matches = reconcile(pd.Series(names), type_id=kind, reconciliation_endpoint=address)
print(matches.to_json(orient="records"))
