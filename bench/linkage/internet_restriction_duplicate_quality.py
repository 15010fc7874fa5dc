"""Count duplicates of restrictions within the shutdown tracker, and right and wrong joins of records from two trackers.

    python -m bench.linkage.internet_restriction_duplicate_quality [--json]

First, it counts how often Access Now's file names an area that means the entire country, how often the imported records still
do, and how many of them name a platform twice. Then the records are divided at random between two invented trackers, ten times.
The tracker's own records should be different restrictions, so every join between the halves counts as wrong. Finally, each
record gets a twin in another tracker, with the start a day later for every third and without the end for every second. Twins
must join, and no other records may. Target: precision at least 0.97 on the twins, and less than 0.5 % of the records joined
between the halves.
"""

import datetime
import random
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from bench.harness import DATA, Target, argument_parser, report
from overt.importing.folder_import_without_archive import import_folder
from overt.importing.snapshot_importer_run import Outcome
from overt.model.content_catalogue import Catalogue
from overt.resolve.duplicate_reports_of_internet_restrictions import RestrictionClaim, find_reported_restrictions

SOURCE = "access_now_keepiton"
ROUNDS = 10
_SEED = 17


def count_names(content: Catalogue, outcome: Outcome, folder: Path) -> dict[str, Any]:
    """Count names of areas that mean the entire country, and texts and records that name platforms.

    Areas are counted in the file and in the imported records. For platforms, the counts are the rows of the file whose free
    text names a platform, and the records that name a platform twice, as platform and as service.
    """
    scopes, platforms = content.vocabularies["restriction-scopes"], content.vocabularies["platforms"]
    extents = content.sources[SOURCE].lookups["area_extents"]
    rows = pq.read_table(next(folder.glob("*.parquet"))).to_pylist()
    areas = {row["area_name"] for row in rows if row["area_name"]}
    names = {
        area
        for area in areas
        if "nationwide" in (scopes.find(" ".join(area.split())), extents.get(" ".join(area.casefold().split())))
    }
    values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for claim in outcome.claims:
        values[claim.record][claim.property].add(claim.value)
    repeated = sum(
        any(
            platforms.find(content.vocabularies["services"].by_id[term].label) in record["platform"] for term in record["service"]
        )
        for record in values.values()
    )
    texts = [[part.strip() for part in str(row["other_affected"] or "").split(",")] for row in rows]
    return {
        "rows": len(rows),
        "records": len(values),
        "names of the whole country in the file": len(names),
        "rows with such a name": sum(row["area_name"] in names for row in rows),
        "areas that mean the whole country": len(names & {area for record in values.values() for area in record["area"]}),
        "rows whose text names a platform": sum(any(platforms.find(part) for part in text) for text in texts),
        "records that name a platform twice": repeated,
    }


def split_joins(claims: list[RestrictionClaim]) -> float:
    """Return the number of joins per record between two random halves of one list: the mean over ROUNDS random divisions."""
    records, generator, joined = sorted({record for record, *_ in claims}), random.Random(_SEED), 0
    for _ in range(ROUNDS):
        half = {record: generator.choice("ab") for record in records}
        dealt = [(f"{half[record]}:{record}", name, value) for record, name, value in claims]
        joined += len(list(find_reported_restrictions(dealt)))
    return joined / (ROUNDS * len(records))


def twin_joins(claims: list[RestrictionClaim]) -> dict[str, Any]:
    """Count the records that join their twin in another tracker, and those that join another record."""
    number = {record: place for place, record in enumerate(sorted({record for record, *_ in claims}))}
    twins = []
    for record, name, value in claims:
        if name == "end" and number[record] % 2:
            continue
        later = name == "start" and number[record] % 3 == 0 and len(value) == len("2021-01-01")
        text = (datetime.date.fromisoformat(value) + datetime.timedelta(days=1)).isoformat() if later else value
        twins.append((f"b:{record}", name, text))
    shared = list(find_reported_restrictions([*((f"a:{record}", name, value) for record, name, value in claims), *twins]))
    right = sum(len({record[2:] for record in key.records}) == 1 for key in shared)
    return {
        "twins": len(number),
        "joined": len(shared),
        "right": right,
        "precision": round(right / len(shared), 3),
        "recall": round(right / len(number), 3),
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    options = argument_parser(__doc__).parse_args(arguments)
    folder = DATA / "keepiton"
    if not folder.is_dir():
        print(f"internet_restriction_duplicate_quality: {folder}: the real data is not there; set OVERT_DATA", file=sys.stderr)
        return 2
    content = Catalogue()
    outcome = import_folder(content, SOURCE, folder, complete=True)
    claims = sorted({(claim.record, claim.property, claim.value) for claim in outcome.claims})
    twins, split = twin_joins(claims), split_joins(claims)
    result = {"names": count_names(content, outcome, folder), "joined between halves": round(split, 4), "twins": twins}
    targets = [
        Target("precision of twins", twins["precision"], 0.97, "", at_least=True),
        Target("records joined between halves", split, 0.005, ""),
    ]
    return report(result, targets, options)


if __name__ == "__main__":
    sys.exit(main())
