"""Print the versions of the validators, by name."""

import json
from importlib.metadata import version

NAMES = (
    "frictionless",
    "mlcroissant",
    "roc-validator",
    "owslib",
    "schemathesis",
    "libcoveofds",
    "libcoveoc4ids",
    "followthemoney",
    "nomenklatura",
    "geoparquet-validator",
)
print(json.dumps({name: version(name) for name in NAMES}))
