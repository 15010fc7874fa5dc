"""Validate CITATION.cff against its schema. Argument: the file."""

import json
import sys
from importlib.util import find_spec
from pathlib import Path

import jsonschema
import yaml

package = Path(find_spec("cffconvert").submodule_search_locations[0])
schema = json.loads((package / "schemas" / "1.2.0" / "schema.json").read_text(encoding="utf-8"))
citation = yaml.load(Path(sys.argv[1]).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # dates stay text
errors = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).iter_errors(citation)
print(json.dumps({"errors": [f"{'/'.join(map(str, error.path))}: {error.message}"[:500] for error in errors]}))
