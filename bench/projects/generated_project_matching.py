"""Generate very many projects, and measure the time and memory that it takes to match them. Every run gets the same projects.

    python -m bench.projects.project_matching_quality --generated 100000

Half of the projects are cables, the rest networks, cities, satellites and data centres, in 150 countries, a few of which have
most of them. A name is a brand of two or three syllables, often with a town, and the type of project; some have phases. A
second source also has a quarter of the projects, with differently worded names and sometimes with another year. Two traps look
like duplicates: the next project can have the same brand and type, nearly always in another country, and phases are separate
projects. Right and wrong joins are counted against the known truth. Targets: under 60 s and 3 GB.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from bench.harness import Target, machine, report, run_child
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import connect

SEED = 1
COLUMNS = ("record", "type", "source", "property", "value", "unit")
_SYLLABLES = [first + vowel + last for first in "bcdfghklmnprstvwz" for vowel in "aeiou" for last in ("", "l", "n", "r", "s")]
_KINDS = {
    "submarine-cable": ("Cable", "Submarine Cable System", "subsea cable"),
    "terrestrial-cable": ("Backbone", "Fibre Optic Network", "fibre network"),
    "smart-city": ("Safe City", "Smart City Project", "safe city"),
    "satellite": ("Communications Satellite", "Satellite", "satellite"),
    "data-centre": ("Data Centre", "National Data Centre", "data centre"),
}
_BATCH = 200_000
Row = tuple[str, str, str, str, str, str | None]


def generated(projects: int) -> Iterator[Row]:
    """Yield the claims of at least this many project records and of their suppliers."""
    chosen = random.Random(SEED)
    countries = [code for code, area in Catalogue().areas.areas.items() if area.kind == "country" and len(code) == 2][:150]
    towns = ["".join(chosen.choices(_SYLLABLES, k=2)) for _ in range(4000)]
    companies = [f"{''.join(chosen.choices(_SYLLABLES, k=3)).title()} Networks" for _ in range(max(10, projects // 20))]
    records = number = 0
    previous: tuple[str, str] | None = None
    while records < projects:
        number += 1
        brand = "".join(chosen.choices(_SYLLABLES, k=chosen.choice((2, 3, 3)))).title()
        kind = chosen.choices(list(_KINDS), (50, 20, 15, 5, 10))[0]
        if previous and chosen.random() < 0.05:
            brand, kind = previous
        previous = brand, kind
        country = countries[min(int(chosen.expovariate(0.04)), len(countries) - 1)]
        town = chosen.choice(towns).title() if chosen.random() < 0.5 else ""
        phases = range(1, chosen.choice((2, 3)) + 1) if chosen.random() < 0.15 else (0,)
        for phase in phases:
            year, company = chosen.randint(2000, 2024), chosen.choice(companies)
            sources = ("a", "b") if chosen.random() < 0.25 else ("a",)
            for source in sources:
                record = f"{source}:{number}-{phase}"
                label = chosen.choice(_KINDS[kind])
                name = " ".join(filter(None, (brand, town if source == "a" else "", label, f"Phase {phase}" if phase else "")))
                yield from _claims(record, name, kind, country, year + (source == "b" and chosen.random() < 0.3), company)
                records += 1


def _claims(record: str, name: str, kind: str, country: str, year: int, company: str) -> Iterator[Row]:
    source = record.partition(":")[0]
    for property_name, value in (("name", name), ("kind", kind), ("country", country), ("operational", str(year))):
        yield record, "project", source, property_name, value, None
    organization, part = f"{source}:organization/{company}", f"{record}/supplier"
    yield organization, "organization", source, "name", company, None
    for property_name, value in (("project", record), ("organization", organization), ("role", "supplier")):
        yield part, "role", source, property_name, value, None


def write(projects: int, path: Path) -> None:
    """Write generated claims to a Parquet file."""
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    with pq.ParquetWriter(path, schema) as writer:
        rows: list[Row] = []
        for row in generated(projects):
            rows.append(row)
            if len(rows) == _BATCH:
                writer.write_table(pa.table(dict(zip(COLUMNS, zip(*rows, strict=True), strict=True)), schema=schema))
                rows = []
        if rows:
            writer.write_table(pa.table(dict(zip(COLUMNS, zip(*rows, strict=True), strict=True)), schema=schema))


def measure(options: argparse.Namespace) -> int:
    """Match generated projects in a separate process, print the result, and return the exit code."""
    before = machine()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.parquet"
        write(options.generated, path)
        child = run_child([sys.executable, "-m", "bench.projects.generated_project_matching", path])
    counts: dict[str, Any] = dict(part.split("=") for part in child.output.split())
    result = {
        "machine": {**before, "seconds": round(child.seconds, 1), "processor_seconds": round(child.cpu_seconds, 1)},
        "peak_gigabytes": round(child.peak_gigabytes, 2),
        "projects": options.generated,
        **{name: int(value) for name, value in counts.items() if name != "seconds"},
        "seconds_of_pairs": float(counts["seconds"]),
    }
    targets = [
        Target("generated projects", round(child.seconds, 1), 60, " s"),
        Target("memory", round(child.peak_gigabytes, 2), 3, " GB"),
    ]
    return report(result, targets, options)


def main() -> int:
    """Match the projects of a file of generated claims. Print the numbers of pairs and joins, and the seconds."""
    from overt.resolve.projects import load_project_model, score_project_pairs

    begin, bound = monotonic(), load_project_model().same
    with connect() as connection:
        claims = f"(SELECT *, 0 AS turn FROM read_parquet('{Path(sys.argv[1])}'))"
        pairs = score_project_pairs(connection, claims, Catalogue(), one_to_one=["a"])
        query = f"SELECT count(DISTINCT record) FROM {claims} WHERE type = 'project' AND source = 'b'"
        in_both = connection.execute(query).fetchall()[0][0]
    seconds = monotonic() - begin
    joined = [
        (left, right)
        for left, right, chance in zip(*(pairs[name].to_pylist() for name in ("left", "right", "probability")), strict=True)
        if chance >= bound
    ]
    right = sum(left.partition(":")[2] == right.partition(":")[2] for left, right in joined)
    counts = {
        "in_both_sources": in_both,
        "pairs": pairs.num_rows,
        "joined": len(joined),
        "right": right,
        "wrong": len(joined) - right,
    }
    print(*(f"{name}={count}" for name, count in counts.items()), f"seconds={seconds:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
