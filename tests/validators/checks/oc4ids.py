"""Check files of `overt export oc4ids` with libcoveoc4ids. Prints the findings and counts of each."""

import json
import sys
import tempfile
from pathlib import Path

from libcoveoc4ids.api import oc4ids_json_output


def check(path):
    with tempfile.TemporaryDirectory() as folder:
        output = oc4ids_json_output(folder, str(path))
    findings = [f"{error[0]}"[:300] for error in output["validation_errors"]]
    findings += [json.dumps(finding)[:300] for finding in (*output["conformance_checks"], *output["additional_checks"])]
    findings += [f"additional field {name}" for name in output.get("data_only") or ()]
    findings += [
        f"{key}: {value['values']} is on no closed list" for key, value in output["additional_closed_codelist_values"].items()
    ]
    projects = json.loads(Path(path).read_bytes())["projects"]
    counts = {
        "projects": len(projects),
        "parties": sum(len(project.get("parties", ())) for project in projects),
        "locations": sum(len(project.get("locations", ())) for project in projects),
        "points": sum("geometry" in location for project in projects for location in project.get("locations", ())),
        "documents": sum(len(project.get("documents", ())) for project in projects),
        "lines of budgets": sum(
            len(part["budgetBreakdown"]) for project in projects for part in project.get("budget", {}).get("budgetBreakdowns", ())
        ),
    }
    codes = {key: sorted(value["values"]) for key, value in output["additional_open_codelist_values"].items()}
    return {"findings": findings, "counts": counts, "codes of our own": codes}


print(json.dumps([check(path) for path in sys.argv[1:]]))
