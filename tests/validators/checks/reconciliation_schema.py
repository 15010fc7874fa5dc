"""Check responses of a service against the schema of the Reconciliation Service API 0.2 (`schemas/reconciliation`).

Argument: a JSON file of `[kind, response]` pairs.
"""

import json
import sys
from pathlib import Path

import jsonschema

definitions = json.loads((Path(__file__).parents[1] / "schemas" / "reconciliation" / "answers.json").read_bytes())
findings = []
for at, (kind, answer) in enumerate(json.loads(Path(sys.argv[1]).read_bytes())):
    schema = jsonschema.Draft202012Validator({**definitions, "$ref": f"#/$defs/{kind}"})
    findings += [f"{at} {kind}: {error.json_path}: {error.message}"[:300] for error in schema.iter_errors(answer)]
print(json.dumps(findings))
