"""Print the RDF triples of a JSON-LD file. Arguments: the file, and a base for its relative addresses."""

import json
import sys
from pathlib import Path

from rdflib import Graph

graph = Graph().parse(data=Path(sys.argv[1]).read_text(encoding="utf-8"), format="json-ld", publicID=sys.argv[2])
print(json.dumps([[str(part) for part in triple] for triple in graph]))
