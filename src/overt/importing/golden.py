"""The exact claims and observations that a source's sample must give, as JSON lines that people can read and a diff can show."""

from collections import defaultdict
from datetime import date
from pathlib import Path

import orjson

from overt.archive import match_files
from overt.importing.readers.input import InputFile
from overt.importing.runner import Outcome, run_source
from overt.model.atomic_files import sha256_file
from overt.model.content import Catalogue
from overt.model.observations import Observations


def folder_files(content: Catalogue, slug: str, folder: Path) -> dict[str, list[InputFile]]:
    """The files of a directory in their roles, as an import would see them."""
    patterns = {role: spec.patterns for role, spec in content.sources[slug].files.items()}
    return {
        role: [InputFile(role, name, sha256_file(path), path) for name, path in found]
        for role, found in match_files(folder, patterns).items()
    }


def run_folder(content: Catalogue, slug: str, folder: Path, *, whole: bool = False) -> Outcome:
    """Import what lies in a directory, without an archive. Raises FileProblem and ContentError as `run_source` does."""
    return run_source(slug, content, folder_files(content, slug, folder), whole=whole)


def golden_lines(outcome: Outcome, names: dict[str, str]) -> list[bytes]:
    """A line a claim, with its places, and a line an observation and a list; `names` gives the file's name for its capture, so
    that the line is readable.
    """
    places = defaultdict(list)
    for evidence in outcome.evidence:
        places[evidence.claim_id].append(f"{names[evidence.capture]}#{evidence.locator}")
    lines = []
    for claim in outcome.claims:
        held = {key: value for key, value in claim._asdict().items() if value is not None and key != "source"}
        lines.append(orjson.dumps({"claim_id": claim.id, **held, "at": sorted(places[claim.id])}))
    for kind, table in (outcome.observations or Observations())._asdict().items():
        for row in table.to_pylist():
            held = {key: str(value) if isinstance(value, date) else value for key, value in row.items() if value is not None}
            lines.append(orjson.dumps({kind: {**held, "capture": names[row["capture"]]}}))
    return lines
