"""CITATION.cff 1.2.0: how to cite the release, for people and for reference managers."""

from typing import Any

import yaml

from overt.export.descriptions.export_folder_files_and_licences import KEYWORDS, ExportFolder
from overt.language.number_and_money_formats import web_address
from overt.language.single_line import single_line

NAME = "CITATION.cff"


def describe(folder: ExportFolder) -> str:
    """Return the file's text. It has a licence only if the licences of all sources have the same SPDX id."""
    citation: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this data, cite it and its sources, as each of them asks.",
        "type": "dataset",
        "title": folder.title,
        "authors": [{"name": folder.title}],
        "version": folder.release_id,
        "abstract": folder.description,
        "keywords": list(KEYWORDS),
    }
    if folder.day:
        citation["date-released"] = folder.day
    if folder.address:
        citation["url"] = folder.address
    spdx_ids = sorted({licence.spdx for licence in folder.licences if licence.spdx})
    if len(spdx_ids) == 1 and all(licence.spdx for licence in folder.licences):
        citation["license"] = spdx_ids[0]
    references = [_reference(row) for row in folder.release.sources]
    if references:
        citation["references"] = references
    return yaml.safe_dump(citation, allow_unicode=True, sort_keys=False, width=1000)


def _reference(row: dict[str, Any]) -> dict[str, Any]:
    address = web_address(row["address"])
    return {
        "type": "data",
        "title": single_line(row["title"]),
        "authors": [{"name": single_line(row["publisher"])}],
        "notes": single_line(row["attribution"]),
        **({"url": address} if address else {}),
    }
