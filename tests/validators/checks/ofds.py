"""Check folders of `overt export ofds` with libcoveofds. Prints the findings and counts of each."""

import copy
import json
import sys
from pathlib import Path

from libcoveofds.additionalfields import AdditionalFields
from libcoveofds.geojson import JSONToGeoJSONConverter
from libcoveofds.jsonschemavalidate import JSONSchemaValidator
from libcoveofds.python_validate import PythonValidate
from libcoveofds.schema import OFDSSchema


def check(folder):
    schema = OFDSSchema()
    package = json.loads((folder / "network-package.json").read_bytes())
    findings = [f"{list(error._path)}: {error._message}"[:300] for error in JSONSchemaValidator(schema).validate(package)]
    findings += [json.dumps(finding) for finding in PythonValidate(schema).validate(package)]
    findings += [f"additional field {name}" for name in AdditionalFields(schema).process(package)]
    converter = JSONToGeoJSONConverter()
    converter.process_package(copy.deepcopy(package))
    for name, features in (("nodes", converter.get_nodes_geojson()), ("spans", converter.get_spans_geojson())):
        if json.loads((folder / f"{name}.geojson").read_bytes()) != features:
            findings.append(f"{name}.geojson is not what the library makes of the package")
    networks = package["networks"]
    spans = [span for network in networks for span in network.get("spans", ())]
    counts = {
        "networks": len(networks),
        "nodes": sum(len(network.get("nodes", ())) for network in networks),
        "spans": len(spans),
        "routes": sum("route" in span for span in spans),
        "spans with both ends": sum("start" in span and "end" in span for span in spans),
        "spans of a landing alone": sum(span["id"].endswith("-landing") for span in spans),
        "organisations": sum(len(network.get("organisations", ())) for network in networks),
    }
    return {"findings": findings, "counts": counts}


print(json.dumps([check(Path(folder)) for folder in sys.argv[1:]]))
