"""Golden files: the exact claims and observations of a source's sample, as JSON lines that people can read and diff."""

from collections import defaultdict
from datetime import date

import orjson

from overt.importing.snapshot_importer_run import Outcome
from overt.model.observation_table_columns import Observations


def golden_lines(outcome: Outcome, names: dict[str, str]) -> list[bytes]:
    """Return a line for each claim with its places, and for each observation and list. `names` maps captures to file names."""
    places = defaultdict(list)
    for evidence in outcome.evidence:
        places[evidence.claim_id].append(f"{names[evidence.capture]}#{evidence.locator}")
    lines = []
    for claim in outcome.claims:
        fields = {key: value for key, value in claim._asdict().items() if value is not None and key != "source"}
        lines.append(orjson.dumps({"claim_id": claim.id, **fields, "at": sorted(places[claim.id])}))
    for kind, table in (outcome.observations or Observations())._asdict().items():
        for row in table.to_pylist():
            fields = {key: str(value) if isinstance(value, date) else value for key, value in row.items() if value is not None}
            lines.append(orjson.dumps({kind: {**fields, "capture": names[row["capture"]]}}))
    return lines
