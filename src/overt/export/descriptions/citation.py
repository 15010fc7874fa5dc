"""CITATION.cff 1.2.0: how to cite the release, for people and for what keeps references."""

from typing import Any

import yaml

from overt.export.descriptions.collection import KEYWORDS, Collection
from overt.language.citations import single_line
from overt.language.formats import web_address

NAME = "CITATION.cff"


def describe(collection: Collection) -> str:
    """The file. It names a licence only where every source has one that SPDX knows: any other would say too much."""
    said: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this data, cite it and the sources that it is made of, as each of them asks.",
        "type": "dataset",
        "title": collection.title,
        "authors": [{"name": collection.title}],
        "version": collection.release,
        "abstract": collection.description,
        "keywords": list(KEYWORDS),
    }
    if collection.day:
        said["date-released"] = collection.day
    if collection.address:
        said["url"] = collection.address
    known = sorted({held.spdx for held in collection.licences if held.spdx})
    if len(known) == 1 and all(held.spdx for held in collection.licences):
        said["license"] = known[0]
    references = [_reference(row) for row in collection.holdings.sources]
    if references:
        said["references"] = references
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=1000)


def _reference(row: dict[str, Any]) -> dict[str, Any]:
    address = web_address(row["address"])
    return {
        "type": "data",
        "title": single_line(row["title"]),
        "authors": [{"name": single_line(row["publisher"])}],
        "notes": single_line(row["attribution"]),
        **({"url": address} if address else {}),
    }
