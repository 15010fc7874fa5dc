"""Validate an RO-Crate: everything that its profile requires or recommends. Argument: the folder."""

import json
import sys
import tempfile
from pathlib import Path

from rocrate_validator import models, services

with tempfile.TemporaryDirectory() as cache:
    settings = services.ValidationSettings(
        rocrate_uri=sys.argv[1],
        profile_identifier="ro-crate-1.1",
        requirement_severity=models.Severity.RECOMMENDED,
        cache_path=Path(cache) / "http",
        skip_availability_check=False,
    )
    result = services.validate(settings)
    issues = [
        {"severity": issue.severity.name, "message": issue.message, "check": issue.check.name} for issue in result.get_issues()
    ]
print(json.dumps({"issues": issues}))
