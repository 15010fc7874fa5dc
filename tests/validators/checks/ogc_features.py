"""Read a server of OGC API – Features with OWSLib. Argument: the address.

Prints the conformance classes and the version of OpenAPI and, for each collection, the ids of its features (read page by page),
the number of features in its extent, and its queryables.
"""

import json
import sys

from owslib.ogcapi.features import Features

server = Features(sys.argv[1])
results = {"conforms": server.conformance()["conformsTo"], "openapi": server.api()["openapi"], "collections": {}}
for name in server.feature_collections():
    collection = server.collection(name)
    matched = server.collection_items(name, limit=1)["numberMatched"]
    ids = []
    while len(ids) < matched:
        page = server.collection_items(name, limit=5, offset=len(ids))["features"]
        if not page:
            break
        ids += [feature["id"] for feature in page]
    item = server.collection_item(name, ids[0])
    west, south, east, north = collection["extent"]["spatial"]["bbox"][0]
    inside = server.collection_items(name, bbox=[west, south, east, north], limit=10_000)
    results["collections"][name] = {
        "matched": matched,
        "ids": ids,
        "item": item["id"],
        "inside": inside["numberMatched"],
        "queryables": sorted(server.collection_queryables(name)["properties"]),
    }
print(json.dumps(results))
