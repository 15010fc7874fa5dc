"""Count the records that name a town and are on the map, by source. Compare the gazetteer's coordinates with those of sources.

    python -m bench.importing.town_geocoding_quality [--json] [--sample FILE.csv]

Reads the real data in OVERT_DATA. The sources in IMPORTED are imported. From the registers, PeeringDB's facilities and KeepItOn's
shutdowns, only the named towns are read, and they are located as an importer would. `--sample` writes up to SAMPLE distinct
placements, drawn with a fixed seed, to be judged by someone who doesn't know the rules.

Targets: at least 90 % of the records that name a town are on the map, in all and by source (KeepItOn's shutdowns aside), and less
than 2 % of the facilities are far from their town.
"""

import argparse
import csv
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq

from bench.harness import DATA, Missing, Target
from overt.gazetteer import Province, Town, locate
from overt.gazetteer.locate import distance
from overt.importing.folder_import_without_archive import import_folder
from overt.model.content_catalogue import Catalogue
from overt.model.errors import ValueProblem

IMPORTED = {"aspi_tech_map": "aspi", "telegeography": "telegeography", "aiddata_gcdf": "aiddata"}
"""Sources whose importers make places, each with its folder in the real data."""
FAR = 30.0
"""Kilometres beyond which a facility is far from its stated town, unless the town's radius is larger."""
SAMPLE, SEED = 100, 64


class Named(NamedTuple):
    """A record with the name of a town."""

    source: str
    name: str
    country: str
    admin1: str | None
    context: str
    point: tuple[float, float] | None = None
    """Latitude and longitude, if the source also has these."""


def register_towns() -> Iterator[Named]:
    """Yield the projects in our registers that name a town."""
    for path in sorted((DATA / "registers").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            fields = row["fields"]
            if row["type"] == "project" and fields.get("city"):
                country = fields["country"] if isinstance(fields["country"], str) else fields["country"][0]
                yield Named("registers", fields["city"], country, None, fields["name"])


def facilities() -> Iterator[Named]:
    """Yield PeeringDB's facilities that name a town and a country."""
    rows: dict[int, dict[str, Any]] = {}
    for path in sorted((DATA / "peeringdb").rglob("api/fac/page-*.json")):
        data = json.loads(path.read_bytes())
        rows |= {row["id"]: row for row in (data["data"] if isinstance(data, dict) else data)}
    for row in rows.values():
        if row.get("city") and row.get("country"):
            point = (row["latitude"], row["longitude"]) if row.get("latitude") else None
            yield Named("peeringdb", row["city"], row["country"], row.get("state") or None, row["name"], point)


def shutdown_areas(content: Catalogue) -> Iterator[Named]:
    """Yield the shutdowns in one city, county or village that name a known country and a single area."""
    lookups = content.sources["access_now_keepiton"].lookups["countries"]
    for path in sorted((DATA / "keepiton").glob("*.parquet")):
        for row in pq.read_table(path, columns=["country", "geo_scope", "area_name", "event"]).to_pylist():
            area = row["area_name"] or ""
            if (
                "one city" not in (row["geo_scope"] or "")
                or not area
                or any(character in area for character in ",;&/")
                or " and " in area
            ):
                continue
            try:
                country = lookups.get(row["country"]) or content.areas.find(row["country"])
            except ValueProblem:
                continue
            yield Named("access_now_keepiton", area, country, None, (row["event"] or "")[:150])


def aspi_towns(content: Catalogue) -> Iterator[Named]:
    """Yield the rows of ASPI's map that name a town or region."""
    for path in sorted((DATA / "aspi").glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as handle:
            for row in csv.DictReader(handle):
                if row["city"]:
                    yield Named("aspi_tech_map", row["city"], content.areas.find(row["country"]), None, row["label"])


def imported_places(content: Catalogue) -> dict[str, Counter[str]]:
    """Import the sources in IMPORTED. Count, by source, named places, those on the map and those that the gazetteer placed."""
    counts: dict[str, Counter[str]] = {}
    for source, folder in IMPORTED.items():
        places: dict[str, dict[str, str]] = defaultdict(dict)
        outcome = import_folder(content, source, DATA / folder)
        for row in pq.read_table(outcome.claims_file, filters=[("type", "=", "place")]).to_pylist():
            places[row["record"]][row["property"]] = row["value"]
        named = [place for place in places.values() if "name" in place]
        counts[source] = Counter(
            named=len(named),
            placed=sum("geometry" in place for place in named),
            by_gazetteer=sum("placed-by" in place for place in named),
        )
    return counts


def located(rows: list[Named]) -> Counter[str]:
    """Count how the gazetteer places the named towns, and how many of its places are near coordinates that the source gives."""
    counts: Counter[str] = Counter(named=len(rows))
    for row in rows:
        entry = locate(row.name, row.country, row.admin1)
        counts[type(entry).__name__.lower()] += 1
        counts["placed"] += isinstance(entry, Town | Province) or row.point is not None
        if isinstance(entry, Town) and row.point:
            kilometres = distance(entry, *row.point)
            counts["compared"] += 1
            counts["within the radius"] += kilometres <= entry.radius
            counts["far"] += kilometres > max(FAR, entry.radius)
    return counts


def write_sample(path: Path, rows: list[Named]) -> int:
    """Write up to SAMPLE distinct placements, drawn with a fixed seed, as CSV with an empty `verdict`. Return their number."""
    distinct = {(row.name, row.country, row.admin1): row for row in reversed(rows)}
    placements = []
    for row in sorted(distinct.values(), key=lambda row: (row.source, row.name, row.country, row.admin1 or "")):
        entry = locate(row.name, row.country, row.admin1)
        if isinstance(entry, Town | Province):
            placements.append((row, entry))
    drawn = random.Random(SEED).sample(placements, min(SAMPLE, len(placements)))
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(
            (
                "source",
                "name",
                "country",
                "admin1",
                "context",
                "geonames",
                "entry",
                "precision",
                "latitude",
                "longitude",
                "verdict",
            )
        )
        for row, entry in drawn:
            place = (entry.id, entry.label, entry.precision, entry.latitude, entry.longitude)
            writer.writerow((row.source, row.name, row.country, row.admin1 or "", row.context, *place, ""))
    return len(drawn)


def main(arguments: list[str] | None = None) -> int:
    """Print the counts by source, and the verdict. Return 1 if a target is missed. Raises Missing without the real data."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print only JSON")
    parser.add_argument("--sample", type=Path, help="write a sample of placements to judge")
    options = parser.parse_args(arguments)
    if not (DATA / "aspi").is_dir():
        raise Missing(f"{DATA} has no real data")
    content = Catalogue()
    named = {
        "registers": list(register_towns()),
        "peeringdb": list(facilities()),
        "access_now_keepiton": list(shutdown_areas(content)),
    }
    counts = {**imported_places(content), **{source: located(rows) for source, rows in named.items()}}
    on_map = {source: row for source, row in counts.items() if source != "access_now_keepiton"}  # the map doesn't show shutdowns
    share = sum(row["placed"] for row in on_map.values()) / sum(row["named"] for row in on_map.values())
    share_by_source = {source: round(row["placed"] / row["named"], 3) for source, row in counts.items()}
    targets = [
        Target("records on the map of those that name a town", round(share, 4), 0.9, "", at_least=True),
        *(Target(f"of {source}", share_by_source[source], 0.9, "", at_least=True) for source in on_map),
        Target("facilities far from the town", counts["peeringdb"]["far"] / counts["peeringdb"]["compared"], 0.02, ""),
    ]
    if options.sample:
        rows = [*aspi_towns(content), *(row for source_rows in named.values() for row in source_rows)]
        print(f"{write_sample(options.sample, rows)} placements to judge: {options.sample}", file=sys.stderr)
    verdict = "; ".join(map(str, targets))
    print(json.dumps({"benchmark": "importing.town_geocoding_quality", "sources": counts, "verdict": verdict}, indent=2))
    if not options.json:
        print(f"verdict: {verdict}")
    return 0 if all(target.met for target in targets) else 1


if __name__ == "__main__":
    sys.exit(main())
