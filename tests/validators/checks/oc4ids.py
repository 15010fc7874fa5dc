"""What libcoveoc4ids says of files that `overt export oc4ids` made: of each, its findings, and how many of what."""

import json
import sys
import tempfile
from pathlib import Path

from libcoveoc4ids.api import oc4ids_json_output


def checked(path):
    with tempfile.TemporaryDirectory() as folder:
        said = oc4ids_json_output(folder, str(path))
    findings = [f"{error[0]}"[:300] for error in said["validation_errors"]]
    findings += [json.dumps(found)[:300] for found in (*said["conformance_checks"], *said["additional_checks"])]
    findings += [f"additional field {name}" for name in said.get("data_only") or ()]
    findings += [
        f"{key}: {value['values']} is on no closed list" for key, value in said["additional_closed_codelist_values"].items()
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
    codes = {key: sorted(value["values"]) for key, value in said["additional_open_codelist_values"].items()}
    return {"findings": findings, "counts": counts, "codes of our own": codes}


print(json.dumps([checked(path) for path in sys.argv[1:]]))
