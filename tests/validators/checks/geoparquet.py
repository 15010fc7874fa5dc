"""GeoParquet: check files against the rules of their version. Prints findings and the number of passed tests."""

import json
import sys

import geoparquet_validator

RULES = ("/conf/core/", "/conf/covering/")
"""Rules of conformance to check. The validator's other rules are advice for very large files."""


def check(path):
    outcomes = [outcome for outcome in geoparquet_validator.check(path)["outcomes"] if outcome["id"].startswith(RULES)]
    findings = [f"{outcome['id']}: {outcome['message']}" for outcome in outcomes if outcome["status"] == "fail"]
    return {"findings": findings, "passed": sum(outcome["status"] == "pass" for outcome in outcomes)}


print(json.dumps([check(path) for path in sys.argv[1:]]))
