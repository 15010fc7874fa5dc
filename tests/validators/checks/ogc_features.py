"""Reads a server of OGC API – Features with OWSLib: what it conforms to, and of each collection how many features there are and
how many come, page by page.
"""

import json
import sys

from owslib.ogcapi.features import Features

server = Features(sys.argv[1])
found = {"conforms": server.conformance()["conformsTo"], "openapi": server.api()["openapi"], "collections": {}}
for name in server.feature_collections():
    held = server.collection(name)
    said = server.collection_items(name, limit=1)
    ids = []
    while len(ids) < said["numberMatched"]:
        page = server.collection_items(name, limit=5, offset=len(ids))["features"]
        if not page:
            break
        ids += [feature["id"] for feature in page]
    one = server.collection_item(name, ids[0])
    west, south, east, north = held["extent"]["spatial"]["bbox"][0]
    inside = server.collection_items(name, bbox=[west, south, east, north], limit=10_000)
    found["collections"][name] = {
        "matched": said["numberMatched"],
        "ids": ids,
        "one": one["id"],
        "inside": inside["numberMatched"],
        "queryables": sorted(server.collection_queryables(name)["properties"]),
    }
print(json.dumps(found))
