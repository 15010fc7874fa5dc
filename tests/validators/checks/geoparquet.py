"""GeoParquet: the rules of the version that a file names. Arguments: files. Of each, what it breaks, and how many tests pass."""

import json
import sys

import geoparquet_validator

RULES = ("/conf/core/", "/conf/covering/")
"""What conformance is; the validator also advises on how to lay out very large files."""


def checked(path):
    outcomes = [one for one in geoparquet_validator.check(path)["outcomes"] if one["id"].startswith(RULES)]
    findings = [f"{one['id']}: {one['message']}" for one in outcomes if one["status"] == "fail"]
    return {"findings": findings, "passed": sum(one["status"] == "pass" for one in outcomes)}


print(json.dumps([checked(path) for path in sys.argv[1:]]))
