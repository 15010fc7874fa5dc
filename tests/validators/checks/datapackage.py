"""Validate a Data Package: its descriptor, and every row of every table. Argument: the path of datapackage.json."""

import json
import sys

from frictionless import Package, system

with system.use_context(trusted=True, standards="v2"):
    package = Package(sys.argv[1])
    report = package.validate(limit_errors=20)
print(
    json.dumps(
        {
            "valid": report.valid,
            "errors": [str(error.message) for error in report.errors]
            + [f"{task.name}: {error.message}" for task in report.tasks for error in task.errors],
            "warnings": list(report.warnings) + [f"{task.name}: {warning}" for task in report.tasks for warning in task.warnings],
            "rows": {task.name: task.stats.get("rows") for task in report.tasks if task.type == "table"},
            "files": len(package.resources),
        }
    )
)
